package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code ./workbench new}. It builds nothing, so the launcher alone is enough. */
class NewNotebookTest {
  @TempDir Path checkout;

  @BeforeEach
  void copy() throws IOException {
    Files.copy(Path.of("workbench"), checkout.resolve("workbench"));
  }

  private String run(int code, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "workbench", "new"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(code);
    return said;
  }

  @Test
  @DisplayName("makes a notebook with stable ids, which is not overwritten")
  void made() throws Exception {
    assertThat(run(0, "birds/first_try.ipynb"))
        .startsWith("my/birds/first_try.ipynb\n")
        .contains("./workbench run \"my/birds/first_try.ipynb\"");
    Path file = checkout.resolve("my/birds/first_try.ipynb");
    JsonNode root = new ObjectMapper().readTree(Files.readString(file));
    assertThat(root.path("metadata").path("kernelspec").path("name").asString()).isEqualTo("java");
    List<String> ids = new ArrayList<>();
    root.path("cells").forEach(cell -> ids.add(cell.path("id").asString()));
    assertThat(ids).containsExactly("title", "data", "look", "measure", "findings");
    assertThat(NotebooksTest.text(root.path("cells").path(0).path("source")))
        .startsWith("# first try\n\n**Question.**");
    assertThat(NotebooksTest.text(root.path("cells").path(3).path("source")))
        .contains("printf(\"%s: %.1f s, level %.3f%n\"")
        .doesNotContain("import");
    String before = Files.readString(file);
    assertThat(run(1, "birds/first_try")).contains("exists, and is not changed");
    assertThat(file).content().isEqualTo(before);
    run(0, "two words");
    assertThat(checkout.resolve("my/two words.ipynb")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "'', needs a NAME",
    "a/, needs a NAME",
    "../a, must be a name",
    "/a, must be a name",
    "a/../b, must be a name",
    ".hidden, must be a name",
    "a:b, must have none of",
    "--force, unknown argument '--force'"
  })
  @DisplayName("refuses what is no name of a file in my/")
  void refused(String name, String why) throws Exception {
    assertThat(run(2, name)).contains(why).contains("./workbench new --help");
    assertThat(checkout.resolve("my")).doesNotExist();
  }
}
