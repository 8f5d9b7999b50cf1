package fieldnotes.kernel;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Keeps the compiler away from the streams of cells. It holds {@code System.err} from when it is
 * made and flushes it as it works; if a cell has replaced that stream by one that blocks or is
 * null, the compiler would block or fail. So while it works, {@code System.err} is the kernel's
 * own.
 */
final class Streams {
  private static PrintStream ownOut = System.out;
  private static PrintStream ownErr = System.err;

  /** What {@code System.err} is apart from the work of the compiler, if not the kernel's own. */
  private static PrintStream replaced;

  /** A stream whose flush failed or was stopped. */
  private static volatile PrintStream failing;

  private Streams() {}

  /** Makes these the streams of cells. */
  static synchronized void install(PrintStream out, PrintStream err) {
    ownOut = out;
    ownErr = err;
    replaced = null;
    System.setOut(out);
    System.setErr(err);
  }

  /** Lets the compiler work. Streams that a cell has set to null are the kernel's own again. */
  static <T> T compiling(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  /** Runs the code of a cell in the middle of the work of the compiler. */
  static <T> T running(Supplier<T> code) {
    if (!(Thread.currentThread() instanceof CompilerThread)) {
      return code.get();
    }
    leave();
    try {
      return code.get();
    } finally {
      enter();
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static synchronized void enter() {
    if (System.out == null) {
      System.setOut(ownOut);
    }
    PrintStream now = System.err;
    if (now != ownErr) {
      replaced = now;
      System.setErr(ownErr);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static synchronized void leave() {
    if (replaced != null && System.err == ownErr) {
      System.setErr(replaced);
    }
    replaced = null;
  }

  /**
   * Flushes what a cell has put in place of the kernel's stream, which needs no flush; but not once
   * more what could not be flushed before, or every cell would fail or have to be stopped.
   */
  @SuppressWarnings("ReferenceEquality")
  static void flush() {
    PrintStream out = System.out;
    if (out == null || out == own() || out == failing) {
      return;
    }
    failing = out;
    // It flushes, and tells of an interruption, too.
    if (!out.checkError()) {
      failing = null;
    }
  }

  private static synchronized PrintStream own() {
    return ownOut;
  }
}
