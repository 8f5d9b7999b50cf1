package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Moments;
import fieldnotes.math.Points;
import fieldnotes.math.SymmetricEigen;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;

/** Knownness by the Mahalanobis distance to the nearest mean of a class. */
record ByClassDistance() implements Knownness {
  /** Eigenvalues up to this, times columns and the largest one, count as 0, as in NumPy's rank. */
  private static final double EPS = Math.ulp(1.0);

  /**
   * Means of classes in coordinates in which the covariance within classes is the unit matrix.
   *
   * @param centre the mean of all rows, shape [columns]
   * @param directions of the coordinates, as many as columns vary independently within classes,
   *     shape [directions][columns]
   * @param means of each class in these coordinates, from the centre, shape [classes][directions]
   */
  record Fitted(double[] centre, double[][] directions, double[][] means)
      implements Knownness.Fitted {
    Fitted {
      centre = centre.clone();
      directions = Copy.finite("directions", directions);
      means = Copy.finite("means", means);
      Check.sameLength("a direction", directions[0].length, "columns", centre.length);
      Check.sameLength("a mean", means[0].length, "directions", directions.length);
      Check.matrix("centre", new double[][] {centre});
    }

    @Override
    public double[] centre() {
      return centre.clone();
    }

    @Override
    public double[][] directions() {
      return Copy.of(directions);
    }

    @Override
    public double[][] means() {
      return Copy.of(means);
    }

    @Override
    public int columns() {
      return centre.length;
    }

    @Override
    public double[] of(Matrix x, Classified predicted, String unknown) {
      double[][] turned = Moments.project(x.values(), centre, directions);
      double[] known = new double[turned.length];
      for (int row = 0; row < known.length; row++) {
        double nearest = Double.MAX_VALUE;
        for (double[] mean : means) {
          nearest = Math.min(nearest, Points.between(mean, turned[row]));
        }
        known[row] = -nearest;
      }
      return known;
    }

    /** Equal means in equal coordinates. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Fitted that
          && Arrays.equals(centre, that.centre)
          && Arrays.deepEquals(directions, that.directions)
          && Arrays.deepEquals(means, that.means);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(centre) + Arrays.deepHashCode(means);
    }

    @Override
    public String toString() {
      return "Mahalanobis distance to the nearest of " + means.length + " means";
    }
  }

  @Override
  public Knownness.Fitted fit(Samples known) {
    Matrix x = Made.learnFrom(known);
    List<String> classes = known.classNames();
    int[] codes = known.classes().stream().mapToInt(classes::indexOf).toArray();
    double[] weights = known.weights().orElse(null);
    int columns = x.columnCount();
    double[] centre = new double[columns];
    double[][] means = means(x.values(), codes, weights, classes.size(), centre);
    int rows = x.rowCount();
    double[][] within = new double[rows][columns];
    double all = 0;
    for (int i = 0; i < rows; i++) {
      double weight = weights == null ? 1 : weights[i];
      all += weight;
      for (int j = 0; j < columns; j++) {
        within[i][j] =
            weight == 0 ? 0 : Math.sqrt(weight) * (x.values()[i][j] - means[codes[i]][j]);
      }
    }
    double[][] directions = directions(within, all);
    double[][] counted =
        Arrays.stream(means).filter(mean -> Double.isFinite(mean[0])).toArray(double[][]::new);
    return new Fitted(centre, directions, Moments.project(counted, centre, directions));
  }

  /** The weighted mean of each class, NaN for one without weight, and of all rows. */
  private static double[][] means(
      double[][] x, int[] codes, double[] weights, int classes, double[] centre) {
    double[][] means = new double[classes][centre.length];
    double[] sums = new double[classes];
    double all = 0;
    for (int i = 0; i < x.length; i++) {
      double weight = weights == null ? 1 : weights[i];
      sums[codes[i]] += weight;
      all += weight;
      for (int j = 0; j < centre.length; j++) {
        means[codes[i]][j] += weight * x[i][j];
        centre[j] += weight * x[i][j];
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < centre.length; j++) {
        means[c][j] /= sums[c];
      }
    }
    for (int j = 0; j < centre.length; j++) {
      centre[j] /= all;
    }
    return means;
  }

  /** Eigenvectors of the covariance of differences, each divided by its standard deviation. */
  private static double[][] directions(double[][] within, double all) {
    int columns = within[0].length;
    double[] scale = new double[columns];
    for (double[] row : within) {
      for (int j = 0; j < columns; j++) {
        scale[j] += row[j] * row[j] / all;
      }
    }
    for (int j = 0; j < columns; j++) {
      scale[j] = scale[j] > 0 ? Math.sqrt(scale[j]) : 1;
    }
    double[][] correlation = new double[columns][columns];
    for (double[] row : within) {
      for (int a = 0; a < columns; a++) {
        double value = row[a] / scale[a] / all;
        for (int b = 0; b <= a; b++) {
          correlation[a][b] += value * row[b] / scale[b];
        }
      }
    }
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b < a; b++) {
        correlation[b][a] = correlation[a][b];
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(correlation);
    double least = eigen.values[0] * columns * EPS;
    int rank = (int) Arrays.stream(eigen.values).filter(v -> v > least).count();
    Check.that(
        rank > 0,
        "the rows of each class are all equal, so there is no Mahalanobis distance from its mean:"
            + " choose another knownness");
    double[][] directions = Arrays.copyOf(eigen.vectors, rank);
    for (int c = 0; c < rank; c++) {
      double root = Math.sqrt(eigen.values[c]);
      for (int j = 0; j < columns; j++) {
        directions[c][j] /= root * scale[j];
      }
    }
    return directions;
  }

  @Override
  public String toString() {
    return "Mahalanobis distance";
  }
}
