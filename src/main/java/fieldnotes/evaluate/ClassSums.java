package fieldnotes.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of the rows of each class, summed in the order of the rows.
 *
 * @param names the classes
 * @param hits weight of the rows of each class that are predicted as it
 * @param predicted weight of the rows that are predicted as each class
 * @param truth weight of the rows of each class
 */
record ClassSums(List<String> names, double[] hits, double[] predicted, double[] truth) {
  /** Sums of the classes that are true of a row or predicted for one. */
  static ClassSums of(Outcome.Classes outcome) {
    Judged rows = Judged.of(outcome);
    return of(rows, rows.names());
  }

  /** Sums of these classes; 0 for one that no row has. */
  static ClassSums of(Judged rows, List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    int[] placeOf = rows.names().stream().mapToInt(n -> places.getOrDefault(n, -1)).toArray();
    ClassSums sums =
        new ClassSums(
            List.copyOf(names),
            new double[names.size()],
            new double[names.size()],
            new double[names.size()]);
    for (int i = 0; i < rows.rowCount(); i++) {
      int is = placeOf[rows.truth()[i]];
      int taken = placeOf[rows.predicted()[i]];
      double weight = rows.weights()[i];
      if (is >= 0) {
        sums.truth[is] += weight;
        sums.hits[is] += is == taken ? weight : 0;
      }
      if (taken >= 0) {
        sums.predicted[taken] += weight;
      }
    }
    return sums;
  }

  /** All classes as one. */
  ClassSums together() {
    return new ClassSums(
        List.of("all"),
        new double[] {Errors.sum(hits)},
        new double[] {Errors.sum(predicted)},
        new double[] {Errors.sum(truth)});
  }

  /** Weight of each class as scikit-learn adds it up: hits and misses. */
  double[] support() {
    double[] support = new double[truth.length];
    Arrays.setAll(support, c -> hits[c] + (truth[c] - hits[c]));
    return support;
  }

  /** Hits per prediction; 0 for a class that is never predicted. */
  double[] precision() {
    double[] share = new double[hits.length];
    Arrays.setAll(share, c -> share(hits[c], hits[c] + (predicted[c] - hits[c])));
    return share;
  }

  /** Hits per row; 0 for a class without rows. */
  double[] recall() {
    double[] support = support();
    double[] share = new double[hits.length];
    Arrays.setAll(share, c -> share(hits[c], support[c]));
    return share;
  }

  /** F-beta; 0 for a class that is neither true nor predicted. */
  double[] fBeta(double beta) {
    double square = beta * beta;
    double[] support = support();
    double[] score = new double[hits.length];
    Arrays.setAll(
        score,
        c ->
            share(
                (1 + square) * hits[c],
                square * support[c] + (hits[c] + (predicted[c] - hits[c]))));
    return score;
  }

  /** Hits per row that is true or predicted; 0 for a class that is neither. */
  double[] jaccard() {
    double[] share = new double[hits.length];
    Arrays.setAll(
        share, c -> share(hits[c], hits[c] + (predicted[c] - hits[c]) + (truth[c] - hits[c])));
    return share;
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
