package fieldnotes.classify;

import fieldnotes.common.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of the kernel matrix in single precision, as libsvm keeps them, the least recently used ones
 * thrown away when they take too much space. Its rows and columns can be swapped.
 */
final class KernelCache {
  /** Numbers kept by all loops together: 200 MB, as in scikit-learn. */
  private static final long NUMBERS = 50_000_000L;

  /** Rows of the kernel that are worked out at once by one thread, a multiple of any register. */
  private static final int TILE = 512;

  /** Multiplications from which a row is worked out by several threads. */
  private static final long MANY = 200_000;

  private final KernelRows rows;
  private final int size;
  private final int[] original;
  private final float[][] data;
  private final int[] known;
  private final int[] newer;
  private final int[] older;
  private long space;
  private final List<int[]> swaps = new ArrayList<>();
  private final double[] buffer;

  KernelCache(KernelRows rows) {
    this(rows, NUMBERS / Parallel.threads());
  }

  /**
   * @param numbers to keep; those of the last two rows are kept in any case
   */
  KernelCache(KernelRows rows, long numbers) {
    this.rows = rows;
    size = rows.size();
    original = new int[size];
    Arrays.setAll(original, i -> i);
    data = new float[size][];
    known = new int[size];
    newer = new int[size + 1];
    older = new int[size + 1];
    newer[size] = size;
    older[size] = size;
    space = Math.max(numbers, 2L * KernelRows.padded(size));
    buffer = new double[KernelRows.padded(size)];
  }

  /** Where the row at this place was at first. */
  int original(int i) {
    return original[i];
  }

  double self(int i) {
    return rows.self(i);
  }

  /** The kernel of the row at this place with those before {@code length}, padded. */
  float[] row(int i, int length) {
    int id = original[i];
    int from = known[id];
    if (data[id] != null) {
      unlink(id);
    }
    if (from < length) {
      int needed = KernelRows.padded(length);
      float[] row = data[id];
      if (row == null || row.length < needed) {
        space -= needed - (row == null ? 0 : row.length);
        data[id] = row == null ? new float[needed] : Arrays.copyOf(row, needed);
        makeSpace();
      }
      fill(i, data[id], from, length);
      known[id] = length;
    }
    link(id);
    return data[id];
  }

  private void fill(int i, float[] row, int from, int to) {
    double[] query = rows.row(i);
    int first = from / KernelRows.LANES * KernelRows.LANES;
    int tiles = (to - first + TILE - 1) / TILE;
    if ((long) (to - first) * query.length < MANY) {
      for (int t = 0; t < tiles; t++) {
        fill(query, row, first + t * TILE, Math.min(first + (t + 1) * TILE, to));
      }
    } else {
      Parallel.forEachBrief(
          tiles, t -> fill(query, row, first + t * TILE, Math.min(first + (t + 1) * TILE, to)));
    }
  }

  private void fill(double[] query, float[] row, int from, int to) {
    rows.values(query, from, to, buffer, from);
    for (int k = from; k < to; k++) {
      row[k] = (float) buffer[k];
    }
  }

  private void makeSpace() {
    while (space < 0 && older[size] != size) {
      int oldest = older[size];
      unlink(oldest);
      space += data[oldest].length;
      data[oldest] = null;
      known[oldest] = 0;
    }
  }

  private void link(int id) {
    // a ring: newer[size] is the newest, older[size] the oldest
    int newest = newer[size];
    newer[size] = id;
    newer[id] = newest;
    older[id] = size;
    older[newest] = id;
  }

  private void unlink(int id) {
    older[newer[id]] = older[id];
    newer[older[id]] = newer[id];
  }

  void beginSwaps() {
    swaps.clear();
  }

  /** Swaps two places, i before j. */
  void swap(int i, int j) {
    rows.swap(i, j);
    int id = original[i];
    original[i] = original[j];
    original[j] = id;
    swaps.add(new int[] {i, j});
  }

  /** Swaps the columns. */
  void endSwaps() {
    for (int id = 0; id < size; id++) {
      if (data[id] != null) {
        swapColumns(id);
      }
    }
  }

  private void swapColumns(int id) {
    float[] row = data[id];
    for (int[] pair : swaps) {
      int i = pair[0];
      int j = pair[1];
      if (j < known[id]) {
        float value = row[i];
        row[i] = row[j];
        row[j] = value;
      } else if (i < known[id]) {
        known[id] = i;
      }
    }
  }
}
