package fieldnotes.plot;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
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
import java.util.TreeMap;

/** Plots of a feature over time and of its distribution by class. */
public final class FeaturePlot {
  private static final int WAVE_COLUMNS = 150;

  /** Minimum width of a figure with a legend, in CSS pixels. */
  private static final int LEGEND_FROM = 260;

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
        (g, w, h) -> {
          Axes axes = Axes.layout(g, w, h, title, x, y, 0);
          axes.paintGrid(g);
          waveform(g, axes, clip.samples());
          line(g, axes, copy, secondsPerFrame);
          axes.paintFrame(g);
        });
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
  private static void waveform(Graphics2D g, Axes axes, float[] samples) {
    float peak = 1e-9f;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    Rectangle area = axes.area();
    g.setColor(new Color(0xd9d9d9));
    int columns = Math.max(1, Math.min(WAVE_COLUMNS, samples.length));
    for (int c = 0; c < columns; c++) {
      float low = 0;
      float high = 0;
      int to = (int) ((c + 1L) * samples.length / columns);
      for (int i = (int) ((long) c * samples.length / columns); i < to; i++) {
        low = Math.min(low, samples[i]);
        high = Math.max(high, samples[i]);
      }
      // No antialiasing: it would only make the file larger.
      int left = area.x + area.width * c / columns;
      int right = area.x + area.width * (c + 1) / columns;
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
   * Overlaid histograms of a feature, one per class, each normalised to the same area. Classes are
   * coloured in alphabetical order. The legend is omitted below a width of 260 CSS pixels, as in a
   * {@link Sheet} of many figures.
   *
   * @param values NaN are ignored
   * @param kinds class of each value, same length as {@code values}; values of class "" are ignored
   * @param bins number of bins of equal width from the minimum to the maximum, at least 1
   */
  public static Figure spread(String title, double[] values, List<String> kinds, int bins) {
    Check.sameLength("values", values.length, "kinds", kinds.size());
    Check.atLeast("bins", bins, 1);
    TreeMap<String, double[]> shares = new TreeMap<>();
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    Check.that(finite.length > 0, "'%s' has no finite value", title);
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    double from = low == high ? low - 0.5 : low;
    double width = (low == high ? 1 : high - low) / bins;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i]) && !kinds.get(i).isEmpty()) {
        int bin = Math.clamp((long) ((values[i] - from) / width), 0, bins - 1);
        shares.computeIfAbsent(kinds.get(i), k -> new double[bins])[bin]++;
      }
    }
    Check.that(!shares.isEmpty(), "'%s': no finite value has a kind; all are named \"\"", title);
    double most = 0;
    for (double[] counts : shares.values()) {
      double all = Arrays.stream(counts).sum();
      for (int b = 0; b < bins; b++) {
        counts[b] /= all;
        most = Math.max(most, counts[b]);
      }
    }
    List<String> names = List.copyOf(shares.keySet());
    Axis x = Axis.linear("", from, from + bins * width);
    Axis y = Axis.linear("", 0, 1.05 * most);
    return Figure.drawn(
        title,
        300,
        190,
        (g, w, h) -> {
          boolean legend = w >= LEGEND_FROM;
          int right = legend ? Axes.legendWidth(g, names) : 0;
          Axes axes = Axes.layout(g, w, h, title, x, y, right);
          axes.paintGrid(g);
          for (int n = 0; n < names.size(); n++) {
            steps(g, axes, shares.get(names.get(n)), from, width, n);
          }
          axes.paintFrame(g);
          List<Color> colours = new ArrayList<>();
          for (int n = 0; n < names.size(); n++) {
            colours.add(Style.color(n));
          }
          if (legend) {
            axes.paintLegend(g, names, colours);
          }
        });
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
