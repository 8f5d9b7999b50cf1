package fieldnotes.model;

import fieldnotes.common.Format;
import fieldnotes.table.Provenance;
import java.util.List;

/** What of this package can be saved. */
public final class ModelFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("made", Made.class),
        Format.ofRecord("input", Made.Input.class),
        Format.ofRecord("provenance", Provenance.class),
        Format.ofRecord("pipeline", Pipeline.Fitted.class),
        Format.ofRecord("tuned", Tuned.Fitted.class),
        Format.ofRecord("resampled", Resampled.Fitted.class));
  }
}
