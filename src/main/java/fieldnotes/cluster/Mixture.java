package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Progress;
import fieldnotes.math.Shift;
import fieldnotes.model.ClusterModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * A Gaussian mixture: each row belongs to each Gaussian with a probability.
 *
 * @param made how it came about
 * @param weights share of each Gaussian, shape [components]
 * @param means shape [components][columns]
 * @param covariances of each Gaussian, shape [columns][columns]
 * @param labels the likeliest Gaussian of each row it was fitted to, shape [rows]
 * @param logLikelihood of all rows, in nats
 * @param bic Bayesian information criterion, the lower the better
 * @param aic Akaike's information criterion, the lower the better
 * @param rounds rounds of the best start
 * @param options what it ran with
 * @param warnings what is legal but senseless
 * @see "sklearn.mixture.GaussianMixture of scikit-learn 1.9"
 */
public record Mixture(
    Made made,
    double[] weights,
    double[][] means,
    List<double[][]> covariances,
    int[] labels,
    double logLikelihood,
    double bic,
    double aic,
    int rounds,
    MixtureOptions options,
    List<String> warnings)
    implements ClusterModel {
  /** Validates the values. */
  public Mixture {
    warnings = List.copyOf(warnings);
    covariances = covariances.stream().map(Copy::of).toList();
    weights = weights.clone();
    labels = labels.clone();
    means = Copy.finite("means", means);
    Check.sameLength("means", means.length, "components of the options", options.components());
    Check.sameLength("a mean", means[0].length, "columns", made.inputs().size());
    Check.sameLength("labels", labels.length, "rows", made.rows());
    for (int label : labels) {
      Check.that(
          label >= 0 && label < means.length, "label=%d: must be 0 to %d", label, means.length - 1);
    }
    Check.that(
        Double.isFinite(logLikelihood) && Double.isFinite(bic) && Double.isFinite(aic),
        "log-likelihood %s, BIC %s and AIC %s must be finite",
        logLikelihood,
        bic,
        aic);
    Check.atLeast("rounds", rounds, 1);
    gaussians(weights, means, covariances, options).requireSound();
  }

  @Override
  public double[] weights() {
    return weights.clone();
  }

  @Override
  public double[][] means() {
    return Copy.of(means);
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public List<double[][]> covariances() {
    return covariances.stream().map(Copy::of).toList();
  }

  private static Gaussians gaussians(
      double[] weights, double[][] means, List<double[][]> covariances, MixtureOptions options) {
    return new Gaussians(
        weights, means, covariances.toArray(double[][][]::new), options.diagonal());
  }

  /** Fits a mixture to the numeric columns of a table. */
  public static Mixture fit(Table table, MixtureOptions options) {
    return fit(KMeans.samples(table), options);
  }

  /** Fits a mixture to rows, shape [rows][columns]. */
  public static Mixture fit(double[][] x, MixtureOptions options) {
    return fit(Matrix.of(Check.rectangular("x", x)), options);
  }

  /**
   * Fits a mixture to rows, starting from k-means.
   *
   * @throws IllegalArgumentException if a number is not finite (naming row and column), if there
   *     are more Gaussians than rows, or if the rows have weights
   */
  public static Mixture fit(Rows rows, MixtureOptions options) {
    Samples samples = KMeans.samples(rows);
    Made.refuseWeights(samples, options);
    Matrix x = Made.learnFrom(samples);
    int k = options.components();
    Check.that(
        k <= x.rowCount(),
        "components=%d: must be at most the number of rows, %d",
        k,
        x.rowCount());
    Made made = Made.of(options, samples);
    Mixture best = null;
    for (int r = 0; r < options.restarts(); r++) {
      int[] labels =
          KMeans.fit(x, KMeansOptions.of(k, (options.seed() + r) & 0xffffffffL).withRestarts(1))
              .labels();
      double[][] share = new double[x.rowCount()][k];
      for (int i = 0; i < share.length; i++) {
        share[i][labels[i]] = 1;
      }
      State state = new State(x.values(), made, options);
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
  static Mixture fromStart(
      double[][] x,
      double[] weights,
      double[][] means,
      double[][][] covariances,
      MixtureOptions options) {
    State state = new State(x, Made.of(options, Samples.of(Matrix.of(x))), options);
    double[][] moved = Copy.of(means);
    for (double[] mean : moved) {
      Arrays.setAll(mean, j -> mean[j] - state.shift.by()[j]);
    }
    state.gaussians = new Gaussians(weights, moved, covariances, options.diagonal());
    return state.run();
  }

  /** The state of the expectation-maximization rounds. */
  private static final class State {
    final Shift shift;
    final double[][] x;
    final int n;
    final int d;
    final int k;
    final Made made;
    final MixtureOptions options;
    Gaussians gaussians;

    State(double[][] x, Made made, MixtureOptions options) {
      this.shift = Shift.of(x);
      this.x = shift.x();
      this.made = made;
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
          double now = gaussians.expect(x, share) / n;
          maximise(share);
          settled = Math.abs(now - before) < options.tolerance();
          before = now;
          progress.advance(1);
        }
      }
      double likelihood = gaussians.expect(x, share);
      double free = k * (options.diagonal() ? d : d * (d + 1) / 2.0) + (double) k * d + k - 1;
      List<String> warnings = new ArrayList<>();
      if (!settled) {
        warnings.add(
            String.format(
                Locale.ROOT, "not settled after %d rounds: allow more with withMaxRounds", round));
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
          made,
          gaussians.weights(),
          shift.back(gaussians.means()),
          List.of(gaussians.covariances()),
          likeliest(share),
          likelihood,
          -2 * likelihood + free * Math.log(n),
          -2 * likelihood + 2 * free,
          round,
          options,
          warnings);
    }

    void maximise(double[][] share) {
      double[] weights = new double[k];
      double[][] means = new double[k][d];
      double[][][] covariances = new double[k][d][d];
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
      gaussians = new Gaussians(weights, means, covariances, options.diagonal());
    }
  }

  /** The number of Gaussians. */
  public int count() {
    return weights.length;
  }

  /** Returns the most likely Gaussian of each row, the first in case of ties, shape [rows]. */
  @Override
  public int[] predict(Matrix x) {
    return likeliest(probabilities(x));
  }

  /**
   * Returns the probability of each Gaussian for each row, shape [rows][components].
   *
   * @throws IllegalArgumentException naming the column that is missing, or row and column of a cell
   *     that is not finite
   */
  public double[][] probabilities(Rows rows) {
    double[][] x = made.matrix(rows.matrix()).values();
    double[][] share = new double[x.length][count()];
    gaussians(weights, means, covariances, options).expect(x, share);
    return share;
  }

  private static int[] likeliest(double[][] share) {
    int[] labels = new int[share.length];
    for (int i = 0; i < labels.length; i++) {
      for (int c = 1; c < share[i].length; c++) {
        if (share[i][c] > share[i][labels[i]]) {
          labels[i] = c;
        }
      }
    }
    return labels;
  }

  /** Compares Gaussians, labels, options and the description of the fit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Mixture m
        && made.equals(m.made)
        && options.equals(m.options)
        && Arrays.equals(weights, m.weights)
        && Arrays.deepEquals(means, m.means)
        && Arrays.deepEquals(covariances.toArray(), m.covariances.toArray())
        && Arrays.equals(labels, m.labels);
  }

  @Override
  public int hashCode() {
    return 31 * made.hashCode() + Arrays.deepHashCode(means);
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
