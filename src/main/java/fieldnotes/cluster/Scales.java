package fieldnotes.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Warns if a few columns dominate the distances. */
final class Scales {
  private static final double MOST = 0.9;

  private Scales() {}

  /**
   * A warning if at most a third of the columns account for 90 % of the squared distances.
   *
   * @param names names of the columns, or null to number them from 0
   */
  static Optional<String> warning(double[][] x, List<String> names) {
    int columns = x[0].length;
    if (columns < 2) {
      return Optional.empty();
    }
    double[] variance = new double[columns];
    double total = 0;
    for (int j = 0; j < columns; j++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[j];
      }
      mean /= x.length;
      for (double[] row : x) {
        variance[j] += (row[j] - mean) * (row[j] - mean);
      }
      total += variance[j];
    }
    List<Integer> order =
        IntStream.range(0, columns)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -variance[j]))
            .toList();
    double share = 0;
    int count = 0;
    while (total > 0 && count < columns && share < MOST) {
      share += variance[order.get(count++)] / total;
    }
    long moving = Arrays.stream(variance).filter(v -> v > 0).count();
    if (moving < 2 || count > Math.max(1, moving / 3)) {
      return Optional.empty();
    }
    String which =
        order.subList(0, count).stream()
            .map(j -> names == null ? "column " + j : "'" + names.get(j) + "'")
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s carr%s %.0f %% of the squared distances of %d columns: scale them first, unless"
                + " they share a unit",
            which,
            count == 1 ? "ies" : "y",
            100 * share,
            columns));
  }

  /** The knee of a curve: the point farthest from the line between its ends. */
  static int knee(double[] y) {
    int last = y.length - 1;
    int best = 0;
    double farthest = -1;
    double range = y[last] - y[0];
    for (int i = 0; i <= last; i++) {
      double off =
          Math.abs((double) i / Math.max(1, last) - (range == 0 ? 0 : (y[i] - y[0]) / range));
      if (off > farthest) {
        farthest = off;
        best = i;
      }
    }
    return best;
  }

  static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  static double[] rising(String name, double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    fieldnotes.common.Check.that(copy.length > 0, "%s is empty", name);
    return copy;
  }
}
