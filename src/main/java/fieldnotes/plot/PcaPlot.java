package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Scatter;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.embed.Pca;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Plots of a principal component analysis: scree, loadings, scores and biplot. */
public final class PcaPlot {
  private static final int ARROWS = 10;
  private static final Font FONT = Style.font(12);

  private PcaPlot() {}

  /**
   * Scree plot: the explained variance of each component and its cumulative sum, with marks at 80 %
   * and 90 %.
   */
  public static Figure scree(String title, Pca pca) {
    return VariancePlot.of(title, pca.explainedVarianceRatio());
  }

  /**
   * Heat map of the loadings of each column on the first components, with the numbers in the cells.
   */
  public static HeatMap loadings(String title, Pca pca, int components) {
    Check.that(
        components >= 1 && components <= pca.count(),
        "components=%d: must be from 1 to %d, the number kept",
        components,
        pca.count());
    double[][] all = pca.loadings();
    double[][] shown =
        Arrays.stream(all).map(row -> Arrays.copyOf(row, components)).toArray(double[][]::new);
    double most = 1e-12;
    for (double[] row : shown) {
      for (double v : row) {
        most = Math.max(most, Math.abs(v));
      }
    }
    HeatMap map =
        HeatMap.of(
                title,
                "",
                pca.columns(),
                "component",
                Matrix.of(
                    IntStream.rangeClosed(1, components).mapToObj(Integer::toString).toList(),
                    shown))
            .withColours(ColorMap.DIVERGING)
            .withRange(-most, most)
            .withUnit("loading")
            .withNumbers("%.2f");
    return map.sized(
        Style.WIDTH, Math.clamp(120 + 18L * pca.columns().size(), Style.HEIGHT, 1_200));
  }

  /** Scores on the first two components, coloured by cluster. */
  public static Figure scores(String title, Pca pca, int[] labels) {
    return scores(title, pca, Groups.of(labels));
  }

  /** Scores on the first two components, coloured by class. */
  public static Figure scores(String title, Pca pca, List<String> classes) {
    return scores(title, pca, Groups.of(classes));
  }

  /**
   * Scores on the first two components, coloured by class, of the rows that were decomposed: an
   * interactive chart names them and plays their sounds.
   */
  public static Figure scores(String title, Pca pca, Samples rows) {
    return scores(title, pca, Groups.of(rows)).withRows(rows);
  }

  /** Scores coloured by group, for classes that keep their colours in several charts. */
  public static Figure scores(String title, Pca pca, Groups groups) {
    two(pca);
    double[] x = column(pca, 0);
    double[] y = column(pca, 1);
    return Scatter.figure(
        Scatter.byLabel(title, axis(pca, 0), axis(pca, 1), x, y, groups.codes(), groups::name),
        x,
        y,
        groups,
        true);
  }

  /**
   * Biplot: scores on the first two components coloured by cluster, with the loadings as arrows.
   */
  public static Figure biplot(String title, Pca pca, int[] labels) {
    return biplot(title, pca, Groups.of(labels));
  }

  /** Biplot: scores on the first two components coloured by class, with the loadings as arrows. */
  public static Figure biplot(String title, Pca pca, List<String> classes) {
    return biplot(title, pca, Groups.of(classes));
  }

  /** Biplot coloured by class, of the rows that were decomposed. */
  public static Figure biplot(String title, Pca pca, Samples rows) {
    return biplot(title, pca, Groups.of(rows));
  }

