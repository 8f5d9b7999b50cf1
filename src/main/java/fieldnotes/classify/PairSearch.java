package fieldnotes.classify;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds the two rows of {@link Smo} that are moved next, in two passes over v of the active rows, a
 * register at once.
 */
final class PairSearch {
  /** What a second derivative is at least. */
  static final double TAU = 1e-12;

  private static final VectorSpecies<Double> SPECIES = KernelRows.SPECIES;
  private static final int LANES = KernelRows.LANES;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  /** The number of each lane. */
  private static final DoubleVector EACH = DoubleVector.zero(SPECIES).addIndex(1);

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** v of the rows whose y·α may rise, otherwise −∞; whole registers. */
  final double[] up;

  /** v of the rows whose y·α may fall, otherwise +∞. */
  final double[] low;

  /** The kernel of each row with itself. */
  final double[] diagonal;

  /** The least entry of {@link #low}, once a partner was sought. */
  double least;

  PairSearch(int rows) {
    int length = KernelRows.padded(rows);
    up = new double[length];
    low = new double[length];
    diagonal = new double[length];
  }

  /** The row whose y·α should rise most, the last of equal ones, or −1. */
  int top(int active) {
    double most = -INFINITY;
    int top = -1;
    for (int i = 0; i < active; i++) {
      if (up[i] >= most && up[i] > -INFINITY) {
        most = up[i];
        top = i;
      }
    }
    return top;
  }

  /** Changes v of all active rows for a step of two. Returns the top. */
  int update(int active, float[] rowI, double deltaI, float[] rowJ, double deltaJ) {
    DoubleVector best = DoubleVector.broadcast(SPECIES, -Double.MAX_VALUE);
    DoubleVector where = DoubleVector.broadcast(SPECIES, -INFINITY);
    for (int k = 0; k < active; k += LANES) {
      DoubleVector change = widen(rowI, k).mul(deltaI).add(widen(rowJ, k).mul(deltaJ));
      DoubleVector rises = DoubleVector.fromArray(SPECIES, up, k).sub(change);
      rises.intoArray(up, k);
      DoubleVector.fromArray(SPECIES, low, k).sub(change).intoArray(low, k);
      VectorMask<Double> more = rises.compare(VectorOperators.GE, best);
      best = best.blend(rises, more);
      where = where.blend((double) k, more);
    }
    return last(best, where);
  }

  /** The last of the largest, of the lanes that have a place; −1 if none has. */
  private static int last(DoubleVector best, DoubleVector where) {
    VectorMask<Double> less =
        best.compare(VectorOperators.LT, best.reduceLanes(VectorOperators.MAX));
    double last = where.add(EACH).blend(-INFINITY, less).reduceLanes(VectorOperators.MAX);
    return last < 0 ? -1 : (int) last;
  }

  /**
   * The last row of the largest gain above 0 together with the top, or −1; and the least of {@link
   * #low}.
   *
   * @param row of the kernel, the top's
   */
  int partner(int active, int top, float[] row) {
    double most = up[top];
    double self = diagonal[top];
    DoubleVector best = DoubleVector.broadcast(SPECIES, Double.MIN_VALUE);
    DoubleVector where = DoubleVector.broadcast(SPECIES, -INFINITY);
    DoubleVector lowest = DoubleVector.broadcast(SPECIES, INFINITY);
    DoubleVector tau = DoubleVector.broadcast(SPECIES, TAU);
    for (int k = 0; k < active; k += LANES) {
      DoubleVector falls = DoubleVector.fromArray(SPECIES, low, k);
      lowest = lowest.min(falls);
      DoubleVector gap = falls.neg().add(most).max(0);
      DoubleVector quadratic =
          DoubleVector.fromArray(SPECIES, diagonal, k).add(self).sub(widen(row, k).mul(2));
      quadratic = quadratic.blend(tau, quadratic.compare(VectorOperators.LE, 0));
      DoubleVector gain = gap.mul(gap).div(quadratic);
      VectorMask<Double> more = gain.compare(VectorOperators.GE, best);
      best = best.blend(gain, more);
      where = where.blend((double) k, more);
    }
    least = lowest.reduceLanes(VectorOperators.MIN);
    return last(best, where);
  }

  private static DoubleVector widen(float[] row, int at) {
    return (DoubleVector)
        FloatVector.fromArray(FLOATS, row, at).convertShape(VectorOperators.F2D, SPECIES, 0);
  }
}
