package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TerminalProgress progress(int columns) {
    return new TerminalProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), columns);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("in a log: one line for a long task, none for a short one, no control character")
  void log() {
    TerminalProgress progress = progress(0);
    progress.show("a", 1, 2, "", "", 1, false);
    progress.show("a", 2, 2, "", "", 1, true);
    progress.show("b\u001b[31m\n", 2, 2, "", "", 2.04, true);
    assertThat(printed()).isEqualTo("b\\u001b[31m\\n: 2.0 s" + System.lineSeparator());
  }

  @Test
  @DisplayName("on a terminal: one line that is overwritten, with the estimate and the note")
  void terminal() {
    TerminalProgress progress = progress(80);
    progress.show("read", 5, 10, "about 40 s left", "x\u202e\r.wav", 40, false);
    progress.show("read", 10, 10, "", "", 80, true);
    assertThat(printed())
        .isEqualTo(
            "\rread   50 %  40 s  about 40 s left  x\\u202e\\r.wav"
                + "\rread  100 %  80 s"
                + " ".repeat(32)
                + "\n");
  }

  @Test
  @DisplayName("a line is cut at the width of the terminal; wide characters take two columns")
  void width() {
    progress(20).show("中".repeat(30), 0, 0, "", "", 3, false);
    assertThat(printed()).isEqualTo("\r" + "中".repeat(9));
    bytes.reset();
    progress(20).show("e\u0301".repeat(30), 0, 0, "", "", 3, false);
    assertThat(printed()).isEqualTo("\r" + "e\u0301".repeat(19));
  }
}
