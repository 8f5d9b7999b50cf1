package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What was predicted for a set of rows, next to what is true: what a {@link Score} takes. */
public sealed interface Outcome {
  /** The number of rows. */
  int rowCount();

  /** These rows, in this order, from 0; repeats are allowed. */
  Outcome rows(int[] rows);

  /**
   * Predicted numbers.
   *
   * @param truth the true numbers, finite, shape [rows], at least one row
   * @param predicted the predicted numbers, finite, shape [rows]
   * @param weights how much each row counts, finite, at least 0, not all 0, shape [rows]; null if
   *     all rows count the same
   */
  record Numbers(double[] truth, double[] predicted, double[] weights) implements Outcome {
    /** Copies and checks. */
    public Numbers {
      truth = finite("truth", truth);
      predicted = finite("predicted", predicted);
      Check.sameLength("truth", truth.length, "predicted", predicted.length);
      Check.that(truth.length > 0, "truth has no rows");
      weights = counting(weights, truth.length);
    }

    /** All rows count the same. */
    public Numbers(double[] truth, double[] predicted) {
      this(truth, predicted, null);
    }

    @Override
    public double[] truth() {
      return truth.clone();
    }

    @Override
    public double[] predicted() {
      return predicted.clone();
    }

    @Override
    public double[] weights() {
      return weights == null ? null : weights.clone();
    }

    @Override
    public int rowCount() {
      return truth.length;
    }

    @Override
    public Numbers rows(int[] rows) {
      return new Numbers(pick(truth, rows), pick(predicted, rows), pick(weights, rows));
    }

    /** Equal numbers and weights. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers that
          && Arrays.equals(truth, that.truth)
          && Arrays.equals(predicted, that.predicted)
          && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(truth) + Arrays.hashCode(predicted);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d predicted numbers", truth.length);
    }
  }

  /**
   * Predicted classes.
   *
   * @param truth the true class of each row, none empty, at least one row
   * @param predicted the predicted classes of the same rows; a true class that is not among them
   *     counts as predicted with probability 0
   * @param weights how much each row counts, finite, at least 0, not all 0, shape [rows]; null if
   *     all rows count the same
   */
  record Classes(List<String> truth, Classified predicted, double[] weights) implements Outcome {
    /** Copies and checks. */
    public Classes {
      truth = List.copyOf(truth);
      Check.sameLength("truth", truth.size(), "predicted", predicted.rowCount());
      Check.that(!truth.isEmpty(), "truth has no rows");
      int unknown = truth.indexOf("");
      Check.that(unknown < 0, "truth has no class at row %d: drop such rows first", unknown);
      weights = counting(weights, truth.size());
    }

    /** All rows count the same. */
    public Classes(List<String> truth, Classified predicted) {
      this(truth, predicted, null);
    }

    @Override
    public double[] weights() {
      return weights == null ? null : weights.clone();
    }

    @Override
    public int rowCount() {
      return truth.size();
    }

    @Override
    public Classes rows(int[] rows) {
      return new Classes(
          Arrays.stream(rows).mapToObj(truth::get).toList(),
          predicted.rows(rows),
          pick(weights, rows));
    }

    /**
     * The numbers of the rows that are predicted wrong, the most confident first: falling by the
     * score of the predicted class, equal ones in their order.
     */
    public int[] errors() {
      return confidentFirst(i -> !predicted.label(i).equals(truth.get(i)));
    }

    /**
     * The numbers of the rows of a class that are predicted as another, or as itself, the most
     * confident first; see {@link ConfusionMatrix#confused}.
     */
    public int[] rowsOf(String truth, String predicted) {
      return confidentFirst(
          i -> truth().get(i).equals(truth) && predicted().label(i).equals(predicted));
    }

    private int[] confidentFirst(IntPredicate chosen) {
      double[][] scores = predicted.scores();
      int[] codes = predicted.codes();
      return IntStream.range(0, codes.length)
          .filter(chosen)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -scores[i][codes[i]]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    /** Equal classes, probabilities and weights. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Classes that
          && truth.equals(that.truth)
          && predicted.equals(that.predicted)
          && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
      return 31 * truth.hashCode() + predicted.hashCode();
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d predicted classes", truth.size());
    }
  }

  /**
   * Clusters next to known classes.
   *
   * @param truth the true class of each row, empty text where unknown, at least one row
   * @param labels the cluster of each row, −1 for noise, shape [rows]
   */
  record Clusters(List<String> truth, int[] labels) implements Outcome {
    /** Copies and checks. */
    public Clusters {
      truth = List.copyOf(truth);
      labels = labels.clone();
      Check.sameLength("truth", truth.size(), "labels", labels.length);
      Check.that(!truth.isEmpty(), "truth has no rows");
    }

    @Override
    public int[] labels() {
      return labels.clone();
    }

    @Override
    public int rowCount() {
      return labels.length;
    }

    @Override
    public Clusters rows(int[] rows) {
      return new Clusters(
          Arrays.stream(rows).mapToObj(truth::get).toList(),
          Arrays.stream(rows).map(i -> labels[i]).toArray());
    }

    /** Equal classes and clusters. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Clusters that
          && truth.equals(that.truth)
          && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
      return 31 * truth.hashCode() + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "clusters of %d rows", labels.length);
    }
  }

  private static double[] finite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      Check.that(
          Double.isFinite(values[i]),
          "%s has %s at row %d: drop such rows first",
          name,
          values[i],
          i);
    }
    return values.clone();
  }

  private static double[] pick(double[] values, int[] rows) {
    return values == null ? null : Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] counting(double[] weights, int rows) {
    if (weights == null) {
      return null;
    }
    Check.sameLength("weights", weights.length, "truth", rows);
    Check.weights("weights", weights);
    return weights.clone();
  }
}
