package fieldnotes.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * An exception with its causes and the exceptions that were suppressed, in the order shown, and
 * what each says of itself. All of it is read at once, on the thread that ran the code and under
 * its stop check: the methods of an exception are code of the user, which may throw or loop. Texts
 * are cut like those of values.
 */
final class Causes {
  private static final int MOST = 30;

  /** {@code Throwable.getStackTrace} itself, also where a class overrides it; or null. */
  private static final MethodHandle FRAMES = framesOfThrowable();

  /**
   * One of the exceptions.
   *
   * @param label what stands before its text, for example "Caused by: "
   * @param again whether it was listed before: a cause of itself
   * @param text class and message, in plain names
   * @param message as it is, or null
   */
  record One(
      String label,
      Throwable thrown,
      boolean again,
      String text,
      String message,
      StackTraceElement[] frames) {}

  private final List<One> all = new ArrayList<>();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Causes() {}

  /**
   * Reads an exception.
   *
   * @throws CellStopped if the cell is stopped meanwhile
   */
  static Causes of(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      Memory.release();
    }
    Causes causes = new Causes();
    causes.add("", "", thrown);
    return causes;
  }

  List<One> all() {
    return all;
  }

  One first() {
    return all.getFirst();
  }

  /** Whether one of them is a lack of memory. */
  boolean isLack() {
    return all.stream().anyMatch(one -> one.thrown() instanceof OutOfMemoryError);
  }

  /** Whether one of them says that no more threads can be started. */
  boolean isLackOfThreads() {
    return isLack() && all.stream().anyMatch(one -> one.text().contains("native thread"));
  }

  private void add(String indent, String label, Throwable first) {
    Throwable thrown = first;
    String before = indent + label;
    while (thrown != null && all.size() < MOST) {
      boolean again = !seen.add(thrown);
      all.add(
          new One(before, thrown, again, Names.text(thrown), message(thrown), framesOf(thrown)));
      if (again) {
        return;
      }
      for (Throwable suppressed : thrown.getSuppressed()) {
        add(indent + "  ", "Suppressed: ", suppressed);
      }
      before = indent + "Caused by: ";
      thrown = guarded(thrown, Throwable::getCause, broken -> null);
    }
  }

  private static String message(Throwable thrown) {
    return guarded(
        thrown,
        one -> {
          String message = one.getLocalizedMessage();
          return message == null ? null : PlainText.cut(message);
        },
        broken -> "(its message threw " + Names.of(broken.getClass()) + ")");
  }

  private static StackTraceElement[] framesOf(Throwable thrown) {
    StackTraceElement[] frames =
        guarded(thrown, Throwable::getStackTrace, broken -> (StackTraceElement[]) null);
    return frames != null && Arrays.stream(frames).allMatch(Objects::nonNull)
        ? frames
        : guarded(thrown, Causes::ownFrames, broken -> new StackTraceElement[0]);
  }

  private static StackTraceElement[] ownFrames(Throwable thrown) {
    try {
      return FRAMES == null
          ? new StackTraceElement[0]
          : (StackTraceElement[]) FRAMES.invokeExact(thrown);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle framesOfThrowable() {
    try {
      return MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup())
          .findSpecial(
              Throwable.class,
              "getStackTrace",
              MethodType.methodType(StackTraceElement[].class),
              Throwable.class);
    } catch (ReflectiveOperationException e) {
      // Then an exception that hides its frames has none.
      return null;
    }
  }

  /**
   * Calls a method of an exception.
   *
   * @param otherwise gives the result if the method throws
   */
  static <T> T guarded(
      Throwable thrown, Function<Throwable, T> method, Function<Throwable, T> otherwise) {
    for (int i = 0; ; i++) {
      try {
        return method.apply(thrown);
      } catch (CellStopped stopped) {
        throw stopped;
      } catch (Throwable broken) {
        if (i > 0 || !(broken instanceof OutOfMemoryError)) {
          return otherwise.apply(broken);
        }
        Memory.release();
      }
    }
  }

  /** A chain of stand-ins with the frames of the exceptions, for JShell to translate. */
  Throwable chain() {
    Throwable chain = null;
    for (One one : all.reversed()) {
      if (!one.again()) {
        chain = new Frames(one.frames(), chain);
      }
    }
    return chain;
  }

  /** JShell translates the frames of an exception and of its causes, but of nothing else. */
  private static final class Frames extends Exception {
    private static final long serialVersionUID = 1;

    Frames(StackTraceElement[] frames, Throwable cause) {
      super("", cause);
      setStackTrace(frames);
    }
  }
}
