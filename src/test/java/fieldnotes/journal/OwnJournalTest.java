package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The journal of this project itself. */
class OwnJournalTest {
  private final Path root = Path.of("").toAbsolutePath();
  private final Journal journal = Journal.at(root);

  @BeforeEach
  void isThere() {
    Assumptions.assumeTrue(
        Files.exists(root.resolve("data/journal.jsonl")), "this project has no journal yet");
  }

  @Test
  @DisplayName("every line of the record reads, and the page is made from it")
  void page() {
    assertThat(journal.problems()).isEmpty();
    assertThat(root.resolve("JOURNAL.md"))
        .as("./workbench journal render makes it anew")
        .hasContent(Page.of(Book.of(journal.runs())));
  }

  @Test
  @DisplayName("assets/ has each figure that a run shows, and no figure that none shows")
  void figures() throws Exception {
    Set<String> shown = new HashSet<>();
    for (Run run : journal.runs()) {
      run.pictures().forEach(p -> shown.addAll(List.of(p.file(), p.sound())));
    }
    shown.remove("");
    for (String file : shown) {
      assertThat(root.resolve(file)).isNotEmptyFile();
    }
    if (!shown.isEmpty()) {
      try (Stream<Path> files = Files.list(root.resolve("assets"))) {
        assertThat(files.map(f -> "assets/" + f.getFileName()))
            .as("./workbench journal render --tidy removes what no run shows")
            .allMatch(name -> shown.contains(name) || !name.matches(Journal.FIGURE));
      }
    }
  }

  @Test
  @DisplayName("every entry names a notebook that is there")
  void notebooks() {
    for (List<Run> runs : journal.entries()) {
      assertThat(root.resolve(runs.getLast().notebook())).isRegularFile();
    }
  }
}
