package fieldnotes.synth;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small generator of random numbers, SplitMix64, written out here so that what is generated from
 * it never depends on the JDK.
 *
 * @see "G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014"
 */
final class Dice {
  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** The dice for one named thing: the same for the same seed and name, whatever else is thrown. */
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

  /** At least 0 and below 1. */
  double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** At least {@code from} and below {@code to}. */
  double between(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** A whole number from 0 to n−1. */
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

  /** White noise of −1…1. */
  double noise() {
    return (next() >> 11) * 0x1p-52;
  }
}
