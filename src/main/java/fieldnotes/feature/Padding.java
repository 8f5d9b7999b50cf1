package fieldnotes.feature;

/**
 * Padding of a clip for frames that extend beyond its ends; as in NumPy and librosa's {@code
 * pad_mode}.
 */
public enum Padding {
  /** Zeros; librosa's default, {@code constant}. */
  ZERO,
  /** Repeats the first and last sample: a a a|a b c|c c c. */
  EDGE,
  /** Mirrors without repeating the end samples: d c b|a b c d|c b a. */
  REFLECT,
  /** Mirrors and repeats the end samples: c b a|a b c|c b a. */
  SYMMETRIC,
  /** A linear ramp between zero and the end sample. */
  LINEAR_RAMP;

  /** {@code n} samples from {@code offset}, with {@code pad} more at both ends. */
  float[] around(float[] y, int offset, int n, int pad) {
    float[] out = new float[n + 2 * pad];
    System.arraycopy(y, offset, out, pad, n);
    if (n == 0) {
      return out;
    }
    for (int i = 1; i <= pad; i++) {
      out[pad - i] = beyond(y, offset, n, -i, pad);
      out[pad + n - 1 + i] = beyond(y, offset, n, n - 1 + i, pad);
    }
    return out;
  }

  private float beyond(float[] y, int offset, int n, int at, int pad) {
    return switch (this) {
      case ZERO -> 0;
      case EDGE -> y[offset + (at < 0 ? 0 : n - 1)];
      case SYMMETRIC -> y[offset + SlidingMedian.reflect(at, n)];
      case REFLECT -> {
        int turn = n == 1 ? 0 : Math.floorMod(at, 2 * (n - 1));
        yield y[offset + (turn < n ? turn : 2 * (n - 1) - turn)];
      }
      case LINEAR_RAMP -> {
        int far = at < 0 ? -at : at - n + 1;
        yield (float) (y[offset + (at < 0 ? 0 : n - 1)] * ((double) (pad - far) / pad));
      }
    };
  }
}
