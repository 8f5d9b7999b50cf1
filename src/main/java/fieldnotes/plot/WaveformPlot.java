package fieldnotes.plot;

import fieldnotes.audio.Clip;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Locale;

/** Waveform of a clip; long clips show the minimum and maximum sample of each pixel. */
public final class WaveformPlot {
  private static final int COLUMNS = 800;

  private WaveformPlot() {}

  /** The waveform of a clip, titled with its name. */
  public static Figure of(Clip clip) {
    double full = reach(clip.samples());
    return Figure.drawn(
            clip.name(),
            Style.WIDTH,
            240,
            what(clip),
            Axis.linear("seconds", 0, Math.max(clip.durationSeconds(), 1e-6)),
            Axis.linear("amplitude", -full, full),
            (g, w, h, x, y) -> paint(g, w, h, clip, x, y))
        .withInteractive(shown -> live(shown, clip));
  }

  /** The least and greatest sample of each of at most {@value #COLUMNS} parts. */
  private static Interactive live(Figure shown, Clip clip) {
    Waves waves = Waves.of(clip, COLUMNS);
    return LiveChart.of(shown)
        .heard(
            LiveClips.key(clip),
            clip.name(),
            Style.color(0),
            waves.from(),
            waves.to(),
            waves.low(),
            waves.high())
        .done();
  }

  /** The waveform without axes and title, to place above a player. */
  public static Figure strip(Clip clip) {
    return Figure.drawn(
        clip.name(),
        480,
        64,
        what(clip),
        Axis.linear("seconds", 0, Math.max(clip.durationSeconds(), 1e-6)),
        Axis.linear("amplitude", -reach(clip.samples()), reach(clip.samples())),
        (g, w, h, x, y) -> {
          Rectangle area = new Rectangle(0, 2, w, h - 4);
          draw(
              g,
              area,
              x.share(clip.durationSeconds()),
              clip.samples(),
              value -> area.getCenterY() - value / y.to() * area.height / 2);
        });
  }

  private static String what(Clip clip) {
    return "waveform of "
        + Words.count(clip.length(), "sample")
        + " at "
        + String.format(Locale.ROOT, "%,d Hz", clip.sampleRateHz());
  }

  private static void paint(Graphics2D g, int width, int height, Clip clip, Axis x, Axis y) {
    Axes axes = Axes.layout(g, width, height, clip.name(), x, y, 0);
    axes.paint(g);
    draw(g, axes.area(), x.share(clip.durationSeconds()), clip.samples(), axes::y);
  }

  /** A round limit for the axis, at most 1 unless samples exceed 1. */
  private static double reach(float[] samples) {
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    for (double reach : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1}) {
      if (peak <= reach) {
        return peak == 0 ? 1 : reach;
      }
    }
    return Math.ceil(peak);
  }

  private interface ToPixel {
    double y(double value);
  }

  /** Draws the samples over a share of the width of the area. */
  private static void draw(
      Graphics2D g, Rectangle area, double share, float[] samples, ToPixel pixel) {
    Shape before = g.getClip();
    g.clip(area);
    g.setColor(Style.color(0));
    double wide = area.width * Math.min(1, share);
    int columns = Math.max(1, (int) Math.round(wide * Figure.PNG_SCALE));
    if (samples.length <= columns) {
      g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      Path2D line = new Path2D.Double();
      for (int i = 0; i < samples.length; i++) {
        double x = area.x + (double) i / Math.max(1, samples.length) * wide;
        double y = pixel.y(samples[i]);
        if (i == 0) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
      }
      g.draw(line);
    } else {
      g.setStroke(new BasicStroke(0.75f));
      for (int c = 0; c < columns; c++) {
        int from = (int) ((long) c * samples.length / columns);
        int to = (int) ((c + 1L) * samples.length / columns);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
          low = Math.min(low, samples[i]);
          high = Math.max(high, samples[i]);
        }
        double x = area.x + (c + 0.5) / Figure.PNG_SCALE;
        double top = pixel.y(high);
        g.draw(new Line2D.Double(x, top, x, Math.max(pixel.y(low), top + 0.5)));
      }
    }
    g.setClip(before);
  }
}
