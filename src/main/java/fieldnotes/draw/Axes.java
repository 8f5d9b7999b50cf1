package fieldnotes.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The axes of a custom figure: title, two labelled axes and the plot area, with margins wide enough
 * for all labels.
 *
 * <pre>{@code
 * Figure.drawn("Sizes", 720, 420, (g, w, h) -> {
 *   Axes axes = Axes.layout(g, w, h, "Sizes", Axis.linear("metres", 0, 5), Axis.linear("kg", 0, 90), 0);
 *   axes.paint(g);
 *   g.setColor(Style.color(0));
 *   g.fill(new java.awt.geom.Ellipse2D.Double(axes.x(2) - 3, axes.y(70) - 3, 6, 6));
 * });
 * }</pre>
 */
public final class Axes {
  private static final int PADDING = 12;
  private static final int TICK = 4;

  private static final int LONGEST_NAME = 260;
  private static final Font TICK_FONT = Style.font(12);
  private static final Font LABEL_FONT = Style.font(13);

  private final String title;
  private final Axis x;
  private final Axis y;
  private final Rectangle area;
  private final int width;
  private final List<Axis.Tick> xTicks;
  private final List<Axis.Tick> yTicks;
  private final boolean slanted;

  private Axes(
      String title,
      Axis x,
      Axis y,
      Rectangle area,
      int width,
      List<Axis.Tick> xTicks,
      List<Axis.Tick> yTicks,
      boolean slanted) {
    this.title = title;
    this.x = x;
    this.y = y;
    this.area = area;
    this.width = width;
    this.xTicks = xTicks;
    this.yTicks = yTicks;
    this.slanted = slanted;
  }

  /**
   * Lays out the axes for a figure of this size.
   *
   * @param right space to reserve at the right for a legend or colour bar, in CSS pixels
   */
  public static Axes layout(
      Graphics2D g, int width, int height, String title, Axis x, Axis y, int right) {
    return layout(g, width, height, title, x, y, right, 0);
  }

  /** The same with space for a legend of {@code head} CSS pixels between title and area. */
  static Axes layout(
      Graphics2D g, int width, int height, String title, Axis x, Axis y, int right, int head) {
    FontMetrics ticks = g.getFontMetrics(TICK_FONT);
    int top =
        head + PADDING + (title.isEmpty() ? 0 : g.getFontMetrics(Texts.TITLE).getHeight() + 8);
    int labelHeight = g.getFontMetrics(LABEL_FONT).getHeight() + 4;
    int below = PADDING + TICK + 2 + ticks.getHeight() + (x.label().isEmpty() ? 0 : labelHeight);
    List<Axis.Tick> yTicks =
        y.ticks(y.names().isEmpty() ? (height - top - below) / 36 : (height - top - below) / 14);
    yTicks = y.names().isEmpty() ? yTicks : shortened(ticks, yTicks, width / 3);
    int left = PADDING + TICK + 4 + widest(ticks, yTicks) + (y.label().isEmpty() ? 0 : labelHeight);
    int inner = Math.max(20, width - left - right - PADDING - 6);
    List<Axis.Tick> xTicks;
    boolean slanted = false;
    if (x.names().isEmpty()) {
      int most = Math.max(2, inner / 64);
      xTicks = x.ticks(most);
      while (most > 2 && crowded(ticks, xTicks, x, inner)) {
        xTicks = x.ticks(--most); // long numbers
      }
    } else {
      int longest = Math.max(40, (int) (height / (3 * 0.71)));
      int widest = Math.min(longest, widest(ticks, x.ticks(Integer.MAX_VALUE)));
      if (widest + 6 <= inner / x.names().size()) {
        xTicks = shortened(ticks, x.ticks(Integer.MAX_VALUE), inner / x.names().size() - 6);
      } else if (widest <= 28) {
        xTicks = x.ticks(inner / (widest + 10));
      } else {
        slanted = true;
        xTicks = shortened(ticks, x.ticks(inner / 16), widest);
        below += (int) (widest * 0.71);
        // The first label may extend to the left of its tick.
        int lean = PADDING + (int) (widest * 0.71) - left - inner / (2 * x.names().size());
        if (lean > 0) {
          left += lean;
          inner = Math.max(20, inner - lean);
        }
      }
    }
    Rectangle area = new Rectangle(left, top, inner, Math.max(20, height - top - below));
    return new Axes(title, x, y, area, width, xTicks, yTicks, slanted);
  }

