package fieldnotes.draw;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;

/** Texts of a figure that fit into their room. */
final class Texts {
  /** What a figure says, and its text alternative, where there is nothing to draw. */
  static final String NOTHING = "no finite values";

  static final Font TITLE = Style.bold(15);

  private static final int PADDING = 12;

  private Texts() {}

  /** The start of a text and an ellipsis if it is wider than the room. */
  static String cut(FontMetrics metrics, String text, int room) {
    String shown = text;
    while (metrics.stringWidth(shown) > room && shown.length() > 2) {
      int end = shown.offsetByCodePoints(shown.length(), shown.endsWith("…") ? -2 : -1);
      shown = shown.substring(0, end) + "…";
    }
    return shown;
  }

  /** The font, as small as needed and legible, for a text to fit into the room. */
  static Font smaller(Graphics2D g, Font font, String text, int room) {
    Font shown = font;
    while (g.getFontMetrics(shown).stringWidth(text) > room && shown.getSize() > 9) {
      shown = font.deriveFont(shown.getSize() - 1f);
    }
    return shown;
  }

  /** Says in the middle of a figure that there is nothing to draw. */
  static void nothing(Graphics2D g, int width, int height) {
    g.setFont(Style.font(13));
    g.setColor(Style.FAINT_INK);
    g.drawString(NOTHING, (width - g.getFontMetrics().stringWidth(NOTHING)) / 2f, height / 2f);
  }

  /** Paints a figure's title, scaled down if it is too wide, and then cut. */
  static void title(Graphics2D g, String title, int width) {
    title(g, title, width, TITLE, PADDING);
  }

  /** Paints a title in this font or a smaller one. */
  static void title(Graphics2D g, String title, int width, Font largest, int top) {
    if (title.isEmpty()) {
      return;
    }
    int room = width - 2 * PADDING;
    g.setFont(smaller(g, largest, title, room));
    g.setColor(Style.INK);
    FontMetrics metrics = g.getFontMetrics();
    String shown = cut(metrics, title, room);
    g.drawString(
        shown,
        Math.max(4f, (width - metrics.stringWidth(shown)) / 2f),
        (float) top + metrics.getAscent());
  }

  /** Whether no point has two finite coordinates. */
  static boolean isEmpty(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        return false;
      }
    }
    return true;
  }
}
