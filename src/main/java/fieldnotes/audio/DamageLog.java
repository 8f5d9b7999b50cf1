package fieldnotes.audio;

import java.util.function.Consumer;

/** Tells of damage, the first time and then each time that it has become ten times as much. */
final class DamageLog {
  private final Consumer<String> log;
  private long damaged;
  private long due = 1;

  DamageLog(Consumer<String> log) {
    this.log = log;
  }

  /** Counts one piece of damage that was passed over. */
  void passedOver(String what) {
    damaged++;
    if (damaged == due) {
      due *= 10;
      log.accept(
          "damaged: %s; passed over%s"
              .formatted(what, damaged == 1 ? "" : " (" + damaged + " times so far)"));
    }
  }
}
