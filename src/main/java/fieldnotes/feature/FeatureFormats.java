package fieldnotes.feature;

import fieldnotes.common.Format;
import java.util.List;

/** What of this package can be saved within a model: which features it measures, and how. */
public final class FeatureFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("feature set", FeatureSet.class),
        Format.ofRecord("measure", Measure.class),
        Format.ofRecord("frames", FrameOptions.class),
        Format.ofRecord("mel bands", MelOptions.class),
        Format.ofRecord("no options", MeasureOptions.None.class),
        Format.ofRecord("mfcc options", MfccOptions.class),
        Format.ofRecord("contrast options", ContrastOptions.class),
        Format.ofRecord("chroma options", ChromaOptions.class),
        Format.ofRecord("bandwidth options", BandwidthOptions.class),
        Format.ofRecord("rolloff options", RolloffOptions.class),
        Format.ofRecord("flatness options", FlatnessOptions.class),
        Format.ofRecord("onset options", OnsetOptions.class),
        Format.ofRecord("tempo options", TempoOptions.class),
        Format.ofRecord("hpss options", HpssOptions.class),
        Format.ofRecord("yin options", YinOptions.class));
  }
}
