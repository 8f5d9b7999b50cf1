package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
  @Test
  @DisplayName("file and reason in one line, never a bare path or a class name")
  void reasons() {
    Map<Exception, String> all = new LinkedHashMap<>();
    all.put(new NoSuchFileException("a/b"), "a/b: there is no such file");
    all.put(new AccessDeniedException("a"), "a: permission denied");
    all.put(new FileAlreadyExistsException("a"), "a: it exists already");
    all.put(new NotDirectoryException("a"), "a: not a folder");
    all.put(new DirectoryNotEmptyException("a"), "a: the folder is not empty");
    all.put(
        new FileSystemException("a", null, "No space left on device"),
        "a: disk full (no space left on device); free some space or choose another folder");
    all.put(
        new FileSystemException("a", null, "Read-only file system"),
        "a: read-only file system; choose another folder");
    all.put(
        new FileSystemException("a", null, "Too many open files"),
        "a: too many open files; raise the limit, for example ulimit -n 1024");
    all.put(new FileSystemException("a", null, "Not a directory"), NOT_A_FOLDER);
    all.put(new FileSystemException("a"), "a: cannot be used");
    all.put(new IOException("Is a directory"), "a folder, not a file");
    all.put(new IOException("x: Input/output error (5)"), BROKEN);
    all.put(new IOException("two\n  lines"), "two lines");
    all.put(new IOException(), "IOException");
    all.put(new EOFException(), "is truncated");
    all.put(new ClosedByInterruptException(), "interrupted");
    all.put(new MalformedInputException(1), "not UTF-8 text");
    all.put(new UncheckedIOException(new NoSuchFileException("a")), "a: there is no such file");
    all.put(new UncheckedIOException("why", new IOException("x")), "why");
    all.put(new IllegalArgumentException("rows=0"), "rows=0");
    all.forEach((thrown, line) -> assertThat(Reason.of(thrown)).isEqualTo(line));
    assertThat(Reason.unchecked("cannot write the table", new NoSuchFileException("a")))
        .hasMessage("cannot write the table: a: there is no such file");
  }

  private static final String NOT_A_FOLDER = "a: a part of the path is a file, not a folder";
  private static final String BROKEN =
      "x: input/output error; the disk or its connection may be bad (5)";

  @Test
  @DisplayName("what this machine throws")
  void real(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path place : new Path[] {file.resolve("b"), file.resolve("b/c"), folder}) {
      try {
        WholeFile.write(place, "y");
        assertThat(place).isEmptyDirectory();
      } catch (IOException e) {
        assertThat(Reason.of(e))
            .containsAnyOf(
                file + ": a file where a folder must be",
                file + ": a part of the path is a file",
                file.resolve("b") + ": a part of the path is a file",
                file.resolve("b/c") + ": a part of the path is a file",
                folder + ": a folder, not a file",
                folder + ": the folder is not empty")
            .doesNotContain("Exception")
            .doesNotContain("unfinished");
      }
    }
  }
}
