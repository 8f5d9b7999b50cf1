package fieldnotes.draw;

import fieldnotes.common.Check;
import java.awt.Graphics2D;

/** A figure with a painter. */
record Picture(String title, int width, int height, String alt, Painter painter) implements Figure {
  public Picture {
    check(title, width, height);
  }

  static void check(String title, int width, int height) {
    Check.that(
        width > 0 && height > 0 && (long) width * height <= 100_000_000,
        "figure '%s' is %d by %d pixels: both must be above 0, and the area at most 100,000,000",
        title,
        width,
        height);
  }

  @Override
  public void paint(Graphics2D g, int paintedWidth, int paintedHeight) {
    painter.paint(g, paintedWidth, paintedHeight);
  }

  @Override
  public String toString() {
    return "%s (%d × %d)".formatted(title, width, height);
  }
}