  /** Biplot coloured by group, for classes that keep their colours in several charts. */
  public static Figure biplot(String title, Pca pca, Groups groups) {
    two(pca);
    double[] x = column(pca, 0);
    double[] y = column(pca, 1);
    Check.sameLength("labels", groups.codes().length, "rows of the components", x.length);
    double[][] loadings = pca.loadings();
    List<Integer> longest =
        IntStream.range(0, loadings.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -Math.hypot(loadings[j][0], loadings[j][1])))
            .limit(ARROWS)
            .toList();
    return Figure.drawn(
            title,
            Style.WIDTH,
            560,
            "biplot of "
                + Words.count(x.length, "point")
                + " in "
                + Words.list(groups.names().size(), "group", "groups", groups.names())
                + " and arrows for "
                + Words.list(
                    longest.size(),
                    "column",
                    "columns",
                    longest.stream().map(pca.columns()::get).toList()),
            wide(axis(pca, 0), x),
            wide(axis(pca, 1), y),
            (g, w, h, across, up) ->
                paint(g, w, h, title, pca, across, up, x, y, groups, loadings, longest))
        .withInteractive(
            shown ->
                LiveChart.of(shown)
                    .groups(x, y, groups)
                    .arrows(
                        longest.stream().map(pca.columns()::get).toList(),
                        longest.stream().map(j -> loadings[j]).toArray(double[][]::new))
                    .done());
  }

  private static void paint(
      Graphics2D g,
      int width,
      int height,
      String title,
      Pca pca,
      Axis across,
      Axis up,
      double[] x,
      double[] y,
      Groups groups,
      double[][] loadings,
      List<Integer> shown) {
    List<String> names = groups.names();
    List<Color> colours = groups.colours();
    Axes axes = Axes.layout(g, width, height, title, across, up, Axes.legendWidth(g, names));
    axes.paint(g);
    double r = x.length > 2_000 ? 1.6 : x.length > 300 ? 2.2 : 3;
    for (int i = 0; i < x.length; i++) {
      Color colour = Style.color(groups.codes()[i]);
      g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 130));
      g.fill(new Ellipse2D.Double(axes.x(x[i]) - r, axes.y(y[i]) - r, 2 * r, 2 * r));
    }
    axes.paintLegend(g, names, colours);
    // One scale for all arrows: the longest ends at 80 % of the distance to the nearest edge.
    double scale = Double.POSITIVE_INFINITY;
    var area = axes.area();
    for (int j : shown) {
      double dx = loadings[j][0];
      double dy = loadings[j][1];
      double roomX = dx > 0 ? area.getMaxX() - axes.x(0) : axes.x(0) - area.x;
      double roomY = dy > 0 ? axes.y(0) - area.y : area.getMaxY() - axes.y(0);
      scale = Math.min(scale, 0.8 * Math.min(roomX / Math.abs(dx), roomY / Math.abs(dy)));
    }
    List<Rectangle2D> taken = new ArrayList<>();
    FontMetrics metrics = g.getFontMetrics(FONT);
    double[] origin = {axes.x(0), axes.y(0)};
    g.setColor(Style.INK);
    g.setStroke(new BasicStroke(1.4f));
    for (int j : shown) {
      arrow(g, origin, origin[0] + scale * loadings[j][0], origin[1] - scale * loadings[j][1]);
    }
    for (int j : shown) {
      String name = pca.columns().get(j);
      double tipX = origin[0] + scale * loadings[j][0];
      double tipY = origin[1] - scale * loadings[j][1];
      double w = metrics.stringWidth(name) + 4.0;
      double left =
          Math.clamp(loadings[j][0] >= 0 ? tipX + 5 : tipX - 5 - w, area.x, area.getMaxX() - w);
      Rectangle2D.Double box =
          new Rectangle2D.Double(left, tipY - metrics.getHeight() / 2.0, w, metrics.getHeight());
      // Move overlapping names up or down.
      double start = box.y;
      for (int step = 1; step < 40 && taken.stream().anyMatch(box::intersects); step++) {
        box.y = start + (step % 2 == 0 ? step / 2 : -(step + 1) / 2) * 6.0;
      }
      box.y = Math.clamp(box.y, area.y, area.getMaxY() - box.height);
      taken.add((Rectangle2D) box.clone());
      Curves.note(g, name, box.x + 2, box.y + metrics.getAscent());
    }
  }

  private static void arrow(Graphics2D g, double[] from, double x, double y) {
    g.draw(new Line2D.Double(from[0], from[1], x, y));
    double angle = Math.atan2(y - from[1], x - from[0]);
    Path2D head = new Path2D.Double();
    head.moveTo(x, y);
    head.lineTo(x - 9 * Math.cos(angle - 0.35), y - 9 * Math.sin(angle - 0.35));
    head.lineTo(x - 9 * Math.cos(angle + 0.35), y - 9 * Math.sin(angle + 0.35));
    head.closePath();
    g.fill(head);
  }

  /** An axis that includes 0, where the arrows start. */
  private static Axis wide(String label, double[] values) {
    double[] more = Arrays.copyOf(values, values.length + 1);
    return Axis.around(label, more);
  }

  private static void two(Pca pca) {
    Check.that(pca.count() >= 2, "pca has 1 component: the plot needs at least 2");
  }

  private static String axis(Pca pca, int component) {
    return String.format(
        Locale.ROOT,
        "component %d (%.1f %% of the variance)",
        component + 1,
        100 * pca.explainedVarianceRatio()[component]);
  }

  private static double[] column(Pca pca, int component) {
    return pca.scores().column(component);
  }
}
