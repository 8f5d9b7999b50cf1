package fieldnotes.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Memory layout for vectorised processing: {@link #COUNT} signals, one per vector lane, usually
 * neighbouring frames of a sound. Row k of a block holds bin k of these frames. No sum runs across
 * lanes, so each frame undergoes the same operations in the same order for any vector width, and
 * the results do not depend on it.
 */
public final class Lanes {
  /** The preferred vector species of doubles. */
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** Frames per block. */
  public static final int COUNT = SPECIES.length();

  private Lanes() {}

  /** The number of blocks for this number of frames. */
  public static int blocks(int frames) {
    return (frames + COUNT - 1) / COUNT;
  }

  /** The number of frames rounded up to complete blocks. */
  public static int padded(int frames) {
    return blocks(frames) * COUNT;
  }

  /** The row at index {@code at}. */
  public static DoubleVector load(double[] a, int at) {
    return DoubleVector.fromArray(SPECIES, a, at);
  }

  /** The same value in every lane. */
  public static DoubleVector all(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

  /** 0 in every lane. */
  public static DoubleVector zero() {
    return DoubleVector.zero(SPECIES);
  }

  /**
   * Lane-wise maximum. Arguments must not be NaN, which makes it twice as fast as {@code max}. Pass
   * the value just loaded second: it gives the compiler its type.
   */
  public static DoubleVector larger(DoubleVector a, DoubleVector b) {
    return b.blend(a, b.compare(VectorOperators.LT, a));
  }

  /** Lane-wise minimum, under the same conditions. */
  public static DoubleVector smaller(DoubleVector a, DoubleVector b) {
    return b.blend(a, b.compare(VectorOperators.GT, a));
  }
}
