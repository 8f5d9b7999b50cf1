package fieldnotes.cluster;

import fieldnotes.common.Check;
import java.util.Arrays;

/** The densities of a Gaussian mixture. */
final class Gaussians {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final double[] weights;
  private final double[][] means;
  private final double[][][] covariances;
  private final boolean diagonal;

  /** Lower triangles L with L·Lᵀ = covariance; for diagonal covariances, their square roots. */
  private final double[][][] factors;

  private final double[] logDeterminants;

  /**
   * Decomposes the covariances.
   *
   * @param weights share of each Gaussian, shape [components]
   * @param means shape [components][columns]
   * @param covariances shape [components][columns][columns]
   * @param diagonal whether only the diagonals are used
   * @throws IllegalArgumentException if the shapes differ, or a covariance is not positive definite
   */
  Gaussians(double[] weights, double[][] means, double[][][] covariances, boolean diagonal) {
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    this.diagonal = diagonal;
    Check.sameLength("weights", weights.length, "means", means.length);
    Check.sameLength("covariances", covariances.length, "means", means.length);
    int k = weights.length;
    int d = means[0].length;
    for (double[][] covariance : covariances) {
      Check.sameLength("a covariance", covariance.length, "columns", d);
      Check.rectangular("a covariance", covariance);
      Check.sameLength("a row of it", covariance[0].length, "columns", d);
    }
    factors = new double[k][d][d];
    logDeterminants = new double[k];
    for (int c = 0; c < k; c++) {
      double[][] l = factors[c];
      for (int a = 0; a < d; a++) {
        for (int b = diagonal ? a : 0; b <= a; b++) {
          double sum = covariances[c][a][b];
          for (int j = 0; j < b && !diagonal; j++) {
            sum -= l[a][j] * l[b][j];
          }
          if (a == b) {
            Check.that(
                sum > 0,
                "component %d has collapsed in column %d: take fewer components, drop redundant"
                    + " columns, or raise the regularization",
                c,
                a);
            l[a][a] = Math.sqrt(sum);
            logDeterminants[c] += 2 * Math.log(l[a][a]);
          } else {
            l[a][b] = sum / l[b][b];
          }
        }
      }
    }
  }

  /** Validates what a saved file could contradict. */
  void requireSound() {
    double sum = 0;
    for (double weight : weights) {
      sum += Check.within("weight", weight, 0, 1);
    }
    Check.that(Math.abs(sum - 1) < 1e-6, "the weights sum to %s, not 1", sum);
    for (double[][] covariance : covariances) {
      Check.matrix("a covariance", covariance);
      for (int a = 0; a < covariance.length; a++) {
        for (int b = 0; b < a; b++) {
          Check.that(covariance[a][b] == covariance[b][a], "a covariance is not symmetric");
        }
      }
    }
  }

  double[] weights() {
    return weights;
  }

  double[][] means() {
    return means;
  }

  double[][][] covariances() {
    return covariances;
  }

  /**
   * Returns the log-likelihood of all rows, in nats; −∞ if a row is so far away that it has none.
   *
   * @param x shape [rows][columns]
   * @param share receives the probability of each Gaussian, shape [rows][components]
   */
  double expect(double[][] x, double[][] share) {
    int k = weights.length;
    int d = means[0].length;
    double total = 0;
    double[] z = new double[d];
    for (int i = 0; i < x.length; i++) {
      double[] s = share[i];
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < k; c++) {
        double square = 0;
        for (int a = 0; a < d; a++) {
          double v = x[i][a] - means[c][a];
          double[] row = factors[c][a];
          if (diagonal) {
            v /= row[a];
          } else {
            for (int b = 0; b < a; b++) {
              v -= row[b] * z[b];
            }
            v /= row[a];
            z[a] = v;
          }
          square += v * v;
        }
        s[c] = Math.log(weights[c]) - 0.5 * (d * LOG_TWO_PI + square) - logDeterminants[c] / 2;
        most = Math.max(most, s[c]);
      }
      if (!Double.isFinite(most)) {
        farAway(x[i], s);
        total = Double.NEGATIVE_INFINITY;
        continue;
      }
      double sum = 0;
      for (int c = 0; c < k; c++) {
        sum += Math.exp(s[c] - most);
      }
      double log = most + Math.log(sum);
      total += log;
      for (int c = 0; c < k; c++) {
        s[c] = Math.exp(s[c] - log);
      }
    }
    return total;
  }

  /**
   * The probabilities of a row so far away that its squared distances overflow: the Gaussian whose
   * distance, in its own deviations, is the smallest has it all.
   */
  private void farAway(double[] row, double[] share) {
    int d = row.length;
    double unit = 0;
    for (int a = 0; a < d; a++) {
      unit = Math.max(unit, Math.abs(row[a]));
      for (double[] mean : means) {
        unit = Math.max(unit, Math.abs(mean[a]));
      }
    }
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    double[] z = new double[d];
    for (int c = 0; c < share.length; c++) {
      double square = 0;
      for (int a = 0; a < d; a++) {
        double v = row[a] / unit - means[c][a] / unit;
        double[] factor = factors[c][a];
        for (int b = 0; b < a && !diagonal; b++) {
          v -= factor[b] * z[b];
        }
        z[a] = v / factor[a];
        square += z[a] * z[a];
      }
      if (weights[c] > 0 && (nearest < 0 || square < least)) {
        nearest = c;
        least = square;
      }
    }
    Arrays.fill(share, 0);
    share[nearest] = 1;
  }
}
