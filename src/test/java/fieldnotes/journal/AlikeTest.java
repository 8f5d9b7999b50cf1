package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a reader would see differs, what only a renderer does differently does not. */
class AlikeTest {
  private static final Color BLUE = new Color(0x0072B2);
  private static final Color ORANGE = new Color(0xD55E00);

  /** A small chart; a change of it is drawn last, over or instead of what is there. */
  private static final class Chart {
    Color first = BLUE;
    Color second = ORANGE;
    double x = 30;
    String label = "0.85";
    boolean line = true;
    int height = 120;
    boolean pure = false;
    int type = BufferedImage.TYPE_INT_RGB;

    byte[] png() {
      BufferedImage image = new BufferedImage(160, height, type);
      Graphics2D g = image.createGraphics();
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, 160, height);
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL,
          pure ? RenderingHints.VALUE_STROKE_PURE : RenderingHints.VALUE_STROKE_NORMALIZE);
      g.scale(2, 2);
      g.setStroke(new BasicStroke(0.5f));
      if (line) {
        g.setColor(new Color(0xE6E6E6));
        g.draw(new Line2D.Double(5, 40.3, 75, 40.3));
      }
      g.setStroke(new BasicStroke(1f));
      g.setColor(first);
      g.fill(new Ellipse2D.Double(x, 20, 6, 6));
      g.draw(new Line2D.Double(5, 50, 75, 30));
      g.setColor(second);
      g.fill(new Ellipse2D.Double(50, 12, 6, 6));
      g.setColor(Color.BLACK);
      g.drawString(label, 5, 15);
      g.dispose();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }

  private static boolean alike(Consumer<Chart> change) {
    Chart chart = new Chart();
    byte[] before = chart.png();
    change.accept(chart);
    byte[] after = chart.png();
    assertThat(after).as("the change changes something").isNotEqualTo(before);
    boolean there = Alike.pictures(before, after);
    assertThat(Alike.pictures(after, before)).as("in both directions").isEqualTo(there);
    return there;
  }

  @Test
  @DisplayName("another antialiasing, colour model or a tenth of a pixel shows the same")
  void same() {
    byte[] png = new Chart().png();
    assertThat(Alike.pictures(png, png)).isTrue();
    assertThat(alike(c -> c.pure = true)).isTrue();
    assertThat(alike(c -> c.type = BufferedImage.TYPE_INT_ARGB)).isTrue();
    assertThat(alike(c -> c.x += 0.05)).isTrue();
  }

  @Test
  @DisplayName("a point moved, a label, a pale line, swapped colours and another size do not")
  void different() {
    assertThat(alike(c -> c.x += 1)).isFalse();
    assertThat(alike(c -> c.label = "0.86")).isFalse();
    assertThat(alike(c -> c.label = "0,85")).isFalse();
    assertThat(alike(c -> c.line = false)).isFalse();
    assertThat(
            alike(
                c -> {
                  c.first = ORANGE;
                  c.second = BLUE;
                }))
        .isFalse();
    assertThat(alike(c -> c.height = 118)).isFalse();
  }

  @Test
  @DisplayName("what is no picture is like nothing")
  void damaged() {
    assertThat(Alike.pictures(new byte[3], new Chart().png())).isFalse();
  }
}
