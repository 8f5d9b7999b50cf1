package fieldnotes.math;

import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import java.util.Arrays;
import java.util.function.Supplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows laid out so that distances to many of them are found at once: the lanes of a vector register
 * are different points, and a point's squared distance is summed column after column, so it has the
 * same bits on every machine and in both directions. Equal points have distance 0 exactly.
 *
 * <p>Distances are differences squared, never |a|² + |b|² − 2ab, which is quicker but loses the
 * digits of near points.
 */
public final class Points {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final int columns;
  private int size;
  private int blocks;

  /** [block][column][lane]; unused lanes and removed points are infinitely far from everything. */
  private final double[] data;

  private Points(int size, int columns) {
    this.size = size;
    this.columns = columns;
    this.blocks = (size + LANES - 1) / LANES;
    this.data = new double[Math.multiplyExact(blocks * LANES, columns)];
  }

  /**
   * Copies rows, shape [rows][columns], all finite.
   *
   * @throws IllegalArgumentException naming row and column of a cell that is not finite, or a
   *     column whose squares overflow or underflow
   */
  public static Points of(double[][] x) {
    return ofChecked(Magnitude.matrix("x", x));
  }

  /** The same for rows that were looked at before: none ragged, all finite. */
  public static Points ofChecked(double[][] x) {
    Points points = new Points(x.length, x[0].length);
    double[] data = points.data;
    int at = 0;
    int i = 0;
    for (; i + LANES <= x.length; i += LANES) {
      for (int c = 0; c < points.columns; c++) {
        for (int lane = 0; lane < LANES; lane++) {
          data[at++] = x[i + lane][c];
        }
      }
    }
    for (; i < x.length; i++) {
      points.set(i, x[i]);
    }
    points.closeEnd();
    return points;
  }

  private void closeEnd() {
    for (int i = size; i < blocks * LANES; i++) {
      remove(i);
    }
  }

  /** The number of points. */
  public int size() {
    return size;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** The length that a buffer for distances to all points must have. */
  public int bufferLength() {
    return blocks * LANES;
  }

  private int at(int i, int column) {
    return (i / LANES * columns + column) * LANES + i % LANES;
  }

  /** Point {@code i} moves there. */
  public void set(int i, double[] row) {
    int at = at(i, 0);
    for (int c = 0; c < columns; c++) {
      data[at] = row[c];
      at += LANES;
    }
  }

  /** Copies point {@code i} into {@code row}. */
  public void get(int i, double[] row) {
    for (int c = 0; c < columns; c++) {
      row[c] = data[at(i, c)];
    }
  }

  /** Point {@code i} is infinitely far from everything from now on. */
  public void remove(int i) {
    data[at(i, 0)] = Double.POSITIVE_INFINITY;
  }

  /** Keeps these points only, given in rising order; they are counted anew from 0. */
  public void keep(int[] kept) {
    double[] row = new double[columns];
    for (int i = 0; i < kept.length; i++) {
      get(kept[i], row);
      set(i, row);
    }
    size = kept.length;
    blocks = (size + LANES - 1) / LANES;
    closeEnd();
  }

  /** Squared distances from a query to all points, into {@code out[0…size−1]}. */
  public void squared(double[] query, double[] out) {
    for (int b = 0; b < blocks; b++) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      int from = b * columns * LANES;
      for (int c = 0; c < columns; c++) {
        DoubleVector d = DoubleVector.fromArray(SPECIES, data, from + c * LANES).sub(query[c]);
        sum = d.fma(d, sum);
      }
      sum.intoArray(out, b * LANES);
    }
  }

  /**
   * Squared distances from several queries to all points; four queries take little longer than one.
   *
   * @param queries shape [queries][columns]
   * @param out shape [queries or more][{@link #bufferLength()}]
   */
  public void squared(double[][] queries, double[][] out) {
    double[] packed = new double[4 * columns];
    for (int from = 0; from < queries.length; from += 4) {
      int last = Math.min(from + 4, queries.length) - 1;
      if (last == from) {
        squared(queries[from], out[from]);
        continue;
      }
      if (last == from + 1) {
        squared2(queries[from], queries[last], out[from], out[last]);
        continue;
      }
      pack(queries, from, last, packed);
      squared4(
          packed,
          out[from],
          out[Math.min(from + 1, last)],
          out[Math.min(from + 2, last)],
          out[Math.min(from + 3, last)]);
    }
  }

  private void squared2(double[] q0, double[] q1, double[] out0, double[] out1) {
    for (int b = 0; b < blocks; b++) {
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      int from = b * columns * LANES;
      for (int c = 0; c < columns; c++) {
        DoubleVector p = DoubleVector.fromArray(SPECIES, data, from + c * LANES);
        DoubleVector d0 = p.sub(q0[c]);
        DoubleVector d1 = p.sub(q1[c]);
        s0 = d0.fma(d0, s0);
        s1 = d1.fma(d1, s1);
      }
      s0.intoArray(out0, b * LANES);
      s1.intoArray(out1, b * LANES);
    }
  }

