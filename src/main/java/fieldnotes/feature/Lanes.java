package fieldnotes.feature;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * How frames lie in memory while they are worked on: some {@link #COUNT} neighbouring frames side
 * by side, one in each lane of a vector register. Row k of a block holds bin k of all these frames.
 * No sum ever runs across lanes, so every frame sees the same operations in the same order whatever
 * the width of the machine's registers: the results do not depend on it, nor on the compiler.
 */
final class Lanes {
  /** The widest vector of doubles that the machine works on at once. */
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** Frames in a block. */
  static final int COUNT = SPECIES.length();

  private Lanes() {}

  /** The number of blocks that hold this number of frames. */
  static int blocks(int frames) {
    return (frames + COUNT - 1) / COUNT;
  }

  /** The number of frames, rounded up to whole blocks. */
  static int padded(int frames) {
    return blocks(frames) * COUNT;
  }

  static DoubleVector load(double[] a, int at) {
    return DoubleVector.fromArray(SPECIES, a, at);
  }

  static DoubleVector all(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

  static DoubleVector zero() {
    return DoubleVector.zero(SPECIES);
  }

  /**
   * The larger in each lane. Neither may be NaN: this is half the work of {@code max}. The second
   * should be the one that was just loaded: the compiler knows what that is, and need not guess.
   */
  static DoubleVector larger(DoubleVector a, DoubleVector b) {
    return b.blend(a, b.compare(VectorOperators.LT, a));
  }

  /** The smaller in each lane, under the same conditions. */
  static DoubleVector smaller(DoubleVector a, DoubleVector b) {
    return b.blend(a, b.compare(VectorOperators.GT, a));
  }
}
