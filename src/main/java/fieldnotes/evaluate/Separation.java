package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Neighbours;
import fieldnotes.math.Points;
import fieldnotes.math.Shift;
import fieldnotes.table.Rows;
import java.util.Arrays;

/**
 * Scores of cluster separation computed from the rows alone, and of the neighbours preserved by an
 * embedding. See also {@link Silhouette}.
 *
 * @see "sklearn.metrics and sklearn.manifold of scikit-learn 1.9"
 */
public final class Separation {
  private Separation() {}

  /**
   * Caliński–Harabasz index: variance between the clusters / variance within, each divided by its
   * degrees of freedom; higher is better. 1 if no cluster has any variance.
   *
   * @param labels shape [rows], of 2 to rows − 1 clusters
   * @see "T. Caliński and J. Harabasz, A dendrite method for cluster analysis, 1974"
   */
  public static double calinskiHarabasz(Rows x, int[] labels) {
    return calinskiHarabasz(x.matrix().requireSquares("x").values(), labels);
  }

  /** The same for rows of shape [rows][columns]. */
  public static double calinskiHarabasz(double[][] rows, int[] labels) {
    Agreement.Codes codes = codes(rows, labels);
    double[][] x = Shift.of(rows).x();
    double[][] centres = centres(x, codes);
    double[] mean = centres(x, Agreement.Codes.of(new int[x.length]))[0];
    double between = 0;
    double within = 0;
    for (int c = 0; c < centres.length; c++) {
      between += codes.sizes()[c] * Points.between(mean, centres[c]);
    }
    for (int i = 0; i < x.length; i++) {
      within += Points.between(centres[codes.codes()[i]], x[i]);
    }
    int k = centres.length;
    return within == 0 ? 1 : between * (x.length - k) / (within * (k - 1));
  }

  /**
   * Davies–Bouldin index: the mean over the clusters of the largest ratio (sum of the spreads of
   * two clusters) / (distance of their centres); lower is better, 0 is best.
   *
   * @param labels shape [rows], of 2 to rows − 1 clusters
   * @see "D. Davies and D. Bouldin, A cluster separation measure, 1979"
   */
  public static double daviesBouldin(Rows x, int[] labels) {
    return daviesBouldin(x.matrix().requireSquares("x").values(), labels);
  }

  /** The same for rows of shape [rows][columns]. */
  public static double daviesBouldin(double[][] rows, int[] labels) {
    Agreement.Codes codes = codes(rows, labels);
    double[][] x = Shift.of(rows).x();
    double[][] centres = centres(x, codes);
    int k = centres.length;
    double[] spread = new double[k];
    for (int i = 0; i < x.length; i++) {
      int c = codes.codes()[i];
      spread[c] += Math.sqrt(Points.between(centres[c], x[i])) / codes.sizes()[c];
    }
    double sum = 0;
    boolean anySpread = false;
    boolean anyDistance = false;
    for (int a = 0; a < k; a++) {
      double worst = 0;
      anySpread |= spread[a] > 1e-8;
      for (int b = 0; b < k; b++) {
        if (a != b) {
          double distance = Math.sqrt(Points.between(centres[a], centres[b]));
          anyDistance |= distance > 1e-8;
          worst = Math.max(worst, distance == 0 ? 0 : (spread[a] + spread[b]) / distance);
        }
      }
      sum += worst;
    }
    return anySpread && anyDistance ? sum / k : 0;
  }

  /**
   * Trustworthiness: whether neighbours in an embedding are neighbours in the data. 1 if all are;
   * others lower it by their rank of distance in the data.
   *
   * @param x the data
   * @param embedded the same rows in the embedding
   * @param k number of neighbours, from 1 to below rows / 2; usually 5
   * @see "J. Venna and S. Kaski, Neighborhood preservation in nonlinear projection methods, 2001"
   */
  public static double trustworthiness(Rows x, Rows embedded, int k) {
    return trustworthiness(
        x.matrix().requireSquares("x").values(),
        embedded.matrix().requireSquares("embedded").values(),
        k);
  }

  /** The same for rows of shape [rows][columns] and [rows][dimensions]. */
  public static double trustworthiness(double[][] x, double[][] embedded, int k) {
    Check.sameLength("x", x.length, "embedded", embedded.length);
    Magnitude.matrix("embedded", embedded);
    int n = x.length;
    Check.that(k >= 1 && 2 * k < n, "k=%d: must be at least 1 and below half of the %d rows", k, n);
    int[][] near = Neighbours.of(embedded, k).index();
    double[] penalty = new double[n];
    Points points = Points.of(x);
    points.forEachRow(
        "trustworthiness",
        x,
        () -> new int[n],
        (i, squared, found) -> {
          squared[i] = -1; // the row itself comes first
          for (int j : near[i]) {
            int count = points.within(squared, squared[j], 0, found);
            int rank = 0;
            for (int f = 0; f < count; f++) {
              rank += squared[found[f]] < squared[j] || found[f] < j ? 1 : 0;
            }
            penalty[i] += Math.max(0, rank - k);
          }
        });
    double sum = 0;
    for (double p : penalty) {
      sum += p;
    }
    return 1 - sum * 2 / ((double) n * k * (2.0 * n - 3.0 * k - 1));
  }

  private static Agreement.Codes codes(double[][] x, int[] labels) {
    Magnitude.matrix("x", x);
    Check.sameLength("x", x.length, "labels", labels.length);
    Agreement.Codes codes = Agreement.Codes.of(labels);
    Check.that(
        codes.sizes().length >= 2 && codes.sizes().length < x.length,
        "labels name %d clusters of %d rows: the score needs 2 to rows − 1",
        codes.sizes().length,
        x.length);
    return codes;
  }

  private static double[][] centres(double[][] x, Agreement.Codes codes) {
    double[][] centres = new double[codes.sizes().length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      double[] centre = centres[codes.codes()[i]];
      for (int j = 0; j < centre.length; j++) {
        centre[j] += x[i][j];
      }
    }
    for (int c = 0; c < centres.length; c++) {
      for (int j = 0; j < centres[c].length; j++) {
        centres[c][j] /= codes.sizes()[c];
      }
    }
    return centres;
  }

  /**
   * How well a number separates two groups: the probability that a value of the first is larger
   * than one of the second, ties counting half. This is the area under the ROC curve and U/(n·m) of
   * Mann and Whitney: 0.5 is no separation, 0 and 1 are complete separation.
   *
   * @param first values of the first group; NaN are ignored
   * @param second values of the second group; NaN are ignored
   * @return 0…1; NaN where a group has no value
   */
  public static double probabilityLarger(double[] first, double[] second) {
    double[] a = Arrays.stream(first).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double[] b = Arrays.stream(second).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double sum = 0;
    int below = 0;
    int upTo = 0;
    for (double value : a) {
      while (below < b.length && b[below] < value) {
        below++;
      }
      while (upTo < b.length && b[upTo] <= value) {
        upTo++;
      }
      sum += 0.5 * ((double) below + upTo);
    }
    return sum / ((double) a.length * b.length);
  }
}
