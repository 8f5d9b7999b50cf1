package fieldnotes.draw;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the axes and the colours of a figure cover, so that figures that are compared can share it.
 *
 * @param low value of the first colour; NaN for a figure without a colour scale
 * @param high value of the last colour; NaN for a figure without a colour scale
 * @param unit quantity or unit of the colours; may be empty
 */
public record Scales(Axis x, Axis y, double low, double high, String unit) {
  /** The scales of a figure without a colour scale. */
  static Scales of(Axis x, Axis y) {
    return new Scales(x, y, Double.NaN, Double.NaN, "");
  }

  boolean coloured() {
    return low <= high;
  }

  /**
   * The same scales with the range of all on each axis, and of the colours, that has one label and
   * spacing in all of them; other axes stay as they are.
   *
   * @throws IllegalArgumentException if nothing can be shared
   */
  static List<Scales> shared(List<Scales> all) {
    Scales first = all.getFirst();
    Axis x = union(all, Scales::x);
    Axis y = union(all, Scales::y);
    boolean colours = all.stream().allMatch(s -> s.coloured() && s.unit().equals(first.unit()));
    Check.that(
        x != null || y != null || colours,
        "the figures have no axis in common: horizontal %s, vertical %s; compare figures of one"
            + " quantity, or use Sheet.of",
        all.stream().map(s -> "'" + s.x().label() + "'").distinct().toList(),
        all.stream().map(s -> "'" + s.y().label() + "'").distinct().toList());
    double low = all.stream().mapToDouble(Scales::low).min().orElseThrow();
    double high = all.stream().mapToDouble(Scales::high).max().orElseThrow();
    List<Scales> shared = new ArrayList<>();
    for (Scales own : all) {
      shared.add(
          new Scales(
              x == null ? own.x() : x,
              y == null ? own.y() : y,
              colours ? low : own.low(),
              colours ? high : own.high(),
              own.unit()));
    }
    return shared;
  }

  /** The axis that covers all, or null if they differ in more than their range. */
  private static Axis union(List<Scales> all, Function<Scales, Axis> which) {
    Axis axis = which.apply(all.getFirst());
    for (Scales scales : all) {
      Axis other = which.apply(scales);
      if (!axis.label().equals(other.label())
          || axis.spacing() != other.spacing()
          || !axis.names().equals(other.names())
          || axis.from() < axis.to() != other.from() < other.to()) {
        return null;
      }
      boolean up = axis.from() < axis.to();
      axis =
          new Axis(
              axis.label(),
              up ? Math.min(axis.from(), other.from()) : Math.max(axis.from(), other.from()),
              up ? Math.max(axis.to(), other.to()) : Math.min(axis.to(), other.to()),
              axis.spacing(),
              axis.names());
    }
    return axis;
  }

  /** The scales in words: {@code x: seconds, 0 to 5; y: amplitude, −0.2 to 0.2}. */
  String text() {
    String axes = "x: " + text(x) + "; y: " + text(y);
    return coloured() ? axes + "; colours: " + range(unit, low, high) : axes;
  }

  private static String text(Axis axis) {
    List<String> names = axis.names().stream().filter(n -> !n.isEmpty()).toList();
    if (!axis.names().isEmpty() && names.isEmpty()) {
      return axis.label(); // an axis without ticks
    }
    if (names.isEmpty()) {
      return range(axis.label(), axis.from(), axis.to())
          + switch (axis.spacing()) {
            case LINEAR -> "";
            case LOG -> ", logarithmic";
            case MEL -> ", mel scale";
          };
    }
    String list =
        names.size() <= 12
            ? String.join(", ", names)
            : names.size() + " names from " + names.getFirst() + " to " + names.getLast();
    return axis.label().isEmpty() ? list : axis.label() + ", " + list;
  }

  private static String range(String label, double from, double to) {
    double step = Math.abs(to - from) / 100;
    String range = number(from, step) + " to " + number(to, step);
    return label.isEmpty() ? range : label + ", " + range;
  }

  private static String number(double value, double step) {
    String text = Axis.text(value, step > 0 ? step : 1);
    return text.contains(".") && !text.contains("e") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
