package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Predicted classes: a probability for each row and each class.
 *
 * @param classes the classes in the order of the columns of {@code probabilities}, each once
 * @param probabilities 0 to 1, shape [rows][classes]; each row sums to 1 within 1e-6
 */
public record Classified(List<String> classes, double[][] probabilities) {
  private static final double SUM_TOLERANCE = 1e-6;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException naming the class or the row that is invalid
   */
  public Classified {
    classes = List.copyOf(classes);
    Check.that(!classes.isEmpty(), "classes is empty: name at least one class");
    HashSet<String> seen = new HashSet<>();
    for (String name : classes) {
      Check.that(!name.isEmpty(), "classes has an empty name: give each class a name");
      Check.that(seen.add(name), "classes has '%s' twice: name each class once", name);
    }
    double[][] copy = new double[probabilities.length][];
    for (int row = 0; row < copy.length; row++) {
      copy[row] = probabilities[row].clone();
      checkRow(row, copy[row], classes);
    }
    probabilities = copy;
  }

  private static void checkRow(int row, double[] probabilities, List<String> classes) {
    Check.that(
        probabilities.length == classes.size(),
        "probabilities has %d columns at row %d: must be one for each of the %d classes %s",
        probabilities.length,
        row,
        classes.size(),
        classes);
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      double p = probabilities[c];
      Check.that(
          p >= 0 && p <= 1,
          "probabilities has %s for class '%s' at row %d: must lie within 0 and 1",
          p,
          classes.get(c),
          row);
      sum += p;
    }
    Check.that(
        Math.abs(sum - 1) <= SUM_TOLERANCE,
        "probabilities at row %d sum to %s: must sum to 1 within %s; divide each row by its sum",
        row,
        sum,
        SUM_TOLERANCE);
  }

  @Override
  public double[][] probabilities() {
    return Arrays.stream(probabilities).map(double[]::clone).toArray(double[][]::new);
  }

  /** The number of rows. */
  public int rowCount() {
    return probabilities.length;
  }

  /** The likeliest class of a row, counted from 0; of equally likely ones the first. */
  public String label(int row) {
    Check.that(
        row >= 0 && row < probabilities.length,
        "row=%d: there are %d rows",
        row,
        probabilities.length);
    double[] p = probabilities[row];
    int best = 0;
    for (int c = 1; c < p.length; c++) {
      if (p[c] > p[best]) {
        best = c;
      }
    }
    return classes.get(best);
  }

  /** The likeliest class of each row; of equally likely ones the first. */
  public List<String> labels() {
    return IntStream.range(0, rowCount()).mapToObj(this::label).toList();
  }

  /** The probability of each row for a class, shape [rows]; all 0 for a class not among these. */
  public double[] of(String name) {
    int column = classes.indexOf(name);
    return Arrays.stream(probabilities).mapToDouble(p -> column < 0 ? 0 : p[column]).toArray();
  }

  /** Equal classes in equal order and equal probabilities. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Classified that
        && classes.equals(that.classes)
        && Arrays.deepEquals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(probabilities);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d rows in %d classes: %s",
        rowCount(),
        classes.size(),
        String.join(", ", classes));
  }
}
