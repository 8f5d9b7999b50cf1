package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a notebook says that it found stands in its outputs. */
class FindingsTest {
  private static final Pattern HEADING =
      Pattern.compile("^## What (was|we) found", Pattern.MULTILINE);

  /** A number of two digits or more, with thousands separators or decimals. */
  private static final Pattern SAID =
      Pattern.compile("(?<![A-Za-z_\\d.,])(?:\\d[\\d,]*\\d(?:\\.\\d+)?|\\d\\.\\d+)");

  private static final Pattern SHOWN =
      Pattern.compile("(?<![A-Za-z_\\d.])\\d[\\d,]*(?:\\.\\d+)?(?:[eE]-?\\d+)?");

  static List<Path> notebooks() throws IOException {
    return NotebooksTest.notebooks();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName("every number of the findings is shown above, rounded or as a percentage")
  void numbersAreShown(Path notebook) throws IOException {
    assertThat(unshown(new ObjectMapper().readTree(Files.readString(notebook)))).isEmpty();
  }

  @Test
  @DisplayName("0.43 and 28 % of an output 0.4349 and 0.2813, but not 0.44, are shown")
  void byHand() {
    String cells =
        """
        {"cells": [
          {"cell_type": "code", "source": "f(12)", "outputs": [{"text": ["a 0.4349\\n", "b 0.2813"]}]},
          {"cell_type": "markdown", "source": ["## What was found\\n", "%s"]}]}
        """;
    ObjectMapper json = new ObjectMapper();
    assertThat(unshown(json.readTree(cells.formatted("0.43, 28 %, [1.5](1.5.md), 12")))).hasSize(1);
    assertThat(unshown(json.readTree(cells.formatted("an ARI of 0.44, in 1,234 rows"))))
        .containsExactly("0.44", "1,234");
  }

  private static List<String> unshown(JsonNode notebook) {
    StringBuilder above = new StringBuilder();
    List<String> found = new ArrayList<>();
    for (JsonNode cell : notebook.path("cells")) {
      String source = NotebooksTest.text(cell.path("source"));
      if (cell.path("cell_type").asString().equals("markdown") && HEADING.matcher(source).find()) {
        double[] shown =
            SHOWN.matcher(above).results().mapToDouble(m -> number(m.group())).toArray();
        Matcher said = SAID.matcher(source.replaceAll("]\\([^)]*\\)", "]"));
        while (said.find()) {
          if (!isShown(said.group(), shown)) {
            found.add(said.group());
          }
        }
      }
      above.append(source).append('\n');
      for (JsonNode output : cell.path("outputs")) {
        String html = NotebooksTest.text(output.path("data").path("text/html"));
        above
            .append(NotebooksTest.text(output.path("text")))
            .append(NotebooksTest.text(output.path("data").path("text/plain")))
            .append(html.replaceAll("base64,[A-Za-z0-9+/=]*", "").replaceAll("<[^>]*>", " "))
            .append('\n');
      }
    }
    return found;
  }

  private static boolean isShown(String said, double[] shown) {
    double value = number(said);
    int point = said.indexOf('.');
    double half = 0.5 * Math.pow(10, point < 0 ? 0 : point + 1 - said.length()) * (1 + 1e-9);
    for (double one : shown) {
      boolean rest = one >= 0 && one <= 1 && Math.abs(100 - 100 * one - value) <= half;
      if (Math.abs(one - value) <= half || Math.abs(100 * one - value) <= half || rest) {
        return true;
      }
    }
    return false;
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }
}
