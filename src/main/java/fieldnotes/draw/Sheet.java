package fieldnotes.draw;

import fieldnotes.common.Check;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several figures in a grid. */
public final class Sheet implements Figure {
  private static final int TITLE = 36;
  private static final int LEGEND = 24;

  /** Widest interactive form, which does not shrink with its cell. */
  private static final int LIVE_WIDTH = 860;

  private final String title;
  private final int columns;
  private final List<Figure> figures;
  private final List<String> names;
  private final List<Color> colours;
  private final HeatMap bar; // its colour bar stands for all; null: each figure has its own
  private final int width;
  private final int height;

  private Sheet(
      String title,
      int columns,
      List<Figure> figures,
      List<String> names,
      List<Color> colours,
      HeatMap bar,
      int width,
      int height) {
    Picture.check(title, width, height);
    this.title = title;
    this.columns = columns;
    this.figures = figures;
    this.names = names;
    this.colours = colours;
    this.bar = bar;
    this.width = width;
    this.height = height;
  }

  /**
   * Figures in rows of {@code columns}; the cells have the size of the widest and the tallest
   * figure.
   */
  public static Sheet of(String title, int columns, List<? extends Figure> figures) {
    int width = figures.stream().mapToInt(Figure::width).max().orElse(1);
    int height = figures.stream().mapToInt(Figure::height).max().orElse(1);
    return of(title, columns, width, height, figures);
  }

  /**
   * Figures in rows of {@code columns}, each repainted at the given cell size. Figures that are
   * compared belong in {@link #compared}, which gives them the same axes.
   *
   * @param title title above the grid; may be empty
   * @param cellWidth width of each figure in CSS pixels
   * @param cellHeight height of each figure in CSS pixels
   */
  public static Sheet of(
      String title, int columns, int cellWidth, int cellHeight, List<? extends Figure> figures) {
    Check.that(!figures.isEmpty(), "a sheet needs at least one figure");
    Check.atLeast("columns", columns, 1);
    List<Figure> all = List.copyOf(figures);
    int across = Math.min(columns, all.size());
    int down = Math.ceilDiv(all.size(), across);
    int width = across * cellWidth;
    int height = down * cellHeight + (title.isEmpty() ? 0 : TITLE);
    return new Sheet(title, across, all, List.of(), List.of(), null, width, height);
  }

  /** Two figures side by side, each 560 CSS pixels wide and as tall as the taller one. */
  public static Sheet sideBySide(Figure left, Figure right) {
    int height = Math.max(left.height(), right.height());
    return of("", 2, 560, height, List.of(left, right));
  }

