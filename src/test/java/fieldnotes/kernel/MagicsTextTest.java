package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the kernel reads: scripts, notebooks, POMs and connection files. */
class MagicsTextTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  @DisplayName("a byte-order mark costs nothing")
  void byteOrderMark(String charset) throws IOException {
    Path file = folder.resolve("a.jsh");
    Files.writeString(file, "\uFEFFint é = 1;\n", Charset.forName(charset));
    assertThat(Magics.text(file)).isEqualTo("int é = 1;\n");
  }

  @Test
  @DisplayName("what is neither UTF-8 nor marked is refused, not guessed")
  void neither() throws IOException {
    Path file = Files.write(folder.resolve("a.jsh"), new byte[] {'a', (byte) 0xe9, 'b'});
    assertThatThrownBy(() -> Magics.text(file)).isInstanceOf(CharacterCodingException.class);
    assertThat(Magics.text(Files.write(file, new byte[0]))).isEmpty();
  }
}
