package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.math.NumpyRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The notebooks on clustering with their switch on a small table of numbers of one's own. */
class ClusteringNotebooksIT {
  static final List<Path> NOTEBOOKS = notebooks();

  @TempDir Path folder;

  private static List<Path> notebooks() {
    try (Stream<Path> files = Files.list(Path.of("notebooks/clustering"))) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @DisplayName("every cell runs on forty rows with a text, a hole and no classes")
  @ParameterizedTest
  @FieldSource("NOTEBOOKS")
  void onNumbersOfOnesOwn(Path notebook) throws Exception {
    NumpyRandom random = NumpyRandom.of(5);
    StringBuilder csv = new StringBuilder("name,length,width,height\n");
    for (int i = 0; i < 40; i++) {
      double at = i < 20 ? 0 : 9;
      csv.append(
          String.format(
              Locale.ROOT,
              "thing %d,%.3f,%s,%.3f%n",
              i,
              at + random.normal(),
              i == 7 ? "" : String.format(Locale.ROOT, "%.3f", 100 * random.normal()),
              at - random.normal()));
    }
    Path table = Files.writeString(folder.resolve("things.csv"), csv);
    String before = System.getProperty("fieldnotes.journal");
    System.setProperty("fieldnotes.journal", folder.toString());
    System.setProperty("fieldnotes.kernel.imports", "notebooks/imports.jshell");
    JavaKernel kernel = new JavaKernel();
    System.clearProperty("fieldnotes.kernel.imports");
    try {
      kernel.prepare();
      int switches = 0;
      for (JsonNode cell : JsonMapper.builder().build().readTree(notebook.toFile()).get("cells")) {
        if (cell.get("cell_type").asString().equals("code")) {
          StringBuilder source = new StringBuilder();
          cell.get("source").forEach(line -> source.append(line.asString()));
          String text =
              source
                  .toString()
                  .replaceFirst("String what = \"[^\"]*\"", "String what = \"" + table + "\"");
          switches += text.contentEquals(source) ? 0 : 1;
          kernel.evaluator().begin();
          kernel.run(new Cell(1, "", text));
        }
      }
      assertThat(switches).isOne();
      assertThat(folder.resolve("JOURNAL.md")).content().contains("things");
    } finally {
      kernel.onShutdown(false);
      kernel.evaluator().close();
      if (before == null) {
        System.clearProperty("fieldnotes.journal");
      } else {
        System.setProperty("fieldnotes.journal", before);
      }
    }
  }
}
