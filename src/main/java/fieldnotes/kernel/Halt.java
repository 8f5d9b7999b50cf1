package fieldnotes.kernel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An end of the process at once, which front ends report, and the line on standard error that says
 * why. Made while there is memory: {@link #now} needs none and takes no lock. A kernel that neither
 * works nor ends is worse than one that ends.
 */
final class Halt {
  private static final FileOutputStream CONSOLE = new FileOutputStream(FileDescriptor.err);

  private static volatile boolean asked;

  private final byte[] line;

  /**
   * @param why the reason, as the first half of a sentence
   */
  Halt(String why) {
    line = ("kernel: " + why + "; the kernel ends\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the process. */
  void now() {
    // If nobody reads standard error, the guard ends the process.
    asked = true;
    try {
      CONSOLE.write(line);
    } catch (IOException | RuntimeException | Error e) {
      // The reason is not shown; the end matters more.
    }
    Runtime.getRuntime().halt(1);
  }

  /** Whether some thread wants to end the process. */
  static boolean isAsked() {
    return asked;
  }
}
