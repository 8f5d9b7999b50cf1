package fieldnotes.embed;

import fieldnotes.common.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The repulsive forces of t-SNE. Points are sorted along a space-filling curve, so that every cell
 * of a quadtree is a contiguous range. Groups of eight neighbouring points traverse the tree
 * together; a distant cell repels them as one point if it is small enough for all of them. Each
 * point is one lane of a vector register and its forces are added in the order of the tree, so the
 * result has the same bits whatever the width of the machine's registers.
 */
final class Repulsion {
  /** Points that traverse the tree together, on every machine: a whole number of registers. */
  private static final int GROUP = 8;

  private static final VectorSpecies<Double> SPECIES =
      DoubleVector.SPECIES_PREFERRED.length() > GROUP
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BITS = 20;
  private static final int LEAF = 8;
  private static final int CHUNK = 256;

  private final int n;
  private final double angle2;
  private final long[] keys;
  private final int[] order;
  private final double[] s0;
  private final double[] s1;
  private final double[] out0;
  private final double[] out1;

  // Cells in depth-first order: the children follow their cell, and skip points past them.
  private double[] mass = new double[64];
  private double[] m0 = new double[64];
  private double[] m1 = new double[64];
  private double[] width2 = new double[64];
  private int[] skip = new int[64];
  private int[] first = new int[64];
  private int[] last = new int[64];
  private int cells;

  Repulsion(int n, double angle) {
    this.n = n;
    this.angle2 = angle * angle;
    int padded = (n + GROUP - 1) / GROUP * GROUP;
    keys = new long[n];
    order = new int[n];
    s0 = new double[padded];
    s1 = new double[padded];
    out0 = new double[padded];
    out1 = new double[padded];
  }

  /**
   * The gradient of the divergence, into force0 and force1.
   *
   * @return the sum of 1 / (1 + d²) over all ordered pairs
   */
  double forces(
      double[] y0,
      double[] y1,
      Tsne.Affinities p,
      double exaggeration,
      double[] force0,
      double[] force1) {
    sort(y0, y1);
    int chunks = (n + CHUNK - 1) / CHUNK;
    double[] sums = new double[chunks];
    Parallel.forEach(
        chunks,
        chunk -> {
          int to = Math.min(n, (chunk + 1) * CHUNK);
          sums[chunk] = repel(chunk * CHUNK, to);
          attract(chunk * CHUNK, to, y0, y1, p, exaggeration, force0, force1);
        });
    double z = -n; // every point was counted once with itself
    for (double s : sums) {
      z += s;
    }
    double sum = Math.max(z, Double.MIN_NORMAL);
    for (int at = 0; at < n; at++) {
      int i = order[at];
      force0[i] = 4 * (force0[i] - out0[at] / sum);
      force1[i] = 4 * (force1[i] - out1[at] / sum);
    }
    return sum;
  }

  private void attract(
      int from,
      int to,
      double[] y0,
      double[] y1,
      Tsne.Affinities p,
      double exaggeration,
      double[] force0,
      double[] force1) {
    for (int at = from; at < to; at++) {
      int i = order[at];
      double a0 = 0;
      double a1 = 0;
      for (int e = p.start()[i]; e < p.start()[i + 1]; e++) {
        int j = p.other()[e];
        double d0 = y0[i] - y0[j];
        double d1 = y1[i] - y1[j];
        double pull = p.value()[e] / (1 + d0 * d0 + d1 * d1);
        a0 += pull * d0;
        a1 += pull * d1;
      }
      force0[i] = exaggeration * a0;
      force1[i] = exaggeration * a1;
    }
  }

  private void sort(double[] y0, double[] y1) {
    double low0 = Double.MAX_VALUE;
    double low1 = Double.MAX_VALUE;
    double high = 0;
    for (int i = 0; i < n; i++) {
      low0 = Math.min(low0, y0[i]);
      low1 = Math.min(low1, y1[i]);
    }
    for (int i = 0; i < n; i++) {
      high = Math.max(high, Math.max(y0[i] - low0, y1[i] - low1));
    }
    double extent = Math.max(high, Double.MIN_NORMAL) * (1 + 1e-9);
    double scale = (1 << BITS) / extent;
    // The low bits of the key hold the point: 40 bits of curve, 23 of point.
    for (int i = 0; i < n; i++) {
      long code =
          spread((int) ((y0[i] - low0) * scale)) << 1 | spread((int) ((y1[i] - low1) * scale));
      keys[i] = code << 23 | i;
    }
    Arrays.sort(keys);
    for (int at = 0; at < n; at++) {
      order[at] = (int) (keys[at] & ((1 << 23) - 1));
      s0[at] = y0[order[at]];
      s1[at] = y1[order[at]];
    }
    for (int at = n; at < s0.length; at++) {
      s0[at] = s0[n - 1];
      s1[at] = s1[n - 1];
    }
    cells = 0;
    build(0, n, BITS - 1, extent);
  }

