package fieldnotes.draw;

import java.awt.Color;

/**
 * The colours of a figure on a dark page: hues stay, white becomes the dark paper and black almost
 * white. A colour is a share of a pure hue and a share of grey; only the grey is turned round, so
 * that full colours become lighter and tints darker. Colours of heat maps stay as they are.
 */
final class Night {
  /** What white becomes. */
  static final Color PAPER = new Color(0x121212);

  /** Lifts the middle greys, which would be too dark to see. */
  private static final double LIFT = 0.8;

  private Night() {}

  /** A colour that is the same at night, such as that of a cell of a heat map. */
  static final class Kept extends Color {
    private static final long serialVersionUID = 1;

    Kept(int rgb) {
      super(rgb);
    }
  }

  static Color of(Color day) {
    if (day instanceof Kept) {
      return day;
    }
    double least = Math.min(day.getRed(), Math.min(day.getGreen(), day.getBlue()));
    double most = Math.max(day.getRed(), Math.max(day.getGreen(), day.getBlue()));
    double black = 1 - most / 255;
    double grey = black + least / 255;
    double pure = 1 - grey;
    double share = grey > 0 ? black / grey : 0;
    double turned = PAPER.getRed() + (255 - PAPER.getRed()) * Math.pow(share, LIFT);
    int[] rgb = {day.getRed(), day.getGreen(), day.getBlue()};
    for (int i = 0; i < 3; i++) {
      double hue = most > least ? 255 * (rgb[i] - least) / (most - least) : 0;
      rgb[i] = (int) Math.clamp(Math.round(pure * hue + grey * turned), 0L, 255L);
    }
    return new Color(rgb[0], rgb[1], rgb[2], day.getAlpha());
  }
}
