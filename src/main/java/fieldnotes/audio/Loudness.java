package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * Loudness of a clip by EBU R128. A clip is one channel: the value is that of FFmpeg's filter
 * {@code ebur128} for the mono file; played by two loudspeakers it is 3 LU louder.
 *
 * @param integratedLufs loudness of the complete clip, in LUFS: the mean power of blocks of 400 ms,
 *     100 ms apart, without those below −70 LUFS or more than 10 LU below the others. −∞ if nothing
 *     is that loud. A clip shorter than 400 ms is measured as one block
 * @param momentaryLufs loudness of the loudest 400 ms
 * @param shortTermLufs loudness of the loudest 3 s; −∞ for shorter clips
 * @param rangeLu loudness range LRA: from the 10th to the 95th percentile of 3 s blocks, 100 ms
 *     apart, without those below −70 LUFS or more than 20 LU below the others; 0 if there are none
 * @param truePeakDb largest absolute value of the sound between the samples, in dB relative to full
 *     scale: that of the clip resampled to at least 192 kHz, at least its sample peak
 * @see "ITU-R BS.1770-4, 2015; EBU R 128, 2020; EBU Tech 3342, 2016"
 */
public record Loudness(
    double integratedLufs,
    double momentaryLufs,
    double shortTermLufs,
    double rangeLu,
    double truePeakDb) {
  private static final double LEAST_LUFS = -70;
  private static final double MOST_GAIN_DB = 200;
  private static final int STEPS = 4;
  private static final int SHORT_TERM_STEPS = 30;

  /**
   * The loudness of a clip.
   *
   * @param clip at a sample rate of at least 4000 Hz, below which the filter is not defined
   * @throws IllegalArgumentException if a sample is NaN or infinite, or the rate too low
   */
  public static Loudness of(Clip clip) {
    double[] power = stepPowers(clip);
    double[] blocks = blocks(power, STEPS);
    double[] longer = blocks(power, SHORT_TERM_STEPS);
    if (blocks.length == 0 && clip.length() > 0) {
      blocks = new double[] {mean(weighted(clip))};
    }
    Arrays.sort(blocks);
    Arrays.sort(longer);
    return new Loudness(
        lufs(gated(blocks, 10)),
        blocks.length == 0 ? Double.NEGATIVE_INFINITY : lufs(blocks[blocks.length - 1]),
        longer.length == 0 ? Double.NEGATIVE_INFINITY : lufs(longer[longer.length - 1]),
        range(longer),
        20 * Math.log10(truePeak(clip)));
  }

  /** As {@link #normalised(Clip, double, double)} with a true peak of at most −1 dB. */
  public static Clip normalised(Clip clip, double targetLufs) {
    return normalised(clip, targetLufs, -1);
  }

  /**
   * The clip with another gain, such that it has a loudness, or less where its peak would be too
   * high: nothing is compressed. A clip without measurable loudness is returned as it is.
   *
   * @param targetLufs −70…0; broadcasting takes −23, streams about −16
   * @param mostTruePeakDb highest true peak in dB relative to full scale, −100…0
   */
  public static Clip normalised(Clip clip, double targetLufs, double mostTruePeakDb) {
    Check.within("targetLufs", targetLufs, LEAST_LUFS, 0);
    Check.within("mostTruePeakDb", mostTruePeakDb, -100, 0);
    Loudness loudness = of(clip);
    if (loudness.integratedLufs == Double.NEGATIVE_INFINITY) {
      return clip;
    }
    double gainDb =
        Math.min(
            Math.min(targetLufs - loudness.integratedLufs, mostTruePeakDb - loudness.truePeakDb),
            MOST_GAIN_DB);
    return Levels.scaled(clip, Math.pow(10, gainDb / 20));
  }

  /**
   * Mean square of each complete 100 ms after the weighting; steps begin at rounded samples where
   * the rate is no multiple of 10.
   */
  private static double[] stepPowers(Clip clip) {
    double[] y = weighted(clip);
    int rate = clip.sampleRateHz();
    int steps = (int) (10L * y.length / rate);
    double[] power = new double[steps];
    for (int s = 0; s < steps; s++) {
      int from = (int) ((long) s * rate / 10);
      int to = (int) ((s + 1L) * rate / 10);
      power[s] = mean(Arrays.copyOfRange(y, from, to));
    }
    return power;
  }

  /** Filtered by the two filters of BS.1770, whose formulas hold for any rate. */
  private static double[] weighted(Clip clip) {
    Augmenter.finite(clip);
    Check.atLeast("sampleRateHz", clip.sampleRateHz(), 4000);
    double[] y = new double[clip.length()];
    for (int i = 0; i < y.length; i++) {
      y[i] = clip.samples()[i];
    }
    double quality = 0.7071752369554196;
    double k = Math.tan(Math.PI * 1681.974450955533 / clip.sampleRateHz());
    double high = Math.pow(10, 3.999843853973347 / 20);
    double middle = Math.pow(high, 0.4996667741545416);
    new Biquad(
            high + middle * k / quality + k * k,
            2 * (k * k - high),
            high - middle * k / quality + k * k,
            1 + k / quality + k * k,
            2 * (k * k - 1),
            1 - k / quality + k * k)
        .run(y);
    quality = 0.5003270373238773;
    k = Math.tan(Math.PI * 38.13547087602444 / clip.sampleRateHz());
    double a0 = 1 + k / quality + k * k;
    // the standard does not scale the second filter by a0
    new Biquad(a0, -2 * a0, a0, a0, 2 * (k * k - 1), 1 - k / quality + k * k).run(y);
    return y;
  }

  private static double mean(double[] y) {
    double sum = 0;
    for (double v : y) {
      sum += v * v;
    }
    return sum / y.length;
  }

  /** The mean of each run of {@code steps} steps. */
  private static double[] blocks(double[] power, int steps) {
    double[] out = new double[Math.max(0, power.length - steps + 1)];
    for (int b = 0; b < out.length; b++) {
      for (int s = 0; s < steps; s++) {
        out[b] += power[b + s] / steps;
      }
    }
    return out;
  }

  /** The mean of the sorted blocks that pass both gates; 0 if none does. */
  private static double gated(double[] sorted, double relativeLu) {
    double[] kept = passing(sorted, relativeLu);
    return kept.length == 0 ? 0 : Arrays.stream(kept).sum() / kept.length;
  }

  private static double[] passing(double[] sorted, double relativeLu) {
    double[] loud = Arrays.stream(sorted).filter(p -> lufs(p) >= LEAST_LUFS).toArray();
    double gate = Arrays.stream(loud).sum() / loud.length * Math.pow(10, -relativeLu / 10);
    return Arrays.stream(loud).filter(p -> p >= gate).toArray();
  }

  private static double range(double[] sorted) {
    double[] kept = passing(sorted, 20);
    if (kept.length == 0) {
      return 0;
    }
    int low = (int) Math.rint(0.10 * (kept.length - 1));
    int high = (int) Math.rint(0.95 * (kept.length - 1));
    return lufs(kept[high]) - lufs(kept[low]);
  }

  private static double lufs(double power) {
    return -0.691 + 10 * Math.log10(power);
  }

  private static double truePeak(Clip clip) {
    int times = Math.clamp((192_000 + clip.sampleRateHz() - 1) / clip.sampleRateHz(), 1, 64);
    Resampler.Stream stream = Resampler.of(1, times).stream();
    double peak = clip.peak();
    int block = 1 << 14;
    for (int from = 0; from < clip.length(); from += block) {
      int n = Math.min(block, clip.length() - from);
      peak = Math.max(peak, peak(stream.push(clip.samples(), from, n)));
    }
    return clip.length() == 0 ? 0 : Math.max(peak, peak(stream.finish()));
  }

  private static double peak(float[] x) {
    double peak = 0;
    for (float v : x) {
      peak = Math.max(peak, Math.abs(v));
    }
    return peak;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f LUFS, loudest 400 ms %.1f, loudest 3 s %.1f, range %.1f LU, true peak %.1f dB",
        integratedLufs,
        momentaryLufs,
        shortTermLufs,
        rangeLu,
        truePeakDb);
  }
}
