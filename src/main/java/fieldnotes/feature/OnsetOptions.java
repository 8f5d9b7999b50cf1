package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Objects;

/**
 * How onset strength is measured. The defaults are librosa's {@code onset_strength}.
 *
 * @param lag frames back to what a band is compared with, from 1 to a million; {@code lag}, 1
 * @param maximumWidth mel bands of which the strongest is taken at that frame, at least 1; above 1
 *     vibrato is no onset; {@code max_size}, 1
 * @param aggregate how the rises of the bands become one number; {@code aggregate}, the mean
 * @param detrended whether its slow part is taken away by a filter; {@code detrend}, false
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

  /** Returns a copy that compares with the frame this number of frames before. */
  public OnsetOptions withLag(int frames) {
    return new OnsetOptions(frames, maximumWidth, aggregate, detrended);
  }

  /** Returns a copy that compares with the strongest of this number of neighbouring bands. */
  public OnsetOptions withMaximumWidth(int bands) {
    return new OnsetOptions(lag, bands, aggregate, detrended);
  }

  /** Returns a copy with this average over the bands; librosa's beat tracker takes the median. */
  public OnsetOptions withAggregate(Aggregate how) {
    return new OnsetOptions(lag, maximumWidth, how, detrended);
  }

  /** Returns a copy without the slow part. */
  public OnsetOptions withDetrended(boolean yes) {
    return new OnsetOptions(lag, maximumWidth, aggregate, yes);
  }
}
