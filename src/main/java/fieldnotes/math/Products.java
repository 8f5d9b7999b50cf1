package fieldnotes.math;

import fieldnotes.common.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices in flat arrays, four rows of the result at once. Each sum is in the order of
 * its terms, so it has the same bits on every machine and for any number of threads.
 */
public final class Products {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** The number of columns in a vector register. */
  static final int LANES = SPECIES.length();

  /** The number of rows of a result that are found at once. */
  public static final int TILE = 4;

  /** Rows of a product that are one piece of work, a multiple of {@link #TILE}. */
  private static final int PIECE = 16;

  /** Multiplications from which a product is shared among threads. */
  private static final long MANY = 400_000;

  private Products() {}

  /** The columns padded to whole tiles and registers. */
  public static int width(int columns) {
    int unit = Math.max(TILE, LANES);
    return (columns + unit - 1) / unit * unit;
  }

  /**
   * {@code out[out0 + r·nextOut + c] += Σ a[a0 + t·nextA + r]·b[t·nextB + c]} over t from 0 to n−1,
   * for r from 0 to 3 and all c from {@code from} to {@code end} − 1, of columns padded by {@link
   * #width}.
   */
  public static void add(
      double[] a,
      int a0,
      int nextA,
      double[] b,
      int from,
      int end,
      int nextB,
      int n,
      double[] out,
      int out0,
      int nextOut) {
    add(a, a0, 1, nextA, b, from, end, nextB, n, out, out0, nextOut);
  }

  /**
   * {@code out[i·stride + c] = Σ a[i·across + t·nextA]·b[t·stride + c]} over t from 0 to n−1, for i
   * from 0 to {@code rows} − 1 and c from 0 to {@code stride} − 1.
   *
   * @param stride of b and out, whole registers
   */
  public static void multiply(
      double[] a, int across, int nextA, int rows, int n, double[] b, int stride, double[] out) {
    if ((long) rows * n * stride < MANY) {
      multiply(a, across, nextA, 0, rows, n, b, stride, out);
    } else {
      Parallel.forEachBrief(
          (rows + PIECE - 1) / PIECE,
          p -> {
            int end = Math.min((p + 1) * PIECE, rows);
            multiply(a, across, nextA, p * PIECE, end, n, b, stride, out);
          });
    }
  }

  private static void multiply(
      double[] a,
      int across,
      int nextA,
      int from,
      int end,
      int n,
      double[] b,
      int stride,
      double[] out) {
    Arrays.fill(out, from * stride, end * stride, 0);
    int i = from;
    for (; i + TILE <= end; i += TILE) {
      add(a, i * across, across, nextA, b, 0, stride, stride, n, out, i * stride, stride);
    }
    for (; i < end; i++) {
      row(a, i * across, nextA, b, stride, n, out, i * stride);
    }
  }

