package fieldnotes.detect;

import fieldnotes.audio.Clip;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Measure;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Finds when something sounds over a steady background, whatever it is. Short-time powers in mel
 * bands are compared with the floor of the last {@value #HISTORY_SECONDS} s, of which two low
 * quantiles give mean and spread. The score of a moment is the mean, over the bands, of the squared
 * distance above the floor in spreads; in noise alone it is about 0.5. A sound begins where the
 * score reaches {@value #ON}, walked back while it is at least {@value #OFF}, and ends where it did
 * not come back to {@value #HOLD} for {@value #PAUSE_SECONDS} s: claps, steps and beeps have
 * pauses. What lasts more than {@value #LONGEST_SECONDS} s is given in parts.
 */
final class Activity {
  /** Takes each sound that has ended. */
  @FunctionalInterface
  interface To {
    /**
     * @param startSeconds from the beginning of the stream
     */
    void sound(double startSeconds, double endSeconds);
  }

  static final double LONGEST_SECONDS = 20;
  static final double PAUSE_SECONDS = 1.1;

  private static final double HISTORY_SECONDS = 20;
  private static final double ON = 4;
  private static final double OFF = 2.2;

  /** What stays below this all the while it is above {@link #OFF} does not go on. */
  private static final double HOLD = 3;

  private static final double LEAST_SECONDS = 0.05;
  private static final double BACK_SECONDS = 1;

  /** The floor of the first moments is that of the first seconds. */
  private static final double FIRST_SECONDS = 4;

  /** A frame is the longest power of two within this time. */
  private static final double FRAME_SECONDS = 0.0647;

  private static final int BANDS = 32;
  private static final int AVERAGED = 6;

  /** One frame in so many is kept for the floor. */
  private static final int KEPT = 4;

  private static final double HIGH = 0.35;
  private static final double LOW = 0.3 * HIGH;

  /** Share of the time that is expected to be background. */
  private static final double QUIET_SHARE = 0.7;

  private static final double LEAST_SPREAD_DB = 0.3;
  private static final double HIGHEST = 12;
  private static final double SILENCE = 1e-12;

  /** Frames that are transformed at once. */
  private static final int BLOCK = 32;

  private final int rateHz;
  private final int hop;
  private final FrameOptions frames;
  private final FeatureExtractor extractor;
  private final To to;

  /** Samples of the next block of frames. */
  private final float[] block;

  private int filled;
  private long received;

  /** Powers of the last frames, of which the mean is taken. */
  private final ArrayDeque<double[]> powers = new ArrayDeque<>();

  /** Levels that wait for the first floor. */
  private final ArrayDeque<double[]> waiting = new ArrayDeque<>();

  /** Levels of the past, for the floor; a ring. */
  private final double[][] past;

  private long pastCount;

  /** Levels that were made, and those that were judged. */
  private long made;

  private long judged;

  private final double[] mean = new double[BANDS];
  private final double[] spread = new double[BANDS];

  /** Scores before the present, as far as a beginning may be walked back; a ring. */
  private final double[] scores;

  private long start = -1;
  private long last;
  private int active;

  /** The highest score since it was last below {@link #OFF}. */
  private double loudest;

  private long end;

  Activity(int rateHz, To to) {
    this.rateHz = rateHz;
    this.to = to;
    int fft = Math.max(64, Integer.highestOneBit((int) (FRAME_SECONDS * rateHz)));
    hop = fft / 4;
    frames = FrameOptions.of(fft, hop).uncentred().withMelBands(BANDS);
    extractor = FeatureExtractor.of(FeatureSet.of("bands", Measure.mel(BANDS)), frames);
    block = new float[fft + (BLOCK - 1) * hop];
    past = new double[count(HISTORY_SECONDS) / KEPT][];
    scores = new double[count(BACK_SECONDS) + 1];
  }

  private int count(double seconds) {
    return (int) (seconds * rateHz / hop);
  }

  /** Takes samples {@code from} to {@code end}. */
  void push(float[] x, int from, int end) {
    for (int at = from; at < end; ) {
      int n = Math.min(end - at, block.length - filled);
      System.arraycopy(x, at, block, filled, n);
      filled += n;
      received += n;
      at += n;
      if (filled == block.length) {
        transform(block);
        int kept = block.length - BLOCK * hop;
        System.arraycopy(block, BLOCK * hop, block, 0, kept);
        filled = kept;
      }
    }
  }

  /** Ends the stream. */
  void finish() {
    if (filled >= frames.fftSize()) {
      transform(Arrays.copyOf(block, filled));
    }
    filled = 0;
    if (judged == 0) {
      floor();
    }
    while (!waiting.isEmpty()) {
      judge(waiting.remove());
    }
    if (start >= 0) {
      close();
    }
  }

  /** Since when something sounds, in seconds; NaN if nothing does. */
  double openSince() {
    return start < 0 ? Double.NaN : seconds(start);
  }

  private void transform(float[] samples) {
    for (double[] power : extractor.frames(Clip.of("stream", samples, rateHz))) {
      powers.add(power);
      if (powers.size() == AVERAGED) {
        level();
        powers.remove();
      }
    }
  }

  private void level() {
    double[] db = new double[BANDS];
    for (double[] power : powers) {
      for (int b = 0; b < BANDS; b++) {
        db[b] += power[b] / AVERAGED;
      }
    }
    for (int b = 0; b < BANDS; b++) {
      db[b] = 10 * Math.log10(Math.max(SILENCE, db[b]));
    }
    long first = count(FIRST_SECONDS);
    made++;
    if (judged > 0) {
      judge(db);
    } else {
      waiting.add(db);
      if (made == first) {
        floor();
        while (!waiting.isEmpty()) {
          judge(waiting.remove());
        }
      }
    }
  }

  /** The floor from what is past, or, at the beginning, from what waits. */
  private void floor() {
    double[][] seen =
        judged == 0
            ? waiting.toArray(double[][]::new)
            : Arrays.copyOf(past, (int) Math.min(past.length, pastCount));
    if (seen.length == 0) {
      return;
    }
    double[] values = new double[seen.length];
    double high = quantile(Math.min(0.9, HIGH / QUIET_SHARE));
    double low = quantile(Math.min(0.9, LOW / QUIET_SHARE));
    for (int b = 0; b < BANDS; b++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = seen[i][b];
      }
      Arrays.sort(values);
      double upper = values[(int) (values.length * HIGH)];
      double lower = values[(int) (values.length * LOW)];
      spread[b] = Math.max(LEAST_SPREAD_DB, (upper - lower) / (high - low));
      mean[b] = upper - high * spread[b];
    }
  }

  /**
   * The quantile of a normal distribution.
   *
   * @see "Abramowitz and Stegun, Handbook of mathematical functions, 26.2.22"
   */
  private static double quantile(double p) {
    double t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
    double z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
    return p < 0.5 ? -z : z;
  }

  private void judge(double[] db) {
    if (judged > 0 && made > count(FIRST_SECONDS) && judged % count(0.5) == 0) {
      floor();
    }
    double sum = 0;
    for (int b = 0; b < BANDS; b++) {
      double above = Math.clamp((db[b] - mean[b]) / spread[b], 0, HIGHEST);
      sum += above * above;
    }
    if (judged % KEPT == 0) {
      past[(int) (pastCount++ % past.length)] = db;
    }
    score(sum / BANDS);
    judged++;
  }

  private void score(double score) {
    scores[(int) (judged % scores.length)] = score;
    if (start < 0 && score >= ON) {
      start = judged;
      while (start > end
          && judged - start < scores.length - 1
          && scores[(int) ((start - 1) % scores.length)] >= OFF) {
        start--;
      }
      last = judged;
      loudest = score;
      active = 1;
    } else if (start >= 0) {
      loudest = score >= OFF ? Math.max(loudest, score) : 0;
      if (loudest >= HOLD) {
        last = judged;
        active++;
      }
      boolean over = judged - last > count(PAUSE_SECONDS);
      if (over || judged - start >= count(LONGEST_SECONDS)) {
        close();
      }
    }
  }

  private void close() {
    if (active >= count(LEAST_SECONDS)) {
      double until = Math.min(seconds(last), (double) received / rateHz);
      to.sound(Math.min(seconds(start), until), until);
    }
    end = last + 1;
    start = -1;
  }

  /** The time of a level: the middle of the frames it is the mean of. */
  private double seconds(long level) {
    return (level * (double) hop + frames.fftSize() / 2.0 + (AVERAGED - 1) * hop / 2.0) / rateHz;
  }
}
