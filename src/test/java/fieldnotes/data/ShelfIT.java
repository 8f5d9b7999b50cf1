package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.FaultSweep;
import fieldnotes.common.Sha256;
import fieldnotes.synth.StudioOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fetch whose file operations fail, one after the other. */
class ShelfIT {
  @TempDir Path home;
  private LocalServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        new LocalServer(ShelfTest.archive("set-1/a/one.wav", "set-1/b/two.wav", "set-1/README"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @DisplayName("whichever operation of a fetch fails: nothing half, and the next run gets it")
  void eachOperation() throws Exception {
    CatalogueEntry entry =
        ShelfTest.entry(server.url(), server.content.length, Sha256.of(server.content), 2);
    FaultSweep.Work get =
        folder ->
            new Shelf(
                    List.of(folder.resolve("data")),
                    folder.resolve("data"),
                    new Catalogue(List.of(entry)),
                    StudioOptions.of(1))
                .get("mine");
    FaultSweep.Work nothing = folder -> {};
    assertThat(FaultSweep.of("data set", home, nothing, get).withHidden().run(23).faults())
        .isPositive();
    FaultSweep.Work incomplete =
        folder -> {
          get.in(folder);
          Files.delete(folder.resolve("data/mine/b/two.wav"));
        };
    assertThat(
            FaultSweep.of("data set anew", home, incomplete, get)
                .withHidden()
                .with(
                    folder -> {
                      Map<String, String> state = FaultSweep.contents(folder);
                      return state.size() == 3 && state.containsKey("data/mine/manifest.csv")
                          ? Map.of("set", "incomplete")
                          : state;
                    })
                .run(29)
                .faults())
        .isPositive();
  }
}
