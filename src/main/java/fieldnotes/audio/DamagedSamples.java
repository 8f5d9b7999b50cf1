package fieldnotes.audio;

import java.util.function.Consumer;

/**
 * Takes out of a stream the samples that are no sound, which other bytes read as floats are: no
 * finite numbers, or too large. They become 0, are counted and told, the first time and then each
 * time that they have become ten times as many.
 */
public final class DamagedSamples {
  /** Whole numbers of 32 bits that were written as floats are still below. */
  static final float LARGEST = 1e10f;

  static final String RANGE = "no finite number from -1e10 to 1e10";

  private final Consumer<String> log;
  private long count;
  private long told;

  /** None yet; what is told goes to the log. */
  public DamagedSamples(Consumer<String> log) {
    this.log = log;
  }

  /** Whether a sample is no sound. */
  static boolean is(float sample) {
    return !(Math.abs(sample) <= LARGEST);
  }

  /** Replaces samples 0 to {@code end} that are no sound by 0. */
  public void clear(float[] samples, int end) {
    for (int i = 0; i < end; i++) {
      if (is(samples[i])) {
        samples[i] = 0;
        count++;
      }
    }
    if (count > 0 && count >= 10 * told) {
      tell("");
    }
  }

  /** Tells how many there were in all, if that has not been told. */
  public void end() {
    if (count > told) {
      tell(" in all");
    }
  }

  private void tell(String when) {
    told = count;
    log.accept(
        "%d sample%s%s of %s: read as 0".formatted(count, count == 1 ? "" : "s", when, RANGE));
  }
}
