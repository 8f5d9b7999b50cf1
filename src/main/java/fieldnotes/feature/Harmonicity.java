package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.LaneFft;
import fieldnotes.math.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Harmonics-to-noise ratio by autocorrelation, like Praat's "To Harmonicity (ac)" with its default
 * settings (time step 0.01 s, minimum pitch 75 Hz, silence threshold 0.1, 4.5 periods per window).
 *
 * <p>With upsampling 1, peaks are interpolated by a parabola, and the mean over a clip is within
 * 0.3 dB of Praat's. With upsampling 4, the autocorrelation is interpolated first, and the mean is
 * within 0.05 dB.
 *
 * @see "P. Boersma, Accurate short-term analysis of the fundamental frequency and the
 *     harmonics-to-noise ratio of a sampled sound, 1993"
 */
final class Harmonicity {
  /** The value of a frame without a period. */
  static final double UNVOICED_DB = -200;

  private static final double LOWEST_HZ = 75;
  private static final double PERIODS = 9;
  private static final double TIME_STEP_SECONDS = 0.01;
  private static final double SILENCE = 0.1;

  private final int hop;
  private final int period;
  private final int halfPeriod;
  private final int half;
  private final int size;
  private final int mostLag;
  private final int upsampling;
  private final double[] window;
  private final double[] windowLags;
  private final FrameLoader loader;
  private final Autocorrelation correlation;
  private final double[] frame;
  private final double[] peak = new double[COUNT];

  /** Whether a window at this sample rate contains any lag. */
  static boolean fits(int sampleRateHz) {
    return sampleRateHz >= 1000;
  }

  Harmonicity(int sampleRateHz, int upsampling) {
    this.upsampling = upsampling;
    period = (int) Math.floor(sampleRateHz / LOWEST_HZ);
    halfPeriod = period / 2 + 1;
    half = (int) Math.floor(PERIODS * sampleRateHz / LOWEST_HZ) / 2 - 1;
    size = 2 * half;
    hop = (int) Math.floor(TIME_STEP_SECONDS * sampleRateHz + 0.5);
    mostLag =
        upsampling
            * Math.min(
                Math.min((int) Math.floor(size / PERIODS) + 2, size),
                (int) Math.floor(0.25 * size));
    window = new double[size];
    double edge = Math.exp(-12);
    for (int j = 1; j <= size; j++) {
      double u = j - (size + 1) / 2.0;
      window[j - 1] = (Math.exp(-48 * u * u / ((size + 1.0) * (size + 1.0))) - edge) / (1 - edge);
    }
    int power = Integer.highestOneBit(Math.max(2, (int) Math.ceil(1.25 * size)) - 1) * 2;
    // Interpolation depends on the transform length; without it any sufficient length works.
    int transform =
        upsampling == 1 ? Math.min(power, LaneFft.fastLength(size + mostLag + 1)) : power;
    loader = new FrameLoader(size, hop);
    correlation = new Autocorrelation(size, transform, upsampling);
    frame = new double[size * COUNT];
    for (int i = 0; i < size; i++) {
      Lanes.all(window[i]).intoArray(correlation.signal, i * COUNT);
    }
    correlation.run();
    windowLags = new double[mostLag + 1];
    for (int lag = 0; lag <= mostLag; lag++) {
      windowLags[lag] = correlation.lags[lag * COUNT] / correlation.lags[0];
    }
  }

  /** The number of frames of a clip of {@code length} samples; 0 if shorter than a window. */
  int frames(int length) {
    return length < size ? 0 : (length - size) / hop + 1;
  }

  /** The centre sample of frame 0; the others follow every 10 ms. */
  int firstCentre(int length) {
    return (length - ((frames(length) - 1) * hop + size)) / 2 + half;
  }

  /** The frame with the centre nearest to this sample, or −1 if there are no frames. */
  int frameAt(int length, long sample) {
    int frames = frames(length);
    return frames == 0
        ? -1
        : Math.clamp(Math.round((double) (sample - firstCentre(length)) / hop), 0, frames - 1);
  }

