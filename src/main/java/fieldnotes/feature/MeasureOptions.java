package fieldnotes.feature;

/**
 * Options of a {@link Measure}. Frames and mel bands are set in {@link FrameOptions} for all
 * measures of a set.
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
  /** The options of measures that have none. */
  record None() implements MeasureOptions {}
}
