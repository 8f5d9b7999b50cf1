package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * Mono samples with a sample rate. Full scale is −1…1; samples beyond are kept.
 *
 * <p>A clip does not copy its samples; treat them as read-only.
 */
public final class Clip {
  private final String name;
  private final float[] samples;
  private final int sampleRateHz;
  private final double startSeconds;

  private Clip(String name, float[] samples, int sampleRateHz, double startSeconds) {
    Check.atLeast("sampleRateHz", sampleRateHz, 1);
    this.name = name;
    this.samples = samples;
    this.sampleRateHz = sampleRateHz;
    this.startSeconds = startSeconds;
  }

  /** A clip of these samples, which are not copied. */
  public static Clip of(String name, float[] samples, int sampleRateHz) {
    return new Clip(name, samples, sampleRateHz, 0);
  }

  /** Name for titles and tables, such as a file name. */
  public String name() {
    return name;
  }

  /** The samples, not copied. */
  public float[] samples() {
    return samples;
  }

  /** Sample rate in Hz. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** The number of samples. */
  public int length() {
    return samples.length;
  }

  /** Duration in seconds. */
  public double durationSeconds() {
    return (double) samples.length / sampleRateHz;
  }

  /** Start of the clip in its file or longer clip, in seconds; 0 for a complete file. */
  public double startSeconds() {
    return startSeconds;
  }

  /** Returns a copy with another name. */
  public Clip withName(String newName) {
    return new Clip(newName, samples, sampleRateHz, startSeconds);
  }

  /** Returns a copy with another start time. */
  public Clip withStart(double seconds) {
    return new Clip(name, samples, sampleRateHz, seconds);
  }

  /**
   * Returns a copy of the part between two times. Times are truncated to whole samples.
   *
   * @param fromSeconds ≥ 0 and ≤ {@link #durationSeconds()}
   * @param toSeconds ≥ {@code fromSeconds}; limited to the end of the clip
   */
  public Clip slice(double fromSeconds, double toSeconds) {
    Check.within("fromSeconds", fromSeconds, 0, durationSeconds());
    Check.that(
        toSeconds >= fromSeconds,
        "toSeconds=%s: must be at least fromSeconds=%s",
        toSeconds,
        fromSeconds);
    int from = (int) (fromSeconds * sampleRateHz);
    int to = (int) Math.min(samples.length, toSeconds * sampleRateHz);
    return sliceSamples(from, Math.max(from, to));
  }

  /** Returns a copy of the samples from {@code from} (included) to {@code to} (excluded). */
  public Clip sliceSamples(int from, int to) {
    Check.that(
        from >= 0 && from <= to && to <= samples.length,
        "samples %d to %d: must lie within 0 and %d",
        from,
        to,
        samples.length);
    return new Clip(
        name,
        Arrays.copyOfRange(samples, from, to),
        sampleRateHz,
        startSeconds + (double) from / sampleRateHz);
  }

  /** Largest absolute sample; 0 for an empty clip. */
  public double peak() {
    float peak = 0;
    for (float x : samples) {
      peak = Math.max(peak, Math.abs(x));
    }
    return peak;
  }

  /** Root mean square of all samples; 0 for an empty clip. */
  public double rms() {
    double sum = 0;
    for (float x : samples) {
      sum += (double) x * x;
    }
    return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
  }

  /**
   * Resamples the clip; the length is that of {@code librosa.resample}.
   *
   * @see Resampler
   */
  public Clip resampled(int toHz) {
    return toHz == sampleRateHz
        ? this
        : new Clip(name, Resampler.of(sampleRateHz, toHz).resample(samples), toHz, startSeconds);
  }

  @Override
  public String toString() {
    String from = startSeconds == 0 ? "" : String.format(Locale.ROOT, " from %.2f s", startSeconds);
    return String.format(
        Locale.ROOT, "%s: %.2f s%s at %d Hz", name, durationSeconds(), from, sampleRateHz);
  }
}
