package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Objects;

/**
 * Options of tempo estimation by autocorrelation of the onset strength. The defaults are those of
 * librosa's {@code feature.tempo}.
 *
 * @param startBpm centre of the log-normal prior, above 0; librosa's {@code start_bpm}; default:
 *     120
 * @param deviationOctaves standard deviation of the prior in octaves, above 0; librosa's {@code
 *     std_bpm}; default: 1
 * @param highestBpm tempos at or above are excluded; infinite for no limit; librosa's {@code
 *     max_tempo}; default: 320
 * @param windowSeconds length of the autocorrelation window; librosa's {@code ac_size}; default: 8
 * @param aggregate how frames are combined; librosa's {@code aggregate}; default: mean
 * @param onset options of the onset strength
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
        "windowSeconds=%s: must be above 0 and at most 600",
        windowSeconds);
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(onset, "onset");
  }

  /** librosa's defaults. */
  public static TempoOptions of() {
    return new TempoOptions(120, 1, 320, 8, Aggregate.MEAN, OnsetOptions.of());
  }

  /** Returns a copy with another prior: its centre and its standard deviation in octaves. */
  public TempoOptions withPrior(double bpm, double octaves) {
    return new TempoOptions(bpm, octaves, highestBpm, windowSeconds, aggregate, onset);
  }

  /** Returns a copy that excludes tempos at or above this one. */
  public TempoOptions withHighestBpm(double bpm) {
    return new TempoOptions(startBpm, deviationOctaves, bpm, windowSeconds, aggregate, onset);
  }

  /** Returns a copy with another window length in seconds. */
  public TempoOptions withWindowSeconds(double seconds) {
    return new TempoOptions(startBpm, deviationOctaves, highestBpm, seconds, aggregate, onset);
  }

  /** Returns a copy with another aggregate over frames. */
  public TempoOptions withAggregate(Aggregate how) {
    return new TempoOptions(startBpm, deviationOctaves, highestBpm, windowSeconds, how, onset);
  }

  /** Returns a copy with other onset options. */
  public TempoOptions withOnset(OnsetOptions how) {
    return new TempoOptions(startBpm, deviationOctaves, highestBpm, windowSeconds, aggregate, how);
  }
}
