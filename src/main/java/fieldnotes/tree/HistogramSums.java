package fieldnotes.tree;

import fieldnotes.math.Pairwise;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Histograms of a node: for each bin of each column the sums of first and of second derivatives and
 * the number of rows, which lie together and are added to at once.
 */
final class HistogramSums {
  /** Numbers for each bin: first derivatives, second derivatives, rows, and one not used. */
  static final int WIDTH = 4;

  private static final VectorSpecies<Double> QUAD = DoubleVector.SPECIES_256;

  /** Whether the machine adds four doubles at once. */
  private static final boolean WIDE = DoubleVector.SPECIES_PREFERRED.length() >= WIDTH;

  /** Rows that are summed up for all columns before the next: they stay in the cache. */
  private static final int BLOCK = 2048;

  private final HistogramBins bins;
  private final Pool pool;
  private final int[] starts;

  /** Bins of a column in scikit-learn, which has one for missing values. */
  private final int length;

  HistogramSums(HistogramBins bins, int most, Pool pool) {
    this.bins = bins;
    this.pool = pool;
    length = most + 1;
    starts = new int[bins.bounds.length + 1];
    for (int j = 0; j < bins.bounds.length; j++) {
      starts[j + 1] = starts[j] + WIDTH * (bins.bounds[j].length + 1);
    }
  }

  /** Histograms that are no longer needed. */
  static final class Pool {
    private final ConcurrentLinkedQueue<double[]> free = new ConcurrentLinkedQueue<>();
  }

  /** Histograms to be cleared and filled. */
  double[] take() {
    double[] old = pool.free.poll();
    return old == null ? new double[starts[starts.length - 1]] : old;
  }

  void give(double[] sums) {
    pool.free.add(sums);
  }

  /** Where a column begins. */
  int start(int column) {
    return starts[column];
  }

  void clear(double[] sums, int from, int to) {
    Arrays.fill(sums, starts[from], starts[to], 0);
  }

  void subtract(double[] sums, double[] other, int from, int to) {
    for (int i = starts[from]; i < starts[to]; i++) {
      sums[i] -= other[i];
    }
  }

  /**
   * Adds rows to the histograms of the columns from…to−1.
   *
   * @param rows their numbers are at start…end−1; null for the rows of these numbers
   */
  void add(
      double[] sums,
      float[] first,
      float[] second,
      int[] rows,
      int start,
      int end,
      int from,
      int to) {
    double[] quads = new double[WIDTH * Math.min(BLOCK, end - start)];
    int[] numbers = new int[quads.length / WIDTH];
    for (int block = start; block < end; block += BLOCK) {
      int many = Math.min(BLOCK, end - block);
      for (int i = 0; i < many; i++) {
        int row = rows == null ? block + i : rows[block + i];
        numbers[i] = row;
        quads[WIDTH * i] = first[row];
        quads[WIDTH * i + 1] = second[row];
        quads[WIDTH * i + 2] = 1;
      }
      for (int j = from; j < to; j++) {
        if (WIDE) {
          addWide(sums, starts[j], quads, numbers, many, bins.cells[j]);
        } else {
          addNarrow(sums, starts[j], quads, numbers, many, bins.cells[j]);
        }
      }
    }
  }

  static void addWide(
      double[] sums, int start, double[] quads, int[] rows, int many, byte[] cells) {
    for (int i = 0; i < many; i++) {
      int at = start + WIDTH * (cells[rows[i]] & 0xff);
      DoubleVector.fromArray(QUAD, sums, at)
          .add(DoubleVector.fromArray(QUAD, quads, WIDTH * i))
          .intoArray(sums, at);
    }
  }

  static void addNarrow(
      double[] sums, int start, double[] quads, int[] rows, int many, byte[] cells) {
    for (int i = 0; i < many; i++) {
      int at = start + WIDTH * (cells[rows[i]] & 0xff);
      sums[at] += quads[WIDTH * i];
      sums[at + 1] += quads[WIDTH * i + 1];
      sums[at + 2] += quads[WIDTH * i + 2];
    }
  }

  /** The sum over the first column's bins, added pairwise as NumPy does. */
  double total(double[] sums, int which) {
    double[] all = new double[length];
    for (int b = 0; b <= bins.bounds[0].length; b++) {
      all[b] = sums[WIDTH * b + which];
    }
    return Pairwise.sum(all, 0, length);
  }
}
