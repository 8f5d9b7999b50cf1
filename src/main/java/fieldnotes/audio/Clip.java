package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * A piece of sound: mono samples and their rate. Full scale is −1…1; samples beyond it are kept.
 *
 * <p>A clip is a view of its samples and does not copy them; treat them as read-only.
 */
public final class Clip {
  private final String name;
  private final float[] samples;
  private final int sampleRateHz;

  private Clip(String name, float[] samples, int sampleRateHz) {
    Check.atLeast("sampleRateHz", sampleRateHz, 1);
    this.name = name;
    this.samples = samples;
    this.sampleRateHz = sampleRateHz;
  }

  /** A clip of these samples, not copied, called {@code name}. */
  public static Clip of(String name, float[] samples, int sampleRateHz) {
    return new Clip(name, samples, sampleRateHz);
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

  @Override
  public String toString() {
    return "%s: %.2f s at %d Hz".formatted(name, durationSeconds(), sampleRateHz);
  }
}
