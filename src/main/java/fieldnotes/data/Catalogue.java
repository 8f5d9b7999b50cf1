package fieldnotes.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The list of data sets, {@code catalogue.json} next to this class. */
record Catalogue(List<CatalogueEntry> sets) {
  private static final class Holder {
    private static final Catalogue STANDARD = read();
  }

  /** The catalogue of this version of Fieldnotes. */
  static Catalogue standard() {
    return Holder.STANDARD;
  }

  private static Catalogue read() {
    JsonMapper mapper =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.json")) {
      return mapper.readValue(in, Catalogue.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<CatalogueEntry> find(String id) {
    return sets.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  List<String> ids() {
    return sets.stream().map(CatalogueEntry::id).toList();
  }
}
