package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.label.LabellingCurves;
import fieldnotes.label.LabellingMeasure;
import fieldnotes.table.Describe;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What labels are worth as more clips are heard: a line per strategy, in a band over seeds. Lines
 * differ by colour, dashes and marks, so that one on top of another shows.
 */
public final class LabellingCurvePlot {
  /** Width of a line in the legend. */
  private static final int SAMPLE = 38;

  private static final float[][] DASHES = {{}, {9, 4}, {2, 4}, {11, 4, 2, 4}, {5, 3}};

  private LabellingCurvePlot() {}

  /** The mean of a strategy over seeds, and its standard deviation. */
  private record Line(String name, int place, double[] x, double[] mean, double[] spread) {
    Color colour() {
      return Style.color(place);
    }

    /** An edge of the band: below, with sign −1, or above. */
    double[] edge(int sign) {
      return IntStream.range(0, mean.length).mapToDouble(i -> mean[i] + sign * spread[i]).toArray();
    }
  }

  /**
   * The accuracy on rows held out over the clips heard, and a broken line at that of all labels.
   */
  public static Figure of(String title, LabellingCurves curves) {
    return of(title, curves, LabellingMeasure.ACCURACY);
  }

  /**
   * A measure over the clips heard: the mean over seeds of each strategy in a band of one standard
   * deviation. A strategy without values, such as of labels that follow where none do, is left out.
   */
  public static Figure of(String title, LabellingCurves curves, LabellingMeasure measure) {
    double[] clips = curves.trial().clips().stream().mapToDouble(Integer::doubleValue).toArray();
    List<double[]> x = curves.strategies().stream().map(name -> clips).toList();
    return of(title, curves, measure, "clips heard", x);
  }