  /** Four queries as [column][4], the last one again where there are fewer. */
  private void pack(double[][] queries, int from, int last, double[] packed) {
    for (int r = 0; r < 4; r++) {
      double[] query = queries[Math.min(from + r, last)];
      for (int c = 0; c < columns; c++) {
        packed[4 * c + r] = query[c];
      }
    }
  }

  /** The same for four queries at once, packed as [column][4]. */
  private void squared4(double[] q, double[] out0, double[] out1, double[] out2, double[] out3) {
    for (int b = 0; b < blocks; b++) {
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      int from = b * columns * LANES;
      for (int c = 0; c < columns; c++) {
        DoubleVector p = DoubleVector.fromArray(SPECIES, data, from + c * LANES);
        DoubleVector d0 = p.sub(q[4 * c]);
        DoubleVector d1 = p.sub(q[4 * c + 1]);
        DoubleVector d2 = p.sub(q[4 * c + 2]);
        DoubleVector d3 = p.sub(q[4 * c + 3]);
        s0 = d0.fma(d0, s0);
        s1 = d1.fma(d1, s1);
        s2 = d2.fma(d2, s2);
        s3 = d3.fma(d3, s3);
      }
      s0.intoArray(out0, b * LANES);
      s1.intoArray(out1, b * LANES);
      s2.intoArray(out2, b * LANES);
      s3.intoArray(out3, b * LANES);
    }
  }

