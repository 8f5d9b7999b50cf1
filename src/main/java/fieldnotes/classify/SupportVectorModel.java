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
 * Support vectors of classes, for each pair of classes a decision. The predicted class is the one
 * most pairs vote for, of equal ones the first. The scores of a class are its votes plus a number
 * between −1/3 and 1/3 for how clear they were, as scikit-learn's {@code decision_function}; of two
 * classes they are the negative decision and the decision.
 *
 * @param made how it came about
 * @param kernel with gamma as a number
 * @param rows the support vectors' rows among those learnt from, class by class, shape [vectors];
 *     scikit-learn leaves out rows of weight 0 when it counts
 * @param counts support vectors of each class, shape [classes]
 * @param vectors the support vectors, shape [vectors][columns]
 * @param coefficients y·α of the pair of classes i and j, i before j: for the vectors of class i in
 *     row j − 1, for those of class j in row i, shape [classes − 1][vectors]
 * @param rhos what the decision of each pair is diminished by: classes 0 and 1, 0 and 2 … 1 and 2 …
 */
public record SupportVectorModel(
    Made made,
    Kernel kernel,
    int[] rows,
    int[] counts,
    double[][] vectors,
    double[][] coefficients,
    double[] rhos)
    implements ClassModel {
  private static final int QUERIES = 32;
  private static final int TILE = 256;

  /** Copies and checks. */
  public SupportVectorModel {
    int classes = made.classes().size();
    Check.atLeast("classes", classes, 2);
    Kernel.requireLearnt(kernel);
    vectors = Copy.finite("vectors", vectors);
    Check.sameLength("vectors' columns", vectors[0].length, "columns", made.inputs().size());
    Check.sameLength("rows", rows.length, "vectors", vectors.length);
    Check.sameLength("counts", counts.length, "classes", classes);
    long sum = 0;
    for (int count : counts) {
      Check.atLeast("a count", count, 0);
      sum += count;
    }
    Check.that(sum == vectors.length, "counts sum to %d: must be %d", sum, vectors.length);
    for (int row : rows) {
      Check.that(row >= 0 && row < made.rows(), "row %d: must be 0 to %d", row, made.rows() - 1);
    }
    Check.sameLength("coefficients", coefficients.length, "classes after the first", classes - 1);
    coefficients = Copy.finite("coefficients", coefficients);
    Check.sameLength("coefficients[0]", coefficients[0].length, "vectors", vectors.length);
    Check.sameLength("rhos", rhos.length, "pairs", classes * (classes - 1) / 2);
    for (double rho : rhos) {
      Check.that(Double.isFinite(rho), "rho=%s: must be finite; scale the columns first", rho);
    }
    rows = rows.clone();
    counts = counts.clone();
    rhos = rhos.clone();
  }

  @Override
  public int[] rows() {
    return rows.clone();
  }

  @Override
  public int[] counts() {
    return counts.clone();
  }

  @Override
  public double[][] vectors() {
    return Copy.of(vectors);
  }

  @Override
  public double[][] coefficients() {
    return Copy.of(coefficients);
  }

  @Override
  public double[] rhos() {
    return rhos.clone();
  }

  /**
   * The decision of each pair of classes, above 0 for the first: scikit-learn's {@code
   * decision_function} of {@code decision_function_shape="ovo"}.
   *
   * @return shape [rows][pairs]: classes 0 and 1, 0 and 2 … 1 and 2 …
   */
  public double[][] decisions(Matrix x) {
    double[][] queries = made.matrix(x).values();
    double[][] decided = new double[queries.length][];
    boolean linear = kernel instanceof Kernel.Linear;
    double[][] normals = linear ? normals() : new double[0][];
    KernelRows kernels = KernelRows.of(kernel, linear ? new double[0][] : vectors.clone());
    Parallel.forEach(
        (queries.length + QUERIES - 1) / QUERIES,
        block -> {
          int from = block * QUERIES;
          int to = Math.min(from + QUERIES, queries.length);
          if (linear) {
            for (int i = from; i < to; i++) {
              decided[i] = byNormals(normals, queries[i]);
            }
          } else {
            decide(kernels, queries, from, to, decided);
          }
        });
    return decided;
  }

  /** The support vectors' sum of each pair: with a linear kernel, all that a decision needs. */
  private double[][] normals() {
    int classes = counts.length;
    int[] starts = starts();
    double[][] normals = new double[rhos.length][vectors[0].length];
    for (int p = 0; p < rhos.length; p++) {
      int[] pair = SupportVectorFit.pair(p, classes);
      add(normals[p], coefficients[pair[1] - 1], starts[pair[0]], starts[pair[0] + 1]);
      add(normals[p], coefficients[pair[0]], starts[pair[1]], starts[pair[1] + 1]);
    }
    return normals;
  }

  private void add(double[] normal, double[] factors, int from, int to) {
    for (int s = from; s < to; s++) {
      if (factors[s] != 0) {
        for (int c = 0; c < normal.length; c++) {
          normal[c] += factors[s] * vectors[s][c];
        }
      }
    }
  }

  private int[] starts() {
    int[] starts = new int[counts.length + 1];
    for (int c = 0; c < counts.length; c++) {
      starts[c + 1] = starts[c] + counts[c];
    }
    return starts;
  }

  private double[] byNormals(double[][] normals, double[] query) {
    double[] decisions = new double[rhos.length];
    for (int p = 0; p < rhos.length; p++) {
      decisions[p] = SupportVectorFit.dot(normals[p], query, 0, query.length) - rhos[p];
    }
    return decisions;
  }

  /** Kernels tile by tile, so that the vectors of a tile stay in the cache. */
  private void decide(
      KernelRows kernels, double[][] queries, int from, int to, double[][] decided) {
    int size = vectors.length;
    double[][] values = new double[to - from][KernelRows.padded(size)];
    for (int tile = 0; tile < size; tile += TILE) {
      for (int i = from; i < to; i++) {
        kernels.values(queries[i], tile, Math.min(tile + TILE, size), values[i - from], tile);
      }
    }
    int[] starts = starts();
    for (int i = from; i < to; i++) {
      double[] decisions = new double[rhos.length];
      for (int p = 0; p < rhos.length; p++) {
        int[] pair = SupportVectorFit.pair(p, counts.length);
        decisions[p] =
            part(coefficients[pair[1] - 1], values[i - from], starts, pair[0])
                + part(coefficients[pair[0]], values[i - from], starts, pair[1])
                - rhos[p];
      }
      decided[i] = decisions;
    }
  }

  private static double part(double[] factors, double[] values, int[] starts, int of) {
    return SupportVectorFit.dot(factors, values, starts[of], starts[of + 1]);
  }

  @Override
  public Classified predict(Matrix x) {
    double[][] decisions = decisions(x);
    int classes = counts.length;
    int[] codes = new int[decisions.length];
    double[][] scores = new double[decisions.length][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = vote(decisions[i], classes);
      scores[i] =
          classes == 2
              ? new double[] {decisions[i][0], -decisions[i][0]}
              : scores(decisions[i], classes);
    }
    return new Classified(made.classes(), codes, scores, false);
  }

  private static double[] scores(double[] decisions, int classes) {
    boolean[] second = new boolean[decisions.length];
    double[] confidence = new double[decisions.length];
    for (int p = 0; p < decisions.length; p++) {
      second[p] = decisions[p] < 0;
      confidence[p] = -decisions[p];
    }
    return PairVotes.scores(second, confidence, classes);
  }

  private static int vote(double[] decisions, int classes) {
    int[] votes = new int[classes];
    int p = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        votes[decisions[p++] > 0 ? i : j]++;
      }
    }
    int most = 0;
    for (int c = 1; c < classes; c++) {
      if (votes[c] > votes[most]) {
        most = c;
      }
    }
    return most;
  }

  /** Equal support vectors with equal coefficients. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SupportVectorModel that
        && made.equals(that.made)
        && kernel.equals(that.kernel)
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(counts, that.counts)
        && Arrays.deepEquals(vectors, that.vectors)
        && Arrays.deepEquals(coefficients, that.coefficients)
        && Arrays.equals(rhos, that.rhos);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(rows) + Arrays.hashCode(rhos);
  }

  @Override
  public String toString() {
    return "%s: %s of %s rows are support vectors, by class %s"
        .formatted(made.learner(), rows.length, made.rows(), Arrays.toString(counts));
  }
}
