package fieldnotes.feature;

/**
 * How one thing is measured: the options of a {@link Measure}. Those that say how a clip is cut
 * into frames and mel bands are {@link FrameOptions}, and hold for all measures of a set.
 */
public sealed interface MeasureOptions
    permits MfccOptions,
        ContrastOptions,
        ChromaOptions,
        BandwidthOptions,
        RolloffOptions,
        FlatnessOptions,
        OnsetOptions,
        TempoOptions,
        HpssOptions,
        YinOptions,
        MeasureOptions.None {
  /** The options of what has none. */
  record None() implements MeasureOptions {}
}
