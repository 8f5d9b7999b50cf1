package fieldnotes.plot;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Plots of a feature over time and of its distribution by class. */
public final class FeaturePlot {
  private static final int WAVE_COLUMNS = 150;
  private static final Color WAVE = new Color(0xd9d9d9);

  private FeaturePlot() {}

  /**
   * A feature over time, with the waveform of its clip in the background.
   *
   * @param valueLabel name of the feature, with its unit
   * @param values one per frame; NaN leaves a gap
   * @param secondsPerFrame hop length in seconds; the first value is at 0 s
   */
  public static Figure over(
      Clip clip, String title, String valueLabel, double[] values, double secondsPerFrame) {
    Check.that(values.length > 0, "'%s' has no value to draw", title);
    Check.positive("secondsPerFrame", secondsPerFrame);
    double[] copy = values.clone();
    Axis x = Axis.linear("seconds", 0, Math.max(clip.durationSeconds(), 1e-6));
    Axis y = Axis.around(valueLabel, copy);
    return Figure.drawn(
            title,
            420,
            180,
            "line over the waveform of " + clip.name() + ", " + Words.count(copy.length, "frame"),
            x,
            y,
            (g, w, h, shownX, shownY) -> {
              Axes axes = Axes.layout(g, w, h, title, shownX, shownY, 0);
              axes.paintGrid(g);
              waveform(g, axes, clip.samples(), shownX.share(clip.durationSeconds()));
              line(g, axes, copy, secondsPerFrame);
              axes.paintFrame(g);
            })
        .withInteractive(shown -> live(shown, clip, copy, secondsPerFrame, valueLabel));
  }

  /** The line, and behind it the waveform over the whole height; a click plays from there. */
  private static Interactive live(
      Figure shown, Clip clip, double[] values, double secondsPerFrame, String valueLabel) {
    Axis y = shown.scales().orElseThrow().y();
    double middle = (y.from() + y.to()) / 2;
    double peak = 1e-9;
    for (float sample : clip.samples()) {
      peak = Math.max(peak, Math.abs(sample));
    }
    double scale = 0.48 * (y.to() - y.from()) / peak;
    Waves waves = Waves.of(clip, WAVE_COLUMNS);
    double[] seconds =
        IntStream.range(0, values.length).mapToDouble(t -> t * secondsPerFrame).toArray();
    return LiveChart.of(shown)
        .behind(
            LiveClips.key(clip),
            clip.name(),
            Style.NOISE,
            waves.from(),
            waves.to(),
            Arrays.stream(waves.low()).map(v -> middle + v * scale).toArray(),
            Arrays.stream(waves.high()).map(v -> middle + v * scale).toArray())
        .lines(
            List.of(new LiveChart.Line(valueLabel, Style.color(0), seconds, values)),
            false,
            false,
            "seconds",
            valueLabel)
        .done();
  }

  /**
   * Heat map over time of a feature with several values per frame, one row per value.
   *
   * @param rowLabel label of the vertical axis
   * @param rows row names, the first at the bottom
   * @param values shape [frames][rows]
   * @param secondsPerFrame hop length in seconds
   */
  public static HeatMap rows(
      String title, String rowLabel, List<String> rows, double[][] values, double secondsPerFrame) {
    Check.rectangular("values", values);
    Check.positive("secondsPerFrame", secondsPerFrame);
    Check.sameLength("rows", rows.size(), "a frame of values", values[0].length);
    double[][] turned = new double[rows.size()][values.length];
    for (int t = 0; t < values.length; t++) {
      for (int r = 0; r < turned.length; r++) {
        turned[r][t] = values[t][r];
      }
    }
    Axis x = Axis.linear("seconds", 0, values.length * secondsPerFrame);
    return HeatMap.of(title, x, Axis.names(rowLabel, rows), turned).sized(420, 240);
  }

