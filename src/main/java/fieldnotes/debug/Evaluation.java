package fieldnotes.debug;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates Java expressions that see the local variables of a frame. */
final class Evaluation {
  private static final ThreadLocal<Evaluation> RUNNING = new ThreadLocal<>();

  private final Stops.Frame frame;
  private Object value;

  private Evaluation(Stops.Frame frame) {
    this.frame = frame;
  }

  static Object local(int index) {
    return RUNNING.get().frame.values()[index];
  }

  static void keep(Object value) {
    RUNNING.get().value = value;
  }

  /** The local variables of a frame by name; of two with one name the inner one. */
  static Map<String, Object> locals(Stops.Frame frame) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; frame.values() != null && i < frame.values().length; i++) {
      Local local = frame.site().locals.get(i);
      Object value = frame.values()[i];
      all.put(local.name(), value);
    }
    return all;
  }

  /**
   * Evaluates an expression, or runs a statement, on the stopped thread.
   *
   * @return the value; null of a statement
   */
  static Object of(String expression, Stops.Frame frame, Host host) throws Exception {
    Evaluation one = new Evaluation(frame);
    Evaluation outer = RUNNING.get();
    RUNNING.set(one);
    try {
      host.run(code(expression, frame));
      return one.value;
    } finally {
      RUNNING.set(outer);
    }
  }

  /** Code of which the first that compiles is to run: of an expression, and of a statement. */
  static List<String> code(String expression, Stops.Frame frame) {
    StringBuilder before = new StringBuilder("fieldnotes.debug.Pause.evaluate(() -> { ");
    List<Local> locals = frame.site().locals;
    for (int i = 0; frame.values() != null && i < locals.size(); i++) {
      Local local = locals.get(i);
      if (!local.name().equals("this")) {
        before.append(
            "%s %s = (%s) fieldnotes.debug.Pause.local(%d); "
                .formatted(local.source(), local.name(), local.source(), i));
      }
    }
    return List.of(
        before + "return (" + expression + "\n); });",
        before + expression + "\n; return null; });");
  }
}