  /**
   * Measures a clip.
   *
   * @param db harmonics-to-noise ratio of each frame; NaN without a period
   * @param strength maximum normalised autocorrelation of each frame; may be null
   * @param lag lag of that maximum, in samples; may be null
   */
  void run(float[] y, int offset, int length, double[] db, double[] strength, double[] lag) {
    int frames = frames(length);
    double globalPeak = globalPeak(y, offset, length);
    int first = firstCentre(length) - half;
    double[] best = new double[COUNT];
    double[] bestLag = new double[COUNT];
    double[] lags = correlation.lags;
    for (int t = 0; t < frames; t += COUNT) {
      loader.load(y, offset, length, first + (long) t * hop);
      windowed();
      correlation.run();
      normalise();
      Arrays.fill(best, 0);
      Arrays.fill(bestLag, 0);
      for (int i = 2 * upsampling; i < mostLag; i++) {
        long found = tops(lags, i * COUNT);
        for (int lane = 0; found != 0; found >>>= 1, lane++) {
          if ((found & 1) != 0) {
            candidate(i, lane, best, bestLag);
          }
        }
      }
      for (int lane = 0; lane < COUNT && t + lane < frames; lane++) {
        double r = peak[lane] > 0 ? best[lane] : 0;
        double least = Math.max(0, 2 - Math.min(1, peak[lane] / globalPeak) / SILENCE);
        boolean voiced = r > 0 && r > least;
        db[t + lane] = voiced ? decibels(r) : Double.NaN;
        if (strength != null) {
          strength[t + lane] = r;
          lag[t + lane] = voiced ? bestLag[lane] / upsampling : 0;
        }
      }
    }
  }

  /** Subtracts the local mean of the frames and applies the window. */
  private void windowed() {
    loader.copy(frame);
    DoubleVector sum = Lanes.zero();
    for (int i = half - period; i < half + period; i++) {
      sum = sum.add(Lanes.load(frame, i * COUNT));
    }
    DoubleVector mean = sum.div(Lanes.all(2 * period));
    for (int i = 0; i < size; i++) {
      DoubleVector x = Lanes.load(frame, i * COUNT).sub(mean);
      x.mul(Lanes.all(window[i])).intoArray(correlation.signal, i * COUNT);
    }
    DoubleVector highest = Lanes.zero();
    for (int i = half - halfPeriod; i < half + halfPeriod; i++) {
      highest = Lanes.larger(highest, Lanes.load(correlation.signal, i * COUNT).abs());
    }
    highest.intoArray(peak, 0);
  }

  private void normalise() {
    double[] lags = correlation.lags;
    DoubleVector scale = Lanes.all(1).div(Lanes.load(lags, 0));
    for (int i = 1; i <= mostLag; i++) {
      DoubleVector r = Lanes.load(lags, i * COUNT).mul(scale);
      r.div(Lanes.all(windowLags[i])).intoArray(lags, i * COUNT);
    }
  }

  /** A bit for each lane in which the value is positive and a local maximum. */
  private static long tops(double[] lags, int at) {
    DoubleVector r = Lanes.load(lags, at);
    return r.compare(VectorOperators.GT, Lanes.zero())
        .and(r.compare(VectorOperators.GT, Lanes.load(lags, at - COUNT)))
        .and(r.compare(VectorOperators.GE, Lanes.load(lags, at + COUNT)))
        .toLong();
  }

  private void candidate(int i, int lane, double[] best, double[] bestLag) {
    double before = correlation.lags[(i - 1) * COUNT + lane];
    double here = correlation.lags[i * COUNT + lane];
    double after = correlation.lags[(i + 1) * COUNT + lane];
    double d1 = 0.5 * (after - before);
    double d2 = 2 * here - before - after;
    double value = here + 0.5 * d1 * d1 / d2;
    if (value > 1) {
      value = 1 / value;
    }
    if (value > best[lane]) {
      best[lane] = value;
      bestLag[lane] = i + d1 / d2;
    }
  }

  private static double decibels(double r) {
    if (r <= 1e-15) {
      return -150;
    }
    return r > 1 - 1e-15 ? 150 : 10 * Math.log10(r / (1 - r));
  }

  private static double globalPeak(float[] y, int offset, int length) {
    double sum = 0;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + length; i++) {
      sum += y[i];
      least = Math.min(least, y[i]);
      most = Math.max(most, y[i]);
    }
    double mean = sum / length;
    return Math.max(most - mean, mean - least);
  }
}
