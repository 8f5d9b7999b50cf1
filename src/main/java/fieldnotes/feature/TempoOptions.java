package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Objects;

/**
 * How tempo is found. The defaults are librosa's {@code feature.tempo}: of the lags at which the
 * onset strength resembles itself the best, those near 120 beats a minute favoured.
 *
 * @param startBpm the tempo that is favoured, above 0; {@code start_bpm}, 120
 * @param deviationOctaves standard deviation of that favour, above 0; {@code std_bpm}, 1
 * @param highestBpm tempos from here on are left out; infinite for none; {@code max_tempo}, 320
 * @param windowSeconds of onset strength that are compared with themselves; {@code ac_size}, 8
 * @param aggregate how the frames become one; {@code aggregate}, the mean
 * @param onset how the onset strength is measured
 */
public record TempoOptions(
    double startBpm,
    double deviationOctaves,
    double highestBpm,
    double windowSeconds,
    Aggregate aggregate,
    OnsetOptions onset)
    implements MeasureOptions {
  public TempoOptions {
    Check.positive("startBpm", startBpm);
    Check.positive("deviationOctaves", deviationOctaves);
    Check.that(highestBpm > 0, "highestBpm=%s: must be above 0", highestBpm);
    Check.that(
        windowSeconds > 0 && windowSeconds <= 600,
        "windowSeconds=%s: must lie above 0 and within 600",
        windowSeconds);
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(onset, "onset");
  }

  /** librosa's defaults. */
  public static TempoOptions of() {
    return new TempoOptions(120, 1, 320, 8, Aggregate.MEAN, OnsetOptions.of());
  }

  /** Returns a copy that prefers this tempo, with this standard deviation in octaves. */
  public TempoOptions withPrior(double bpm, double octaves) {
    return new TempoOptions(bpm, octaves, highestBpm, windowSeconds, aggregate, onset);
  }

  /** Returns a copy without tempos from this one on. */
  public TempoOptions withHighestBpm(double bpm) {
    return new TempoOptions(startBpm, deviationOctaves, bpm, windowSeconds, aggregate, onset);
  }

  /** Returns a copy with windows of this length in seconds. */
  public TempoOptions withWindowSeconds(double seconds) {
    return new TempoOptions(startBpm, deviationOctaves, highestBpm, seconds, aggregate, onset);
  }

  /** The same with another middle of the frames. */
  public TempoOptions withAggregate(Aggregate how) {
    return new TempoOptions(startBpm, deviationOctaves, highestBpm, windowSeconds, how, onset);
  }

  /** The same from an onset strength measured in another way. */
  public TempoOptions withOnset(OnsetOptions how) {
    return new TempoOptions(startBpm, deviationOctaves, highestBpm, windowSeconds, aggregate, how);
  }
}
