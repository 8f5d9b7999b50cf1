package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashedReadTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir Path folder;

  private Path file(String text, FileTime time) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), text);
    return Files.setLastModifiedTime(file, time);
  }

  @Test
  @DisplayName("the hash is that of what was read")
  void plain() throws IOException {
    Path file = file("abc", LONG_AGO);
    HashedRead<String> read = HashedRead.of(file, hash -> Files.readString(file));
    assertThat(read).isEqualTo(new HashedRead<>("abc", Sha256.of("abc")));
  }

  @Test
  @DisplayName("a file renamed over the one being read: read again")
  void replaced() throws IOException {
    Path file = file("old", LONG_AGO);
    Path other = Files.writeString(folder.resolve("other"), "new");
    Files.setLastModifiedTime(other, LONG_AGO);
    List<String> hashes = new ArrayList<>();
    HashedRead<String> read =
        HashedRead.of(
            file,
            hash -> {
              hashes.add(hash);
              String text = Files.readString(file);
              if (hashes.size() == 1) {
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
              }
              return text;
            });
    assertThat(read).isEqualTo(new HashedRead<>("new", Sha256.of("new")));
    assertThat(hashes).containsExactly(Sha256.of("old"), Sha256.of("new"));
  }

  @Test
  @DisplayName("written over within one tick of the file system's clock: read again")
  void sameTick() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    Path file = file("old", now);
    int[] calls = {0};
    HashedRead<String> read =
        HashedRead.of(
            file,
            hash -> {
              String text = Files.readString(file);
              if (calls[0]++ == 0) {
                file("new", now);
              }
              return text;
            });
    assertThat(read.value()).isEqualTo("new");
    assertThat(read.sha256()).isEqualTo(Sha256.of("new"));
  }

  @Test
  @DisplayName("a failure while the file changed is no failure of the file")
  void failedWhileChanged() throws IOException {
    Path file = file("half", LONG_AGO);
    HashedRead<Integer> read =
        HashedRead.of(
            file,
            hash -> {
              if (Files.readString(file).equals("half")) {
                file("12", FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
                throw new IllegalArgumentException("half a number");
              }
              return Integer.parseInt(Files.readString(file));
            });
    assertThat(read.value()).isEqualTo(12);
    assertThatThrownBy(
            () ->
                HashedRead.of(
                    file,
                    hash -> {
                      throw new IllegalArgumentException("no number");
                    }))
        .hasMessage("no number");
  }

  @Test
  @DisplayName("a file that keeps changing, and one that is not there, are named")
  void bad() throws IOException {
    Path file = file("0", LONG_AGO);
    int[] calls = {0};
    assertThatThrownBy(
            () -> HashedRead.of(file, hash -> Files.writeString(file, "x".repeat(++calls[0] + 1))))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": changed while it was read; try again when it is complete");
    assertThat(calls[0]).isEqualTo(3);
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> HashedRead.of(none, hash -> ""))
        .isInstanceOf(NoSuchFileException.class);
  }
}
