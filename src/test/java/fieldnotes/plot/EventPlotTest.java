package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.detect.SoundEvent;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Style;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventPlotTest {
  private static final List<SoundEvent> TRUTH =
      List.of(new SoundEvent(10, 60, "bell", 1), new SoundEvent(100, 140, "clap", 1));
  private static final List<SoundEvent> FOUND =
      List.of(
          new SoundEvent(11, 60, "bell", 0.9),
          new SoundEvent(100, 140, "bell", 0.6),
          new SoundEvent(160, 190, "Unknown", 0.7));

  private static Map<Integer, Integer> pixels(Figure figure) {
    BufferedImage image =
        new BufferedImage(figure.width(), figure.height(), BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    figure.paint(g, image.getWidth(), image.getHeight());
    g.dispose();
    Map<Integer, Integer> count = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
      }
    }
    return count;
  }

  @Test
  @DisplayName("bars are as long as the events, and false ones have a colour of their own")
  void bars() {
    Figure figure = EventPlot.of("heard", TRUTH, FOUND, 200);
    Map<Integer, Integer> count = pixels(figure);
    int truth = count.get(0x8a8a8a);
    int found = count.get(Style.color(0).getRGB() & 0xffffff);
    int wrong = count.get(Style.color(1).getRGB() & 0xffffff);
    // 90 s of truth; 49 s of bell and 30 s of Unknown found; 40 s false
    assertThat((double) found / truth).isBetween(0.8, 0.96);
    assertThat((double) wrong / truth).isBetween(0.38, 0.54);
    assertThat(figure.alt())
        .isEqualTo(
            "heard: timeline of 2 true events, 3 found, 1 of them where their class does not"
                + " sound, of 3 classes (bell, clap, Unknown). x: time in minutes, 0 to 3.33; y:"
                + " Unknown, clap, bell.");
  }

  @Test
  @DisplayName("without truth nothing is false, and short streams are in seconds")
  void withoutTruth() {
    Figure figure =
        EventPlot.of("heard", List.of(), FOUND.subList(0, 1), 90, new double[] {-60, -20});
    assertThat(figure.alt()).contains("time in seconds").contains("0 true events, 1 found, of");
    assertThat(pixels(figure)).doesNotContainKey(Style.color(1).getRGB() & 0xffffff);
  }

  @Test
  @DisplayName("nothing to draw is told")
  void refuses() {
    assertThatThrownBy(() -> EventPlot.of("heard", List.of(), List.of(), 10))
        .hasMessage("there is no event, neither true nor found: nothing to draw");
    assertThatThrownBy(() -> EventPlot.of("heard", TRUTH, FOUND, 0))
        .hasMessageContaining("seconds");
  }
}
