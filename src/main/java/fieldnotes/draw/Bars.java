package fieldnotes.draw;

import fieldnotes.common.Check;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Bar charts. */
public final class Bars {
  private Bars() {}

  /** Vertical bars in the order given. */
  public static Figure of(
      String title, String nameLabel, List<String> names, String valueLabel, double[] values) {
    check(title, names, values);
    List<String> shown = List.copyOf(names);
    double[] numbers = values.clone();
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "bar chart of " + Words.count(numbers.length, "bar") + nothing(numbers),
            Axis.names(nameLabel, shown),
            fromZero(valueLabel, numbers),
            (g, w, h, x, y) -> {
              Axes axes = Axes.layout(g, w, h, title, x, y, 0);
              axes.paint(g);
              for (int i = 0; i < numbers.length; i++) {
                fill(g, axes.x(i - 0.38), axes.y(0), axes.x(i + 0.38), axes.y(numbers[i]));
              }
              axes.paintFrame(g);
              if (isEmpty(numbers)) {
                Texts.nothing(g, w, h);
              }
            })
        .withInteractive(
            figure ->
                LiveChart.of(figure)
                    .bars(
                        Style.color(0),
                        IntStream.range(0, numbers.length).mapToDouble(i -> i - 0.38).toArray(),
                        IntStream.range(0, numbers.length).mapToDouble(i -> i + 0.38).toArray(),
                        numbers,
                        shown,
                        nameLabel.isEmpty() ? "bar" : nameLabel,
                        valueLabel)
                    .done());
  }

  /** Horizontal bars, the first at the top, for many or long names. */
  public static Figure lying(
      String title, String nameLabel, List<String> names, String valueLabel, double[] values) {
    check(title, names, values);
    List<String> shown = List.copyOf(names).reversed();
    double[] numbers = values.clone();
    int n = numbers.length;
    return Figure.drawn(
            title,
            Style.WIDTH,
            Math.clamp(110 + 22L * n, 200, 1_400),
            "bar chart of " + Words.count(n, "horizontal bar") + nothing(numbers),
            fromZero(valueLabel, numbers),
            Axis.names(nameLabel, shown),
            (g, w, h, x, y) -> {
              Axes axes = Axes.layout(g, w, h, title, x, y, 0);
              Rectangle area = axes.area();
              axes.paint(g);
              for (int i = 0; i < n; i++) {
                double place = n - 1.0 - i;
                fill(g, axes.x(0), axes.y(place - 0.38), axes.x(numbers[i]), axes.y(place + 0.38));
              }
              g.setColor(Style.NOISE);
              g.draw(new java.awt.geom.Line2D.Double(axes.x(0), area.y, axes.x(0), area.getMaxY()));
              if (isEmpty(numbers)) {
                Texts.nothing(g, w, h);
              }
            })
        .withInteractive(
            figure ->
                LiveChart.of(figure)
                    .lying(
                        Style.color(0),
                        numbers,
                        shown.reversed(),
                        nameLabel.isEmpty() ? "bar" : nameLabel,
                        valueLabel)
                    .done());
  }

  private static boolean isEmpty(double[] values) {
    return Arrays.stream(values).noneMatch(Double::isFinite);
  }

  private static String nothing(double[] values) {
    return isEmpty(values) ? ", " + Texts.NOTHING : "";
  }

  private static void check(String title, List<String> names, double[] values) {
    Check.that(values.length > 0, "chart '%s' has no bars", title);
    Check.sameLength("names", names.size(), "values", values.length);
  }

  private static Axis fromZero(String label, double[] values) {
    double low = Math.min(0, Arrays.stream(values).filter(Double::isFinite).min().orElse(0));
    double high = Math.max(0, Arrays.stream(values).filter(Double::isFinite).max().orElse(1));
    double room = 0.05 * (high - low);
    return Axis.linear(
        label, low < 0 ? low - room : 0, high > 0 ? high + room : high == low ? 1 : 0);
  }

  private static void fill(Graphics2D g, double x1, double y1, double x2, double y2) {
    if (Double.isFinite(x1 + x2 + y1 + y2)) {
      g.setColor(Style.color(0));
      g.fill(
          new Rectangle2D.Double(
              Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)));
    }
  }
}
