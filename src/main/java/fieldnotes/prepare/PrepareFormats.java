package fieldnotes.prepare;

import fieldnotes.common.Format;
import java.util.List;

/** What of this package can be saved: every step that has learnt. */
public final class PrepareFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("scaler", Scaler.class),
        Format.ofRecord("scaler options", Scaler.Options.class),
        Format.ofRecord("missing", Missing.class),
        Format.ofRecord("missing options", Missing.Options.class),
        Format.ofRecord("one-hot", OneHot.class),
        Format.ofRecord("categories", Categories.class),
        Format.ofRecord("outliers", Outliers.class),
        Format.ofRecord("outliers options", Outliers.Options.class),
        Format.ofRecord("redundant", Redundant.class),
        Format.ofRecord("columns", Columns.Fitted.class),
        Format.ofRecord("part", Columns.FittedPart.class),
        Format.ofRecord("sequence", Sequence.Fitted.class),
        Format.ofRecord("logarithm", Steps.Logarithm.class),
        Format.ofRecord("ratio", Steps.Ratio.class),
        Format.ofRecord("buckets", Steps.Buckets.class));
  }
}
