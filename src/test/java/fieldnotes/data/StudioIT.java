package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.Sha256;
import fieldnotes.synth.StudioOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studio as everyone gets it. */
class StudioIT {
  @TempDir Path home;

  @Test
  @DisplayName("made on first use, in under a minute, it has the bytes that the catalogue promises")
  void promisedBytes() throws IOException {
    long begun = System.nanoTime();
    DataSet studio = Shelf.of(null, home, Catalogue.standard(), StudioOptions.of(42)).get("studio");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
    CatalogueEntry entry = studio.entry().orElseThrow();
    assertThat(studio.files()).hasSize(entry.files());
    CatalogueEntry.Content list = entry.contents().getFirst();
    assertThat(Sha256.of(studio.folder().resolve(list.file()))).isEqualTo(list.sha256());
    assertThat(studio.folder().resolve(list.file())).hasSize(list.bytes());
    Path manifest = studio.folder().resolve(list.file());
    assertThat(Manifest.changed(manifest, Manifest.read(manifest, 230).orElseThrow())).isEmpty();
  }
}
