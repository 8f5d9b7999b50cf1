package fieldnotes.draw;

import fieldnotes.common.Check;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.List;

/** Several figures in a grid. */
public final class Sheet {
  private Sheet() {}

  /**
   * Figures in rows of {@code columns}; the cells have the size of the widest and the tallest
   * figure.
   */
  public static Figure of(String title, int columns, List<? extends Figure> figures) {
    int width = figures.stream().mapToInt(Figure::width).max().orElse(1);
    int height = figures.stream().mapToInt(Figure::height).max().orElse(1);
    return of(title, columns, width, height, figures);
  }

  /**
   * Figures in rows of {@code columns}, each repainted at the given cell size.
   *
   * @param title title above the grid; may be empty
   * @param cellWidth width of each figure in CSS pixels
   * @param cellHeight height of each figure in CSS pixels
   */
  public static Figure of(
      String title, int columns, int cellWidth, int cellHeight, List<? extends Figure> figures) {
    Check.that(!figures.isEmpty(), "a sheet needs at least one figure");
    Check.atLeast("columns", columns, 1);
    List<Figure> all = List.copyOf(figures);
    int across = Math.min(columns, all.size());
    int down = (all.size() + across - 1) / across;
    int head = title.isEmpty() ? 0 : 36;
    String name = title.isEmpty() ? all.getFirst().title() : title;
    return new Picture(
        name,
        across * cellWidth,
        down * cellHeight + head,
        (g, width, height) -> paint(g, width, height, title, head, across, down, all));
  }

  /** Two figures side by side, each 560 CSS pixels wide and as tall as the taller one. */
  public static Figure sideBySide(Figure left, Figure right) {
    int height = Math.max(left.height(), right.height());
    return of("", 2, 560, height, List.of(left, right));
  }

  private static void paint(
      Graphics2D g,
      int width,
      int height,
      String title,
      int head,
      int across,
      int down,
      List<Figure> figures) {
    if (!title.isEmpty()) {
      g.setFont(Style.bold(17));
      g.setColor(Style.INK);
      FontMetrics metrics = g.getFontMetrics();
      g.drawString(title, (width - metrics.stringWidth(title)) / 2f, 10f + metrics.getAscent());
    }
    for (int i = 0; i < figures.size(); i++) {
      int left = width * (i % across) / across;
      int right = width * (i % across + 1) / across;
      int top = head + (height - head) * (i / across) / down;
      int bottom = head + (height - head) * (i / across + 1) / down;
      AffineTransform transform = g.getTransform();
      Shape clip = g.getClip();
      g.translate(left, top);
      g.clipRect(0, 0, right - left, bottom - top);
      figures.get(i).paint(g, right - left, bottom - top);
      g.setTransform(transform);
      g.setClip(clip);
      Style.smooth(g);
    }
  }
}