  /**
   * The accuracy over the seconds heard, in the mean over seeds.
   *
   * @throws IllegalArgumentException if the rows did not say how long they are
   */
  public static Figure bySeconds(String title, LabellingCurves curves) {
    List<double[]> x =
        curves.strategies().stream()
            .map(name -> curves.mean(LabellingMeasure.SECONDS, name))
            .toList();
    Check.that(
        x.stream().flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN),
        "'%s' has no column duration_s, so the seconds heard are not known: plot over clips heard",
        curves.id());
    return of(title, curves, LabellingMeasure.ACCURACY, "seconds heard", x);
  }

  private static Figure of(
      String title,
      LabellingCurves curves,
      LabellingMeasure measure,
      String across,
      List<double[]> x) {
    List<Line> lines = new ArrayList<>();
    for (int s = 0; s < x.size(); s++) {
      String name = curves.strategies().get(s);
      double[] mean = curves.mean(measure, name);
      if (Arrays.stream(mean).anyMatch(Double::isFinite)) {
        lines.add(new Line(name, s, x.get(s), mean, curves.deviation(measure, name)));
      }
    }
    boolean ceiling = measure == LabellingMeasure.ACCURACY;
    double all = Describe.mean(curves.ceiling());
    List<String> names = lines.stream().map(Line::name).toList();
    List<String> entries = new ArrayList<>(names);
    if (ceiling) {
      entries.add(String.format(Locale.ROOT, "all labels: %.3f", all));
    }
    DoubleStream reach = lines.stream().flatMapToDouble(LabellingCurvePlot::reach);
    return Figure.drawn(
            title,
            Style.WIDTH,
            Math.clamp(100 + 20L * entries.size(), Style.HEIGHT, 900),
            Words.list(names.size(), "line", "lines", names)
                + " of %s over %s".formatted(measure, across)
                + (ceiling ? "; broken line of " + entries.getLast() : "")
                + same(lines),
            Axis.around(across, x.stream().flatMapToDouble(Arrays::stream).toArray()),
            Axis.around(
                measure.toString(),
                (ceiling ? DoubleStream.concat(reach, DoubleStream.of(all)) : reach).toArray()),
            (g, w, h, horizontal, vertical) -> {
              int right = Axes.legendWidth(g, entries) + SAMPLE - 10;
              Axes axes = Axes.layout(g, w, h, title, horizontal, vertical, right);
              axes.paint(g);
              for (Line line : lines) {
                LearningPlot.band(g, axes, line.x, line.mean, line.spread, line.colour());
              }
              if (ceiling) {
                Curves.broken(g);
                double at = axes.y(all);
                g.draw(new Line2D.Double(axes.area().x, at, axes.area().getMaxX(), at));
              }
              for (Line line : lines) {
                double[] px = Arrays.stream(line.x).map(axes::x).toArray();
                double[] py = Arrays.stream(line.mean).map(axes::y).toArray();
                paint(g, line, px, py);
                marks(g, line, px, py);
              }
              legend(g, axes, lines, entries);
            })
        .withInteractive(
            shown -> live(shown, lines, across, measure.toString(), ceiling ? all : Double.NaN));
  }

  /** The lines in their bands; the ceiling is NaN where there is none. */
  private static Interactive live(
      Figure shown, List<Line> lines, String across, String measure, double ceiling) {
    LiveChart chart = LiveChart.of(shown);
    for (Line line : lines) {
      chart.band(line.colour(), line.x, line.edge(-1), line.edge(1));
    }
    if (Double.isFinite(ceiling)) {
      Axis x = shown.scales().orElseThrow().x();
      String name = String.format(Locale.ROOT, "all labels: %.3f", ceiling);
      chart.rule(x.from(), ceiling, x.to(), ceiling, name);
    }
    if (!lines.isEmpty()) {
      chart.lines(
          lines.stream()
              .map(l -> new LiveChart.Line(l.name, l.colour(), l.x, l.mean, dashes(l)))
              .toList(),
          false,
          true,
          across,
          measure);
    }
    return chart.done();
  }

  private static List<Integer> dashes(Line line) {
    List<Integer> dashes = new ArrayList<>();
    for (float length : DASHES[line.place % DASHES.length]) {
      dashes.add(Math.round(length));
    }
    return dashes;
  }

  /** Which lines are hidden by others. */
  private static String same(List<Line> lines) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      for (int j = 0; j < i; j++) {
        Line one = lines.get(j);
        Line other = lines.get(i);
        if (Arrays.equals(one.mean, other.mean) && Arrays.equals(one.x, other.x)) {
          said.append("; '%s' lies on '%s'".formatted(other.name, one.name));
          break;
        }
      }
    }
    return said.toString();
  }

  /** A line with its dashes: what lies under it shows. */
  private static void paint(Graphics2D g, Line line, double[] x, double[] y) {
    float[] dashes = DASHES[line.place % DASHES.length];
    g.setColor(line.colour());
    g.setStroke(
        new BasicStroke(
            2f,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            10,
            dashes.length == 0 ? null : dashes,
            0));
    Path2D path = new Path2D.Double();
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i])) {
        if (i == 0 || !Double.isFinite(y[i - 1])) {
          path.moveTo(x[i], y[i]);
        } else {
          path.lineTo(x[i], y[i]);
        }
      }
    }
    g.draw(path);
  }

  /** Hollow marks: what lies under them shows. */
  private static void marks(Graphics2D g, Line line, double[] x, double[] y) {
    g.setColor(line.colour());
    g.setStroke(new BasicStroke(1.5f));
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i])) {
        g.draw(mark(line.place, x[i], y[i]));
      }
    }
  }

  /** A circle, a square, a triangle, a diamond or a triangle that points down. */
  private static Shape mark(int place, double x, double y) {
    double r = 4.5;
    return switch (place % DASHES.length) {
      case 0 -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
      case 1 -> corners(x, y, r, 4, 0.25);
      case 2 -> corners(x, y, r, 3, 1);
      case 3 -> corners(x, y, r + 1, 4, 0);
      default -> corners(x, y, r, 3, 0);
    };
  }

  /** A polygon; the first corner is below the centre, turned by this part of a half turn. */
  private static Shape corners(double x, double y, double r, int count, double turn) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < count; i++) {
      double angle = Math.PI * (2.0 * i / count + turn);
      double px = x + r * Math.sin(angle);
      double py = y + r * Math.cos(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  private static void legend(Graphics2D g, Axes axes, List<Line> lines, List<String> entries) {
    double left = axes.area().getMaxX() + 14;
    g.setFont(Style.font(12));
    FontMetrics metrics = g.getFontMetrics();
    for (int i = 0; i < entries.size(); i++) {
      double top = axes.area().y + i * (metrics.getHeight() + 6.0);
      double middle = top + metrics.getHeight() / 2.0;
      if (i < lines.size()) {
        paint(g, lines.get(i), new double[] {left, left + SAMPLE}, new double[] {middle, middle});
        double[] centre = {left + SAMPLE / 2.0};
        marks(g, lines.get(i), centre, new double[] {middle});
      } else {
        Curves.broken(g);
        g.draw(new Line2D.Double(left, middle, left + SAMPLE, middle));
      }
      g.setColor(Style.INK);
      g.drawString(entries.get(i), (float) left + SAMPLE + 8, (float) top + metrics.getAscent());
    }
  }

  /** The ends of the band. */
  private static DoubleStream reach(Line line) {
    return DoubleStream.concat(Arrays.stream(line.edge(-1)), Arrays.stream(line.edge(1)));
  }
}
