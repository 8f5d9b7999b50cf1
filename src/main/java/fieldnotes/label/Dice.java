package fieldnotes.label;

/**
 * Random numbers that are a function of a seed and a step, so that the same answers lead to the
 * same questions, whatever was undone in between.
 *
 * @see "G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, 2014"
 */
final class Dice {
  private Dice() {}

  /** A number from 0 to below 1. */
  static double unit(long seed, long step) {
    return (mix(mix(seed) + step) >>> 11) * 0x1p-53;
  }

  /** A whole number from 0 to {@code bound} − 1. */
  static int below(int bound, long seed, long step) {
    return (int) (unit(seed, step) * bound);
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