  /**
   * Figures to compare, as in {@link #of(String, int, int, int, List)}, with the same axes: each
   * axis that has the same label, spacing and names in all figures covers the values of all.
   * Likewise colours of one unit; heat maps then have one colour bar at the right.
   *
   * @throws IllegalArgumentException if a figure has no axes, or the figures have none in common
   */
  public static Sheet compared(
      String title, int columns, int cellWidth, int cellHeight, List<? extends Figure> figures) {
    Check.that(!figures.isEmpty(), "a sheet needs at least one figure");
    List<Scales> own = new ArrayList<>();
    for (Figure figure : figures) {
      Optional<Scales> scales = figure.scales();
      Check.that(
          scales.isPresent(),
          "figure '%s' has no axes to share; draw it in a sheet by Sheet.of",
          figure.title());
      own.add(scales.get());
    }
    List<Scales> shared = Scales.shared(own);
    List<Figure> all = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      all.add(figures.get(i).withScales(shared.get(i)));
    }
    HeatMap bar = oneBar(all, shared);
    if (bar != null) {
      all.replaceAll(figure -> ((HeatMap) figure).withoutBar());
    }
    Sheet sheet = of(title, columns, cellWidth, cellHeight, all);
    int room = bar == null ? 0 : HeatMap.BAR_ROOM;
    return new Sheet(
        title,
        sheet.columns,
        sheet.figures,
        List.of(),
        List.of(),
        bar,
        sheet.width + room,
        sheet.height);
  }

  /** A heat map with the colours of all figures, or null if they differ. */
  private static HeatMap oneBar(List<Figure> figures, List<Scales> scales) {
    HeatMap bar = null;
    for (int i = 0; i < figures.size(); i++) {
      if (!(figures.get(i) instanceof HeatMap map)
          || scales.get(i).low() != scales.getFirst().low()
          || scales.get(i).high() != scales.getFirst().high()
          || (bar != null && bar.colours() != map.colours())) {
        return null;
      }
      bar = bar == null || map.missing() > 0 ? map : bar;
    }
    return bar;
  }

  /** Returns a copy with a legend of the groups in a line under the title. */
  public Sheet withLegend(List<String> newNames, List<Color> newColours) {
    Check.sameLength("colours", newColours.size(), "names", newNames.size());
    int more = names.isEmpty() ? LEGEND : 0;
    return new Sheet(
        title,
        columns,
        figures,
        List.copyOf(newNames),
        List.copyOf(newColours),
        bar,
        width,
        height + more);
  }

  @Override
  public String title() {
    return title.isEmpty() ? figures.getFirst().title() : title;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Sheet sized(int newWidth, int newHeight) {
    return new Sheet(title, columns, figures, names, colours, bar, newWidth, newHeight);
  }

  /** A grid, if all figures have a Vega-Lite form. */
  @Override
  public Optional<Interactive> interactive() {
    List<Interactive> charts = new ArrayList<>();
    List<int[]> sizes = new ArrayList<>();
    List<Integer> lefts = new ArrayList<>();
    for (Figure figure : figures) {
      int down = Math.ceilDiv(figures.size(), columns);
      int[] size = {
        Math.min(width, LIVE_WIDTH) / columns, (height - (title.isEmpty() ? 0 : TITLE)) / down
      };
      Optional<Interactive> form = figure.sized(size[0], size[1]).interactive();
      if (form.isEmpty() || !form.get().isLite()) {
        return Optional.empty();
      }
      charts.add(form.get());
      sizes.add(size);
      lefts.add(figure.scales().map(scales -> LiveAxes.left(scales.y())).orElse(60));
    }
    Interactive grid = LiveGrid.of(title, alt(), columns, charts, sizes, lefts);
    return grid.bytes() > Interactive.MOST_BYTES ? Optional.empty() : Optional.of(grid);
  }

  @Override
  public String alt() {
    StringBuilder text = new StringBuilder(title.isEmpty() ? "" : title + ": ");
    text.append(Words.count(figures.size(), "figure"));
    if (!names.isEmpty()) {
      text.append(", ").append(Words.list(names.size(), "class", "classes", names));
    }
    text.append('.');
    for (int i = 0; i < figures.size(); i++) {
      text.append(" (").append(i + 1).append(") ").append(figures.get(i).alt());
    }
    return text.toString();
  }

  @Override
  public void paint(Graphics2D g, int paintedWidth, int paintedHeight) {
    int head = 0;
    if (!title.isEmpty()) {
      Texts.title(g, title, paintedWidth, Style.bold(17), 10);
      head = TITLE;
    }
    if (!names.isEmpty()) {
      paintLegend(g, paintedWidth, head);
      head += LEGEND;
    }
    int inner = paintedWidth - (bar == null ? 0 : HeatMap.BAR_ROOM);
    int down = Math.ceilDiv(figures.size(), columns);
    for (int i = 0; i < figures.size(); i++) {
      int left = inner * (i % columns) / columns;
      int right = inner * (i % columns + 1) / columns;
      int top = head + (paintedHeight - head) * (i / columns) / down;
      int bottom = head + (paintedHeight - head) * (i / columns + 1) / down;
      AffineTransform transform = g.getTransform();
      Shape clip = g.getClip();
      g.translate(left, top);
      g.clipRect(0, 0, right - left, bottom - top);
      figures.get(i).paint(g, right - left, bottom - top);
      g.setTransform(transform);
      g.setClip(clip);
      Style.smooth(g);
    }
    if (bar != null) {
      int tall = Math.min(240, (paintedHeight - head) / down - 70);
      Rectangle area = new Rectangle(inner - 10, head + 34, 0, Math.max(40, tall));
      Scales scales = bar.scales().orElseThrow();
      Axes.paintColorBar(
          g,
          area,
          paintedWidth,
          bar.colours(),
          scales.low(),
          scales.high(),
          scales.unit(),
          bar.missing() > 0);
    }
  }

  /** Squares and names in one line, centred. */
  private void paintLegend(Graphics2D g, int paintedWidth, int top) {
    g.setFont(Style.font(12));
    FontMetrics metrics = g.getFontMetrics();
    int wide = names.stream().mapToInt(name -> metrics.stringWidth(name) + 36).sum() - 18;
    int left = Math.max(8, (paintedWidth - wide) / 2);
    for (int i = 0; i < names.size(); i++) {
      g.setColor(colours.get(i));
      g.fillRect(left, top + 7, 11, 11);
      g.setColor(Style.INK);
      g.drawString(names.get(i), left + 18f, top + 5f + metrics.getAscent());
      left += metrics.stringWidth(names.get(i)) + 36;
    }
  }

  @Override
  public String toString() {
    return "%s (%d × %d)".formatted(title(), width, height);
  }
}
