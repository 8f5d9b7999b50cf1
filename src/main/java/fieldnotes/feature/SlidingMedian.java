package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sliding median of {@link Lanes#COUNT} sequences at once. The window is kept sorted; each step
 * removes the oldest value and inserts the newest, without branches.
 */
final class SlidingMedian {
  private final int width;
  private final double[] sorted;

  /**
   * A median of {@code width} neighbours, centred; for an even width, with one more before, taking
   * the upper of the middle two, like SciPy.
   */
  SlidingMedian(int width) {
    this.width = width;
    sorted = new double[width * COUNT];
  }

  /** Number of values needed before the first. */
  int before() {
    return width / 2;
  }

  /** Number of values needed before the first and after the last. */
  int around() {
    return width - 1;
  }

  /**
   * Computes {@code count} consecutive medians.
   *
   * @param in count + {@link #around} values, value i at {@code inAt + i·inStep}
   * @param out medians, median i (around value i + {@link #before}) at {@code outAt + i·outStep}
   */
  void run(double[] in, int inAt, int inStep, int count, double[] out, int outAt, int outStep) {
    Arrays.fill(sorted, Double.POSITIVE_INFINITY);
    DoubleVector infinite = Lanes.all(Double.POSITIVE_INFINITY);
    for (int i = 0; i < width - 1; i++) {
      replace(infinite, Lanes.load(in, inAt + i * inStep));
    }
    DoubleVector old = infinite;
    for (int i = 0; i < count; i++) {
      replace(old, Lanes.load(in, inAt + (i + width - 1) * inStep));
      Lanes.load(sorted, before() * COUNT).intoArray(out, outAt + i * outStep);
      old = Lanes.load(in, inAt + i * inStep);
    }
  }

  private void replace(DoubleVector old, DoubleVector value) {
    DoubleVector before = Lanes.all(Double.NEGATIVE_INFINITY);
    DoubleVector here = Lanes.load(sorted, 0);
    for (int j = 0; j < width - 1; j++) {
      DoubleVector next = Lanes.load(sorted, (j + 1) * COUNT);
      // Removes the old value and moves the rest down.
      DoubleVector rest = next.blend(here, here.compare(VectorOperators.LT, old));
      Lanes.larger(before, Lanes.smaller(value, rest)).intoArray(sorted, j * COUNT);
      before = rest;
      here = next;
    }
    Lanes.larger(before, value).intoArray(sorted, (width - 1) * COUNT);
  }

  /** Index of value i of n with mirrored ends, the end values repeated: d c b a|a b c d. */
  static int reflect(int i, int n) {
    int m = Math.floorMod(i, 2 * n);
    return m < n ? m : 2 * n - 1 - m;
  }
}
