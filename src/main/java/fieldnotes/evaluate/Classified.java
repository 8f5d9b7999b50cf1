package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Predicted classes: for each row the class, and a score for every class. The scores are
 * probabilities, or, of a model without probabilities, its decision values or shares of votes.
 *
 * @param classes the classes in the order of the columns of {@code scores}, each once
 * @param codes the predicted class of each row by its place in {@code classes}, shape [rows]
 * @param scores higher for likelier classes, finite, shape [rows][classes]; probabilities are 0 to
 *     1 and sum to 1 within 1e-6 in each row
 * @param hasProbabilities whether the scores are probabilities
 */
public record Classified(
    List<String> classes, int[] codes, double[][] scores, boolean hasProbabilities) {
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
    Check.sameLength("codes", codes.length, "scores", scores.length);
    codes = codes.clone();
    scores = Copy.of(scores);
    for (int row = 0; row < codes.length; row++) {
      if (hasProbabilities) {
        checkProbabilities(row, scores[row], classes);
      } else {
        checkScores(row, scores[row], classes);
      }
      if (codes[row] < 0 || codes[row] >= classes.size()) {
        throw new IllegalArgumentException(
            "codes has %d at row %d: must be 0 to %d"
                .formatted(codes[row], row, classes.size() - 1));
      }
    }
  }

  /**
   * The likeliest class of each row; of equally likely ones the first.
   *
   * @param probabilities 0 to 1, shape [rows][classes]; each row sums to 1 within 1e-6
   * @throws IllegalArgumentException naming the class or the row that is invalid
   */
  public Classified(List<String> classes, double[][] probabilities) {
    this(classes, largest(probabilities), probabilities, true);
  }

  private static int[] largest(double[][] scores) {
    int[] codes = new int[scores.length];
    for (int row = 0; row < codes.length; row++) {
      for (int c = 1; c < scores[row].length; c++) {
        if (scores[row][c] > scores[row][codes[row]]) {
          codes[row] = c;
        }
      }
    }
    return codes;
  }

  private static void checkWidth(String what, int row, double[] scores, List<String> classes) {
    if (scores.length != classes.size()) {
      throw new IllegalArgumentException(
          "%s has %d columns at row %d: must be one for each of the %d classes %s"
              .formatted(what, scores.length, row, classes.size(), classes));
    }
  }

  private static void checkScores(int row, double[] scores, List<String> classes) {
    checkWidth("scores", row, scores, classes);
    for (int c = 0; c < scores.length; c++) {
      if (!Double.isFinite(scores[c])) {
        throw new IllegalArgumentException(
            "scores has %s for class '%s' at row %d: must be finite"
                .formatted(scores[c], classes.get(c), row));
      }
    }
  }

  private static void checkProbabilities(int row, double[] probabilities, List<String> classes) {
    checkWidth("probabilities", row, probabilities, classes);
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      double p = probabilities[c];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "probabilities has %s for class '%s' at row %d: must lie within 0 and 1"
                .formatted(p, classes.get(c), row));
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "probabilities at row %d sum to %s: must sum to 1 within %s; divide each row by its sum"
              .formatted(row, sum, SUM_TOLERANCE));
    }
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }

  @Override
  public double[][] scores() {
    return Copy.of(scores);
  }

  /**
   * The probabilities, shape [rows][classes].
   *
   * @throws IllegalStateException if the model gives none
   */
  public double[][] probabilities() {
    if (!hasProbabilities) {
      throw new IllegalStateException(
          "these predictions have scores but no probabilities: use scores(), or calibrate the"
              + " learner first, with Classifiers.calibrated(…)");
    }
    return scores();
  }

  /**
   * The same without a class. Rows of which it was predicted get the likeliest of the others.
   * Probabilities are divided by their sum, other scores stay as they are.
   *
   * @param name a class; where there is none of this name, all stays as it is
   * @throws IllegalArgumentException if it is the only class
   */
  public Classified without(String name) {
    int left = classes.indexOf(name);
    if (left < 0) {
      return this;
    }
    Check.that(classes.size() > 1, "'%s' is the only class", name);
    double[][] others = new double[scores.length][classes.size() - 1];
    for (int row = 0; row < others.length; row++) {
      double[] one = others[row];
      System.arraycopy(scores[row], 0, one, 0, left);
      System.arraycopy(scores[row], left + 1, one, left, one.length - left);
      double sum = Arrays.stream(one).sum();
      for (int c = 0; hasProbabilities && c < one.length; c++) {
        one[c] = sum > 0 ? one[c] / sum : 1.0 / one.length;
      }
    }
    int[] chosen = largest(others);
    for (int row = 0; row < chosen.length; row++) {
      int code = codes[row];
      chosen[row] = code == left ? chosen[row] : code - (code > left ? 1 : 0);
    }
    return new Classified(
        classes.stream().filter(c -> !c.equals(name)).toList(), chosen, others, hasProbabilities);
  }

  /** The number of rows. */
  public int rowCount() {
    return codes.length;
  }

  /** These rows, in this order, from 0; repeats are allowed. */
  public Classified rows(int[] rows) {
    return new Classified(
        classes,
        Arrays.stream(rows).map(i -> codes[i]).toArray(),
        Arrays.stream(rows).mapToObj(i -> scores[i]).toArray(double[][]::new),
        hasProbabilities);
  }

  /** The predicted class of a row, counted from 0. */
  public String label(int row) {
    Check.that(row >= 0 && row < codes.length, "row=%d: there are %d rows", row, codes.length);
    return classes.get(codes[row]);
  }

  /** The predicted class of each row. */
  public List<String> labels() {
    return IntStream.range(0, rowCount()).mapToObj(this::label).toList();
  }

  /** The score of each row for a class, shape [rows]; all 0 for a class not among these. */
  public double[] of(String name) {
    int column = classes.indexOf(name);
    return Arrays.stream(scores).mapToDouble(p -> column < 0 ? 0 : p[column]).toArray();
  }

  /** Equal classes in equal order, equal predictions and equal scores. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Classified that
        && classes.equals(that.classes)
        && hasProbabilities == that.hasProbabilities
        && Arrays.equals(codes, that.codes)
        && Arrays.deepEquals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(scores);
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
