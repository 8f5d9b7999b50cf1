package fieldnotes.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import jdk.jshell.SourceCodeAnalysis;

/**
 * What JShell has but does not show. Where the package {@code jdk.jshell} is not open, the start is
 * slower and inspection knows the JDK's docs only.
 */
final class Internals {
  private static final int LATEST_SECONDS = 4;

  private final CountDownLatch indexWanted = new CountDownLatch(1);
  private Path added;

  /**
   * Makes JShell's look through the whole class path, which only completion needs, wait until
   * completion is asked for, or the kernel has started in any case.
   */
  void holdIndex() {
    try {
      Field indexer =
          Class.forName("jdk.jshell.SourceCodeAnalysisImpl").getDeclaredField("INDEXER");
      indexer.setAccessible(true);
      ((Executor) indexer.get(null)).execute(this::awaitIndexWanted);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then it looks at once.
    }
  }

  private void awaitIndexWanted() {
    try {
      indexWanted.await(LATEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Then at once.
    }
  }

  void wantIndex() {
    indexWanted.countDown();
  }

  /** Lets inspection read the docs of these sources, too. */
  void addSources(SourceCodeAnalysis analysis, Path folder) {
    if (folder == null || folder.equals(added)) {
      return;
    }
    added = folder;
    try {
      Method find = analysis.getClass().getDeclaredMethod("findSources");
      find.setAccessible(true);
      @SuppressWarnings("unchecked")
      List<Path> sources = (List<Path>) find.invoke(analysis);
      sources.add(folder);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then there are signatures without docs.
    }
  }
}
