package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.Arrays;

/**
 * Where a sound begins and ends, by the signal itself. A window of a second says which sound it is,
 * but not to a tenth of a second when it began.
 *
 * <p>It keeps the level in octave bands of the last seconds, every 10 ms. Against a background, a
 * sound lasts as long as some bands stand above the noise floor, which is estimated from the lower
 * levels of the last seconds; a gap shorter than {@value #BRIDGE_SECONDS} s does not end it.
 * Between two sounds, the change is where two constant levels in each band explain the levels best
 * (the most likely step in Gaussian noise).
 *
 * @see "M. Basseville and I. V. Nikiforov, Detection of Abrupt Changes, 1993, chapter 2"
 */
final class Boundaries {
  /** Time between levels. */
  static final double STEP_SECONDS = 0.01;

  private static final double BRIDGE_SECONDS = 0.25;
  private static final double[] CENTRES_HZ = {150, 300, 600, 1200, 2400, 4800, 9600};

  /** The levels are averaged over this number of steps, odd. */
  private static final int AVERAGED = 5;

  /** Levels above the floor, in standard deviations, that are a sound. */
  private static final double ABOVE = 2.5;

  /** Least standard deviation of a floor, in dB. */
  private static final double LEAST_DB = 0.8;

  private static final double SILENCE = 1e-10;

  private final int step;
  private final double stepSeconds;
  private final BandPass[] filters;
  private final double[] sums;
  private int inStep;

  /** Levels in dB, a ring, shape [capacity][bands]. */
  private final double[][] levels;

  private long steps;

  /**
   * @param rateHz sample rate
   * @param keepSeconds how long levels are kept
   */
  Boundaries(int rateHz, double keepSeconds) {
    Check.atLeast("rateHz", rateHz, 100);
    step = (int) Math.max(1, Math.round(rateHz * STEP_SECONDS));
    stepSeconds = (double) step / rateHz;
    filters =
        Arrays.stream(CENTRES_HZ)
            .filter(hz -> hz == CENTRES_HZ[0] || hz * 1.3 < rateHz / 2.0)
            .mapToObj(hz -> new BandPass(Math.min(hz, rateHz / 4.0), rateHz))
            .toArray(BandPass[]::new);
    sums = new double[filters.length];
    levels = new double[Math.max(10, (int) Math.ceil(keepSeconds / stepSeconds))][filters.length];
  }

  /** Takes samples {@code from} to {@code end}. */
  void push(float[] x, int from, int end) {
    int at = from;
    while (at < end) {
      int n = Math.min(step - inStep, end - at);
      for (int b = 0; b < filters.length; b++) {
        sums[b] += filters[b].energy(x, at, at + n);
      }
      inStep += n;
      at += n;
      if (inStep == step) {
        double[] row = levels[(int) (steps % levels.length)];
        for (int b = 0; b < row.length; b++) {
          row[b] = 10 * Math.log10(sums[b] / step + SILENCE);
        }
        Arrays.fill(sums, 0);
        inStep = 0;
        steps++;
      }
    }
  }

