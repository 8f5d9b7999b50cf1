package fieldnotes.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CurvesTest {
  /** Pixels in the colour of the line. */
  private static long blue(double[] y, String label) {
    double[] x = new double[y.length];
    Arrays.setAll(x, i -> i);
    BufferedImage image = Curves.marked("", "x", "y", x, y, y.length / 2, label).image(1);
    int colour = Style.color(0).getRGB();
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(all).filter(p -> p == colour).count();
  }

  @Test
  @DisplayName("the label of a mark covers no line where there is room beside it")
  void labelBesideTheLine() {
    double[] up = {0, 1, 2, 3, 4, 5, 6};
    double[] valley = {6, 4, 2, 0, 2, 4, 6};
    double[] peak = {0, 2, 4, 6, 4, 2, 0};
    double[] edge = {3, 3, 3, 3, 3, 3, 3};
    for (double[] y : new double[][] {up, valley, peak, edge}) {
      assertThat(blue(y, "lowest criterion: 12, diagonal"))
          .as(Arrays.toString(y))
          .isEqualTo(blue(y, ""));
    }
  }
}
