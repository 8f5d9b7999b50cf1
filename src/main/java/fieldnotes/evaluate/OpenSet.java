package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How well rows of known classes are told from rows of classes never seen, whatever the threshold.
 * A known row counts as found if it is accepted, that is, if it is known at least as well as a
 * threshold.
 *
 * @param known how well known the rows of known classes are, finite, at least one
 * @param unknown how well known the rows of other classes are, finite, at least one
 * @see "D. Hendrycks and K. Gimpel, A baseline for detecting misclassified and out-of-distribution
 *     examples, ICLR 2017"
 */
public record OpenSet(double[] known, double[] unknown) {
  /** Copies and checks. */
  public OpenSet {
    known = checked("known", known);
    unknown = checked("unknown", unknown);
  }

  private static double[] checked(String name, double[] values) {
    Check.that(
        values.length > 0,
        "%s has no rows: known rows are to be told from unknown ones, so both are needed",
        name);
    for (int i = 0; i < values.length; i++) {
      Check.that(
          Double.isFinite(values[i]), "%s has %s at row %d: must be finite", name, values[i], i);
    }
    return values.clone();
  }

  /** Of the knownness of known rows and of unknown rows, such as any detector of novelty gives. */
  public static OpenSet of(double[] known, double[] unknown) {
    return new OpenSet(known, unknown);
  }

  /**
   * Of predictions: a row is unknown if its class is none of those that the model has learnt, or
   * has the name of rejected rows.
   *
   * @param truth the true class of each row, none empty
   * @throws IllegalArgumentException if all rows are known, or none
   */
  public static OpenSet of(List<String> truth, Rejected predicted) {
    Predicate<String> isKnown = known(truth, predicted);
    double[] all = predicted.knownness();
    return new OpenSet(
        IntStream.range(0, all.length)
            .filter(i -> isKnown.test(truth.get(i)))
            .mapToDouble(i -> all[i])
            .toArray(),
        IntStream.range(0, all.length)
            .filter(i -> !isKnown.test(truth.get(i)))
            .mapToDouble(i -> all[i])
            .toArray());
  }

  /** Which classes a model knows; checks that there is a class for each row. */
  static Predicate<String> known(List<String> truth, Rejected predicted) {
    Check.sameLength("truth", truth.size(), "predicted", predicted.rowCount());
    int none = truth.indexOf("");
    Check.that(none < 0, "truth has no class at row %d: drop such rows first", none);
    List<String> classes = predicted.classified().classes();
    return name -> classes.contains(name) && !name.equals(predicted.name());
  }

  @Override
  public double[] known() {
    return known.clone();
  }

  @Override
  public double[] unknown() {
    return unknown.clone();
  }

  /**
   * The area under the ROC curve: how likely a known row is better known than an unknown one, half
   * of it if they are equal; 0.5 for chance.
   */
  public double auroc() {
    double[] others = unknown.clone();
    Arrays.sort(others);
    double pairs = 0;
    for (double value : known) {
      pairs += (below(others, value) + below(others, Math.nextUp(value))) / 2.0;
    }
    return pairs / known.length / unknown.length;
  }

  /** How many sorted values are below a limit. */
  private static int below(double[] sorted, double limit) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < limit) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** The share of unknown rows that are accepted where 95 % of known rows are, 0 at best. */
  public double fprAt95() {
    return fprAt(0.95);
  }

  /**
   * The share of unknown rows that are accepted by the highest threshold which accepts this share
   * of known rows.
   *
   * @param tpr share of known rows to accept, above 0, at most 1
   */
  public double fprAt(double tpr) {
    return (double) count(unknown, threshold(tpr)) / unknown.length;
  }

  /** The highest threshold that accepts this share of known rows, above 0 and at most 1. */
  public double threshold(double tpr) {
    Check.that(tpr > 0 && tpr <= 1, "tpr=%s: must be above 0 and at most 1", tpr);
    double[] sorted = known.clone();
    Arrays.sort(sorted);
    int accepted = Math.max(1, (int) Math.ceil(tpr * sorted.length - 1e-9));
    return sorted[sorted.length - accepted];
  }

  private static long count(double[] values, double least) {
    return Arrays.stream(values).filter(v -> v >= least).count();
  }

  /** Equal knownness in equal order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof OpenSet that
        && Arrays.equals(known, that.known)
        && Arrays.equals(unknown, that.unknown);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(known) + Arrays.hashCode(unknown);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d known and %d unknown rows: AUROC %.4f, FPR at 95 %% TPR %.4f",
        known.length,
        unknown.length,
        auroc(),
        fprAt95());
  }
}
