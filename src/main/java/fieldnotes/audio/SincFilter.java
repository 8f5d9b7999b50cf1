package fieldnotes.audio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Low-pass filter for resampling by up/down: a Kaiser-windowed sinc, with one row of taps per
 * position of an output sample between two input samples (polyphase).
 *
 * @see "J. F. Kaiser, Nonrecursive digital filter design using the I0-sinh window function, 1974"
 */
final class SincFilter {
  /** End of the passband, relative to the smaller Nyquist frequency, where the stopband begins. */
  static final double PASSBAND = 0.913;

  static final double ATTENUATION_DB = 96;

  /** Ratios with more positions interpolate linearly between rows. */
  static final int MOST_ROWS = 1024;

  private static final int CACHED = 12;
  private static final Map<Long, SincFilter> CACHE =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SincFilter> eldest) {
          return size() > CACHED;
        }
      };

  final int taps;

  /** Number of rows per input sample; the table has one more, for interpolation. */
  final int rows;

  /** Whether every output sample falls on a row, so no interpolation is needed. */
  final boolean exact;

  /** Shape [rows + 1][taps]. */
  final float[] table;

  private SincFilter(long up, long down) {
    double smaller = Math.min(1, (double) up / down);
    double transition = (1 - PASSBAND) * smaller / 2;
    taps = 2 * (int) Math.ceil((ATTENUATION_DB - 7.95) / (14.36 * transition) / 2);
    exact = up <= MOST_ROWS && down <= MOST_ROWS;
    rows = exact ? (int) up : Math.max(32, (int) Math.ceil(MOST_ROWS * smaller));
    table = new float[(rows + 1) * taps];
    double cutoff = smaller * (1 + PASSBAND) / 2;
    double beta = 0.1102 * (ATTENUATION_DB - 8.7);
    double whole = bessel(beta);
    double[] row = new double[taps];
    for (int p = 0; p <= rows; p++) {
      double sum = 0;
      for (int k = 0; k < taps; k++) {
        double t = k - (taps / 2 - 1) - (double) p / rows;
        double r = 2 * t / taps;
        double a = Math.PI * cutoff * t;
        double window = Math.abs(r) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - r * r)) / whole;
        row[k] = (a == 0 ? 1 : Math.sin(a) / a) * window;
        sum += row[k];
      }
      for (int k = 0; k < taps; k++) {
        table[p * taps + k] = (float) (row[k] / sum);
      }
    }
  }

  /** The filter for a ratio in lowest terms, cached. */
  static SincFilter of(long up, long down) {
    long key = up << 32 ^ down;
    synchronized (CACHE) {
      SincFilter known = CACHE.get(key);
      if (known == null) {
        known = new SincFilter(up, down);
        CACHE.put(key, known);
      }
      return known;
    }
  }

  /** The modified Bessel function of the first kind and order 0. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /** Filters sound in blocks. */
  final class Run {
    private final long up;
    private final long down;
    private float[] held = new float[Math.max(1 << 12, taps)];
    private int heldEnd = taps / 2 - 1; // zeros before the first sample
    private long heldStart = -heldEnd;
    private long made;

    Run(long up, long down) {
      this.up = up;
      this.down = down;
    }

    /**
     * Adds samples and returns the output they allow.
     *
     * @param all whether to return all output, or wait until a block is complete
     */
    float[] push(float[] x, int at, int count, boolean all) {
      append(x, at, count);
      long last = heldStart + heldEnd - 1 - taps / 2;
      long until = last < 0 ? 0 : ((last + 1) * up - 1) / down + 1;
      long ready = until - made;
      long block = blockPeriods() * up;
      if (!all) {
        ready -= ready % block;
      }
      if (ready <= 0) {
        return Resampler.NOTHING;
      }
      float[] out = new float[(int) ready];
      for (int done = 0; done < out.length; done += (int) block) {
        int n = (int) Math.min(block, out.length - done);
        if (exact) {
          byPhase(out, done, n);
        } else {
          oneByOne(out, done, n);
        }
        made += n;
      }
      return out;
    }

    /** A multiple of the line length that fits the cache. */
    private long blockPeriods() {
      int line = Convolution.BLOCK;
      return exact ? Math.max(line, (1 << 15) / down / line * line) : 1 + (1 << 12) / up;
    }

    private void append(float[] x, int at, int count) {
      long needed = made * down / up - (taps / 2 - 1);
      int drop = (int) Math.max(0, Math.min(heldEnd, needed - heldStart));
      int kept = heldEnd - drop;
      float[] into =
          kept + count > held.length ? new float[Math.max(2 * held.length, kept + count)] : held;
      System.arraycopy(held, drop, into, 0, kept);
      System.arraycopy(x, at, into, kept, count);
      held = into;
      heldEnd = kept + count;
      heldStart += drop;
    }

    private int start(long n) {
      return (int) (n * down / up - (taps / 2 - 1) - heldStart);
    }

    /**
     * Output samples one period apart use the same row of taps on input samples {@code down} apart.
     * So the input is distributed to {@code down} rows, and each row is filtered at once; every
     * output is its own sum in tap order.
     */
    private void byPhase(float[] out, int outAt, int count) {
      int step = (int) down;
      int period = (int) up;
      int base = start(made);
      int span = start(made + count - 1) + taps - base;
      int periods = (count + period - 1) / period;
      int width = (periods + Convolution.BLOCK - 1) / Convolution.BLOCK * Convolution.BLOCK;
      int stride = (width + taps / step + 2 + 15) / 16 * 16 + 16;
      float[] dealt = new float[step * stride];
      for (int r = 0; r < step; r++) {
        for (int i = r, to = r * stride; i < span; i += step) {
          dealt[to++] = held[base + i];
        }
      }
      int[] offsets = new int[taps];
      float[] line = new float[width];
      for (int p = 0; p < Math.min(period, count); p++) {
        int first = start(made + p) - base;
        for (int k = 0; k < taps; k++) {
          offsets[k] = (first + k) % step * stride + (first + k) / step;
        }
        int row = (int) ((made + p) * down % up) * taps;
        Convolution.run(dealt, offsets, table, row, line);
        for (int m = 0, to = outAt + p; to < outAt + count; m++, to += period) {
          out[to] = line[m];
        }
      }
    }

    private void oneByOne(float[] out, int outAt, int count) {
      for (int i = 0; i < count; i++) {
        long n = made + i;
        int x = start(n);
        double place = (double) (n * down % up) / up * rows;
        int row = Math.min(rows - 1, (int) place);
        float part = (float) (place - row);
        int h = row * taps;
        float a = 0;
        float b = 0;
        for (int k = 0; k < taps; k += 2) {
          float c = table[h + k];
          float d = table[h + k + 1];
          a += (c + part * (table[h + taps + k] - c)) * held[x + k];
          b += (d + part * (table[h + taps + k + 1] - d)) * held[x + k + 1];
        }
        out[outAt + i] = a + b;
      }
    }
  }
}