  /** Inserts a zero between adjacent bits. */
  private static long spread(int v) {
    long x = v & 0xFFFFFFFFL;
    x = (x | x << 16) & 0x0000FFFF0000FFFFL;
    x = (x | x << 8) & 0x00FF00FF00FF00FFL;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0FL;
    x = (x | x << 2) & 0x3333333333333333L;
    return (x | x << 1) & 0x5555555555555555L;
  }

  private void build(int from, int to, int bit, double width) {
    int cell = cells++;
    if (cell == mass.length) {
      int room = cell * 2;
      mass = Arrays.copyOf(mass, room);
      m0 = Arrays.copyOf(m0, room);
      m1 = Arrays.copyOf(m1, room);
      width2 = Arrays.copyOf(width2, room);
      skip = Arrays.copyOf(skip, room);
      first = Arrays.copyOf(first, room);
      last = Arrays.copyOf(last, room);
    }
    double sum0 = 0;
    double sum1 = 0;
    for (int at = from; at < to; at++) {
      sum0 += s0[at];
      sum1 += s1[at];
    }
    mass[cell] = to - from;
    m0[cell] = sum0 / (to - from);
    m1[cell] = sum1 / (to - from);
    width2[cell] = width * width;
    first[cell] = from;
    if (to - from <= LEAF || bit < 0) {
      last[cell] = to;
    } else {
      last[cell] = from; // not a leaf
      int begin = from;
      for (int quarter = 0; quarter < 4; quarter++) {
        int end = quarter == 3 ? to : border(begin, to, bit, quarter);
        if (end > begin) {
          build(begin, end, bit - 1, width / 2);
        }
        begin = end;
      }
    }
    skip[cell] = cells;
  }

  /** The first point, from begin on, whose two bits at this depth are above {@code quarter}. */
  private int border(int begin, int to, int bit, int quarter) {
    int shift = 23 + 2 * bit;
    int low = begin;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((keys[middle] >>> shift & 3) <= quarter) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double repel(int from, int to) {
    double total = 0;
    for (int at = from; at < to; at += LANES) {
      DoubleVector p0 = DoubleVector.fromArray(SPECIES, s0, at);
      DoubleVector p1 = DoubleVector.fromArray(SPECIES, s1, at);
      DoubleVector f0 = DoubleVector.zero(SPECIES);
      DoubleVector f1 = f0;
      DoubleVector z = f0;
      int cell = 0;
      while (cell < cells) {
        if (last[cell] > first[cell]) {
          for (int j = first[cell]; j < last[cell]; j++) {
            DoubleVector d0 = p0.sub(s0[j]);
            DoubleVector d1 = p1.sub(s1[j]);
            DoubleVector q = DoubleVector.broadcast(SPECIES, 1).div(d0.fma(d0, d1.mul(d1)).add(1));
            z = z.add(q);
            DoubleVector qq = q.mul(q);
            f0 = qq.fma(d0, f0);
            f1 = qq.fma(d1, f1);
          }
          cell = skip[cell];
          continue;
        }
        DoubleVector d0 = p0.sub(m0[cell]);
        DoubleVector d1 = p1.sub(m1[cell]);
        DoubleVector square = d0.fma(d0, d1.mul(d1));
        if (square.mul(angle2).compare(VectorOperators.GT, width2[cell]).allTrue()
            && (LANES == GROUP || farToAll(at / GROUP * GROUP, cell))) {
          DoubleVector q = DoubleVector.broadcast(SPECIES, 1).div(square.add(1));
          DoubleVector mq = q.mul(mass[cell]);
          z = z.add(mq);
          DoubleVector qq = mq.mul(q);
          f0 = qq.fma(d0, f0);
          f1 = qq.fma(d1, f1);
          cell = skip[cell];
        } else {
          cell++;
        }
      }
      f0.intoArray(out0, at);
      f1.intoArray(out1, at);
      // Lane by lane: a compiled reduction may add in another order.
      for (int lane = 0; lane < Math.min(LANES, n - at); lane++) {
        total += z.lane(lane);
      }
    }
    return total;
  }

  private boolean farToAll(int group, int cell) {
    for (int at = group; at < group + GROUP; at += LANES) {
      DoubleVector d0 = DoubleVector.fromArray(SPECIES, s0, at).sub(m0[cell]);
      DoubleVector d1 = DoubleVector.fromArray(SPECIES, s1, at).sub(m1[cell]);
      DoubleVector square = d0.fma(d0, d1.mul(d1));
      if (!square.mul(angle2).compare(VectorOperators.GT, width2[cell]).allTrue()) {
        return false;
      }
    }
    return true;
  }
}
