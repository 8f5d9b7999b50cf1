package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.Magnitude;
import java.util.Arrays;

/**
 * The training rows by column, as 32-bit floats, with the rank of each value among the distinct
 * values of its column. Shared by all trees of a forest.
 */
final class Inputs {
  final int rows;
  final int columns;
  final float[][] values;

  /** Null within if only values are needed. */
  final int[][] ranks;

  /** As {@link #ranks}. */
  final float[][] distinct;

  /** Bits for a row number in {@link #sorted}. */
  final int rowBits;

  /**
   * Per column, ascending: rank and row of each cell packed into an int; null if 31 bits are too
   * few or only values are needed.
   */
  final int[][] sorted;

  /** Ranks row by row, shape [rows · columns]; null if {@link #sorted} is null. */
  final char[] ranksByRow;

  /** What {@link #order()} gives where keys do not fit; made when first asked for. */
  private int[][] order;

  private Inputs(int rows, int columns, boolean ranked) {
    this.rows = rows;
    this.columns = columns;
    values = new float[columns][];
    ranks = new int[columns][];
    distinct = new float[columns][];
    rowBits = bits(rows);
    boolean narrow = ranked && 2 * rowBits <= 31;
    sorted = narrow ? new int[columns][] : null;
    ranksByRow = narrow ? new char[Math.multiplyExact(rows, columns)] : null;
  }

  /** Bits needed for the numbers 0…count−1. */
  private static int bits(int count) {
    return 32 - Integer.numberOfLeadingZeros(count - 1);
  }

  static Inputs of(double[][] x) {
    return of(x, true);
  }

  /** What trees with these options need: those of random thresholds take no ranks. */
  static Inputs of(double[][] x, TreeOptions options) {
    return of(x, !options.randomThresholds());
  }

  private static Inputs of(double[][] x, boolean ranked) {
    Check.matrix("x", x);
    Inputs inputs = new Inputs(x.length, x[0].length, ranked);
    Parallel.forEach(
        inputs.columns,
        j -> {
          inputs.values[j] = inputs.column(x, j);
          if (ranked) {
            inputs.rank(j);
          }
        });
    return inputs;
  }

  private float[] column(double[][] x, int j) {
    float[] column = new float[rows];
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < rows; i++) {
      column[i] = (float) x[i][j] + 0f; // turns -0 into 0
      if (!Float.isFinite(column[i])) { // no Check here: it would box numbers for every cell
        throw new IllegalArgumentException(
            "x has %s at row %d, column %d: too large for a 32-bit float, scale it first"
                .formatted(x[i][j], i, j));
      }
      least = Math.min(least, column[i]);
      most = Math.max(most, column[i]);
    }
    if (least == most && Math.abs(least) < Float.MIN_NORMAL) {
      for (int i = 1; i < rows; i++) {
        Check.that(
            x[i][j] == x[0][j],
            "x has %s at row %d, column %d: too small for a 32-bit float, scale it first",
            x[i][j],
            i,
            j);
      }
    }
    return column;
  }

  private void rank(int j) {
    float[] column = values[j];
    float[] rising = column.clone();
    Arrays.sort(rising);
    int count = 1;
    for (int i = 1; i < rows; i++) {
      if (rising[i] != rising[count - 1]) {
        rising[count++] = rising[i];
      }
    }
    float[] different = Arrays.copyOf(rising, count);
    int[] rank = new int[rows];
    for (int i = 0; i < rows; i++) {
      rank[i] = Arrays.binarySearch(different, column[i]);
      if (ranksByRow != null) {
        ranksByRow[i * columns + j] = (char) rank[i];
      }
    }
    distinct[j] = different;
    ranks[j] = rank;
    if (sorted != null) {
      int[] keys = new int[rows];
      for (int i = 0; i < rows; i++) {
        keys[i] = (rank[i] << rowBits) | i;
      }
      Arrays.sort(keys);
      sorted[j] = keys;
    }
  }

  /** {@link #sorted}, or, if its keys do not fit, the rows in ascending order of each column. */
  synchronized int[][] order() {
    if (sorted != null) {
      return sorted;
    }
    if (order == null) {
      int[][] made = new int[columns][];
      Parallel.forEach(
          columns,
          j -> {
            int[] at = new int[distinct[j].length + 1];
            for (int rank : ranks[j]) {
              at[rank + 1]++;
            }
            for (int r = 1; r < at.length; r++) {
              at[r] += at[r - 1];
            }
            int[] list = new int[rows];
            for (int i = 0; i < rows; i++) {
              list[at[ranks[j][i]]++] = i;
            }
            made[j] = list;
          });
      order = made;
    }
    return order;
  }

  static void checkTargets(int rows, double[] y, double[] weights) {
    Check.sameLength("x", rows, "y", y.length);
    checkWeights(rows, weights);
    Magnitude.target("y", y, weights);
  }

  static int checkClasses(int rows, int[] classes) {
    Check.sameLength("x", rows, "classes", classes.length);
    int most = 0;
    for (int i = 0; i < classes.length; i++) {
      Check.that(classes[i] >= 0, "classes has %d at row %d: must be at least 0", classes[i], i);
      most = Math.max(most, classes[i]);
    }
    Check.that(
        most < Nodes.MOST_CLASSES, "classes has %d: number them 0, 1, 2, … without gaps", most);
    return most + 1;
  }

  static void checkWeights(int rows, double[] weights) {
    if (weights == null) {
      return;
    }
    Check.sameLength("x", rows, "weights", weights.length);
    Check.weights("weights", weights);
  }
}
