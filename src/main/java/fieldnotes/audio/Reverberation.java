package fieldnotes.audio;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.LaneFft;
import fieldnotes.math.LaneRealFft;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;

/** Rooms: impulse responses made up, and convolution with them. */
final class Reverberation {
  private static final int LEAST_BLOCK = 1 << 10;
  private static final int LARGEST_BLOCK = 1 << 14;

  private Reverberation() {}

  static float[] room(float[] x, Room options, int rate, NumpyRandom dice) {
    return play(x, response(options, rate, dice), 0);
  }

  static float[] measured(float[] x, ImpulseResponse options, int rate) {
    float[] h = AtRate.of(options.response(), rate).samples();
    int direct = 0;
    double[] response = new double[h.length];
    for (int i = 0; i < h.length; i++) {
      response[i] = h[i];
      direct = Math.abs(h[i]) > Math.abs(h[direct]) ? i : direct;
    }
    return play(x, response, direct);
  }

  static double[] response(Room options, int rate, NumpyRandom dice) {
    double seconds = dice.uniform(options.fromSeconds(), options.toSeconds());
    double gap = dice.uniform(0.001, 0.010);
    double below = dice.uniform(0, 9);
    int start = Math.max(1, (int) Math.rint(gap * rate));
    double[] h = new double[start + Math.max(1, (int) Math.rint(seconds * rate))];
    double power = 0;
    for (int i = start; i < h.length; i++) {
      h[i] = dice.normal() * Math.pow(10, -3.0 * (i - start) / (seconds * rate));
      power += h[i] * h[i];
    }
    double scale = power > 0 ? Math.sqrt(Math.pow(10, -below / 10) / power) : 0;
    for (int i = start; i < h.length; i++) {
      h[i] *= scale;
    }
    h[0] = 1;
    return h;
  }

  /** Convolves, drops the first {@code direct} samples, and keeps length and level. */
  private static float[] play(float[] x, double[] h, int direct) {
    double[] wet = convolve(x, h, direct);
    double before = 0;
    double after = 0;
    for (int i = 0; i < x.length; i++) {
      before += (double) x[i] * x[i];
      after += wet[i] * wet[i];
    }
    double scale = after > 0 ? Math.sqrt(before / after) : 0;
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (scale * wet[i]);
    }
    return y;
  }

  /** Samples {@code from} … {@code from + x.length − 1} of the convolution of x and h. */
  static double[] convolve(float[] x, double[] h, int from) {
    double[] out = new double[x.length];
    int used = (int) Math.min(h.length, (long) from + x.length); // what follows sounds too late
    int block = Math.clamp(Integer.highestOneBit(used) * 2L, LEAST_BLOCK, LARGEST_BLOCK);
    LaneRealFft fft = LaneRealFft.of(LaneFft.fastLength(2 * block));
    int bins = fft.bins();
    double[] work = new double[fft.workLength()];
    double[] signal = new double[fft.length() * COUNT];
    double[][] part = new double[(used + block - 1) / block][2 * bins * COUNT];
    for (int p = 0; p < part.length; p++) {
      Arrays.fill(work, 0);
      for (int i = 0; i < Math.min(block, used - p * block); i++) {
        for (int lane = 0; lane < COUNT; lane++) {
          work[i * fft.stride() + lane] = h[p * block + i];
        }
      }
      fft.spectrum(work, part[p]);
    }
    double[] spectrum = new double[2 * bins * COUNT];
    double[] product = new double[2 * bins * COUNT];
    for (long start = 0; start < x.length; start += (long) COUNT * block) {
      Arrays.fill(work, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        long at = start + (long) lane * block;
        for (int i = 0; i < block && at + i < x.length; i++) {
          work[i * fft.stride() + lane] = x[(int) (at + i)];
        }
      }
      fft.spectrum(work, spectrum);
      for (int p = 0; p < part.length; p++) {
        multiply(spectrum, part[p], product);
        fft.inverse(product, work, signal);
        for (int lane = 0; lane < COUNT; lane++) {
          long at = start + (long) (lane + p) * block - from;
          int first = Math.clamp(-at, 0, fft.length());
          int last = Math.clamp(out.length - at, first, fft.length());
          for (int i = first; i < last; i++) {
            out[(int) (at + i)] += signal[i * COUNT + lane] / fft.length();
          }
        }
      }
    }
    return out;
  }

  private static void multiply(double[] a, double[] b, double[] product) {
    for (int k = 0; k < a.length; k += 2 * COUNT) {
      for (int lane = k; lane < k + COUNT; lane++) {
        double re = a[lane] * b[lane] - a[lane + COUNT] * b[lane + COUNT];
        product[lane + COUNT] = a[lane] * b[lane + COUNT] + a[lane + COUNT] * b[lane];
        product[lane] = re;
      }
    }
  }
}
