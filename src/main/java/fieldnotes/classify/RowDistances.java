package fieldnotes.classify;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Distances from queries to many rows, other than the Euclidean ones: the lanes of a vector
 * register are different rows.
 */
final class RowDistances {
  private static final VectorSpecies<Double> SPECIES = KernelRows.SPECIES;
  private static final int LANES = KernelRows.LANES;
  private static final int TILE = 256;

  private final NearestOptions options;
  private final int size;
  private final int columns;

  /** [block][column][lane] */
  private final double[] data;

  private RowDistances(NearestOptions options, double[][] x) {
    this.options = options;
    size = x.length;
    columns = x[0].length;
    data = new double[Math.multiplyExact(KernelRows.padded(size), columns)];
    for (int i = 0; i < size; i++) {
      double[] row = prepared(x[i]);
      int at = i / LANES * columns * LANES + i % LANES;
      for (int c = 0; c < columns; c++) {
        data[at + c * LANES] = row[c];
      }
    }
  }

  static RowDistances of(NearestOptions options, double[][] x) {
    return new RowDistances(options, x);
  }

  /** For cosine distances, the row of length 1. */
  private double[] prepared(double[] row) {
    if (options.distance() != NearestOptions.Distance.COSINE) {
      return row;
    }
    double sum = 0;
    for (double v : row) {
      sum += v * v;
    }
    double length = sum == 0 ? 1 : Math.sqrt(sum);
    return Arrays.stream(row).map(v -> v / length).toArray();
  }

  /**
   * Distances from queries to all rows; Minkowski distances yet without their root.
   *
   * @param out shape [queries][rows, padded]; +∞ beyond the last row
   */
  void from(double[][] queries, int from, int to, double[][] out) {
    double[][] prepared = new double[to - from][];
    for (int i = from; i < to; i++) {
      prepared[i - from] = prepared(queries[i]);
    }
    for (int tile = 0; tile < size; tile += TILE) {
      int end = Math.min(tile + TILE, size);
      for (int i = 0; i < prepared.length; i++) {
        switch (options.distance()) {
          case MANHATTAN -> sums(prepared[i], tile, end, out[i]);
          case CHEBYSHEV -> largest(prepared[i], tile, end, out[i]);
          case COSINE -> cosines(prepared[i], tile, end, out[i]);
          default -> powers(prepared[i], tile, end, out[i]);
        }
      }
    }
    for (double[] one : out) {
      Arrays.fill(one, size, one.length, Double.POSITIVE_INFINITY);
    }
  }

  /** Takes the roots that are still to be taken. */
  void complete(double[] distances, int count) {
    if (options.distance() == NearestOptions.Distance.MINKOWSKI) {
      for (int j = 0; j < count; j++) {
        distances[j] = Math.pow(distances[j], 1 / options.power());
      }
    }
  }

  private void sums(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += 2 * LANES) {
      int at = i / LANES * step;
      int next = i + LANES < to ? at + step : at;
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      for (int c = 0; c < columns; c++) {
        DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
        s0 = DoubleVector.fromArray(SPECIES, data, at + c * LANES).sub(q).abs().add(s0);
        s1 = DoubleVector.fromArray(SPECIES, data, next + c * LANES).sub(q).abs().add(s1);
      }
      s0.intoArray(out, i);
      if (next > at) {
        s1.intoArray(out, i + LANES);
      }
    }
  }

  private void largest(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += LANES) {
      int at = i / LANES * step;
      DoubleVector most = DoubleVector.zero(SPECIES);
      for (int c = 0; c < columns; c++) {
        most = DoubleVector.fromArray(SPECIES, data, at + c * LANES).sub(query[c]).abs().max(most);
      }
      most.intoArray(out, i);
    }
  }

  private void cosines(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += LANES) {
      int at = i / LANES * step;
      DoubleVector sum = DoubleVector.zero(SPECIES);
      for (int c = 0; c < columns; c++) {
        sum =
            DoubleVector.fromArray(SPECIES, data, at + c * LANES)
                .fma(DoubleVector.broadcast(SPECIES, query[c]), sum);
      }
      sum.neg().add(1).max(0).min(2).intoArray(out, i);
    }
  }

  private void powers(double[] query, int from, int to, double[] out) {
    for (int i = from; i < to; i++) {
      int at = i / LANES * columns * LANES + i % LANES;
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += Math.pow(Math.abs(data[at + c * LANES] - query[c]), options.power());
      }
      out[i] = sum;
    }
  }
}
