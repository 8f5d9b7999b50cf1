package fieldnotes.audio;

/**
 * One kind of random change of a clip that keeps its class, for training data. The strength is
 * drawn anew for each seed from the range in the options.
 *
 * <p>All kinds: the same clip, options and seed give the same result; the clip itself is not
 * changed; the result keeps name, start and sample rate, has no NaN, and its peak is at most 1 or,
 * if that is larger, the peak of the clip: louder results are scaled down. An empty clip is
 * returned as it is. The length stays the same, except after {@link TimeStretch}.
 *
 * <p>The text of a change is one step of {@link Augmentation#parse}.
 */
public sealed interface Augment
    permits Background,
        BandLimit,
        FrequencyMask,
        Gain,
        ImpulseResponse,
        Mixup,
        Mp3RoundTrip,
        Noise,
        PitchShift,
        Room,
        TimeMask,
        TimeShift,
        TimeStretch {
  /**
   * A changed copy of the clip.
   *
   * @param seed of the random numbers; any value
   * @throws IllegalArgumentException if a sample is NaN or infinite, or for {@link Mixup}, which
   *     needs other clips
   */
  default Clip apply(Clip clip, long seed) {
    return Augmenter.change(this, clip, Augmenter.dice(seed, 0));
  }
}
