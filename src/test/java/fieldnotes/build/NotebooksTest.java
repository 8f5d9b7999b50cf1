package fieldnotes.build;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What every committed notebook keeps to; './workbench run --save' writes them so. */
class NotebooksTest {
  private static final Path NOTEBOOKS = Path.of("notebooks");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern QUESTION =
      Pattern.compile("\\*\\*Question\\.\\*\\* (.*?)\n\n", Pattern.DOTALL);
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(import (?:static )?(?:\\w+\\.)+)(?:\\w+|\\*);");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.~])(/(?:home|root|Users|tmp|work)/)");

  private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");

  /**
   * Rendered by JupyterLab, Notebook 7 and VS Code with its extension for notebooks, in the order
   * in which VS Code prefers them; JupyterLab prefers the same of those that one output has here.
   */
  private static final List<String> RENDERED =
      List.of(
          "application/vnd.vega.v5+json",
          "application/vnd.vegalite.v5+json",
          "text/html",
          "text/latex",
          "text/markdown",
          "image/png",
          "image/svg+xml",
          "text/plain");

  /** What VS Code, JupyterLab and the hosting page take out of HTML, or what would run there. */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "(?i)<(?:script|iframe|object|embed|form|link|base|meta)\\b|\\son\\w+\\s*=|javascript:");

  private static final Set<String> OUTPUTS =
      Set.of("stream", "display_data", "execute_result", "error");

  /** What only one front end has, or what is loaded from a host. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(?:src|href)=[\"']?(?:https?:)?//[^\"' >]*|require\\(|\\bJupyter\\.|@import");

  private static final Set<String> CELL = Set.of("cell_type", "id", "metadata", "source");

  static List<Path> notebooks() throws IOException {
    if (!Files.isDirectory(NOTEBOOKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(NOTEBOOKS)) {
      return files
          .filter(f -> f.toString().endsWith(".ipynb") && !f.toString().contains(".ipynb_check"))
          .sorted()
          .toList();
    }
  }

  private static JsonNode read(Path notebook) throws IOException {
    return new ObjectMapper().readTree(Files.readString(notebook));
  }

  static String text(JsonNode lines) {
    StringBuilder text = new StringBuilder();
    if (lines.isArray()) {
      lines.forEach(line -> text.append(line.asString()));
    } else {
      text.append(lines.asString(""));
    }
    return text.toString();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName("is small, has stable ids, the Java kernel and no null metadata")
  void form(Path notebook) throws IOException {
    assertThat(Files.size(notebook)).isLessThanOrEqualTo(1_000_000);
    JsonNode root = read(notebook);
    assertThat(root.path("nbformat").asInt()).isEqualTo(4);
    assertThat(root.path("nbformat_minor").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(root.path("metadata").path("kernelspec").path("name").asString()).isEqualTo("java");
    List<String> nulls = new ArrayList<>();
    nulls("metadata", root.path("metadata"), nulls);
    Set<String> ids = new HashSet<>();
    for (JsonNode cell : root.path("cells")) {
      nulls("cell metadata", cell.path("metadata"), nulls);
      assertThat(cell.path("metadata").has("execution")).as("no time stamps").isFalse();
      String id = cell.path("id").asString("");
      assertThat(id).as("id, by nbformat 4.5").matches("[a-zA-Z0-9_-]{1,64}");
      Set<String> members = new HashSet<>(cell.propertyNames());
      boolean code = cell.path("cell_type").asString().equals("code");
      assertThat(members).as("members of %s, by nbformat 4.5", id).containsAll(CELL);
      members.removeAll(CELL);
      assertThat(members).isEqualTo(code ? Set.of("execution_count", "outputs") : Set.of());
      assertThat(ids.add(id)).as("id %s is used once", id).isTrue();
    }
    assertThat(nulls).isEmpty();
    assertThat(Files.readString(notebook)).endsWith("}\n");
  }

  private static void nulls(String where, JsonNode node, List<String> found) {
    if (node.isNull()) {
      found.add(where);
    }
    node.propertyStream().forEach(e -> nulls(where + "." + e.getKey(), e.getValue(), found));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName("was run from top to bottom and saved, without an error or a path of a machine")
  void wasRun(Path notebook) throws IOException {
    int count = 0;
    for (JsonNode cell : read(notebook).path("cells")) {
      if (!cell.path("cell_type").asString().equals("code")
          || text(cell.path("source")).isBlank()) {
        continue;
      }
      assertThat(cell.path("execution_count").asInt(-1))
          .as("counts run from 1; './workbench run --save %s' writes them", notebook)
          .isEqualTo(++count);
      boolean mayFail = cell.path("metadata").path("tags").toString().contains("raises-exception");
      for (JsonNode output : cell.path("outputs")) {
        String kind = output.path("output_type").asString();
        if (!mayFail) {
          assertThat(kind).as("output of cell %d", count).isNotEqualTo("error");
        }
        String shown = text(output.path("text")) + text(output.path("data").path("text/plain"));
        assertThat(MACHINE_PATH.matcher(shown).results().map(m -> m.group(1)))
            .as("paths in cell %d: %s", count, shown)
            .isEmpty();
        assertThat(shown).as("what cell %d shows", count).isNotEqualTo("null");
        if (output.has("data")) {
          assertThat(output.path("data").has("text/plain"))
              .as("cell %d has text beside its picture", count)
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName("begins with its title and question, and its links lead somewhere")
  void teaches(Path notebook) throws IOException {
    JsonNode cells = read(notebook).path("cells");
    String first = text(cells.path(0).path("source"));
    assertThat(first).startsWith("# ");
    boolean index = notebook.getFileName().toString().startsWith("00_");
    if (!index) {
      assertThat(first).contains("**Question.**").contains("00_start_here.ipynb");
    }
    for (JsonNode cell : cells) {
      if (!cell.path("cell_type").asString().equals("markdown")) {
        continue;
      }
      Matcher links = LINK.matcher(text(cell.path("source")));
      while (links.find()) {
        String target = links.group(1).replaceFirst("#.*", "");
        if (!target.isEmpty() && !target.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*")) {
          Path file = notebook.resolveSibling(URLDecoder.decode(target, StandardCharsets.UTF_8));
          assertThat(file.normalize()).as("link %s", links.group(1)).exists();
        }
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName(
      "shows only types that JupyterLab, Notebook 7 and VS Code render, from no other host")
  void places(Path notebook) throws IOException {
    for (JsonNode cell : read(notebook).path("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        assertThat(OUTPUTS).contains(output.path("output_type").asString());
        JsonNode data = output.path("data");
        List<String> kinds = new ArrayList<>(data.propertyNames());
        assertThat(RENDERED).containsAll(kinds);
        assertThat(kinds).as("richest first").isSortedAccordingTo(comparingInt(RENDERED::indexOf));
        assertThat(data.path("text/plain").isMissingNode() || kinds.size() <= 2)
            .as("no choice that front ends make differently: %s", kinds)
            .isTrue();
        String html = text(data.path("text/html"));
        assertThat(ELSEWHERE.matcher(html).results().map(MatchResult::group))
            .as("what cell %s loads", cell.path("id").asString())
            .isEmpty();
        assertThat(ACTIVE.matcher(html).results().map(MatchResult::group))
            .as("what cell %s runs", cell.path("id").asString())
            .isEmpty();
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName("imports nothing that the kernel imports for all")
  void needsNoImport(Path notebook) throws IOException {
    List<String> common = Files.readAllLines(NOTEBOOKS.resolve("imports.jshell"));
    for (JsonNode cell : read(notebook).path("cells")) {
      if (cell.path("cell_type").asString().equals("code")) {
        Matcher imports = IMPORT.matcher(text(cell.path("source")));
        while (imports.find()) {
          String whole = imports.group(1) + "*;";
          assertThat(common).doesNotContain(whole, imports.group());
          assertThat(whole)
              .as("import module java.base has it")
              .doesNotMatch("import java\\.(util|io|math|net|nio|time|text)\\.\\*;");
        }
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("notebooks")
  @DisplayName(
      "has a sentence before each step, short lines, and exercises with solutions at its end")
  void isEasyToRead(Path notebook) throws IOException {
    String before = "";
    String last = "";
    for (JsonNode cell : read(notebook).path("cells")) {
      String kind = cell.path("cell_type").asString();
      last = text(cell.path("source"));
      if (kind.equals("code")) {
        assertThat(before)
            .as("what stands before %s", cell.path("id").asString())
            .isEqualTo("markdown");
        assertThat(last.lines().map(line -> STRING.matcher(line).replaceAll("")))
            .allMatch(line -> line.length() <= 100);
      }
      before = kind;
    }
    if (!notebook.getFileName().toString().startsWith("00_")) {
      assertThat(last).startsWith("## Exercises").contains("\n1. ", "\n2. ");
      assertThat(last.split("<summary>Solution</summary>\n\n```java\n")).hasSizeGreaterThan(2);
    }
  }

  @Test
  @DisplayName("all are in the index, with their questions")
  void indexed() throws IOException {
    StringBuilder index = new StringBuilder();
    for (JsonNode cell : read(NOTEBOOKS.resolve("00_start_here.ipynb")).path("cells")) {
      index.append(text(cell.path("source"))).append('\n');
    }
    for (Path notebook : notebooks()) {
      String name = NOTEBOOKS.relativize(notebook).toString().replace('\\', '/');
      if (!name.startsWith("00_")) {
        Matcher question =
            QUESTION.matcher(text(read(notebook).path("cells").path(0).path("source")));
        assertThat(question.find()).as("question of %s", name).isTrue();
        String said = question.group(1).replaceAll("\\s+", " ");
        assertThat(index).contains("](" + name + ") | " + said + " |");
      }
    }
  }
}
