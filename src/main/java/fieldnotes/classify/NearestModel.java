package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;

/**
 * The rows that were learnt from, whose nearest vote. Of equally near rows the first count;
 * scikit-learn leaves the choice open.
 *
 * @param made how it came about
 * @param options what it was fitted with
 * @param x the rows, shape [rows][columns]
 * @param codes the class of each row by its place among the classes, shape [rows]
 */
public record NearestModel(Made made, NearestNeighbours options, double[][] x, int[] codes)
    implements ClassModel {
  private static final int QUERIES = 32;

  /** Copies and checks. */
  public NearestModel {
    x = Copy.finite("x", x);
    Check.sameLength("x's columns", x[0].length, "columns", made.inputs().size());
    Check.sameLength("x", x.length, "rows", made.rows());
    Check.sameLength("codes", codes.length, "x", x.length);
    Check.that(
        options.k() <= x.length,
        "k=%d: there are %d rows only; choose a smaller k",
        options.k(),
        x.length);
    Check.that(
        made.learner().equals(options.toString()),
        "the options are '%s', but it was made by '%s'",
        options,
        made.learner());
    int classes = made.classes().size();
    for (int code : codes) {
      if (code < 0 || code >= classes) { // no Check here: it would box numbers for every row
        throw new IllegalArgumentException("code %d: must be 0 to %d".formatted(code, classes - 1));
      }
    }
    codes = codes.clone();
  }

  @Override
  public double[][] x() {
    return Copy.of(x);
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }

  @Override
  public Classified predict(Matrix rows) {
    double[][] queries = made.matrix(rows).values();
    double[][] probabilities = new double[queries.length][];
    int k = options.k();
    RowDistances distances = RowDistances.of(options, x);
    Parallel.forEach(
        (queries.length + QUERIES - 1) / QUERIES,
        block -> {
          int from = block * QUERIES;
          int to = Math.min(from + QUERIES, queries.length);
          int[][] index = new int[to][];
          double[][] distance = new double[to][];
          for (int i = from; i < to; i++) {
            index[i] = new int[k];
            distance[i] = new double[k];
          }
          distances.nearest(queries, from, to, index, distance);
          for (int i = from; i < to; i++) {
            probabilities[i] = shares(i, index[i], distance[i]);
          }
        });
    return new Classified(made.classes(), probabilities);
  }

  /** The share of the votes that each class has. */
  private double[] shares(int row, int[] index, double[] distance) {
    int k = options.k();
    Check.that(
        index[k - 1] >= 0, "the distances are Infinity at row %d: scale the columns first", row);
    boolean equal = 1 / distance[0] == Double.POSITIVE_INFINITY;
    double[] votes = new double[made.classes().size()];
    double sum = 0;
    for (int j = 0; j < k; j++) {
      double vote = options.byDistance() ? vote(distance[j], equal) : 1;
      votes[codes[index[j]]] += vote;
      sum += vote;
    }
    for (int c = 0; c < votes.length; c++) {
      votes[c] /= sum;
    }
    return votes;
  }

  private static double vote(double distance, boolean equal) {
    double vote = 1 / distance;
    if (equal) {
      return vote == Double.POSITIVE_INFINITY ? 1 : 0;
    }
    return vote;
  }

  /** Equal rows with equal classes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NearestModel that
        && made.equals(that.made)
        && options.equals(that.options)
        && Arrays.deepEquals(x, that.x)
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * made.hashCode() + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return "%s of %s rows, %s columns".formatted(options, x.length, x[0].length);
  }
}
