package fieldnotes.kernel;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** What a front end asks while a person types: completion, inspection, whether a cell is whole. */
final class Typing {
  /** After so long without a cell a person is reading or typing. */
  private static final long IDLE_MILLIS = 700;

  private final Supplier<Evaluator> ready;
  private final Magics magics;
  private final TextHints hints = new TextHints();
  private final Queue<Runnable> idle = new ConcurrentLinkedQueue<>();
  private Docs docs;
  private volatile boolean ran;

  /**
   * @param ready waits for the evaluator, with its extensions
   */
  Typing(Supplier<Evaluator> ready, Magics magics) {
    this.ready = ready;
    this.magics = magics;
    String sources = System.getProperty("fieldnotes.sources");
    docs = new Docs(sources == null ? null : Path.of(sources));
  }

  /** Makes inspection read the sources of a folder in addition to those of the JDK. */
  synchronized void readSourcesFrom(Path folder) {
    docs = new Docs(folder);
  }

  private synchronized Docs docs() {
    return docs;
  }

  void addTextHints(Function<Map<String, Object>, ? extends Collection<String>> hint) {
    hints.add(hint);
  }

  /** What can stand at a place of a cell, of which the start is in chars. */
  Candidates candidates(String code, int at) {
    return new Completion(ready.get().view(), magics, hints).at(code, Text.index(code, at));
  }

  DisplayData inspect(String code, int at, boolean whole) {
    return Help.inspect(ready.get(), magics, docs(), code, Text.index(code, at), whole);
  }

  String isComplete(String code) {
    return Help.isComplete(ready.get(), magics, code);
  }

  /** Adds what is done when for the first time nothing has run for a while. */
  void whenIdle(Runnable work) {
    idle.add(work);
  }

  /** A cell has ended. */
  void ran() {
    ran = true;
  }

  /**
   * Completes once when nothing runs, so that a person's first completion is as fast as the others,
   * does what extensions prepare, and collects the garbage of all that.
   *
   * @param isRunning whether a cell runs
   */
  void warmUp(BooleanSupplier isRunning) {
    var unused = ready.get();
    try {
      do {
        ran = false;
        Thread.sleep(IDLE_MILLIS);
      } while (ran || isRunning.getAsBoolean());
      for (String code : List.of("List.of(1).", "fieldnotes.data.DataSets.get(\"")) {
        candidates(code, code.length());
      }
      inspect("Math.hypot(", 11, false);
      while (!idle.isEmpty()) {
        idle.remove().run();
      }
      System.gc();
    } catch (InterruptedException | RuntimeException e) {
      // Then the first completion or chart takes longer.
    }
  }
}
