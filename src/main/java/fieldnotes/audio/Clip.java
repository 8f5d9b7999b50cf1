package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * A piece of sound: mono samples and their rate. Full scale is −1…1; samples beyond it are kept.
 *
 * <p>A clip is a view of its samples and does not copy them; treat them as read-only.
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

  /** A clip of these samples, not copied, called {@code name}. */
  public static Clip of(String name, float[] samples, int sampleRateHz) {
    return new Clip(name, samples, sampleRateHz, 0);
  }

  /** Where the clip came from, as a person would call it. */
  public String name() {
    return name;
  }

  /** The samples themselves, not a copy. */
  public float[] samples() {
    return samples;
  }

  /** Samples a second. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** The number of samples. */
  public int length() {
    return samples.length;
  }

  /** The length in seconds. */
  public double durationSeconds() {
    return (double) samples.length / sampleRateHz;
  }

  /** Where in its file or longer clip this one begins, in seconds; 0 for a whole one. */
  public double startSeconds() {
    return startSeconds;
  }

  /** The same samples under another name. */
  public Clip withName(String newName) {
    return new Clip(newName, samples, sampleRateHz, startSeconds);
  }

  /** Other samples at the same rate, place and name. */
  public Clip withSamples(float[] newSamples) {
    return new Clip(name, newSamples, sampleRateHz, startSeconds);
  }

  /** The same samples, beginning at this second of their file. */
  public Clip withStart(double seconds) {
    return new Clip(name, samples, sampleRateHz, seconds);
  }

  /**
   * The piece between two times, copied. Times are truncated to whole samples.
   *
   * @param fromSeconds ≥ 0 and ≤ {@link #durationSeconds()}
   * @param toSeconds ≥ {@code fromSeconds}; beyond the end means the end
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

  /** The samples {@code from} (included) to {@code to} (excluded), copied. */
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

  /** The largest magnitude of a sample; 0 for an empty clip. */
  public double peak() {
    float peak = 0;
    for (float x : samples) {
      peak = Math.max(peak, Math.abs(x));
    }
    return peak;
  }

  /** The root of the mean square of all samples; 0 for an empty clip. */
  public double rms() {
    double sum = 0;
    for (float x : samples) {
      sum += (double) x * x;
    }
    return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
  }

  /**
   * The clip at another rate, as long as {@code librosa.resample} makes it.
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
