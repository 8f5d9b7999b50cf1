package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * How many rows of a class are found, and how many others are mistaken for it, at every threshold:
 * a row counts as of the class if its score is at least the threshold. The first point has an
 * infinite threshold and no row, the last has every row.
 *
 * @param of the class, against the rest; or what the curve is a mean of
 * @param thresholds falling, the first infinite; NaN for a mean of curves, shape [points]
 * @param falsePositives weight of the other rows that reach the threshold, shape [points]
 * @param truePositives weight of the rows of the class that reach it, shape [points]
 * @see "roc_curve of scikit-learn 1.9"
 * @see "T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006"
 */
public record RocCurve(
    String of, double[] thresholds, double[] falsePositives, double[] truePositives) {
  /** Copies and checks. */
  public RocCurve {
    Check.sameLength("falsePositives", falsePositives.length, "thresholds", thresholds.length);
    Check.sameLength("truePositives", truePositives.length, "thresholds", thresholds.length);
    Check.atLeast("the number of points", thresholds.length, 2);
    thresholds = thresholds.clone();
    falsePositives = rising("falsePositives", falsePositives);
    truePositives = rising("truePositives", truePositives);
  }

  private static double[] rising(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      Check.that(
          values[i] >= (i == 0 ? 0 : values[i - 1]) && Double.isFinite(values[i]),
          "%s has %s at point %d: must be finite, at least 0, and never fall",
          name,
          values[i],
          i);
    }
    return values.clone();
  }

  /**
   * The curve of a class against the rest, a point for every score that occurs: {@code
   * roc_curve(drop_intermediate=False)}. Rows of weight 0 are left out.
   *
   * @param name one of the predicted classes
   */
  public static RocCurve of(Outcome.Classes outcome, String name) {
    return of(name, Ranked.of(outcome, requirePredicted(outcome, name)));
  }

  /** Refuses a class that has no scores. */
  static String requirePredicted(Outcome.Classes outcome, String name) {
    List<String> classes = outcome.predicted().classes();
    Check.that(
        classes.contains(name), "class '%s' has no scores; the predicted are %s", name, classes);
    return name;
  }

  /**
   * The curve of any scores, such as how strange a row looks.
   *
   * @param of what is to be found
   * @param scores higher for what is to be found, finite, shape [rows]
   * @param is which rows are what is to be found, shape [rows]
   */
  public static RocCurve of(String of, double[] scores, boolean[] is) {
    Check.sameLength("scores", scores.length, "is", is.length);
    Check.that(scores.length > 0, "scores has no rows");
    for (int i = 0; i < scores.length; i++) {
      Check.that(
          Double.isFinite(scores[i]), "scores has %s at row %d: must be finite", scores[i], i);
    }
    double[] weights = new double[scores.length];
    Arrays.fill(weights, 1);
    return of(of, Ranked.of(scores, is, weights));
  }

  static RocCurve of(String of, Ranked ranked) {
    return new RocCurve(
        of,
        before(Double.POSITIVE_INFINITY, ranked.thresholds()),
        before(0, ranked.mistaken()),
        before(0, ranked.hits()));
  }

  private static double[] before(double first, double[] rest) {
    double[] all = new double[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /**
   * The mean over the predicted classes of their curves, so that its area is the mean of their
   * areas. It has no thresholds.
   *
   * @throws IllegalArgumentException if a class has no row or every row, naming it
   */
  public static RocCurve macro(Outcome.Classes outcome) {
    List<RocCurve> curves =
        outcome.predicted().classes().stream()
            .map(name -> of(outcome, name).requireBoth().corners())
            .toList();
    double[] grid =
        curves.stream()
            .flatMapToDouble(c -> Arrays.stream(c.falsePositiveRates()))
            .sorted()
            .distinct()
            .toArray();
    double[] low = new double[grid.length];
    double[] high = new double[grid.length];
    for (RocCurve curve : curves) {
      curve.addTo(grid, low, high);
    }
    // where curves rise upright, there are two points
    double[] x = new double[2 * grid.length];
    double[] y = new double[x.length];
    int points = 0;
    for (int i = 0; i < grid.length; i++) {
      for (double sum :
          low[i] == high[i] ? new double[] {low[i]} : new double[] {low[i], high[i]}) {
        x[points] = grid[i];
        y[points] = Math.max(sum / curves.size(), points == 0 ? 0 : y[points - 1]);
        points++;
      }
    }
    double[] none = new double[points];
    Arrays.fill(none, Double.NaN);
    return new RocCurve(
        "mean of " + curves.size() + " classes",
        none,
        Arrays.copyOf(x, points),
        Arrays.copyOf(y, points));
  }

  /** Adds where this curve enters and leaves each place of a grid that has all of its own. */
  private void addTo(double[] grid, double[] low, double[] high) {
    double[] x = falsePositiveRates();
    double[] y = truePositiveRates();
    int at = 0;
    for (int g = 0; g < grid.length; g++) {
      if (x[at] < grid[g]) {
        while (x[at + 1] < grid[g]) {
          at++;
        }
        double part = (grid[g] - x[at]) / (x[at + 1] - x[at]);
        low[g] += part == 1 ? y[at + 1] : y[at] + part * (y[at + 1] - y[at]);
        if (part < 1) {
          high[g] += y[at] + part * (y[at + 1] - y[at]);
          continue;
        }
        at++;
      } else {
        low[g] += y[at];
      }
      while (at + 1 < x.length && x[at + 1] == grid[g]) {
        at++;
      }
      high[g] += y[at];
    }
  }

  /** The same curve without the points that lie on a line between their neighbours. */
  public RocCurve corners() {
    int points = thresholds.length;
    int[] kept =
        IntStream.range(0, points)
            .filter(
                i ->
                    i <= 1
                        || i == points - 1
                        || bends(falsePositives, i)
                        || bends(truePositives, i))
            .toArray();
    return new RocCurve(
        of, at(thresholds, kept), at(falsePositives, kept), at(truePositives, kept));
  }

  private static boolean bends(double[] values, int i) {
    return (values[i + 1] - values[i]) - (values[i] - values[i - 1]) != 0;
  }

  private static double[] at(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
  }

  @Override
  public double[] thresholds() {
    return thresholds.clone();
  }

  @Override
  public double[] falsePositives() {
    return falsePositives.clone();
  }

  @Override
  public double[] truePositives() {
    return truePositives.clone();
  }

  /** The share of the other rows that reach each threshold, 0 to 1; NaN if there are none. */
  public double[] falsePositiveRates() {
    return shares(falsePositives);
  }

  /** The share of the rows of the class that reach each threshold, 0 to 1; NaN if none. */
  public double[] truePositiveRates() {
    return shares(truePositives);
  }

  private static double[] shares(double[] sums) {
    double all = sums[sums.length - 1];
    return Arrays.stream(sums).map(s -> all > 0 ? s / all : Double.NaN).toArray();
  }

  /** The area under the curve: 1 at best, 0.5 for chance; NaN if there are no rows or no others. */
  public double area() {
    double[] x = falsePositiveRates();
    double[] y = truePositiveRates();
    double[] parts = new double[x.length - 1];
    Arrays.setAll(parts, i -> (x[i + 1] - x[i]) * (y[i + 1] + y[i]) / 2);
    return Errors.sum(parts);
  }

  /**
   * A point of the curve.
   *
   * @param threshold a row counts as of the class if its score is at least this
   * @param falsePositiveRate share of the other rows that do, 0 to 1
   * @param truePositiveRate share of the rows of the class that do, 0 to 1
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "from %.4g: finds %.1f %%, false alarms %.1f %%",
          threshold,
          100 * truePositiveRate,
          100 * falsePositiveRate);
    }
  }

  /**
   * The point that finds most with at most this share of false alarms.
   *
   * @param most 0 to 1
   * @throws IllegalArgumentException if there are no rows of the class, or no others
   */
  public Point atFalsePositiveRate(double most) {
    Check.within("most", most, 0, 1);
    requireBoth();
    double[] rates = falsePositiveRates();
    int at = 0;
    for (int i = 0; i < rates.length && rates[i] <= most; i++) {
      at = truePositives[i] > truePositives[at] ? i : at;
    }
    return point(at);
  }

  /**
   * The first point that finds at least this share of the class: the one with the fewest false
   * alarms.
   *
   * @param least 0 to 1
   * @throws IllegalArgumentException if there are no rows of the class, or no others
   */
  public Point atTruePositiveRate(double least) {
    Check.within("least", least, 0, 1);
    requireBoth();
    double[] rates = truePositiveRates();
    int at = 0;
    while (rates[at] < least) {
      at++;
    }
    return point(at);
  }

  private Point point(int at) {
    return new Point(thresholds[at], falsePositiveRates()[at], truePositiveRates()[at]);
  }

  private RocCurve requireBoth() {
    Check.that(
        truePositives[truePositives.length - 1] > 0,
        "there is no row of '%s': a ROC curve needs rows of the class and others",
        of);
    Check.that(
        falsePositives[falsePositives.length - 1] > 0,
        "every row is of '%s': a ROC curve needs rows of the class and others",
        of);
    return this;
  }

  /** One row per point. */
  public Table toTable() {
    return Table.create(
        "ROC curve of " + of,
        DoubleColumn.create("threshold", thresholds),
        DoubleColumn.create("false positive rate", falsePositiveRates()),
        DoubleColumn.create("true positive rate", truePositiveRates()));
  }

  /** Equal points of an equal class. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RocCurve that
        && of.equals(that.of)
        && Arrays.equals(thresholds, that.thresholds)
        && Arrays.equals(falsePositives, that.falsePositives)
        && Arrays.equals(truePositives, that.truePositives);
  }

  @Override
  public int hashCode() {
    return 31 * of.hashCode() + Arrays.hashCode(truePositives);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "ROC curve of %s: area %.4f, %d points", of, area(), thresholds.length);
  }
}
