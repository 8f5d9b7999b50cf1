package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.Arrays;

/**
 * Changes the sample rate by a windowed sinc (Kaiser), evaluated as a polyphase filter.
 *
 * <p>The passband reaches 0.91 of the smaller Nyquist frequency; from that frequency on everything
 * is attenuated by more than 90 dB. The filter has zero phase, and the input is silent before its
 * first and after its last sample.
 *
 * @see "J. O. Smith, Digital Audio Resampling Home Page, Stanford, 2002"
 */
public final class Resampler {
  private static final double ATTENUATION_DB = 98;
  private static final double PASSBAND = 0.913;

  private final int fromHz;
  private final int toHz;
  private final int up;
  private final int down;
  private final int taps;
  private final float[] filter;

  private Resampler(int fromHz, int toHz) {
    this.fromHz = fromHz;
    this.toHz = toHz;
    int g = gcd(fromHz, toHz);
    up = toHz / g;
    down = fromHz / g;
    double smaller = Math.min(1, (double) toHz / fromHz);
    double transition = (1 - PASSBAND) * smaller / 2;
    double half = (ATTENUATION_DB - 7.95) / (14.36 * transition) / 2;
    taps = 2 * (int) Math.ceil(half);
    filter = filter(smaller);
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
    if (fromHz == toHz) {
      return x.clone();
    }
    Stream s = stream();
    float[] head = s.push(x, 0, x.length);
    float[] tail = s.finish();
    float[] out = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, out, head.length, tail.length);
    return out;
  }

  /** A new stream, for sound that comes in blocks. */
  public Stream stream() {
    return new Stream();
  }

  private float[] filter(double smaller) {
    float[] h = new float[up * taps];
    double cutoff = smaller * (1 + PASSBAND) / 2;
    double beta = 0.1102 * (ATTENUATION_DB - 8.7);
    double[] phase = new double[taps];
    for (int p = 0; p < up; p++) {
      double sum = 0;
      for (int k = 0; k < taps; k++) {
        double t = k - (taps / 2 - 1) - (double) p / up;
        double r = 2 * t / taps;
        double w = Math.abs(r) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - r * r)) / bessel(beta);
        double a = Math.PI * cutoff * t;
        phase[k] = (a == 0 ? 1 : Math.sin(a) / a) * w;
        sum += phase[k];
      }
      for (int k = 0; k < taps; k++) {
        h[p * taps + k] = (float) (phase[k] / sum);
      }
    }
    return h;
  }

  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Sound of any length, block by block; the numbers do not depend on how it is cut. */
  public final class Stream {
    private float[] held;
    private int heldEnd;
    private long heldStart;
    private long received;
    private long made;

    private Stream() {
      held = new float[4 * taps];
      heldEnd = taps / 2 - 1; // silence before the first sample
      heldStart = -heldEnd;
    }

    /** Takes the next samples and gives what can be said by now; it may be empty. */
    public float[] push(float[] x, int at, int count) {
      append(x, at, count);
      received += count;
      // Output n needs input up to floor(n·down/up) + taps/2.
      long last = heldStart + heldEnd - 1 - taps / 2;
      long ready = last < 0 ? 0 : ((last + 1) * up - 1) / down + 1;
      return make(ready);
    }

    /** The rest, after the last block. */
    public float[] finish() {
      long all = length(received, fromHz, toHz);
      long lastInput = all * down / up + taps / 2 + 1;
      int missing = (int) Math.max(0, lastInput - (heldStart + heldEnd));
      append(new float[missing], 0, missing);
      return make(all);
    }

    private void append(float[] x, int at, int count) {
      long needed = made * down / up - (taps / 2 - 1);
      int drop = (int) Math.max(0, Math.min(heldEnd, needed - heldStart));
      if (heldEnd - drop + count > held.length) {
        float[] bigger = new float[Math.max(2 * held.length, heldEnd - drop + count)];
        System.arraycopy(held, drop, bigger, 0, heldEnd - drop);
        held = bigger;
      } else {
        System.arraycopy(held, drop, held, 0, heldEnd - drop);
      }
      heldEnd -= drop;
      heldStart += drop;
      System.arraycopy(x, at, held, heldEnd, count);
      heldEnd += count;
    }

    private float[] make(long until) {
      int n = (int) Math.max(0, until - made);
      float[] out = new float[n];
      for (int i = 0; i < n; i++) {
        long position = (made + i) * down;
        int start = (int) (position / up - (taps / 2 - 1) - heldStart);
        int h = (int) (position % up) * taps;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int k = 0;
        for (; k < taps - 3; k += 4) {
          a += filter[h + k] * held[start + k];
          b += filter[h + k + 1] * held[start + k + 1];
          c += filter[h + k + 2] * held[start + k + 2];
          d += filter[h + k + 3] * held[start + k + 3];
        }
        for (; k < taps; k++) {
          a += filter[h + k] * held[start + k];
        }
        out[i] = a + b + (c + d);
      }
      made += n;
      return out;
    }
  }
}