  /** The levels of the background, estimated from those kept now. */
  Floor floor() {
    int n = (int) Math.min(steps, levels.length);
    double[] mean = new double[filters.length];
    double[] deviation = new double[filters.length];
    double[] column = new double[Math.max(0, n - AVERAGED + 1)];
    if (column.length == 0) {
      Arrays.fill(mean, Double.POSITIVE_INFINITY);
      Arrays.fill(deviation, 1);
      return new Floor(mean, deviation);
    }
    long first = steps - n;
    for (int b = 0; b < mean.length; b++) {
      for (int i = 0; i < column.length; i++) {
        column[i] = averaged(first + i + AVERAGED / 2, b);
      }
      Arrays.sort(column);
      // of a normal distribution: −1.28 and −0.52 standard deviations
      double low = quantile(column, 0.1);
      double middle = quantile(column, 0.3);
      deviation[b] = Math.max(LEAST_DB, (middle - low) / 0.757);
      mean[b] = low + 1.28 * deviation[b];
    }
    return new Floor(mean, deviation);
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) Math.round(q * (sorted.length - 1))];
  }

  /**
   * The beginning of a sound.
   *
   * @param floor the background
   * @param about roughly when it began, in seconds
   * @param before at most this much earlier
   * @param after at most this much later
   * @return in seconds; {@code about} where nothing stands above the background there
   */
  double onset(Floor floor, double about, double before, double after) {
    long from = clamp(about - before);
    long to = clamp(about + after);
    long at = loudest(floor, Math.max(from, clamp(about)), to);
    if (at < 0) {
      at = loudest(floor, from, to);
    }
    if (at < 0) {
      return about;
    }
    return Math.max(0, walk(floor, at, -1, from) * stepSeconds);
  }

  /** The end of a sound, as {@link #onset}. */
  double offset(Floor floor, double about, double before, double after) {
    long from = clamp(about - before);
    long to = clamp(about + after);
    long at = loudest(floor, from, Math.min(to, clamp(about)));
    if (at < 0) {
      at = loudest(floor, from, to);
    }
    if (at < 0) {
      return about;
    }
    return (walk(floor, at, 1, to) + 1) * stepSeconds;
  }

  /** The last step of a sound from a step of it on, in a direction. */
  private long walk(Floor floor, long start, int direction, long limit) {
    long last = start;
    int most = (int) Math.round(BRIDGE_SECONDS / stepSeconds);
    for (long t = start + direction; (limit - t) * direction >= 0; t += direction) {
      if (above(floor, t) >= ABOVE) {
        last = t;
      } else if (Math.abs(t - last) > most) {
        break;
      }
    }
    return last;
  }

  /** The step that stands highest above the floor, −1 if none does. */
  private long loudest(Floor floor, long from, long to) {
    long best = -1;
    double most = ABOVE;
    for (long t = from; t <= to; t++) {
      double value = above(floor, t);
      if (value >= most) {
        most = value;
        best = t;
      }
    }
    return best;
  }

  /** How far a step stands above the floor: the root of the mean square over its best half. */
  private double above(Floor floor, long t) {
    double[] z = new double[filters.length];
    for (int b = 0; b < z.length; b++) {
      z[b] = Math.clamp((averaged(t, b) - floor.meanDb[b]) / floor.deviationDb[b], 0, 10);
    }
    Arrays.sort(z);
    int half = (z.length + 1) / 2;
    double sum = 0;
    for (int b = z.length - half; b < z.length; b++) {
      sum += z[b] * z[b];
    }
    return Math.sqrt(sum / half);
  }

  /**
   * Where the levels change most between two times: the most likely step.
   *
   * @return in seconds; the middle where fewer than four steps are kept
   */
  double change(double fromSeconds, double toSeconds) {
    long from = clamp(fromSeconds);
    long to = clamp(toSeconds);
    int n = (int) (to - from);
    if (n < 4) {
      return (fromSeconds + toSeconds) / 2;
    }
    double[] gain = new double[n];
    for (int b = 0; b < filters.length; b++) {
      double total = 0;
      double squares = 0;
      for (long t = from; t < to; t++) {
        double x = level(t, b);
        total += x;
        squares += x * x;
      }
      double sum = 0;
      for (int i = 1; i < n; i++) {
        sum += level(from + i - 1, b);
        double a = sum / i;
        double z = (total - sum) / (n - i);
        double explained = (double) i * (n - i) / n * (a - z) * (a - z);
        double left = squares - total * total / n - explained;
        gain[i] -= n * Math.log(Math.max(left / n, LEAST_DB * LEAST_DB));
      }
    }
    int best = n / 2;
    for (int i = 2; i < n - 1; i++) {
      best = gain[i] > gain[best] ? i : best;
    }
    return (from + best) * stepSeconds;
  }

  private long clamp(double seconds) {
    long oldest = Math.max(0, steps - levels.length);
    return Math.clamp(
        (long) Math.floor(seconds / stepSeconds), oldest, Math.max(oldest, steps - 1));
  }

  private double level(long t, int band) {
    return levels[(int) (t % levels.length)][band];
  }

  private double averaged(long t, int band) {
    long oldest = Math.max(0, steps - levels.length);
    long from = Math.max(oldest, t - AVERAGED / 2);
    long to = Math.min(steps - 1, t + AVERAGED / 2);
    double sum = 0;
    for (long i = from; i <= to; i++) {
      sum += level(i, band);
    }
    return sum / Math.max(1, to - from + 1);
  }

  /**
   * The levels of a background, averaged as those that are compared with it.
   *
   * @param meanDb of each band
   * @param deviationDb standard deviation of each band
   */
  record Floor(double[] meanDb, double[] deviationDb) {}

  /**
   * A band-pass of second order, an octave wide, with gain 1 at its centre.
   *
   * @see "R. Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients"
   */
  private static final class BandPass {
    private static final double Q = Math.sqrt(2);

    private final double b0;
    private final double a1;
    private final double a2;
    private double x1;
    private double x2;
    private double y1;
    private double y2;

    BandPass(double hz, int rateHz) {
      double w = 2 * Math.PI * hz / rateHz;
      double alpha = Math.sin(w) / (2 * Q);
      b0 = alpha / (1 + alpha);
      a1 = -2 * Math.cos(w) / (1 + alpha);
      a2 = (1 - alpha) / (1 + alpha);
    }

    /** Filters samples and returns the sum of the squares. */
    double energy(float[] x, int from, int end) {
      double sum = 0;
      for (int i = from; i < end; i++) {
        double y = b0 * (x[i] - x2) - a1 * y1 - a2 * y2;
        x2 = x1;
        x1 = x[i];
        y2 = y1;
        y1 = y;
        sum += y * y;
      }
      if (Math.abs(y1) < 1e-30) { // subnormal numbers are slow
        y1 = 0;
        y2 = 0;
      }
      return sum;
    }
  }
}
