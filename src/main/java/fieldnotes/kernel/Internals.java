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
 * Access to internals of JShell. If the package {@code jdk.jshell} is not opened, the start is
 * slower and inspection shows the documentation of the JDK only.
 */
final class Internals {
  private static final int LATEST_SECONDS = 4;

  private final CountDownLatch indexWanted = new CountDownLatch(1);
  private Path added;

  /**
   * Delays JShell's scan of the whole class path, which only completion needs, until completion is
   * requested or the kernel has started.
   */
  void holdIndex() {
    try {
      Field indexer =
          Class.forName("jdk.jshell.SourceCodeAnalysisImpl").getDeclaredField("INDEXER");
      indexer.setAccessible(true);
      ((Executor) indexer.get(null)).execute(this::awaitIndexWanted);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the scan starts immediately.
    }
  }

  private void awaitIndexWanted() {
    try {
      indexWanted.await(LATEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Then the scan starts immediately.
    }
  }

  void wantIndex() {
    indexWanted.countDown();
  }

  /** Makes inspection read the documentation of these sources, too. */
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
      // Then signatures are shown without documentation.
    }
  }
}
