package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Objects;

/**
 * Options of onset strength. The defaults are those of librosa's {@code onset_strength}.
 *
 * @param lag number of frames back for the difference, 1…1,000,000; librosa's {@code lag}; default:
 *     1
 * @param maximumWidth width in mel bands of a maximum filter on the earlier frame, at least 1;
 *     above 1 it suppresses vibrato; librosa's {@code max_size}; default: 1
 * @param aggregate how bands are combined; librosa's {@code aggregate}; default: mean
 * @param detrended whether to remove slow changes by a high-pass filter; librosa's {@code detrend};
 *     default: false
 */
public record OnsetOptions(int lag, int maximumWidth, Aggregate aggregate, boolean detrended)
    implements MeasureOptions {
  public OnsetOptions {
    Check.within("lag", lag, 1, 1_000_000);
    Check.atLeast("maximumWidth", maximumWidth, 1);
    Objects.requireNonNull(aggregate, "aggregate");
  }

  /** librosa's defaults. */
  public static OnsetOptions of() {
    return new OnsetOptions(1, 1, Aggregate.MEAN, false);
  }

  /** Returns a copy with another lag in frames. */
  public OnsetOptions withLag(int frames) {
    return new OnsetOptions(frames, maximumWidth, aggregate, detrended);
  }

  /** Returns a copy with another width of the maximum filter. */
  public OnsetOptions withMaximumWidth(int bands) {
    return new OnsetOptions(lag, bands, aggregate, detrended);
  }

  /** Returns a copy with another aggregate; librosa's beat tracker uses the median. */
  public OnsetOptions withAggregate(Aggregate how) {
    return new OnsetOptions(lag, maximumWidth, how, detrended);
  }

  /** Returns a copy with or without detrending. */
  public OnsetOptions withDetrended(boolean yes) {
    return new OnsetOptions(lag, maximumWidth, aggregate, yes);
  }
}
