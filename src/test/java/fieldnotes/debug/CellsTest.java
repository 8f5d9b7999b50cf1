package fieldnotes.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
  /** By {@code ipykernel.compiler.murmur2_x86} of ipykernel 7.4; \n is a line end. */
  @ParameterizedTest
  @DisplayName("the hash is that of the front ends")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, 0, 0",
        "``, 1592652257, 2718255790",
        "a, 0, 2456313694",
        "ab, 0, 446775395",
        "abc, 1592652257, 564494281",
        "abcd, 1592652257, 3758298463",
        "int x = 1;\\nx + 1, 1592652257, 28827480",
        "é 🎵 ß, 1592652257, 126480775"
      })
  void hash(String text, int seed, long expected) {
    byte[] utf8 = text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(Integer.toUnsignedLong(Cells.murmur2(utf8, seed))).isEqualTo(expected);
  }

  @Test
  @DisplayName("a breakpoint on a blank line or a comment is one on the next code")
  void codeLines() {
    Cells cells = new Cells();
    String path = cells.add("int a;\n\n  // why\nint b;\n\n");
    assertThat(cells.codeLine(path, 1)).isEqualTo(1);
    assertThat(cells.codeLine(path, 2)).isEqualTo(4);
    assertThat(cells.codeLine(path, 5)).isEqualTo(5);
    assertThat(cells.hasLine(path, 6)).isTrue();
    assertThat(cells.hasLine(path, 7)).isFalse();
    assertThat(cells.hasLine(path, 0)).isFalse();
    assertThat(cells.text(path)).startsWith("int a;");
    assertThat(cells.text(cells.path("other"))).isNull();
  }
}
