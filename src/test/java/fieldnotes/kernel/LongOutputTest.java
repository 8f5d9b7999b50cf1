package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LongOutputTest {
  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  @Test
  @DisplayName("as many lines as allowed are shown as they are")
  void few() {
    LongOutput output = new LongOutput(3);
    assertThat(output.take("a\nb")).isEqualTo("a\nb");
    assertThat(output.take("\nc\n")).isEqualTo("\nc\n");
    assertThat(output.end()).isEmpty();
  }

  @Test
  @DisplayName("of more, the first and the last 20 are shown, and the rest is kept")
  void many() {
    LongOutput output = new LongOutput(3);
    String head = output.take(lines(0, 50));
    assertThat(head).startsWith(lines(0, 3) + "… (3 lines, 21 characters so far:");
    assertThat(output.take(lines(50, 100))).isEmpty();
    assertThat(output.end()).startsWith(lines(80, 100) + "(97 more lines, of which the last are");
    assertThat(output.end()).as("is told once").isEmpty();
    assertThat(output.rest()).isEqualTo(lines(3, 100));
  }

  @Test
  @DisplayName("it depends on the text alone, not on how it arrives")
  void pieces() {
    LongOutput whole = new LongOutput(3);
    LongOutput pieces = new LongOutput(3);
    String text = lines(0, 30);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      shown.append(pieces.take(text.substring(i, i + 1)));
    }
    assertThat(shown + pieces.end()).isEqualTo(whole.take(text) + whole.end());
    assertThat(pieces.rest()).isEqualTo(whole.rest());
  }

  @Test
  @DisplayName("a line without an end is cut, too, at a whole character; progress is not")
  void longLine() {
    LongOutput output = new LongOutput(3);
    String head = output.take("é🎵".repeat(1_000));
    assertThat(head.codePoints().filter(c -> c == "🎵".codePointAt(0)).count()).isEqualTo(100);
    assertThat(head.substring(0, 300)).isEqualTo("é🎵".repeat(100));
    assertThat(output.rest()).isEqualTo("é🎵".repeat(900));
    LongOutput progress = new LongOutput(3);
    for (int i = 0; i < 1_000; i++) {
      assertThat(progress.take("\r%d of 1,000".formatted(i))).isNotEmpty();
    }
  }

  @Test
  @DisplayName("%output all leaves nothing out")
  void all() {
    LongOutput output = new LongOutput(Integer.MAX_VALUE);
    assertThat(output.take(lines(0, 20_000))).isEqualTo(lines(0, 20_000));
    assertThat(output.end()).isEmpty();
  }
}
