package fieldnotes.classify;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lower bounds of squared distances, from products of 32-bit floats: half the memory and half the
 * work of exact ones. Only rows that may be near are then measured exactly, so that what is found
 * is the same. Rows are centred and scaled; a bound is |q|² + |x|² − 2·q·x, less what rounding can
 * have added.
 */
final class DistanceBounds {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Queries that are looked at together. */
  static final int QUERIES = 4;

  /** Rows that are looked at together, a multiple of two registers of any machine. */
  static final int TILE = 128;

  /** Lengths in squares above which floats may overflow; the longest row has at most 1. */
  private static final double LONG = 1e30;

  /** Squares below may have been lost to underflow. */
  private static final double LOST = 1e-30;

  private final int columns;

  /** What is taken from each column, then multiplied. */
  private final double[] centre;

  private final double scale;

  /** The share of |q|² + |x|² that rounding can amount to. */
  private final double slack;

  /** Centred rows, shape [blocks][columns][lanes]. */
  private final float[] data;

  /** A lower bound of each row's |x|². */
  private final float[] squares;

  private DistanceBounds(double[][] x, double[] centre, double scale) {
    this.centre = centre;
    this.scale = scale;
    columns = centre.length;
    slack = 4 * (columns + 8) * 0x1p-24;
    int padded = (x.length + TILE - 1) / TILE * TILE;
    data = new float[Math.multiplyExact(padded, columns)];
    squares = new float[padded];
    for (int i = 0; i < x.length; i++) {
      double square = 0;
      int at = i / LANES * columns * LANES + i % LANES;
      for (int j = 0; j < columns; j++) {
        double value = (x[i][j] - centre[j]) * scale;
        square += value * value;
        data[at + j * LANES] = (float) value;
      }
      squares[i] = (float) (square * (1 - slack) - LOST);
    }
    for (int i = x.length; i < padded; i++) {
      squares[i] = Float.POSITIVE_INFINITY;
    }
  }

  /** Of these rows; null if their numbers leave no room for bounds. */
  static DistanceBounds of(double[][] x) {
    int columns = x[0].length;
    double[] centre = new double[columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        centre[j] += row[j] / x.length;
      }
    }
    double most = 0;
    for (double[] row : x) {
      double square = 0;
      for (int j = 0; j < columns; j++) {
        square += (row[j] - centre[j]) * (row[j] - centre[j]);
      }
      most = Math.max(most, square);
    }
    // a power of two, so that scaling rounds nothing
    double scale = Math.scalb(1.0, -Math.getExponent(Math.sqrt(most)) - 1);
    boolean fits = columns < 1 << 16 && most > 1e-280 && most < 1e280;
    return fits ? new DistanceBounds(x, centre, scale) : null;
  }

  /**
   * Puts a query among those looked at together.
   *
   * @param packed shape [columns][{@link #QUERIES}]
   * @return a lower bound of its |q|², or −∞ if it is so far away that every row may be near
   */
  double pack(double[] query, int place, float[] packed) {
    double square = 0;
    for (int j = 0; j < columns; j++) {
      double value = (query[j] - centre[j]) * scale;
      square += value * value;
    }
    boolean far = !(square < LONG);
    for (int j = 0; j < columns; j++) {
      double value = (query[j] - centre[j]) * scale;
      packed[j * QUERIES + place] = far ? 0 : (float) (-2 * value);
    }
    return far ? Double.NEGATIVE_INFINITY : square * (1 - slack) - LOST;
  }

  /**
   * What a row's bound must not exceed so that it may be as near as this.
   *
   * @param squared an exact squared distance
   * @param square what {@link #pack} gave
   */
  float limit(double squared, double square) {
    return Math.nextUp((float) (squared * scale * scale - square));
  }

  /**
   * The bounds of a tile's rows, without |q|².
   *
   * @param tile the first row, a multiple of {@link #TILE}
   * @param packed shape [columns][{@link #QUERIES}]
   * @param out shape [{@link #QUERIES}][{@link #TILE}], flat
   */
  void bound(int tile, float[] packed, float[] out) {
    int step = columns * LANES;
    for (int i = 0; i < TILE; i += 2 * LANES) {
      int a = (tile + i) / LANES * step;
      int b = a + step;
      FloatVector a0 = FloatVector.fromArray(SPECIES, squares, tile + i);
      FloatVector b0 = FloatVector.fromArray(SPECIES, squares, tile + i + LANES);
      FloatVector a1 = a0;
      FloatVector b1 = b0;
      FloatVector a2 = a0;
      FloatVector b2 = b0;
      FloatVector a3 = a0;
      FloatVector b3 = b0;
      for (int j = 0, q = 0; j < step; j += LANES, q += QUERIES) {
        FloatVector x = FloatVector.fromArray(SPECIES, data, a + j);
        FloatVector y = FloatVector.fromArray(SPECIES, data, b + j);
        FloatVector q0 = FloatVector.broadcast(SPECIES, packed[q]);
        FloatVector q1 = FloatVector.broadcast(SPECIES, packed[q + 1]);
        FloatVector q2 = FloatVector.broadcast(SPECIES, packed[q + 2]);
        FloatVector q3 = FloatVector.broadcast(SPECIES, packed[q + 3]);
        a0 = x.fma(q0, a0);
        b0 = y.fma(q0, b0);
        a1 = x.fma(q1, a1);
        b1 = y.fma(q1, b1);
        a2 = x.fma(q2, a2);
        b2 = y.fma(q2, b2);
        a3 = x.fma(q3, a3);
        b3 = y.fma(q3, b3);
      }
      a0.intoArray(out, i);
      b0.intoArray(out, i + LANES);
      a1.intoArray(out, TILE + i);
      b1.intoArray(out, TILE + i + LANES);
      a2.intoArray(out, 2 * TILE + i);
      b2.intoArray(out, 2 * TILE + i + LANES);
      a3.intoArray(out, 3 * TILE + i);
      b3.intoArray(out, 3 * TILE + i + LANES);
    }
  }

  /** The first bound from a place on, but before {@code to}, that is at most the limit, or −1. */
  static int next(float[] bounds, int from, int to, float limit) {
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      VectorMask<Float> near =
          FloatVector.fromArray(SPECIES, bounds, at).compare(VectorOperators.LE, limit);
      if (near.anyTrue()) {
        return at + near.firstTrue();
      }
    }
    for (; at < to; at++) {
      if (bounds[at] <= limit) {
        return at;
      }
    }
    return -1;
  }
}
