package fieldnotes.draw;

import java.awt.Graphics2D;
import java.util.Optional;

/** A figure around another one, which it passes on but for what it adds. */
interface Wrapped extends Figure {
  /** The figure inside. */
  Figure figure();

  /** The same around another figure. */
  Wrapped around(Figure other);

  @Override
  default String title() {
    return figure().title();
  }

  @Override
  default String alt() {
    return figure().alt();
  }

  @Override
  default int width() {
    return figure().width();
  }

  @Override
  default int height() {
    return figure().height();
  }

  @Override
  default Optional<Scales> scales() {
    return figure().scales();
  }

  @Override
  default Figure withScales(Scales scales) {
    return around(figure().withScales(scales));
  }

  @Override
  default Figure sized(int width, int height) {
    return around(figure().sized(width, height));
  }

  @Override
  default void paint(Graphics2D g, int width, int height) {
    figure().paint(g, width, height);
  }
}
