package fieldnotes.audio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The inputs of {@code ../shared/cases}; tests that need them are skipped where they are absent.
 */
public final class Cases {
  private static final Path FOLDER = Path.of("..", "shared", "cases");

  private Cases() {}

  /** A file or folder of the cases. */
  public static Path file(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.exists(file), "no " + file + ": this case was not tried");
    return file;
  }
}
