package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes the sample rate by a Kaiser-windowed sinc.
 *
 * <p>The passband reaches 0.913 of the smaller Nyquist frequency, as in {@code soxr_hq}, which is
 * what {@code librosa.resample} uses; from that frequency on everything is attenuated by more than
 * 90 dB. The filter has zero phase, and the sound is silent before its first and after its last
 * sample. Any two rates are suitable; the result is the same to the bit on every machine, and the
 * same whole or in blocks.
 *
 * @see "J. O. Smith, Digital Audio Resampling Home Page, Stanford, 2002"
 */
public final class Resampler {
  static final float[] NOTHING = {};

  /** A larger step down is taken in several. */
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
   * How many samples {@code n} become: ceil(n·(to/from)) in double precision, as {@code
   * librosa.resample} has it. Where the product lies just above a whole number that is one more
   * than the exact ceiling.
   */
  public static long length(long n, int fromHz, int toHz) {
    return (long) Math.ceil(n * ((double) toHz / fromHz));
  }

  /** The samples at the new rate, {@link #length} of them. */
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

  /** A new stream, for sound that comes in blocks. */
  public Stream stream() {
    return new Stream();
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Sound of any length, block by block; the numbers do not depend on how it is cut. */
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
     * Takes the next samples and gives what is ready, which may be nothing: they are worked on in
     * blocks.
     *
     * @param x samples; {@code count} of them are taken from {@code at} on
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

    /** The rest, after the last block. */
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
