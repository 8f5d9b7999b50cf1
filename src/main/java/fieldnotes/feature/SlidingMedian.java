package fieldnotes.feature;

import static fieldnotes.feature.Lanes.COUNT;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The median of some neighbours, for {@link Lanes#COUNT} sequences at once. The window is kept
 * sorted: at each step the oldest value is taken out and the newest put in, without a branch.
 */
final class SlidingMedian {
  private final int width;
  private final double[] sorted;

  /**
   * The median of so many neighbours, the value itself in the middle; of an even number there is
   * one more before it, and the upper of the middle two is taken, as SciPy does.
   */
  SlidingMedian(int width) {
    this.width = width;
    sorted = new double[width * COUNT];
  }

  /** Values needed before the first. */
  int before() {
    return width / 2;
  }

  /** Values needed before the first and after the last. */
  int around() {
    return width - 1;
  }

  /**
   * Medians of {@code count} values in a row.
   *
   * @param in value i, of which there are count + {@link #around}, from {@code inAt + i·inStep} on
   * @param out median i, around value i + {@link #before}, from {@code outAt + i·outStep} on
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
      // Without the old value the rest moves down by one.
      DoubleVector rest = next.blend(here, here.compare(VectorOperators.LT, old));
      Lanes.larger(before, Lanes.smaller(value, rest)).intoArray(sorted, j * COUNT);
      before = rest;
      here = next;
    }
    Lanes.larger(before, value).intoArray(sorted, (width - 1) * COUNT);
  }

  /**
   * The place of value i of n where the ends are mirrored, the last value twice: d c b a|a b c d.
   */
  static int reflect(int i, int n) {
    int m = Math.floorMod(i, 2 * n);
    return m < n ? m : 2 * n - 1 - m;
  }
}
