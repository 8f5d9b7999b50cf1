package fieldnotes.kernel;

import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Keeps JShell from opening all jars of the class path after its start to index them, which only
 * its own completion needs. If the package {@code jdk.jshell} is not opened, JShell does so.
 */
final class Internals {
  private static ThreadPoolExecutor indexer;

  private Internals() {}

  /** Occupies the thread that would index for as long as the process runs. */
  static synchronized void holdIndex() {
    if (indexer != null) {
      return;
    }
    try {
      Field field = Class.forName("jdk.jshell.SourceCodeAnalysisImpl").getDeclaredField("INDEXER");
      field.setAccessible(true);
      indexer = (ThreadPoolExecutor) field.get(null);
      indexer.execute(Internals::occupy);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the index is made for nothing.
    }
  }

  private static void occupy() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // The process ends.
    }
  }

  /** Forgets the indexes that JShell has asked for, and with them the JShells that are closed. */
  static synchronized void dropIndex() {
    if (indexer != null) {
      indexer.getQueue().clear();
    }
  }
}
