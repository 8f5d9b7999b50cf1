package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Points;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that labels have passed between. A new row takes the mean of the rows it reaches.
 *
 * @param made how it came about; its rows are all rows, with and without a class
 * @param affinity how near rows are to each other
 * @param x the rows, shape [rows][columns]
 * @param shares how much of each class each row has got, 0 to 1; a row sums to 1, or to 0 if no
 *     label reached it; shape [rows][classes]
 * @param rounds how often labels were passed on
 * @param still whether they stood still then; if not, allow more rounds
 */
public record Propagated(
    Made made, Affinity affinity, double[][] x, double[][] shares, int rounds, boolean still)
    implements ClassModel {
  private static final double TOLERANCE = 1e-6;

  /** Copies the arrays and checks their shapes. */
  public Propagated {
    x = Copy.finite("x", x);
    shares = Copy.finite("shares", shares);
    Matrix.of(made.columns(), x).requireSquares("x");
    Check.sameLength("rows of x", x.length, "the model's rows", made.rows());
    Check.sameLength("shares", shares.length, "x", x.length);
    Check.sameLength("columns of shares", shares[0].length, "classes", made.classes().size());
    for (double[] row : shares) {
      double sum = 0;
      for (double share : row) {
        Check.within("share", share, 0, 1);
        sum += share;
      }
      Check.that(
          sum == 0 || Math.abs(sum - 1) < TOLERANCE, "shares sum to %s: must be 1 or 0", sum);
    }
    Check.that(
        !(affinity instanceof Affinity.Nearest(int neighbours)) || neighbours <= x.length,
        "%s: there are %d rows",
        affinity,
        x.length);
  }

  @Override
  public double[][] x() {
    return Copy.of(x);
  }

  @Override
  public double[][] shares() {
    return Copy.of(shares);
  }

  /** The class of each row it learnt from, given or passed on; empty if no label reached it. */
  public List<String> labels() {
    return Arrays.stream(shares)
        .map(
            row -> {
              int best = 0;
              for (int c = 1; c < row.length; c++) {
                best = row[c] > row[best] ? c : best;
              }
              return row[best] > 0 ? made.classes().get(best) : "";
            })
        .toList();
  }

  /**
   * The classes of rows; all equally likely where no row is reached that a label has reached. With
   * an RBF, rows that are too far from all for their affinity to be told from 0, for which
   * scikit-learn gives NaN, take the nearest.
   */
  @Override
  public Classified predict(Matrix matrix) {
    double[][] queries = made.matrix(matrix).requireSquares("x").values();
    Points points = Points.ofChecked(x);
    double[][] p = new double[queries.length][made.classes().size()];
    switch (affinity) {
      case Affinity.Nearest(int neighbours) -> {
        int[][] nearest = LabelGraph.nearest(points, queries, neighbours);
        for (int i = 0; i < p.length; i++) {
          for (int j : nearest[i]) {
            add(p[i], 1, shares[j]);
          }
        }
      }
      case Affinity.Rbf(double gamma) ->
          points.<Void>forEachRow(
              "label propagation",
              queries,
              () -> null,
              (i, squared, none) -> {
                double least = Arrays.stream(squared, 0, x.length).min().orElse(0);
                for (int j = 0; j < x.length; j++) {
                  add(p[i], Math.exp(-gamma * (squared[j] - least)), shares[j]);
                }
              });
    }
    for (double[] row : p) {
      LabelGraph.divideBySum(row);
      if (Arrays.stream(row).sum() == 0) {
        Arrays.fill(row, 1.0 / row.length);
      }
    }
    return new Classified(made.classes(), p);
  }

  private static void add(double[] sum, double weight, double[] row) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += weight * row[c];
    }
  }

  /** Equal rows, shares and how they came about. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Propagated that
        && made.equals(that.made)
        && affinity.equals(that.affinity)
        && Arrays.deepEquals(x, that.x)
        && Arrays.deepEquals(shares, that.shares)
        && rounds == that.rounds
        && still == that.still;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(x) + Arrays.deepHashCode(shares);
  }

  @Override
  public String toString() {
    long without = labels().stream().filter(String::isEmpty).count();
    return "labels passed between "
        + x.length
        + " rows in "
        + rounds
        + (still ? " rounds" : " rounds, not standing still yet")
        + (without == 0 ? "" : "; none reached " + without + " rows");
  }
}
