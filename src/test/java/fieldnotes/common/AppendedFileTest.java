package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendedFileTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("the end is replaced by more, by less, and by nothing")
  void handWorked() throws IOException {
    Path file = folder.resolve("new/a.txt");
    try (AppendedFile appended = AppendedFile.open(file)) {
      appended.replaceEnd(0, bytes("[1]"));
      appended.replaceEnd(2, bytes(",2]"));
      assertThat(file).hasContent("[1,2]");
      assertThat(appended.size()).isEqualTo(5);
      assertThat(appended.bytes(3)).isEqualTo(bytes("2]"));
      appended.replaceEnd(2, bytes("]"));
      assertThat(file).hasContent("[1]");
      appended.replaceEnd(0, new byte[0]);
      assertThat(file).isEmptyFile();
    }
  }

  @Test
  @DisplayName("whoever comes second to a locked file is told, until the first has closed it")
  void locked() throws IOException {
    Path file = folder.resolve("a.txt");
    try (AppendedFile first = AppendedFile.locked(file, "in use by another")) {
      first.replaceEnd(0, bytes("1"));
      assertThatThrownBy(() -> AppendedFile.locked(file, "in use by another"))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": in use by another");
    }
    AppendedFile.locked(file, "in use by another").close();
    assertThatThrownBy(() -> AppendedFile.locked(file, "")).hasMessageContaining("busy is empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("a write or a sync that fails leaves the file as it was")
  void fails(int step) throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "[1]");
    try (AppendedFile appended = AppendedFile.open(file)) {
      try (Faults _ = Faults.at(step)) {
        assertThatThrownBy(() -> appended.replaceEnd(2, bytes(",2,3,4]")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining(Faults.MESSAGE);
      }
      assertThat(file).hasContent("[1]");
      appended.replaceEnd(2, bytes(",2]"));
      assertThat(file).hasContent("[1,2]");
    }
  }

  @Test
  @DisplayName("a thread that is interrupted finishes its write and keeps the lock")
  void interrupted() throws IOException {
    Path file = folder.resolve("a.txt");
    try (AppendedFile appended = AppendedFile.locked(file, "in use")) {
      Thread.currentThread().interrupt();
      appended.replaceEnd(0, bytes("1"));
      assertThat(appended.size()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file).hasContent("1");
      assertThatThrownBy(() -> AppendedFile.locked(file, "in use")).hasMessageContaining("in use");
    }
  }
}
