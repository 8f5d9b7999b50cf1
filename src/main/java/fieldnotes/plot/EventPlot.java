package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.detect.SoundEvent;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was heard in a stream over time, next to what is true: a row for each class, above the true
 * events, below those found. Found events of a class that does not sound then have another colour.
 */
public final class EventPlot {
  private static final Color TRUE = new Color(0x8a8a8a);
  private static final Color FOUND = Style.color(0);
  private static final Color FALSE = Style.color(1);
  private static final String LEVEL = "level";

  /** From this length on, the axis is in minutes. */
  private static final double MINUTES_FROM = 120;

  private EventPlot() {}

  /**
   * True and found events.
   *
   * @param truth the true events; none if they are not known
   * @param found those found; what is called Unknown or otherwise not in the truth has rows of its
   *     own
   * @param seconds length of the stream
   */
  public static Figure of(
      String title, List<SoundEvent> truth, List<SoundEvent> found, double seconds) {
    return of(title, truth, found, seconds, new double[0]);
  }

  /**
   * The same with a strip of levels at the bottom.
   *
   * @param levelsDb levels at equal distances over the whole stream, in dB; none for no strip
   */
  public static Figure of(
      String title,
      List<SoundEvent> truth,
      List<SoundEvent> found,
      double seconds,
      double[] levelsDb) {
    Check.positive("seconds", seconds);
    Check.that(Check.allFinite(levelsDb), "levelsDb: must be finite");
    List<String> classes = classes(truth, found);
    Check.that(!classes.isEmpty(), "there is no event, neither true nor found: nothing to draw");
    List<String> rows = new ArrayList<>(classes);
    double[] levels = levelsDb.clone();
    if (levels.length > 1) {
      rows.add(LEVEL);
    }
    boolean minutes = seconds >= MINUTES_FROM;
    double unit = minutes ? 60 : 1;
    long wrong = found.stream().filter(e -> isFalse(e, truth)).count();
    String alt =
        "timeline of %s, %s found%s, of %s"
            .formatted(
                Words.count(truth.size(), "true event"),
                found.size(),
                truth.isEmpty()
                    ? ""
                    : ", %s of them where their class does not sound".formatted(wrong),
                Words.list(classes.size(), "class", "classes", classes));
    return Figure.drawn(
            title,
            860,
            Math.clamp(110 + 34L * rows.size(), 200, 1_400),
            alt,
            Axis.linear(minutes ? "time in minutes" : "time in seconds", 0, seconds / unit),
            Axis.names("", rows.reversed()),
            (g, w, h, x, y) -> {
              List<String> legend =
                  truth.isEmpty() ? List.of() : List.of("true", "found", "found, but not there");
              int room = legend.isEmpty() ? 8 : Axes.legendWidth(g, legend);
              Axes axes = Axes.layout(g, w, h, title, x, y, room);
              axes.paint(g);
              int n = rows.size();
              for (SoundEvent e : truth) {
                bar(g, axes, e, unit, n - 1 - rows.indexOf(e.label()), 0.04, TRUE);
              }
              for (SoundEvent e : found) {
                Color colour = isFalse(e, truth) ? FALSE : FOUND;
                bar(g, axes, e, unit, n - 1 - rows.indexOf(e.label()), -0.36, colour);
              }
              if (levels.length > 1) {
                strip(g, axes, levels, seconds / unit);
              }
              if (!legend.isEmpty()) {
                axes.paintLegend(g, legend, List.of(TRUE, FOUND, FALSE));
              }
            })
        .withInteractive(shown -> live(shown, truth, found, rows, unit));
  }

  private static Interactive live(
      Figure shown,
      List<SoundEvent> truth,
      List<SoundEvent> found,
      List<String> rows,
      double unit) {
    List<LiveChart.Box> boxes = new ArrayList<>();
    truth.forEach(e -> boxes.add(box(e, unit, rows, 0.04, "true", TRUE)));
    for (SoundEvent e : found) {
      boolean wrong = isFalse(e, truth);
      boxes.add(
          box(
              e,
              unit,
              rows,
              -0.36,
              wrong ? "found, but not there" : "found",
              wrong ? FALSE : FOUND));
    }
    return LiveChart.of(shown).boxes(boxes).done();
  }

  private static LiveChart.Box box(
      SoundEvent e, double unit, List<String> rows, double from, String group, Color colour) {
    double bottom = rows.size() - 1 - rows.indexOf(e.label()) + from;
    return new LiveChart.Box(
        e.startSeconds() / unit,
        e.endSeconds() / unit,
        bottom,
        bottom + 0.32,
        group,
        colour,
        String.format(
            Locale.ROOT, "%s, %.2f to %.2f s", e.label(), e.startSeconds(), e.endSeconds()));
  }

  /** Sorted; those found only, such as Unknown, at the end. */
  private static List<String> classes(List<SoundEvent> truth, List<SoundEvent> found) {
    TreeSet<String> known = new TreeSet<>();
    truth.forEach(e -> known.add(e.label()));
    TreeSet<String> others = new TreeSet<>();
    found.forEach(e -> others.add(e.label()));
    others.removeAll(known);
    return Stream.concat(known.stream(), others.stream()).toList();
  }

  /** Whether its class is among the true ones, but does not sound then. */
  private static boolean isFalse(SoundEvent found, List<SoundEvent> truth) {
    boolean known = false;
    for (SoundEvent t : truth) {
      if (t.label().equals(found.label())) {
        known = true;
        if (t.startSeconds() < found.endSeconds() && found.startSeconds() < t.endSeconds()) {
          return false;
        }
      }
    }
    return known;
  }

  private static void bar(
      Graphics2D g, Axes axes, SoundEvent e, double unit, double row, double from, Color colour) {
    double left = axes.x(e.startSeconds() / unit);
    double right = axes.x(e.endSeconds() / unit);
    double top = axes.y(row + from + 0.32);
    double bottom = axes.y(row + from);
    g.setColor(colour);
    g.fill(new Rectangle2D.Double(left, top, Math.max(1.5, right - left), bottom - top));
  }

  private static void strip(Graphics2D g, Axes axes, double[] levels, double length) {
    double low = Arrays.stream(levels).min().orElse(0);
    double high = Arrays.stream(levels).max().orElse(1);
    double range = Math.max(1e-9, high - low);
    Path2D line = new Path2D.Double();
    for (int i = 0; i < levels.length; i++) {
      double px = axes.x(length * (i + 0.5) / levels.length);
      double py = axes.y(-0.4 + 0.8 * (levels[i] - low) / range);
      if (i == 0) {
        line.moveTo(px, py);
      } else {
        line.lineTo(px, py);
      }
    }
    g.setColor(Style.FAINT_INK);
    g.setStroke(new BasicStroke(1f));
    g.draw(line);
  }
}
