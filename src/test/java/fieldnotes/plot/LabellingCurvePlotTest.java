package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.draw.Figure;
import fieldnotes.draw.Style;
import fieldnotes.label.LabellingCurves;
import fieldnotes.label.LabellingMeasure;
import fieldnotes.label.LabellingTrial;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LabellingCurvePlotTest {
  /** Two strategies with the same values and a lower one, with one seed, so that no band shows. */
  private static LabellingCurves same() {
    double[][][] values = {{{0.5}, {0.6}, {0.8}}, {{0.2}, {0.3}, {0.4}}, {{0.5}, {0.6}, {0.8}}};
    Map<LabellingMeasure, double[][][]> all = new EnumMap<>(LabellingMeasure.class);
    for (LabellingMeasure measure : LabellingMeasure.values()) {
      all.put(measure, values);
    }
    return new LabellingCurves(
        "rows",
        List.of("random", "lower", "margin"),
        LabellingTrial.of(10, 30).withSeeds(1),
        all,
        new double[] {0.9});
  }

  /** Pixels of a colour, left of the legend. */
  private static int pixels(Figure figure, Color colour) {
    BufferedImage image = figure.image(1);
    int count = 0;
    for (int x = 0; x < image.getWidth() - 150; x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  @DisplayName("lines on top of each other show, and are told; the broken line is explained")
  void lines() {
    Figure figure = LabellingCurvePlot.of("Labels", same());
    assertThat(figure.alt())
        .startsWith(
            "Labels: 3 lines (random, lower, margin) of accuracy on rows held out over clips heard;"
                + " broken line of all labels: 0.900; 'margin' lies on 'random'.");
    assertThat(pixels(figure, Style.color(0))).isGreaterThan(200);
    assertThat(pixels(figure, Style.color(2))).isGreaterThan(50);
    Figure coverage = LabellingCurvePlot.of("Labels", same(), LabellingMeasure.COVERAGE);
    assertThat(coverage.alt()).doesNotContain("broken");
  }
}
