package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files are written by few classes; each operation of these fails in turn in a test. */
class WritersTest {
  private static final Pattern WRITES =
      Pattern.compile(
          "\\bFiles\\s*\\.(write\\w*|newOutputStream|newByteChannel|newBufferedWriter|move|copy"
              + "|createTemp\\w+|createFile)\\(|FileOutputStream|FileWriter|RandomAccessFile"
              + "|StandardOpenOption\\.(WRITE|APPEND|CREATE)");

  private static final Pattern NO_CODE =
      Pattern.compile("\"(\\\\.|[^\"\\\\\n])*\"|//[^\n]*|/\\*[\\s\\S]*?\\*/");

  @Test
  @DisplayName("a class that opens a file to write uses WholeFile, or has a test of its faults")
  void few() throws IOException {
    Path sources = Path.of("src/main/java/fieldnotes");
    Set<String> found;
    try (Stream<Path> files = Files.walk(sources)) {
      found =
          files
              .filter(file -> file.toString().endsWith(".java") && writes(file))
              .map(file -> sources.relativize(file).toString().replace('\\', '/'))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertThat(found)
        .as("write with WholeFile; otherwise add the class here and a FaultSweep of it")
        .containsExactlyInAnyOrder(
            "common/AppendedFile.java", // EveryWriteIT, by the journal and by labels
            "common/WholeFile.java", // EveryWriteIT
            "data/Arrival.java", // DownloadTest
            "data/Programs.java", // a log in the temporary folder, deleted
            "data/Shelf.java", // ShelfIT
            "data/Unpack.java", // UnpackTest
            "feature/FeatureCache.java", // CacheFaultsTest
            "journal/Ledger.java", // EveryWriteIT
            "kernel/ClassIndex.java", // CompilePathTest
            "kernel/Halt.java", // standard error only
            "kernel/Training.java", // a connection file in the temporary folder, deleted
            "serve/RequestLog.java"); // RequestLogTest
  }

  private static boolean writes(Path file) {
    try {
      return WRITES.matcher(NO_CODE.matcher(Files.readString(file)).replaceAll("")).find();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
