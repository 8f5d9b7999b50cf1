package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Progress;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * A Gaussian mixture: each row belongs to each Gaussian with a probability.
 *
 * @param weights share of each Gaussian, shape [components]
 * @param means shape [components][columns]
 * @param covariances shape [components][columns][columns]
 * @param labels the most likely Gaussian of each row, shape [rows]
 * @param probabilities probability of each Gaussian for each row, shape [rows][components]
 * @param logLikelihood log-likelihood of all rows, in nats
 * @param bic Bayesian information criterion, lower is better
 * @param aic Akaike information criterion, lower is better
 * @param rounds number of rounds of the best start
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 * @see "sklearn.mixture.GaussianMixture of scikit-learn 1.9"
 */
public record Mixture(
    double[] weights,
    double[][] means,
    double[][][] covariances,
    int[] labels,
    double[][] probabilities,
    double logLikelihood,
    double bic,
    double aic,
    int rounds,
    MixtureOptions options,
    List<String> warnings) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** Copies the list. */
  public Mixture {
    warnings = List.copyOf(warnings);
  }

  /** Fits a mixture to the numeric columns of a table. */
  public static Mixture fit(Table table, MixtureOptions options) {
    return fit(Matrix.ofNumeric(table).requireFinite(table.name()).values(), options);
  }

  /** Fits a mixture to rows, shape [rows][columns], starting from k-means. */
  public static Mixture fit(double[][] x, MixtureOptions options) {
    Check.matrix("x", x);
    int k = options.components();
    Check.that(k <= x.length, "components=%d: must be at most the number of rows, %d", k, x.length);
    Mixture best = null;
    for (int r = 0; r < options.restarts(); r++) {
      int[] labels =
          KMeans.fit(x, KMeansOptions.of(k, options.seed() + r).withRestarts(1)).labels();
      double[][] share = new double[x.length][k];
      for (int i = 0; i < x.length; i++) {
        share[i][labels[i]] = 1;
      }
      State state = new State(x, options);
      state.maximise(share);
      Mixture one = state.run();
      if (best == null || one.logLikelihood > best.logLikelihood) {
        best = one;
      }
    }
    return best;
  }

  /**
   * Fits a mixture from a given start.
   *
   * @param x shape [rows][columns]
   * @param weights shape [components], summing to 1
   * @param means shape [components][columns]
   * @param covariances shape [components][columns][columns]
   */
  public static Mixture fromStart(
      double[][] x,
      double[] weights,
      double[][] means,
      double[][][] covariances,
      MixtureOptions options) {
    Check.matrix("x", x);
    Check.matrix("means", means);
    Check.sameLength("means", means.length, "components of the options", options.components());
    Check.sameLength("weights", weights.length, "means", means.length);
    Check.sameLength("covariances", covariances.length, "means", means.length);
    State state = new State(x, options);
    state.weights = weights.clone();
    state.means = means.clone();
    state.covariances = covariances.clone();
    state.factor();
    return state.run();
  }

  /** The state of the expectation-maximization rounds. */
  private static final class State {
    final double[][] x;
    final int n;
    final int d;
    final int k;
    final MixtureOptions options;
    double[] weights;
    double[][] means;
    double[][][] covariances;
    double[][][] factors; // lower triangles L with L·Lᵀ = covariance
    double[] logDeterminants;

    State(double[][] x, MixtureOptions options) {
      this.x = x;
      this.n = x.length;
      this.d = x[0].length;
      this.k = options.components();
      this.options = options;
    }

    Mixture run() {
      double[][] share = new double[n][k];
      double before = Double.NEGATIVE_INFINITY;
      boolean settled = false;
      int round = 0;
      try (Progress progress = Progress.start("mixture", options.maxRounds())) {
        while (round < options.maxRounds() && !settled) {
          round++;
          double now = expect(share) / n;
          maximise(share);
          settled = Math.abs(now - before) < options.tolerance();
          before = now;
          progress.advance(1);
        }
      }
      double likelihood = expect(share);
      int[] labels = new int[n];
      for (int i = 0; i < n; i++) {
        for (int c = 1; c < k; c++) {
          if (share[i][c] > share[i][labels[i]]) {
            labels[i] = c;
          }
        }
      }
      double free = k * (options.diagonal() ? d : d * (d + 1) / 2.0) + (double) k * d + k - 1;
      List<String> warnings = new ArrayList<>();
      if (!settled) {
        warnings.add("not settled after %d rounds: allow more with withMaxRounds".formatted(round));
      }
      if (free > n) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "%.0f parameters for %d rows: take fewer components, or withDiagonal(true)",
                free,
                n));
      }
      return new Mixture(
          weights,
          means,
          covariances,
          labels,
          share,
          likelihood,
          -2 * likelihood + free * Math.log(n),
          -2 * likelihood + 2 * free,
          round,
          options,
          warnings);
    }

    /** Writes the probabilities of each row to share; returns the log-likelihood of all rows. */
    double expect(double[][] share) {
      double total = 0;
      double[] z = new double[d];
      for (int i = 0; i < n; i++) {
        double[] s = share[i];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < k; c++) {
          double square = 0;
          for (int a = 0; a < d; a++) {
            double v = x[i][a] - means[c][a];
            double[] row = factors[c][a];
            if (options.diagonal()) {
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

    void maximise(double[][] share) {
      weights = new double[k];
      means = new double[k][d];
      covariances = new double[k][d][d];
      Arrays.fill(weights, 10 * Math.ulp(1.0));
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < k; c++) {
          double s = share[i][c];
          weights[c] += s;
          for (int a = 0; a < d; a++) {
            means[c][a] += s * x[i][a];
          }
        }
      }
      double total = Arrays.stream(weights).sum();
      double[] v = new double[d];
      for (int c = 0; c < k; c++) {
        for (int a = 0; a < d; a++) {
          means[c][a] /= weights[c];
        }
        double[][] cov = covariances[c];
        for (int i = 0; i < n; i++) {
          double s = share[i][c];
          if (s == 0) {
            continue;
          }
          for (int a = 0; a < d; a++) {
            v[a] = x[i][a] - means[c][a];
            if (options.diagonal()) {
              cov[a][a] += s * v[a] * v[a];
            } else {
              double sv = s * v[a];
              for (int b = 0; b <= a; b++) {
                cov[a][b] += sv * v[b];
              }
            }
          }
        }
        for (int a = 0; a < d; a++) {
          for (int b = 0; b <= a; b++) {
            cov[a][b] /= weights[c];
            cov[b][a] = cov[a][b];
          }
          cov[a][a] += options.regularization();
        }
      }
      for (int c = 0; c < k; c++) {
        weights[c] /= total;
      }
      factor();
    }

    void factor() {
      factors = new double[k][d][d];
      logDeterminants = new double[k];
      for (int c = 0; c < k; c++) {
        double[][] l = factors[c];
        for (int a = 0; a < d; a++) {
          for (int b = options.diagonal() ? a : 0; b <= a; b++) {
            double sum = covariances[c][a][b];
            for (int j = 0; j < b && !options.diagonal(); j++) {
              sum -= l[a][j] * l[b][j];
            }
            if (a == b) {
              Check.that(
                  sum > 0,
                  "component %d has collapsed in column %d: use fewer components, drop redundant"
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
  }

  /** The number of Gaussians. */
  public int count() {
    return weights.length;
  }

  /** Compares by identity. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mixture of %d Gaussians (%s): log-likelihood %.5g, BIC %.5g, AIC %.5g after %d rounds%s",
        count(),
        options.diagonal() ? "diagonal" : "full",
        logLikelihood,
        bic,
        aic,
        rounds,
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
