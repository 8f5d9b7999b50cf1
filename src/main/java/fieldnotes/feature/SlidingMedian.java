package fieldnotes.feature;

import static fieldnotes.feature.Lanes.COUNT;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The median of 31 neighbours, for {@link Lanes#COUNT} sequences at once. The window is kept
 * sorted: at each step the oldest value is taken out and the newest put in, without a branch.
 */
final class SlidingMedian {
  /** Neighbours, the value itself in the middle. */
  static final int WIDTH = 31;

  /** Values needed before the first and after the last. */
  static final int MARGIN = WIDTH / 2;

  private final double[] sorted = new double[WIDTH * COUNT];

  /**
   * Medians of {@code count} values in a row.
   *
   * @param in value i, of which there are count + 30, from {@code inAt + i·inStep} on
   * @param out median i, around value i + 15, from {@code outAt + i·outStep} on
   */
  void run(double[] in, int inAt, int inStep, int count, double[] out, int outAt, int outStep) {
    Arrays.fill(sorted, Double.POSITIVE_INFINITY);
    DoubleVector infinite = Lanes.all(Double.POSITIVE_INFINITY);
    for (int i = 0; i < WIDTH - 1; i++) {
      replace(infinite, Lanes.load(in, inAt + i * inStep));
    }
    DoubleVector old = infinite;
    for (int i = 0; i < count; i++) {
      replace(old, Lanes.load(in, inAt + (i + WIDTH - 1) * inStep));
      Lanes.load(sorted, MARGIN * COUNT).intoArray(out, outAt + i * outStep);
      old = Lanes.load(in, inAt + i * inStep);
    }
  }

  private void replace(DoubleVector old, DoubleVector value) {
    DoubleVector before = Lanes.all(Double.NEGATIVE_INFINITY);
    DoubleVector here = Lanes.load(sorted, 0);
    for (int j = 0; j < WIDTH - 1; j++) {
      DoubleVector next = Lanes.load(sorted, (j + 1) * COUNT);
      // Without the old value the rest moves down by one.
      DoubleVector rest = next.blend(here, here.compare(VectorOperators.LT, old));
      Lanes.larger(before, Lanes.smaller(value, rest)).intoArray(sorted, j * COUNT);
      before = rest;
      here = next;
    }
    Lanes.larger(before, value).intoArray(sorted, (WIDTH - 1) * COUNT);
  }

  /**
   * The place of value i of n where the ends are mirrored, the last value twice: d c b a|a b c d.
   */
  static int reflect(int i, int n) {
    int m = Math.floorMod(i, 2 * n);
    return m < n ? m : 2 * n - 1 - m;
  }
}
