package fieldnotes.math;

import fieldnotes.common.Check;

/**
 * NumPy's {@code RandomState}: the Mersenne Twister MT19937, seeded by an integer. The same seed
 * gives the same numbers as in Python, which reproduces splits, forests and k-means starts exactly.
 *
 * <p>Not thread-safe; use one per thread.
 *
 * @see "M. Matsumoto and T. Nishimura, Mersenne Twister, ACM TOMACS 8(1), 1998"
 */
public final class NumpyRandom {
  private static final int LENGTH = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[LENGTH];
  private int next = LENGTH;
  private long words;
  private double spareNormal;
  private boolean hasSpareNormal;

  private NumpyRandom(int seed) {
    state[0] = seed;
    for (int i = 1; i < LENGTH; i++) {
      int before = state[i - 1];
      state[i] = 1812433253 * (before ^ (before >>> 30)) + i;
    }
  }

  /**
   * The generator of {@code numpy.random.RandomState(seed)}.
   *
   * @param seed 0 to 4294967295
   */
  public static NumpyRandom of(long seed) {
    Check.that(
        seed >= 0 && seed <= 0xffffffffL,
        "seed=%d: must lie within 0 and 4294967295, as NumPy's seeds do",
        seed);
    return new NumpyRandom((int) seed);
  }

  /** The next 32-bit word, to be read as unsigned. */
  public int nextWord() {
    if (next == LENGTH) {
      refill();
    }
    words++;
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void refill() {
    for (int i = 0; i < LENGTH; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
      state[i] = state[(i + MIDDLE) % LENGTH] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    next = 0;
  }

  /** The number of 32-bit words drawn so far. */
  public long wordsTaken() {
    return words;
  }

  /**
   * An integer from 0 to {@code max}, both included, by masked rejection. Draws no word if {@code
   * max} is 0.
   *
   * @param max at least 0
   */
  public int upTo(int max) {
    Check.atLeast("max", max, 0);
    if (max == 0) {
      return 0;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value = nextWord() & mask;
    while (value > max) {
      value = nextWord() & mask;
    }
    return value;
  }

  /**
   * An integer from {@code from} (included) to {@code to} (excluded), like {@code randint(from,
   * to)}.
   *
   * @param to above {@code from}
   */
  public long integer(long from, long to) {
    Check.that(
        to > from && to - from > 0, "from=%d, to=%d: must leave at least one integer", from, to);
    long max = to - from - 1;
    if (max == 0) {
      return from;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(max);
    boolean one = max <= 0xffffffffL;
    long value = (one ? nextWord() & 0xffffffffL : twoWords()) & mask;
    while (value > max) {
      value = (one ? nextWord() & 0xffffffffL : twoWords()) & mask;
    }
    return from + value;
  }

  private long twoWords() {
    long high = nextWord() & 0xffffffffL;
    return (high << 32) | (nextWord() & 0xffffffffL);
  }

  /** A double in [0, 1) with 53 random bits, like {@code random_sample()}. */
  public double uniform() {
    double a = nextWord() >>> 5;
    double b = nextWord() >>> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
  }

  /** A double in [from, to), like {@code uniform(from, to)}. */
  public double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** A standard normal number by the polar method, like {@code standard_normal()}. */
  public double normal() {
    if (hasSpareNormal) {
      hasSpareNormal = false;
      return spareNormal;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * Math.log(square) / square);
    spareNormal = factor * x;
    hasSpareNormal = true;
    return factor * y;
  }

  /** A normal number, like {@code normal(mean, standardDeviation)}. */
  public double normal(double mean, double standardDeviation) {
    return mean + standardDeviation * normal();
  }

  /** An exponential number of scale 1, like {@code standard_exponential()}. */
  public double exponential() {
    return -Math.log(1 - uniform());
  }

  /**
   * The place of the one in {@code multinomial(1, probabilities)}.
   *
   * @param probabilities at least 0, sum to 1
   */
  public int category(double[] probabilities) {
    double left = 1;
    for (int c = 0; c < probabilities.length - 1; c++) {
      double p = probabilities[c] / left;
      // a binomial number of one trial, found from the side of the less likely case
      boolean rare = p <= 0.5;
      if (p > 0 && happens(rare ? p : 1 - p) == rare) {
        return c;
      }
      left -= probabilities[c];
    }
    return probabilities.length - 1;
  }

  /** A binomial number of one trial, by inversion. */
  private boolean happens(double p) {
    double not = Math.exp(Math.log(1 - p));
    double u = uniform();
    while (u > not && u - not > p * not / (1 - p)) {
      u = uniform();
    }
    return u > not;
  }

  /** The numbers 0…n−1 in random order, like {@code permutation(n)}. */
  public int[] permutation(int n) {
    Check.atLeast("n", n, 0);
    int[] numbers = new int[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = i;
    }
    shuffle(numbers);
    return numbers;
  }

  /** Shuffles in place, like {@code shuffle(numbers)}. */
  public void shuffle(int[] numbers) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = upTo(i);
      int swap = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swap;
    }
  }
}