  /**
   * A step of Prim's algorithm: lowers {@code reach} to the squared distance from the query, but no
   * lower than {@code floor} and {@code least} (mutual reachability), and finds its least entry.
   *
   * @param reach least squared distance to the tree so far, +∞ for points that were removed
   * @param floor a lower bound for each point, or null
   * @return the first point with the least reach
   */
  public int lower(double[] query, double[] reach, double[] floor, double least) {
    DoubleVector best = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    DoubleVector where = DoubleVector.zero(SPECIES);
    for (int b = 0; b < blocks; b++) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      int from = b * columns * LANES;
      for (int c = 0; c < columns; c++) {
        DoubleVector d = DoubleVector.fromArray(SPECIES, data, from + c * LANES).sub(query[c]);
        sum = d.fma(d, sum);
      }
      if (floor != null) {
        sum = sum.max(DoubleVector.fromArray(SPECIES, floor, b * LANES)).max(least);
      }
      DoubleVector now = DoubleVector.fromArray(SPECIES, reach, b * LANES).min(sum);
      now.intoArray(reach, b * LANES);
      VectorMask<Double> nearer = now.compare(VectorOperators.LT, best);
      best = best.blend(now, nearer);
      where = where.blend((double) b, nearer);
    }
    return first(best, where);
  }

  /**
   * The first point for which {@code weight[i]·queryWeight/(weight[i]+queryWeight)} × squared
   * distance is least; that least value goes to {@code value[0]}. With cluster sizes for weights
   * this is half of Ward's squared distance. A null {@code weight} means plain squared distance.
   */
  public int nearest(double[] query, double[] weight, double queryWeight, double[] value) {
    DoubleVector best = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    DoubleVector where = DoubleVector.zero(SPECIES);
    for (int b = 0; b < blocks; b++) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      int from = b * columns * LANES;
      for (int c = 0; c < columns; c++) {
        DoubleVector d = DoubleVector.fromArray(SPECIES, data, from + c * LANES).sub(query[c]);
        sum = d.fma(d, sum);
      }
      if (weight != null) {
        DoubleVector w = DoubleVector.fromArray(SPECIES, weight, b * LANES);
        sum = sum.mul(w.mul(queryWeight).div(w.add(queryWeight)));
      }
      VectorMask<Double> nearer = sum.compare(VectorOperators.LT, best);
      best = best.blend(sum, nearer);
      where = where.blend((double) b, nearer);
    }
    int first = first(best, where);
    value[0] = best.reduceLanes(VectorOperators.MIN);
    return first;
  }

  /**
   * The nearest of several centres for every point, the first of equally near ones.
   *
   * @param centres shape [centres][columns]
   * @param label receives the centre's number, a whole number, shape [{@link #bufferLength()}]
   * @param squared receives its squared distance, shape [{@link #bufferLength()}]
   */
  public void assign(double[][] centres, double[] label, double[] squared) {
    double[][] four = new double[Math.min(4, centres.length)][bufferLength()];
    for (int from = 0; from < centres.length; from += 4) {
      int to = Math.min(from + 4, centres.length);
      squared(Arrays.copyOfRange(centres, from, to), four);
      nearest(four, to - from, from, label, squared);
    }
  }

  /**
   * For every point the nearest of several centres, the first of equally near ones.
   *
   * @param distances squared distances of the points to these centres, shape [count][{@link
   *     #bufferLength()}], from {@link #squared(double[][], double[][])}
   * @param first the number of the first of these centres; unless 0, what {@code label} and {@code
   *     squared} hold of those before it counts too
   * @param label receives the centre's number, a whole number, shape [{@link #bufferLength()}]
   * @param squared receives its squared distance, shape [{@link #bufferLength()}]
   */
  public void nearest(
      double[][] distances, int count, int first, double[] label, double[] squared) {
    for (int j = 0; j < blocks * LANES; j += LANES) {
      DoubleVector best =
          first == 0
              ? DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY)
              : DoubleVector.fromArray(SPECIES, squared, j);
      DoubleVector where =
          first == 0 ? DoubleVector.zero(SPECIES) : DoubleVector.fromArray(SPECIES, label, j);
      for (int k = 0; k < count; k++) {
        DoubleVector now = DoubleVector.fromArray(SPECIES, distances[k], j);
        VectorMask<Double> nearer = now.compare(VectorOperators.LT, best);
        best = best.blend(now, nearer);
        where = where.blend((double) (first + k), nearer);
      }
      best.intoArray(squared, j);
      where.intoArray(label, j);
    }
  }

  private static int first(DoubleVector best, DoubleVector where) {
    double least = Double.POSITIVE_INFINITY;
    int first = -1;
    for (int lane = 0; lane < LANES; lane++) {
      double value = best.lane(lane);
      int i = ((int) where.lane(lane)) * LANES + lane;
      if (value < least || (value == least && first >= 0 && i < first)) {
        least = value;
        first = i;
      }
    }
    return first;
  }

  /** What is done with the distances of one query. */
  public interface Body<S> {
    /**
     * @param i the query's row
     * @param squared squared distances to all points, shape [{@link #bufferLength()}]; may be
     *     overwritten
     * @param scratch this thread's own scratch space
     */
    void accept(int i, double[] squared, S scratch);
  }

  /**
   * For every query row, its squared distances to all points, on all cores.
   *
   * @param queries shape [queries][columns]
   * @param scratch makes one thread's scratch space
   */
  public <S> void forEachRow(String task, double[][] queries, Supplier<S> scratch, Body<S> body) {
    int chunk = 32;
    int chunks = (queries.length + chunk - 1) / chunk;
    try (Progress progress = Progress.start(task, queries.length)) {
      Parallel.forEach(
          chunks,
          k -> {
            S own = scratch.get();
            double[][] out = new double[4][bufferLength()];
            double[] packed = new double[4 * columns];
            int end = Math.min(queries.length, (k + 1) * chunk);
            for (int from = k * chunk; from < end; from += 4) {
              int count = Math.min(4, end - from);
              pack(queries, from, from + count - 1, packed);
              squared4(packed, out[0], out[1], out[2], out[3]);
              for (int r = 0; r < count; r++) {
                body.accept(from + r, out[r], own);
              }
              progress.advance(count);
            }
          });
    }
  }

  /** Square roots in place, of the first {@code count} entries and up to the end of their block. */
  public void root(double[] squared, int count) {
    for (int j = 0; j < count; j += LANES) {
      DoubleVector.fromArray(SPECIES, squared, j).sqrt().intoArray(squared, j);
    }
  }

  /**
   * The points whose squared distance is at most {@code limit}, in order, into {@code found}.
   *
   * @return how many there are
   */
  public int within(double[] squared, double limit, int fromPoint, int[] found) {
    int count = 0;
    int b = fromPoint / LANES;
    for (; b < blocks; b++) {
      long mask =
          DoubleVector.fromArray(SPECIES, squared, b * LANES)
              .compare(VectorOperators.LE, limit)
              .toLong();
      while (mask != 0) {
        int i = b * LANES + Long.numberOfTrailingZeros(mask);
        mask &= mask - 1;
        if (i >= fromPoint) {
          found[count++] = i;
        }
      }
    }
    return count;
  }

  /**
   * The {@code k} nearest points other than {@code self}, nearest first, of equally near ones the
   * first.
   *
   * @param self a point to leave out, or −1
   * @param index receives the points, shape [k]
   * @param distance receives their squared distances, shape [k]
   */
  public void nearest(double[] squared, int self, int k, int[] index, double[] distance) {
    NearestHeap.select(squared, blocks * LANES, self, k, index, distance);
  }

  /** The squared distance between two rows, with the same bits as {@link #squared}. */
  public static double between(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      double d = b[c] - a[c];
      sum = Math.fma(d, d, sum);
    }
    return sum;
  }
}