  /**
   * Draws the waveform in grey over the full height of the area, independent of the vertical axis.
   */
  private static void waveform(Graphics2D g, Axes axes, float[] samples, double share) {
    float peak = 1e-9f;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    Rectangle area = axes.area();
    g.setColor(WAVE);
    int columns = Math.max(1, Math.min(WAVE_COLUMNS, samples.length));
    int wide = (int) Math.round(area.width * Math.min(1, share));
    for (int c = 0; c < columns; c++) {
      float low = 0;
      float high = 0;
      int to = (int) ((c + 1L) * samples.length / columns);
      for (int i = (int) ((long) c * samples.length / columns); i < to; i++) {
        low = Math.min(low, samples[i]);
        high = Math.max(high, samples[i]);
      }
      // No antialiasing: it would only make the file larger.
      int left = area.x + wide * c / columns;
      int right = area.x + wide * (c + 1) / columns;
      double scale = 0.48 * area.height / peak;
      int top = (int) Math.round(area.getCenterY() - high * scale);
      int bottom = (int) Math.round(area.getCenterY() - low * scale);
      g.fillRect(left, top, right - left, Math.max(1, bottom - top));
    }
  }

  private static void line(Graphics2D g, Axes axes, double[] values, double secondsPerFrame) {
    Shape before = g.getClip();
    g.clip(axes.area());
    Path2D path = new Path2D.Double();
    boolean pen = false;
    for (int t = 0; t < values.length; t++) {
      if (Double.isNaN(values[t])) {
        pen = false;
        continue;
      }
      double x = axes.x(t * secondsPerFrame);
      double y = axes.y(values[t]);
      if (pen) {
        path.lineTo(x, y);
      } else {
        path.moveTo(x, y);
        path.lineTo(x + 0.01, y);
      }
      pen = true;
    }
    g.setColor(Style.color(0));
    g.setStroke(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
    g.setClip(before);
  }

  /**
   * Overlaid histograms of a feature, one per class, each normalised to the same area, with a
   * legend. Classes are coloured in alphabetical order; see {@link #spread(String, double[],
   * Groups, int)} for classes that keep their colours in several charts.
   *
   * @param values NaN are ignored
   * @param kinds class of each value, same length as {@code values}; values of class "" are ignored
   * @param bins number of bins of equal width from the minimum to the maximum, at least 1
   */
  public static Figure spread(String title, double[] values, List<String> kinds, int bins) {
    return spread(title, values, Groups.of(kinds), bins);
  }

  /**
   * Overlaid histograms of a column of rows, one per class; a class keeps its colour in the charts
   * of all rows and of any part of them.
   */
  public static Figure spread(String title, Samples rows, String column, int bins) {
    return spread(title, rows.matrix().column(column), Groups.of(rows), bins);
  }

  /** Overlaid histograms of a feature, one per class, in the colours of the groups. */
  public static Figure spread(String title, double[] values, Groups groups, int bins) {
    return new Spread(title, values, groups, bins).figure(true, 0);
  }

  /**
   * A sheet of overlaid histograms, one figure per column, with one legend of the classes. All have
   * the same vertical axis, the share of the rows of a class in a bin; the horizontal axis is the
   * feature of each.
   *
   * @param rows features; NaN are ignored
   * @param groups class of each row, as {@link Groups#of(List, List)}
   * @param bins number of bins of each figure, at least 1
   * @param columns figures in a row of the sheet
   */
  public static Figure spreads(String title, Rows rows, Groups groups, int bins, int columns) {
    Matrix matrix = rows.matrix();
    List<Spread> all = new ArrayList<>();
    for (int j = 0; j < matrix.columnCount(); j++) {
      all.add(new Spread(matrix.names().get(j), matrix.column(j), groups, bins));
    }
    Check.that(!all.isEmpty(), "'%s' has no column to draw", title);
    double most = all.stream().mapToDouble(Spread::most).max().orElseThrow();
    List<Figure> figures = all.stream().map(s -> s.figure(false, most)).toList();
    return Sheet.of(title, columns, 840 / Math.clamp(columns, 1, 4), 130, figures)
        .withLegend(groups.names(), groups.colours());
  }

  /** The share of each class in each bin of a feature. */
  private static final class Spread {
    private final String title;
    private final Groups groups;
    private final double from;
    private final double width;
    private final Map<Integer, double[]> shares = new TreeMap<>();

    Spread(String title, double[] values, Groups groups, int bins) {
      Check.sameLength("values", values.length, "classes", groups.codes().length);
      Check.atLeast("bins", bins, 1);
      this.title = title;
      this.groups = groups;
      double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
      Check.that(finite.length > 0, "'%s' has no finite value", title);
      double low = Arrays.stream(finite).min().orElseThrow();
      double high = Arrays.stream(finite).max().orElseThrow();
      from = low == high ? low - 0.5 : low;
      width = (low == high ? 1 : high - low) / bins;
      int[] codes = groups.codes();
      for (int i = 0; i < values.length; i++) {
        if (Double.isFinite(values[i]) && !unnamed(codes[i])) {
          int bin = Math.clamp((long) ((values[i] - from) / width), 0, bins - 1);
          shares.computeIfAbsent(codes[i], k -> new double[bins])[bin]++;
        }
      }
      Check.that(!shares.isEmpty(), "'%s': no finite value has a kind; all are named \"\"", title);
      for (double[] counts : shares.values()) {
        double all = Arrays.stream(counts).sum();
        Arrays.setAll(counts, b -> counts[b] / all);
      }
    }

    private boolean unnamed(int code) {
      return !groups.classes().isEmpty() && (code < 0 || groups.classes().get(code).isEmpty());
    }

    double most() {
      return shares.values().stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    /** The figure; with a legend of its own or without, with a height of its own (0) or given. */
    Figure figure(boolean legend, double highest) {
      List<String> names = shares.keySet().stream().map(groups::name).toList();
      List<Color> colours = shares.keySet().stream().map(Style::color).toList();
      int bins = shares.values().iterator().next().length;
      return Figure.drawn(
              title,
              legend ? 420 : 210,
              legend ? 220 : 130,
              "overlaid histograms of " + Words.list(names.size(), "class", "classes", names),
              Axis.linear("", from, from + bins * width),
              Axis.linear("", 0, 1.05 * (highest > 0 ? highest : most())),
              (g, w, h, x, y) -> {
                Axes axes =
                    Axes.layout(g, w, h, title, x, y, legend ? Axes.legendWidth(g, names) : 0);
                axes.paintGrid(g);
                shares.forEach((code, share) -> steps(g, axes, share, from, width, code));
                axes.paintFrame(g);
                if (legend) {
                  axes.paintLegend(g, names, colours);
                }
              })
          .withInteractive(
              shown ->
                  LiveChart.of(shown)
                      .overlaid(
                          names,
                          colours,
                          IntStream.rangeClosed(0, bins)
                              .mapToDouble(b -> from + b * width)
                              .toArray(),
                          List.copyOf(shares.values()),
                          title)
                      .done());
    }
  }

  private static void steps(
      Graphics2D g, Axes axes, double[] shares, double from, double width, int colour) {
    Color full = Style.color(colour);
    Path2D outline = new Path2D.Double();
    outline.moveTo(axes.x(from), axes.y(0));
    for (int b = 0; b < shares.length; b++) {
      double left = axes.x(from + b * width);
      double right = axes.x(from + (b + 1) * width);
      double top = axes.y(shares[b]);
      g.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), 50));
      g.fill(new Rectangle2D.Double(left, top, right - left, axes.y(0) - top));
      outline.lineTo(left, top);
      outline.lineTo(right, top);
    }
    outline.lineTo(axes.x(from + shares.length * width), axes.y(0));
    g.setColor(full);
    g.setStroke(new BasicStroke(1.4f));
    g.draw(outline);
  }
}
