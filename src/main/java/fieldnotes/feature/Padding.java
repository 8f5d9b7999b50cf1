package fieldnotes.feature;

/**
 * What stands before and after a clip where frames reach beyond it; the names are NumPy's and
 * librosa's {@code pad_mode}.
 */
public enum Padding {
  /** Silence; librosa's default, called {@code constant}. */
  ZERO,
  /** The first and the last sample, repeated: a a a|a b c|c c c. */
  EDGE,
  /** The clip mirrored at its ends, which are not repeated: d c b|a b c d|c b a. */
  REFLECT,
  /** The clip mirrored at its ends, which are repeated: c b a|a b c d|d c b. */
  SYMMETRIC,
  /** A straight line from silence to the first sample, and from the last to silence. */
  LINEAR_RAMP;

  /** The clip from {@code offset} on, {@code n} samples, with {@code pad} more at both ends. */
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
