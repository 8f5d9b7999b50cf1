package fieldnotes.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the housing table and its reference numbers lie; tests that need them skip without. */
public final class HousingFile {
  private HousingFile() {}

  /** The table, or the test is skipped with the remedy. */
  public static Path csv() {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("FIELDNOTES_DATA", "data"), "data", "../shared/data")
            .map(folder -> Path.of(folder, "housing", "housing.csv"))
            .filter(Files::isReadable)
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), "no housing.csv here: run ./workbench data fetch housing");
    return found.get();
  }

  /** The reference numbers, or the test is skipped. */
  public static Path reference() {
    Path file = Path.of("../shared/reference/homl/homl_reference.json");
    Assumptions.assumeTrue(Files.isReadable(file), "no " + file + " here");
    return file;
  }
}
