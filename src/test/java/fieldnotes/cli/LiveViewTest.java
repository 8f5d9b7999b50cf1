package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.detect.SoundEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private LiveView view(boolean colour) {
    return new LiveView(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), colour, "detect: a\u001b[2Jb");
  }

  private String drawn() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void clock() {
    assertThat(LiveView.clock(0)).isEqualTo("0:00:00.0");
    assertThat(LiveView.clock(3725.96)).isEqualTo("1:02:05.9");
    assertThat(LiveView.clock(86_400 * 2)).isEqualTo("48:00:00.0");
  }

  @Test
  @DisplayName("full scale fills the meter, −30 dB half of it, silence nothing")
  void meter() {
    assertThat(LiveView.meter(1, 1)).isEqualTo("[" + "#".repeat(40) + "] 0 dB");
    assertThat(LiveView.meter(Math.pow(10, -1.5), 0.1))
        .isEqualTo("[" + "#".repeat(20) + " ".repeat(7) + "|" + " ".repeat(12) + "] -30 dB");
    assertThat(LiveView.meter(0, 0)).isEqualTo("[" + " ".repeat(40) + "] silence");
    assertThat(LiveView.meter(3, 3)).isEqualTo("[" + "#".repeat(40) + "] 10 dB");
  }

  @Test
  @DisplayName("lines are placed, names are quoted, the terminal is given back")
  void screen() {
    LiveView view = view(true);
    view.begin();
    assertThat(drawn()).startsWith("\u001b[?1049h\u001b[?25l\u001b[?7l").contains("a\\u001b[2Jb");
    view.part("night.mp3");
    view.event(new SoundEvent(61, 62.5, "do\u001bg", 0.875));
    view.message("stalled");
    float[] block = new float[1000];
    Arrays.fill(block, 0.1f);
    view.samples(block, 1000, 63, Optional.of(new SoundEvent(62.9, 63, "cat", 0.5)));
    assertThat(drawn())
        .contains("\u001b[2;1Hnight.mp3\u001b[K")
        .contains("\u001b[3;1H0:01:03.0  1 heard\u001b[K")
        .contains("-20 dB")
        .contains("now    \u001b[1;36m0:01:02.9    0.10 s   50 %  cat\u001b[0m")
        .contains("\u001b[7;1H       0:01:01.0    1.50 s   88 %  do\\u001bg\u001b[K")
        .contains("\u001b[19;1Hstalled\u001b[K")
        .endsWith("\u001b[J");
    for (int i = 0; i < 30; i++) {
      view.event(new SoundEvent(i, i + 1, "n" + i, 1));
    }
    view.samples(block, 1000, 64, Optional.empty());
    assertThat(drawn())
        .contains("now    –")
        .contains("n18")
        .doesNotContain("n17")
        .contains("31 heard");
    view.end();
    assertThat(drawn().lines())
        .hasSize(13)
        .startsWith("\u001b[?7h\u001b[?25h\u001b[?1049l0:00:18.0    1.00 s  100 %  n18")
        .endsWith("0:00:29.0    1.00 s  100 %  n29", "stalled");
    view.end();
    view.samples(block, 1000, 65, Optional.empty());
    assertThat(drawn()).isEmpty();
  }

  @Test
  void withoutColour() {
    LiveView view = view(false);
    view.begin();
    assertThat(drawn()).doesNotContain("\u001b[1;36m");
  }
}