  /** Whether numbers would touch; the last one may have to move in from the edge. */
  private static boolean crowded(FontMetrics metrics, List<Axis.Tick> ticks, Axis x, int inner) {
    double end = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : ticks) {
      double half = metrics.stringWidth(tick.text()) / 2.0;
      double middle = Math.min(x.share(tick.value()) * inner, inner + PADDING - half);
      if (middle - half < end + 6) {
        return true;
      }
      end = middle + half;
    }
    return false;
  }

  /** Cuts names that are wider than the room. */
  private static List<Axis.Tick> shortened(FontMetrics metrics, List<Axis.Tick> ticks, int room) {
    return ticks.stream()
        .map(tick -> new Axis.Tick(tick.value(), Texts.cut(metrics, tick.text(), room)))
        .toList();
  }

  private static int widest(FontMetrics metrics, List<Axis.Tick> ticks) {
    int widest = 0;
    for (Axis.Tick tick : ticks) {
      widest = Math.max(widest, metrics.stringWidth(tick.text()));
    }
    return widest;
  }

  /** The plot area. */
  public Rectangle area() {
    return new Rectangle(area);
  }

  /** The horizontal position of a value, in CSS pixels from the left. */
  public double x(double value) {
    return area.x + x.share(value) * area.width;
  }

  /** The vertical position of a value, in CSS pixels from the top. */
  public double y(double value) {
    return area.y + (1 - y.share(value)) * area.height;
  }

  /** Paints the title, the grid and the axes. */
  public void paint(Graphics2D g) {
    paintGrid(g);
    paintFrame(g);
  }

  /** Paints only the grid, for drawings that cover it. */
  public void paintGrid(Graphics2D g) {
    g.setColor(Style.GRID);
    g.setStroke(new BasicStroke(1f));
    if (x.names().isEmpty()) {
      for (Axis.Tick tick : xTicks) {
        double at = x(tick.value());
        g.draw(new Line2D.Double(at, area.y, at, area.y + area.height));
      }
    }
    if (y.names().isEmpty()) {
      for (Axis.Tick tick : yTicks) {
        double at = y(tick.value());
        g.draw(new Line2D.Double(area.x, at, area.x + area.width, at));
      }
    }
  }

  /** Paints title, axis lines, ticks and labels, without the grid. */
  public void paintFrame(Graphics2D g) {
    Texts.title(g, title, width);
    int bottom = area.y + area.height;
    g.setStroke(new BasicStroke(1f));
    g.setColor(Style.NOISE);
    g.draw(new Line2D.Double(area.x, area.y, area.x, bottom));
    g.draw(new Line2D.Double(area.x, bottom, area.x + area.width, bottom));
    g.setFont(TICK_FONT);
    FontMetrics metrics = g.getFontMetrics();
    int deepest = 0;
    for (Axis.Tick tick : xTicks) {
      double at = x(tick.value());
      g.setColor(Style.NOISE);
      g.draw(new Line2D.Double(at, bottom, at, bottom + TICK));
      g.setColor(Style.FAINT_INK);
      int length = metrics.stringWidth(tick.text());
      if (slanted) {
        AffineTransform before = g.getTransform();
        g.translate(at + 4, bottom + TICK + 6);
        g.rotate(-Math.PI / 4);
        g.drawString(tick.text(), (float) -length, metrics.getAscent() / 2f);
        g.setTransform(before);
        deepest = Math.max(deepest, (int) (length * 0.71));
      } else {
        g.drawString(
            tick.text(),
            (float) Math.min(at - length / 2.0, width - 4.0 - length),
            bottom + TICK + 2f + metrics.getAscent());
      }
    }
    for (Axis.Tick tick : yTicks) {
      double at = y(tick.value());
      g.setColor(Style.NOISE);
      g.draw(new Line2D.Double(area.x - TICK, at, area.x, at));
      g.setColor(Style.FAINT_INK);
      g.drawString(
          tick.text(),
          area.x - TICK - 4f - metrics.stringWidth(tick.text()),
          (float) (at + metrics.getAscent() / 2.0 - 1.5));
    }
    g.setFont(LABEL_FONT);
    g.setColor(Style.INK);
    metrics = g.getFontMetrics();
    if (!x.label().isEmpty()) {
      int under = TICK + 2 + g.getFontMetrics(TICK_FONT).getHeight() + deepest;
      String label = Texts.cut(metrics, x.label(), width - 2 * PADDING);
      float wide = metrics.stringWidth(label);
      float middle = area.x + (area.width - wide) / 2f;
      g.drawString(
          label,
          Math.max(PADDING, Math.min(middle, width - PADDING - wide)),
          bottom + under + 4f + metrics.getAscent());
    }
    if (!y.label().isEmpty()) {
      String label = Texts.cut(metrics, y.label(), area.height + 2 * Math.min(area.y, 40) - 8);
      AffineTransform before = g.getTransform();
      g.translate(PADDING + metrics.getAscent() - 2.0, area.y + area.height / 2.0);
      g.rotate(-Math.PI / 2);
      g.drawString(label, -metrics.stringWidth(label) / 2f, 0f);
      g.setTransform(before);
    }
  }

  /**
   * Paints a colour bar to the right of the area; it needs about 90 pixels.
   *
   * @param low value of the first colour
   * @param high value of the last colour
   * @param missing whether to explain the pattern of missing cells below it
   */
  void paintColorBar(
      Graphics2D g, ColorMap colours, double low, double high, String label, boolean missing) {
    paintColorBar(g, area, width, colours, low, high, label, missing);
  }

  /** Paints a colour bar to the right of any area. */
  static void paintColorBar(
      Graphics2D g,
      Rectangle area,
      int width,
      ColorMap colours,
      double low,
      double high,
      String label,
      boolean missing) {
    Axis axis = Axis.linear(label, low, high == low ? low + 1 : high);
    int left = area.x + area.width + 16;
    int barWidth = 14;
    for (int i = 0; i < ColorMap.STEPS; i++) {
      double top = area.y + area.height * (1 - (i + 1.0) / ColorMap.STEPS);
      g.setColor(colours.color((double) i / (ColorMap.STEPS - 1)));
      int from = (int) Math.floor(top);
      int to = (int) Math.ceil(top + (double) area.height / ColorMap.STEPS);
      g.fillRect(left, from, barWidth, Math.max(1, to - from));
    }
    g.setColor(Style.NOISE);
    g.setStroke(new BasicStroke(1f));
    g.draw(new Rectangle2D.Double(left, area.y, barWidth, area.height));
    g.setFont(TICK_FONT);
    FontMetrics metrics = g.getFontMetrics();
    for (Axis.Tick tick : axis.ticks(Math.max(2, area.height / 40))) {
      double at = area.y + (1 - axis.share(tick.value())) * area.height;
      g.setColor(Style.NOISE);
      g.draw(new Line2D.Double(left + barWidth, at, left + barWidth + 3, at));
      g.setColor(Style.FAINT_INK);
      g.drawString(
          tick.text(), left + barWidth + 7f, (float) (at + metrics.getAscent() / 2.0 - 1.5));
    }
    if (!label.isEmpty()) {
      g.setColor(Style.INK);
      g.setFont(TICK_FONT);
      String shown = Texts.cut(metrics, label, Math.max(width / 3, 80));
      g.drawString(
          shown, Math.min(left, width - PADDING / 2f - metrics.stringWidth(shown)), area.y - 11f);
    }
    if (missing) {
      paintMissing(g, left, area.y + area.height + 10);
    }
  }

  /** Paints the legend entry of missing cells. */
  private static void paintMissing(Graphics2D g, int left, int top) {
    for (int i = 0; i < 14; i++) {
      for (int j = 0; j < 12; j++) {
        boolean line = (i + 12 - j) % ColorMap.HATCH == 0;
        g.setColor(new Night.Kept(line ? ColorMap.HATCH_LINE : ColorMap.VIRIDIS.rgb(Double.NaN)));
        g.fillRect(left + i, top + j, 1, 1);
      }
    }
    g.setFont(TICK_FONT);
    g.setColor(Style.FAINT_INK);
    g.drawString("missing", left + 18f, top + 10f);
  }

  /**
   * Paints a legend of colour squares and names to the right of the area; where it is too short for
   * all, the last line has the number of the others. Reserve {@link #legendWidth} of the same names
   * in {@link #layout}.
   */
  public void paintLegend(Graphics2D g, List<String> names, List<Color> colours) {
    g.setFont(TICK_FONT);
    FontMetrics metrics = g.getFontMetrics();
    int left = area.x + area.width + 18;
    int line = metrics.getHeight() + 5;
    int room = Math.max(1, (area.height + 30) / line);
    for (int i = 0; i < Math.min(room, names.size()); i++) {
      int top = area.y + i * line;
      if (i == room - 1 && names.size() > room) {
        g.setColor(Style.INK);
        g.drawString(
            "… and " + (names.size() - i) + " more", left + 18f, top + metrics.getAscent());
        break;
      }
      g.setColor(colours.get(i));
      Shape square = new Rectangle2D.Double(left, top + 2.0, 11, 11);
      g.fill(square);
      g.setColor(Style.INK);
      g.drawString(
          Texts.cut(metrics, names.get(i), LONGEST_NAME), left + 18f, top + metrics.getAscent());
    }
  }

  /** Width of a legend of these names, in CSS pixels. */
  public static int legendWidth(Graphics2D g, List<String> names) {
    FontMetrics metrics = g.getFontMetrics(TICK_FONT);
    int widest = 0;
    for (String name : names) {
      widest = Math.max(widest, metrics.stringWidth(Texts.cut(metrics, name, LONGEST_NAME)));
    }
    return names.isEmpty() ? 0 : widest + 42;
  }
}
