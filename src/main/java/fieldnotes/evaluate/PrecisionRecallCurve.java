package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * The precision and the recall of a class at every threshold: a row counts as of the class if its
 * score is at least the threshold. The last point, precision 1 and recall 0, has no threshold.
 *
 * @param of the class, against the rest; or what the curve is a mean of
 * @param thresholds rising; NaN for a mean of curves, shape [points − 1]
 * @param precision share of the rows that reach the threshold that are of the class, 0 to 1, the
 *     last 1, shape [points]
 * @param recall share of the rows of the class that reach the threshold, 0 to 1, falling, the last
 *     0, shape [points]; 1 for every threshold if there are none
 * @see "precision_recall_curve of scikit-learn 1.9"
 */
public record PrecisionRecallCurve(
    String of, double[] thresholds, double[] precision, double[] recall) {
  /** Copies and checks. */
  public PrecisionRecallCurve {
    Check.sameLength("precision", precision.length, "recall", recall.length);
    Check.sameLength("precision", precision.length - 1, "thresholds", thresholds.length);
    Check.atLeast("the number of thresholds", thresholds.length, 1);
    thresholds = thresholds.clone();
    precision = shares("precision", precision);
    recall = shares("recall", recall);
    for (int i = 1; i < recall.length; i++) {
      Check.that(recall[i] <= recall[i - 1], "recall rises at point %d: it must fall", i);
    }
  }

  private static double[] shares(String name, double[] values) {
    for (double value : values) {
      Check.within(name, value, 0, 1);
    }
    return values.clone();
  }

  /**
   * The curve of a class against the rest, a point for every score that occurs. Rows of weight 0
   * are left out.
   *
   * @param name one of the predicted classes
   */
  public static PrecisionRecallCurve of(Outcome.Classes outcome, String name) {
    return of(name, Ranked.of(outcome, RocCurve.requirePredicted(outcome, name)));
  }

  static PrecisionRecallCurve of(String name, Ranked ranked) {
    int points = ranked.thresholds().length;
    double all = ranked.hits()[points - 1];
    double[] thresholds = new double[points];
    double[] precision = new double[points + 1];
    double[] recall = new double[points + 1];
    for (int i = 0; i < points; i++) {
      int from = points - 1 - i;
      double hits = ranked.hits()[from];
      thresholds[i] = ranked.thresholds()[from];
      precision[i] = hits / (hits + ranked.mistaken()[from]);
      recall[i] = all == 0 ? 1 : hits / all;
    }
    precision[points] = 1;
    return new PrecisionRecallCurve(name, thresholds, precision, recall);
  }

  /**
   * The mean of the curves of the predicted classes that are true of a row, as steps, so that its
   * average precision is the mean of theirs. It has no thresholds.
   */
  public static PrecisionRecallCurve macro(Outcome.Classes outcome) {
    List<PrecisionRecallCurve> curves =
        outcome.predicted().classes().stream()
            .filter(outcome.truth()::contains)
            .map(name -> of(outcome, name))
            .toList();
    Check.that(
        !curves.isEmpty(),
        "no predicted class is true of a row: predicted are %s",
        outcome.predicted().classes());
    double[] grid =
        curves.stream()
            .flatMapToDouble(c -> Arrays.stream(c.recall))
            .filter(r -> r > 0)
            .boxed()
            .distinct()
            .sorted(Comparator.reverseOrder())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] precision = new double[grid.length + 1];
    for (PrecisionRecallCurve curve : curves) {
      int at = 0;
      for (int g = 0; g < grid.length; g++) {
        while (curve.recall[at + 1] >= grid[g]) {
          at++;
        }
        precision[g] += curve.precision[at] / curves.size();
      }
    }
    precision[grid.length] = 1;
    double[] none = new double[grid.length];
    Arrays.fill(none, Double.NaN);
    return new PrecisionRecallCurve(
        "mean of " + curves.size() + " classes",
        none,
        DoubleStream.of(precision).map(p -> Math.min(p, 1)).toArray(),
        Arrays.copyOf(grid, grid.length + 1));
  }

  @Override
  public double[] thresholds() {
    return thresholds.clone();
  }

  @Override
  public double[] precision() {
    return precision.clone();
  }

  @Override
  public double[] recall() {
    return recall.clone();
  }

  /**
   * The mean of the precision over the recall, taken as steps: 1 at best, {@link #share} for
   * chance.
   */
  public double averagePrecision() {
    double[] parts = new double[thresholds.length];
    Arrays.setAll(parts, i -> (recall[i + 1] - recall[i]) * precision[i]);
    return Math.max(0, -Errors.sum(parts));
  }

  /** The share of the rows that are of the class, which is the precision of chance. */
  public double share() {
    return precision[0];
  }

  /**
   * A point of the curve.
   *
   * @param threshold a row counts as of the class if its score is at least this
   * @param precision share of such rows that are of the class, 0 to 1
   * @param recall share of the rows of the class that are among them, 0 to 1
   */
  public record Point(double threshold, double precision, double recall) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "from %.4g: precision %.3f, recall %.3f", threshold, precision, recall);
    }
  }

  /**
   * The point of the highest threshold that finds at least this share of the class.
   *
   * @param least 0 to 1
   */
  public Point atRecall(double least) {
    Check.within("least", least, 0, 1);
    int at = 0;
    while (at + 1 < thresholds.length && recall[at + 1] >= least) {
      at++;
    }
    return point(at);
  }

  /**
   * The point that finds most with at least this precision.
   *
   * @param least 0 to 1
   * @throws IllegalArgumentException if no threshold reaches it, with the highest that is reached
   */
  public Point atPrecision(double least) {
    Check.within("least", least, 0, 1);
    return IntStream.range(0, thresholds.length)
        .filter(i -> precision[i] >= least)
        .mapToObj(this::point)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "least=%s: the precision of '%s' is at most %.4g",
                        least,
                        of,
                        Arrays.stream(precision, 0, thresholds.length).max().orElse(0))));
  }

  private Point point(int at) {
    return new Point(thresholds[at], precision[at], recall[at]);
  }

  /** One row per threshold. */
  public Table toTable() {
    return Table.create(
        "precision and recall of " + of,
        DoubleColumn.create("threshold", thresholds),
        DoubleColumn.create("precision", Arrays.copyOf(precision, thresholds.length)),
        DoubleColumn.create("recall", Arrays.copyOf(recall, thresholds.length)));
  }

  /** Equal points of an equal class. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PrecisionRecallCurve that
        && of.equals(that.of)
        && Arrays.equals(thresholds, that.thresholds)
        && Arrays.equals(precision, that.precision)
        && Arrays.equals(recall, that.recall);
  }

  @Override
  public int hashCode() {
    return 31 * of.hashCode() + Arrays.hashCode(precision);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "precision–recall curve of %s: average precision %.4f, chance %.4f, %d points",
        of,
        averagePrecision(),
        share(),
        precision.length);
  }
}
