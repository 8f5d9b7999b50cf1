package fieldnotes.classify;

import fieldnotes.math.Points;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The nearest of many rows: the lanes of a vector register are different rows. Equal rows have
 * distance 0 exactly, other than by cosine.
 */
final class RowDistances {
  private static final VectorSpecies<Double> SPECIES = KernelRows.SPECIES;
  private static final int LANES = KernelRows.LANES;
  private static final int TILE = DistanceBounds.TILE;

  private final NearestNeighbours options;
  private final double[][] x;
  private final int size;
  private final int columns;

  /** Which rows may be near by Euclidean distance; null for others or if there are none. */
  private final DistanceBounds bounds;

  /** [block][column][lane]; empty if there are bounds. */
  private final double[] data;

  private RowDistances(NearestNeighbours options, double[][] x) {
    this.options = options;
    this.x = x;
    size = x.length;
    columns = x[0].length;
    boolean euclidean = options.distance() == NearestNeighbours.Distance.EUCLIDEAN;
    bounds = euclidean ? DistanceBounds.of(x) : null;
    if (bounds != null) {
      data = new double[0];
      return;
    }
    data = new double[Math.multiplyExact(KernelRows.padded(size), columns)];
    for (int i = 0; i < size; i++) {
      double[] row = prepared(x[i]);
      int at = i / LANES * columns * LANES + i % LANES;
      for (int c = 0; c < columns; c++) {
        data[at + c * LANES] = row[c];
      }
    }
  }

  static RowDistances of(NearestNeighbours options, double[][] x) {
    return new RowDistances(options, x);
  }

  /** For cosine distances, the row of length 1. */
  private double[] prepared(double[] row) {
    if (options.distance() != NearestNeighbours.Distance.COSINE) {
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
   * The k rows nearest to each of some queries, nearest first, of equally near ones the first. Tile
   * by tile, so that the rows of a tile stay in the cache.
   *
   * @param index receives the rows, shape [queries][k]; −1 where distances overflow
   * @param distance receives their distances, shape [queries][k]
   */
  void nearest(double[][] queries, int from, int to, int[][] index, double[][] distance) {
    for (int i = from; i < to; i++) {
      Arrays.fill(index[i], -1);
      Arrays.fill(distance[i], Double.POSITIVE_INFINITY);
    }
    if (bounds != null) {
      bounded(queries, from, to, index, distance);
    } else {
      measured(queries, from, to, index, distance);
    }
    for (int i = from; i < to; i++) {
      complete(distance[i]);
    }
  }

  /** Measures only rows whose bounds leave them a chance. */
  private void bounded(double[][] queries, int from, int to, int[][] index, double[][] distance) {
    int together = DistanceBounds.QUERIES;
    float[][] packed = new float[(to - from + together - 1) / together][columns * together];
    double[] squares = new double[to - from];
    for (int i = 0; i < to - from; i++) {
      squares[i] = bounds.pack(queries[from + i], i % together, packed[i / together]);
    }
    float[] found = new float[together * TILE];
    for (int tile = 0; tile < size; tile += TILE) {
      int rows = Math.min(TILE, size - tile);
      for (int i = from; i < to; i++) {
        int place = (i - from) % together;
        if (place == 0) {
          bounds.bound(tile, packed[(i - from) / together], found);
        }
        double[] nearest = distance[i];
        int last = nearest.length - 1;
        int first = place * TILE;
        float limit = bounds.limit(nearest[last], squares[i - from]);
        int at = DistanceBounds.next(found, first, first + rows, limit);
        while (at >= 0) {
          int row = tile + at - first;
          double d = Points.between(queries[i], x[row]);
          if (d < nearest[last]) {
            insert(row, d, index[i], nearest);
            limit = bounds.limit(nearest[last], squares[i - from]);
          }
          at = DistanceBounds.next(found, at + 1, first + rows, limit);
        }
      }
    }
  }

  private void measured(double[][] queries, int from, int to, int[][] index, double[][] distance) {
    double[] buffer = new double[TILE];
    double[][] prepared = new double[to - from][];
    for (int i = from; i < to; i++) {
      prepared[i - from] = prepared(queries[i]);
    }
    for (int tile = 0; tile < size; tile += TILE) {
      int end = Math.min(tile + TILE, size);
      for (int i = from; i < to; i++) {
        double[] query = prepared[i - from];
        switch (options.distance()) {
          case EUCLIDEAN -> squares(query, tile, end, buffer);
          case MANHATTAN -> sums(query, tile, end, buffer);
          case CHEBYSHEV -> largest(query, tile, end, buffer);
          case COSINE -> cosines(query, tile, end, buffer);
          case MINKOWSKI -> powers(query, tile, end, buffer);
        }
        collect(buffer, tile, end, index[i], distance[i]);
      }
    }
  }

  /** Puts those of a tile that are nearer than the last of the nearest among them. */
  private static void collect(double[] buffer, int tile, int end, int[] index, double[] distance) {
    int last = distance.length - 1;
    double worst = distance[last];
    for (int i = tile; i < end; i += LANES) {
      long nearer =
          DoubleVector.fromArray(SPECIES, buffer, i - tile)
              .compare(VectorOperators.LT, worst)
              .toLong();
      for (; nearer != 0; nearer &= nearer - 1) {
        int row = i + Long.numberOfTrailingZeros(nearer);
        double d = row < end ? buffer[row - tile] : worst;
        if (d < worst) {
          insert(row, d, index, distance);
          worst = distance[last];
        }
      }
    }
  }

  /** Puts a row in its place among the nearest; the last of them falls out. */
  private static void insert(int row, double d, int[] index, double[] distance) {
    int at = distance.length - 1;
    for (; at > 0 && distance[at - 1] > d; at--) {
      distance[at] = distance[at - 1];
      index[at] = index[at - 1];
    }
    distance[at] = d;
    index[at] = row;
  }

  /** Takes the roots that are still to be taken. */
  private void complete(double[] distance) {
    for (int j = 0; j < distance.length; j++) {
      switch (options.distance()) {
        case EUCLIDEAN -> distance[j] = Math.sqrt(distance[j]);
        case MINKOWSKI -> distance[j] = Math.pow(distance[j], 1 / options.power());
        case MANHATTAN, CHEBYSHEV, COSINE -> {}
      }
    }
  }

  /** Two registers of rows at a time; a second one that is not there is the first again. */
  private int second(int i, int to) {
    return i + LANES < to ? i + LANES : i;
  }

  private void squares(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += 4 * LANES) {
      int i1 = second(i, to);
      int i2 = second(i1, to);
      int i3 = second(i2, to);
      int a0 = i / LANES * step;
      int a1 = i1 / LANES * step;
      int a2 = i2 / LANES * step;
      int a3 = i3 / LANES * step;
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      for (int c = 0; c < columns; c++) {
        DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
        int at = c * LANES;
        DoubleVector d0 = DoubleVector.fromArray(SPECIES, data, a0 + at).sub(q);
        DoubleVector d1 = DoubleVector.fromArray(SPECIES, data, a1 + at).sub(q);
        DoubleVector d2 = DoubleVector.fromArray(SPECIES, data, a2 + at).sub(q);
        DoubleVector d3 = DoubleVector.fromArray(SPECIES, data, a3 + at).sub(q);
        s0 = d0.fma(d0, s0);
        s1 = d1.fma(d1, s1);
        s2 = d2.fma(d2, s2);
        s3 = d3.fma(d3, s3);
      }
      s0.intoArray(out, i - from);
      s1.intoArray(out, i1 - from);
      s2.intoArray(out, i2 - from);
      s3.intoArray(out, i3 - from);
    }
  }

  private void sums(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += 2 * LANES) {
      int i1 = second(i, to);
      int a0 = i / LANES * step;
      int a1 = i1 / LANES * step;
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      for (int c = 0; c < columns; c++) {
        DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
        s0 = DoubleVector.fromArray(SPECIES, data, a0 + c * LANES).sub(q).abs().add(s0);
        s1 = DoubleVector.fromArray(SPECIES, data, a1 + c * LANES).sub(q).abs().add(s1);
      }
      s0.intoArray(out, i - from);
      s1.intoArray(out, i1 - from);
    }
  }

