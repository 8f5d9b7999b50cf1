package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Resampler with a Kaiser-windowed sinc filter.
 *
 * <p>The passband ends at 0.913 of the smaller Nyquist frequency, as in {@code soxr_hq}, the
 * default of {@code librosa.resample}; above the smaller Nyquist frequency, the attenuation is more
 * than 90 dB. The filter is zero-phase, with zeros assumed before the first and after the last
 * sample. Any pair of rates is supported. The result has the same bits on every machine and for any
 * division into blocks.
 *
 * @see "J. O. Smith, Digital Audio Resampling Home Page, Stanford, 2002"
 */
public final class Resampler {
  static final float[] NOTHING = {};

  /** Larger downsampling factors are split into several steps. */
  private static final int LARGEST_STEP = 64;

  private final int fromHz;
  private final int toHz;
  private final List<long[]> steps = new ArrayList<>();

  private Resampler(int fromHz, int toHz) {
    this.fromHz = fromHz;
    this.toHz = toHz;
    long divisor = gcd(fromHz, toHz);
    long up = toHz / divisor;
    long down = fromHz / divisor;
    while (down > LARGEST_STEP * up) {
      steps.add(new long[] {1, LARGEST_STEP});
      up *= LARGEST_STEP;
      divisor = gcd(up, down);
      up /= divisor;
      down /= divisor;
    }
    if (up != down) {
      steps.add(new long[] {up, down});
    }
  }

  /** A resampler between two rates in Hz, each at least 1. */
  public static Resampler of(int fromHz, int toHz) {
    Check.atLeast("fromHz", fromHz, 1);
    Check.atLeast("toHz", toHz, 1);
    return new Resampler(fromHz, toHz);
  }

  /**
   * Output length for {@code n} samples: ceil(n·(to/from)) in double precision, as in {@code
   * librosa.resample}. If rounding puts the product just above an integer, this is one more than
   * the exact ceiling.
   */
  public static long length(long n, int fromHz, int toHz) {
    return (long) Math.ceil(n * ((double) toHz / fromHz));
  }

  /** Resamples; the output has {@link #length} samples. */
  public float[] resample(float[] x) {
    long length = length(x.length, fromHz, toHz);
    Check.that(
        length < Integer.MAX_VALUE - 16,
        "%d samples become %d at %d Hz: too many for one array, resample them in blocks (stream())",
        x.length,
        length,
        toHz);
    Stream stream = stream();
    float[] head = stream.push(x, 0, x.length);
    float[] tail = stream.finish();
    float[] out = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, out, head.length, tail.length);
    return out;
  }

  /** A new stream, for resampling in blocks. */
  public Stream stream() {
    return new Stream();
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Resamples in blocks; the result does not depend on the block sizes. */
  public final class Stream {
    private final List<SincFilter.Run> stages = new ArrayList<>();
    private long received;
    private long made;

    private Stream() {
      for (long[] step : steps) {
        stages.add(SincFilter.of(step[0], step[1]).new Run(step[0], step[1]));
      }
    }

    /**
     * Adds samples and returns the output available so far, which may be empty.
     *
     * @param x samples; {@code count} of them from index {@code at} are used
     */
    public float[] push(float[] x, int at, int count) {
      Check.that(
          at >= 0 && count >= 0 && at <= x.length - count,
          "at=%d, count=%d: must lie within the %d samples",
          at,
          count,
          x.length);
      received += count;
      return through(
          at == 0 && count == x.length ? x : Arrays.copyOfRange(x, at, at + count), false);
    }

    /** The remaining output. */
    public float[] finish() {
      long all = length(received, fromHz, toHz);
      float[] out = new float[(int) (all - made)];
      int filled = 0;
      float[] silence = new float[1 << 10];
      while (filled < out.length) {
        float[] more = through(silence, true);
        int n = Math.min(more.length, out.length - filled);
        System.arraycopy(more, 0, out, filled, n);
        filled += n;
      }
      return out;
    }

    private float[] through(float[] x, boolean all) {
      float[] y = x;
      for (SincFilter.Run stage : stages) {
        y = stage.push(y, 0, y.length, all);
      }
      made += y.length;
      return stages.isEmpty() ? y.clone() : y;
    }
  }
}
