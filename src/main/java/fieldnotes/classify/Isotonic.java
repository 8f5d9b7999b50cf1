package fieldnotes.classify;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Isotonic calibration: probabilities that rise with the score, straight between the corners, level
 * outside.
 *
 * @param scores where the corners are, ascending, finite, shape [corners]
 * @param probabilities 0 to 1, not falling, shape [corners]
 * @see "B. Zadrozny and C. Elkan, Transforming classifier scores into accurate multiclass
 *     probability estimates, KDD 2002"
 */
public record Isotonic(double[] scores, double[] probabilities) implements Calibrator {
  /** Scores that are nearer to each other count as one, as in scikit-learn. */
  private static final double SAME = 1e-15;

  /** Copies and checks the corners. */
  public Isotonic {
    scores = scores.clone();
    probabilities = probabilities.clone();
    Check.sameLength("scores", scores.length, "probabilities", probabilities.length);
    Check.atLeast("corners", scores.length, 1);
    for (int i = 0; i < scores.length; i++) {
      Check.that(Double.isFinite(scores[i]), "score %s: must be finite", scores[i]);
      Check.within("probability", probabilities[i], 0, 1);
      Check.that(
          i == 0 || (scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1]),
          "corner %d lies before or below the one before it",
          i);
    }
  }

  @Override
  public double[] scores() {
    return scores.clone();
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  @Override
  public double of(double score) {
    int last = scores.length - 1;
    if (!(score > scores[0])) {
      return probabilities[0];
    }
    if (score >= scores[last]) {
      return probabilities[last];
    }
    int at = Arrays.binarySearch(scores, score);
    int low = at >= 0 ? at : -at - 2;
    double slope = (probabilities[low + 1] - probabilities[low]) / (scores[low + 1] - scores[low]);
    double p = slope * (score - scores[low]) + probabilities[low];
    return Double.isNaN(p) ? probabilities[low] : Math.clamp(p, 0, 1);
  }

  /**
   * Fits by least squares, pooling adjacent violators, as scikit-learn's {@code
   * IsotonicRegression(out_of_bounds="clip")} does.
   *
   * @param scores finite, shape [rows]
   * @param inClass whether each row is of the class
   * @param weights how much each counts, at least 0, not all 0
   */
  static Isotonic fit(double[] scores, boolean[] inClass, double[] weights) {
    int[] order =
        IntStream.range(0, scores.length)
            .filter(i -> weights[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] x = new double[order.length];
    double[] sum = new double[order.length];
    double[] weight = new double[order.length];
    int points = 0;
    for (int i : order) {
      if (points == 0 || scores[i] - x[points - 1] >= SAME) {
        x[points++] = scores[i];
      }
      weight[points - 1] += weights[i];
      sum[points - 1] += inClass[i] ? weights[i] : 0;
    }
    double[] y = pooled(sum, weight, points);
    int kept = 0;
    double[] cornerX = new double[points];
    double[] cornerY = new double[points];
    for (int i = 0; i < points; i++) {
      boolean level = i > 0 && i < points - 1 && y[i] == y[i - 1] && y[i] == y[i + 1];
      if (!level) {
        cornerX[kept] = x[i];
        cornerY[kept++] = y[i];
      }
    }
    return new Isotonic(Arrays.copyOf(cornerX, kept), Arrays.copyOf(cornerY, kept));
  }

  /** The nearest means that do not fall. */
  private static double[] pooled(double[] sum, double[] weight, int points) {
    double[] mean = new double[points];
    double[] heavy = new double[points];
    int[] end = new int[points];
    int blocks = 0;
    for (int i = 0; i < points; i++) {
      double m = sum[i] / weight[i];
      double w = weight[i];
      while (blocks > 0 && mean[blocks - 1] >= m) {
        blocks--;
        double both = heavy[blocks] + w;
        m = (mean[blocks] * heavy[blocks] + m * w) / both;
        w = both;
      }
      mean[blocks] = m;
      heavy[blocks] = w;
      end[blocks++] = i + 1;
    }
    double[] y = new double[points];
    int from = 0;
    for (int b = 0; b < blocks; b++) {
      Arrays.fill(y, from, end[b], Math.min(1, mean[b]));
      from = end[b];
    }
    return y;
  }

  /** Equal corners. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Isotonic that
        && Arrays.equals(scores, that.scores)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scores) + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "isotonic with " + scores.length + " corners";
  }
}
