package fieldnotes.housing;

import fieldnotes.common.Format;
import java.util.List;

/** What of this package can be saved. */
public final class HousingFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(Format.ofRecord("neighbour target", NeighbourTarget.Fitted.class));
  }
}
