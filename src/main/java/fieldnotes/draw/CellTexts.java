package fieldnotes.draw;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.function.ToDoubleBiFunction;

/**
 * Texts in the cells of a heat map, as large as all of them fit; none where they would be too small
 * to read.
 */
final class CellTexts {
  private static final int LARGEST = 13;
  private static final int SMALLEST = 8;

  private CellTexts() {}

  /**
   * Paints the text of each cell, in lines, in black or white.
   *
   * @param share place of a cell's colour in the colour map; a cell without one has no text
   */
  static void paint(
      Graphics2D g,
      Rectangle area,
      int across,
      int up,
      HeatMap.CellText texts,
      ColorMap colours,
      ToDoubleBiFunction<Integer, Integer> share) {
    double width = (double) area.width / across;
    double height = (double) area.height / up;
    int lines = 1;
    String widest = "";
    for (int i = 0; i < across; i++) {
      for (int j = 0; j < up; j++) {
        String[] text = texts.at(i, j).split("\n", -1);
        lines = Math.max(lines, text.length);
        for (String line : text) {
          widest = line.length() > widest.length() ? line : widest;
        }
      }
    }
    int size = LARGEST;
    while (size >= SMALLEST
        && (g.getFontMetrics(Style.font(size)).stringWidth(widest) > width - 4
            || size * (1 + 1.2 * (lines - 1)) > height - 2)) {
      size--;
    }
    if (size < SMALLEST) {
      return;
    }
    g.setFont(Style.font(size));
    FontMetrics metrics = g.getFontMetrics();
    for (int i = 0; i < across; i++) {
      for (int j = 0; j < up; j++) {
        double place = share.applyAsDouble(i, j);
        if (Double.isNaN(place)) {
          continue;
        }
        Color behind = colours.color(place);
        double light =
            0.299 * behind.getRed() + 0.587 * behind.getGreen() + 0.114 * behind.getBlue();
        g.setColor(new Night.Kept(light > 140 ? 0x000000 : 0xffffff));
        String[] text = texts.at(i, j).split("\n", -1);
        double middle = area.y + (up - j - 0.5) * height + metrics.getAscent() / 2.0 - 1.5;
        for (int l = 0; l < text.length; l++) {
          double left = area.x + (i + 0.5) * width - metrics.stringWidth(text[l]) / 2.0;
          double base = middle + (l - (text.length - 1) / 2.0) * 1.2 * size;
          g.drawString(text[l], (float) left, (float) base);
        }
      }
    }
  }
}