  private static void row(
      double[] a, int a0, int nextA, double[] b, int stride, int n, double[] out, int o) {
    for (int c = 0; c < stride; c += LANES) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      for (int t = 0; t < n; t++) {
        DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + t * nextA]);
        sum = DoubleVector.fromArray(SPECIES, b, t * stride + c).fma(x, sum);
      }
      sum.intoArray(out, o + c);
    }
  }

  // Twelve sums stay in registers. The three variants differ in their number of registers per row;
  // with one variant and padding, a PCA took 10 % longer.
  private static void add(
      double[] a,
      int a0,
      int across,
      int nextA,
      double[] b,
      int from,
      int end,
      int nextB,
      int n,
      double[] out,
      int out0,
      int nextOut) {
    int c = from;
    for (; c + 3 * LANES <= end; c += 3 * LANES) {
      tile3(a, a0, across, nextA, b, c, nextB, n, out, out0 + c, nextOut);
    }
    if (c + 2 * LANES <= end) {
      tile2(a, a0, across, nextA, b, c, nextB, n, out, out0 + c, nextOut);
    } else if (c < end) {
      tile1(a, a0, across, nextA, b, c, nextB, n, out, out0 + c, nextOut);
    }
  }

  private static void tile3(
      double[] a,
      int a0,
      int across,
      int nextA,
      double[] b,
      int b0,
      int nextB,
      int n,
      double[] out,
      int o,
      int nextOut) {
    DoubleVector u0 = DoubleVector.fromArray(SPECIES, out, o);
    DoubleVector v0 = DoubleVector.fromArray(SPECIES, out, o + LANES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, out, o + 2 * LANES);
    DoubleVector u1 = DoubleVector.fromArray(SPECIES, out, o + nextOut);
    DoubleVector v1 = DoubleVector.fromArray(SPECIES, out, o + nextOut + LANES);
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, out, o + nextOut + 2 * LANES);
    DoubleVector u2 = DoubleVector.fromArray(SPECIES, out, o + 2 * nextOut);
    DoubleVector v2 = DoubleVector.fromArray(SPECIES, out, o + 2 * nextOut + LANES);
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, out, o + 2 * nextOut + 2 * LANES);
    DoubleVector u3 = DoubleVector.fromArray(SPECIES, out, o + 3 * nextOut);
    DoubleVector v3 = DoubleVector.fromArray(SPECIES, out, o + 3 * nextOut + LANES);
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, out, o + 3 * nextOut + 2 * LANES);
    int at = a0;
    int bt = b0;
    for (int t = 0; t < n; t++) {
      DoubleVector u = DoubleVector.fromArray(SPECIES, b, bt);
      DoubleVector v = DoubleVector.fromArray(SPECIES, b, bt + LANES);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bt + 2 * LANES);
      DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[at]);
      u0 = u.fma(x0, u0);
      v0 = v.fma(x0, v0);
      w0 = w.fma(x0, w0);
      DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[at + across]);
      u1 = u.fma(x1, u1);
      v1 = v.fma(x1, v1);
      w1 = w.fma(x1, w1);
      DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[at + 2 * across]);
      u2 = u.fma(x2, u2);
      v2 = v.fma(x2, v2);
      w2 = w.fma(x2, w2);
      DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[at + 3 * across]);
      u3 = u.fma(x3, u3);
      v3 = v.fma(x3, v3);
      w3 = w.fma(x3, w3);
      at += nextA;
      bt += nextB;
    }
    u0.intoArray(out, o);
    v0.intoArray(out, o + LANES);
    w0.intoArray(out, o + 2 * LANES);
    u1.intoArray(out, o + nextOut);
    v1.intoArray(out, o + nextOut + LANES);
    w1.intoArray(out, o + nextOut + 2 * LANES);
    u2.intoArray(out, o + 2 * nextOut);
    v2.intoArray(out, o + 2 * nextOut + LANES);
    w2.intoArray(out, o + 2 * nextOut + 2 * LANES);
    u3.intoArray(out, o + 3 * nextOut);
    v3.intoArray(out, o + 3 * nextOut + LANES);
    w3.intoArray(out, o + 3 * nextOut + 2 * LANES);
  }

  private static void tile2(
      double[] a,
      int a0,
      int across,
      int nextA,
      double[] b,
      int b0,
      int nextB,
      int n,
      double[] out,
      int o,
      int nextOut) {
    DoubleVector u0 = DoubleVector.fromArray(SPECIES, out, o);
    DoubleVector v0 = DoubleVector.fromArray(SPECIES, out, o + LANES);
    DoubleVector u1 = DoubleVector.fromArray(SPECIES, out, o + nextOut);
    DoubleVector v1 = DoubleVector.fromArray(SPECIES, out, o + nextOut + LANES);
    DoubleVector u2 = DoubleVector.fromArray(SPECIES, out, o + 2 * nextOut);
    DoubleVector v2 = DoubleVector.fromArray(SPECIES, out, o + 2 * nextOut + LANES);
    DoubleVector u3 = DoubleVector.fromArray(SPECIES, out, o + 3 * nextOut);
    DoubleVector v3 = DoubleVector.fromArray(SPECIES, out, o + 3 * nextOut + LANES);
    int at = a0;
    int bt = b0;
    for (int t = 0; t < n; t++) {
      DoubleVector u = DoubleVector.fromArray(SPECIES, b, bt);
      DoubleVector v = DoubleVector.fromArray(SPECIES, b, bt + LANES);
      DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[at]);
      u0 = u.fma(x0, u0);
      v0 = v.fma(x0, v0);
      DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[at + across]);
      u1 = u.fma(x1, u1);
      v1 = v.fma(x1, v1);
      DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[at + 2 * across]);
      u2 = u.fma(x2, u2);
      v2 = v.fma(x2, v2);
      DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[at + 3 * across]);
      u3 = u.fma(x3, u3);
      v3 = v.fma(x3, v3);
      at += nextA;
      bt += nextB;
    }
    u0.intoArray(out, o);
    v0.intoArray(out, o + LANES);
    u1.intoArray(out, o + nextOut);
    v1.intoArray(out, o + nextOut + LANES);
    u2.intoArray(out, o + 2 * nextOut);
    v2.intoArray(out, o + 2 * nextOut + LANES);
    u3.intoArray(out, o + 3 * nextOut);
    v3.intoArray(out, o + 3 * nextOut + LANES);
  }

  private static void tile1(
      double[] a,
      int a0,
      int across,
      int nextA,
      double[] b,
      int b0,
      int nextB,
      int n,
      double[] out,
      int o,
      int nextOut) {
    DoubleVector u0 = DoubleVector.fromArray(SPECIES, out, o);
    DoubleVector u1 = DoubleVector.fromArray(SPECIES, out, o + nextOut);
    DoubleVector u2 = DoubleVector.fromArray(SPECIES, out, o + 2 * nextOut);
    DoubleVector u3 = DoubleVector.fromArray(SPECIES, out, o + 3 * nextOut);
    int at = a0;
    int bt = b0;
    for (int t = 0; t < n; t++) {
      DoubleVector u = DoubleVector.fromArray(SPECIES, b, bt);
      DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[at]);
      u0 = u.fma(x0, u0);
      DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[at + across]);
      u1 = u.fma(x1, u1);
      DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[at + 2 * across]);
      u2 = u.fma(x2, u2);
      DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[at + 3 * across]);
      u3 = u.fma(x3, u3);
      at += nextA;
      bt += nextB;
    }
    u0.intoArray(out, o);
    u1.intoArray(out, o + nextOut);
    u2.intoArray(out, o + 2 * nextOut);
    u3.intoArray(out, o + 3 * nextOut);
  }
}
