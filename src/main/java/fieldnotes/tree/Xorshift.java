package fieldnotes.tree;

import fieldnotes.math.NumpyRandom;

/** The 32-bit xorshift of scikit-learn's splitters, seeded by one draw of the Mersenne Twister. */
final class Xorshift {
  private int state;

  Xorshift(NumpyRandom random) {
    state = random.upTo(Integer.MAX_VALUE - 1);
  }

  private int next() {
    if (state == 0) {
      state = 1;
    }
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & Integer.MAX_VALUE;
  }

  /** An integer from {@code from} to {@code to} − 1. */
  int pick(int from, int to) {
    return from + next() % (to - from);
  }

  /** A number within {@code low} and {@code high}. */
  double uniform(double low, double high) {
    return (high - low) * next() / Integer.MAX_VALUE + low;
  }
}
