package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What cells can use without an import. */
class DefaultImportsTest {
  private static final Path FILE = Path.of("notebooks/imports.jshell");
  private static final String PROPERTY = "fieldnotes.kernel.imports";

  private static JavaKernel kernel;

  @BeforeAll
  static void start() {
    System.setProperty(PROPERTY, FILE.toString());
    KernelCells.start();
    System.clearProperty(PROPERTY);
    kernel = KernelCells.kernel;
  }

  @AfterAll
  static void end() {
    KernelCells.end();
  }

  private static Object value(String cell) {
    return KernelCells.value(cell);
  }

  @Test
  @DisplayName("lines of a file are imports, all others are named")
  void lines() {
    DefaultImports imports =
        DefaultImports.of(
            "// a note\nimport java.util.*; // all\nimport static java.lang.Math.max;\nint x;\n");
    assertThat(imports.all())
        .containsExactly(
            new DefaultImports.One(false, "java.util", "*"),
            new DefaultImports.One(true, "java.lang.Math", "max"));
    assertThat(imports.all().getLast().line()).isEqualTo("import static java.lang.Math.max;");
    assertThat(imports.refused()).containsExactly(java.util.Map.entry("int x;", "is no import"));
    assertThat(imports.isWhole("java.util")).as("of the module").isFalse();
  }

  @Test
  @DisplayName("all packages for users are imported, and no name is ambiguous")
  void complete() throws IOException {
    DefaultImports imports = kernel.imports();
    Set<String> packages;
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/fieldnotes"))) {
      packages =
          folders
              .map(one -> "fieldnotes." + one.getFileName())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    packages.removeAll(Set.of("fieldnotes.cli", "fieldnotes.debug", "fieldnotes.kernel"));
    assertThat(packages).allMatch(imports::isWhole);
    assertThat(imports.refused()).isEmpty();
    List<SharedNames.Shared> shared =
        new SharedNames(imports, getClass().getClassLoader()).shared();
    assertThat(shared)
        .as("a name of two packages needs an import of its own in %s", FILE)
        .allMatch(one -> one.used() != null);
    assertThat(shared)
        .contains(
            new SharedNames.Shared(
                "Format", "fieldnotes.common.Format", List.of("java.text.Format")))
        .hasSizeLessThan(10);
  }

  @Test
  @DisplayName("two packages that share a name are found")
  void ambiguous() {
    DefaultImports both =
        DefaultImports.of("import fieldnotes.cluster.*;\nimport smile.clustering.*;");
    assertThat(new SharedNames(both, getClass().getClassLoader()).shared())
        .contains(
            new SharedNames.Shared(
                "KMeans", null, List.of("fieldnotes.cluster.KMeans", "smile.clustering.KMeans")));
  }

  @Test
  @DisplayName("the library, Tablesaw and the JDK need no import")
  void used() {
    assertThat(value("Clip.of(\"a\", new float[4], 8).length()")).isEqualTo(4);
    assertThat(value("Table.create(\"t\").name()")).isEqualTo("t");
    assertThat(value("List.of(Path.of(\"a\"), Stream.of(1).toList())")).asString().contains("[1]");
    assertThat(value("mean.functionName()")).isEqualTo("Mean");
    assertThat(value("Format.class.getName()")).isEqualTo("fieldnotes.common.Format");
  }

  @Test
  @DisplayName("a class of a cell comes first, then its imports, then the default ones")
  void order() {
    assertThat(value("KMeans.class.getName()")).isEqualTo("fieldnotes.cluster.KMeans");
    assertThat(value("import smile.clustering.*;\nKMeans.class.getName()"))
        .isEqualTo("smile.clustering.KMeans");
    assertThat(value("class KMeans { int own() { return 3; } }\nnew KMeans().own()")).isEqualTo(3);
    assertThat(value("KMeans again() { return new KMeans(); }\nagain().own()")).isEqualTo(3);
    assertThat(value("import java.text.Format;\nFormat.class.getName()"))
        .isEqualTo("java.text.Format");
  }

  @Test
  @DisplayName("the file is plain Java: a kernel without it loads it in a cell")
  void loaded() throws IOException {
    DefaultImports none = DefaultImports.of("");
    try (Evaluator evaluator = new Evaluator(none)) {
      none.evaluate(evaluator);
      String lines = Files.readString(FILE);
      assertThat(lines.lines())
          .allMatch(line -> line.startsWith("//") || line.startsWith("import "));
      evaluator.eval(new Cell(1, "", lines), 0, lines);
      String code = "Clip.class.getSimpleName() + Table.create(\"t\").name() + mean.functionName()";
      assertThat(evaluator.eval(new Cell(2, "", code), 0, code).value()).isEqualTo("CliptMean");
    }
  }

  @Test
  @DisplayName("an import that fails leaves the others, and is named")
  void broken() {
    DefaultImports imports =
        DefaultImports.of("import fieldnotes.audio.*;\nimport nowhere.at.all.*;\n");
    try (Evaluator evaluator = new Evaluator(imports)) {
      imports.evaluate(evaluator);
      String code = "Clip.class.getSimpleName() + List.of()";
      assertThat(evaluator.eval(new Cell(1, "", code), 0, code).value()).isEqualTo("Clip[]");
      assertThat(imports.refused())
          .containsExactly(
              java.util.Map.entry(
                  "import nowhere.at.all.*;", "package nowhere.at.all does not exist"));
    }
  }

  @Test
  @DisplayName("%fieldnotes lists them")
  void listed() {
    String text =
        new SharedNames(kernel.imports(), getClass().getClassLoader())
            .shown()
            .getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN)
            .toString();
    assertThat(text)
        .contains("fieldnotes: audio, classify, cluster,")
        .contains("static tech.tablesaw.aggregate.AggregateFunctions.*")
        .contains("Format is fieldnotes.common.Format, not java.text.Format");
  }
}
