package fieldnotes.draw;

import java.awt.Graphics2D;
import java.util.Optional;

/**
 * A figure with two axes that other figures can share.
 *
 * @param what kind of figure and what is in it, for the text alternative
 */
record Drawing(
    String title, int width, int height, String what, Axis x, Axis y, AxesPainter painter)
    implements Figure {
  public Drawing {
    Picture.check(title, width, height);
  }

  @Override
  public String alt() {
    return Described.text(title, what, Scales.of(x, y));
  }

  @Override
  public Optional<Scales> scales() {
    return Optional.of(Scales.of(x, y));
  }

  @Override
  public Figure withScales(Scales scales) {
    return new Drawing(title, width, height, what, scales.x(), scales.y(), painter);
  }

  @Override
  public Figure sized(int newWidth, int newHeight) {
    return new Drawing(title, newWidth, newHeight, what, x, y, painter);
  }

  @Override
  public void paint(Graphics2D g, int paintedWidth, int paintedHeight) {
    painter.paint(g, paintedWidth, paintedHeight, x, y);
  }

  @Override
  public String toString() {
    return "%s (%d × %d)".formatted(title, width, height);
  }
}