  private void largest(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += 2 * LANES) {
      int i1 = second(i, to);
      int a0 = i / LANES * step;
      int a1 = i1 / LANES * step;
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      for (int c = 0; c < columns; c++) {
        DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
        s0 = DoubleVector.fromArray(SPECIES, data, a0 + c * LANES).sub(q).abs().max(s0);
        s1 = DoubleVector.fromArray(SPECIES, data, a1 + c * LANES).sub(q).abs().max(s1);
      }
      s0.intoArray(out, i - from);
      s1.intoArray(out, i1 - from);
    }
  }

  private void cosines(double[] query, int from, int to, double[] out) {
    int step = columns * LANES;
    for (int i = from; i < to; i += 2 * LANES) {
      int i1 = second(i, to);
      int a0 = i / LANES * step;
      int a1 = i1 / LANES * step;
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      for (int c = 0; c < columns; c++) {
        DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
        s0 = DoubleVector.fromArray(SPECIES, data, a0 + c * LANES).fma(q, s0);
        s1 = DoubleVector.fromArray(SPECIES, data, a1 + c * LANES).fma(q, s1);
      }
      s0.neg().add(1).max(0).min(2).intoArray(out, i - from);
      s1.neg().add(1).max(0).min(2).intoArray(out, i1 - from);
    }
  }

  private void powers(double[] query, int from, int to, double[] out) {
    for (int i = from; i < to; i++) {
      int at = i / LANES * columns * LANES + i % LANES;
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += Math.pow(Math.abs(data[at + c * LANES] - query[c]), options.power());
      }
      out[i - from] = sum;
    }
  }
}
