package fieldnotes.plot;

import fieldnotes.draw.Axis;
import fieldnotes.table.Numbers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the values of an option stand on an axis.
 *
 * @param axis of numbers, or of words
 * @param at the place of each value
 */
record Places(Axis axis, double[] at) {
  /** Numbers that span more than this factor are drawn by logarithm. */
  private static final double WIDE = 30;

  static Places of(String label, List<?> values) {
    if (values.stream().allMatch(v -> v instanceof Number)) {
      double[] at = values.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
      double low = Arrays.stream(at).min().orElse(0);
      double high = Arrays.stream(at).max().orElse(1);
      if (low > 0 && high > WIDE * low) {
        double room = Math.pow(high / low, 0.05);
        return new Places(Axis.log(label, low / room, high * room), at);
      }
      return new Places(Axis.around(label, at), at);
    }
    List<String> names = names(values);
    double[] at = values.stream().mapToDouble(v -> names.indexOf(text(v))).toArray();
    return new Places(Axis.names(label, names), at);
  }

  /** The same on a linear axis, of the logarithms of numbers that need one. */
  static Places flat(String label, List<?> values) {
    Places places = of(label, values);
    if (places.axis.spacing() != Axis.Spacing.LOG) {
      return places;
    }
    double[] at = Arrays.stream(places.at).map(Math::log10).toArray();
    return new Places(Axis.around("log₁₀ of " + label, at), at);
  }

  /** A value as marks show it. */
  static String text(Object value) {
    return value instanceof Double number ? Numbers.text(number) : value.toString();
  }

  /** The distinct values, numbers by size, others in the order in which they occur. */
  static List<String> names(List<?> values) {
    return sorted(values).stream().map(Places::text).distinct().toList();
  }

  private static List<?> sorted(List<?> values) {
    if (values.stream().anyMatch(v -> !(v instanceof Number))) {
      return values;
    }
    return IntStream.range(0, values.size())
        .mapToObj(values::get)
        .sorted(Comparator.comparingDouble(v -> ((Number) v).doubleValue()))
        .toList();
  }
}
