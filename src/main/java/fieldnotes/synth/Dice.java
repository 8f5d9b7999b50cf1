package fieldnotes.synth;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The random generator SplitMix64, implemented here so that generated data never depends on the
 * JDK.
 *
 * @see "G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014"
 */
final class Dice {
  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** An independent generator for a name; the same seed and name give the same numbers. */
  static Dice of(long seed, String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    Dice dice = new Dice(seed * 0x9e3779b97f4a7c15L ^ hash);
    dice.next();
    return dice;
  }

  long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Uniform in [{@code from}, {@code to}). */
  double between(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** A uniform integer, 0…n−1. */
  int below(int n) {
    return (int) Math.floorMod(next() >>> 1, (long) n);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  int oneOf(int[] choices) {
    return choices[below(choices.length)];
  }

  /** White noise, −1…1. */
  double noise() {
    return (next() >> 11) * 0x1p-52;
  }
}
