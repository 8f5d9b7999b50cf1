package fieldnotes.detect;

import fieldnotes.common.Format;
import java.util.List;

/** What of this package can be saved. */
public final class DetectFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("sound model", SoundModel.class),
        Format.ofRecord("model of rows", RowModel.class),
        Format.ofRecord("model card", ModelCard.class),
        Format.ofRecord("class of a card", ModelCard.ClassRows.class),
        Format.ofRecord("score of a card", ModelCard.Scored.class));
  }
}
