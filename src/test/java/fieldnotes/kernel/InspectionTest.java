package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest extends Typed {
  @BeforeAll
  static void declare() {
    kernel.typing().readSourcesFrom(Path.of("src/main/java"));
    value(
        """
        import fieldnotes.audio.*;
        import fieldnotes.cluster.*;
        record Dot(int x, int y) {}
        int twice(int of) { return 2 * of; }
        double twice(double of) { return 2 * of; }
        var names = List.of("a", "b");
        var dot = new Dot(1, 2);
        """);
  }

  @ParameterizedTest
  @DisplayName("what is said first of a place")
  @CsvSource(
      delimiter = '|',
      value = {
        "Math.hyp^ot(3, 4) | double Math.hypot(double x, double y)",
        "Math.hypot^ | double Math.hypot(double x, double y)",
        "Math.hypot(^ | double Math.hypot(double x, double y)",
        "var a = Math.hypot(3, ^ | double Math.hypot(double x, double y)",
        "var a = Math.hypot(3, 4^); | double Math.hypot(double x, double y)",
        // the overload that fits
        "Math.max(1.5, ^ | double Math.max(double a, double b)",
        "Math.max(1L, ^ | long Math.max(long a, long b)",
        "Math.m^ax(1L, 2L) | long Math.max(long a, long b)",
        "\"a\".indexOf(\"b\", ^ | int String.indexOf(String str, int fromIndex)",
        "twice(2.5^) | double twice(double of)",
        "twi^ce(2) | int twice(int of)",
        "AudioFiles.re^ad( | Clip AudioFiles.read(Path path)⏎Reads a complete file at its own sample rate",
        "AudioFiles.read(\"^ | Clip AudioFiles.read(String path)",
        // variables, with their values; of the notebook's own classes only the type
        "nam^es | List<String> names⏎[a, b]",
        "dot^ | Dot dot",
        "dot.x^() | int Dot.x()",
        "int local = 1;⏎loc^al | int local",
        "twice(nam^es) | List<String> names⏎[a, b]⏎⏎double twice(double of)",
        // classes, packages, magics
        "Cli^p | class fieldnotes.audio.Clip",
        "new ReadOptions(^ | new ReadOptions(int rateHz, double offsetSeconds",
        "Stri^ng | class java.lang.String",
        "fieldnotes.clus^ter | package fieldnotes.cluster",
        "Feat^ures | class fieldnotes.feature.Features",
        "Features.mfcc(^ | double[][] Features.mfcc(Clip clip",
        "%mav^en a:b:c | %maven GROUP:ARTIFACT:VERSION…⏎adds libraries",
        "%%ti^me⏎1 | %%time⏎",
        "%%html^⏎<b> | %%html⏎shows the cell as"
      })
  void says(String code, String first) {
    assertThat(inspected(code.strip().replace('⏎', '\n'), false))
        .as(code)
        .startsWith(first.strip().replace('⏎', '\n'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch^name",
        "^",
        "// Math.hyp^ot",
        "1^",
        "%nosuch^",
        "int^",
        "\"te^xt\"",
        ")^("
      })
  @DisplayName("of what is no name there is nothing to say")
  void nothing(String code) {
    assertThat(inspected(code, false)).isNull();
  }

  @Test
  @DisplayName("the first paragraph, or all of the documentation with parameters and errors")
  void detail() {
    String little = inspected("AudioFiles.re^ad(Path.of(\"a\"), null)", false);
    String whole = inspected("AudioFiles.re^ad(Path.of(\"a\"), null)", true);
    assertThat(little)
        .startsWith(
            "Clip AudioFiles.read(Path path, ReadOptions options)\nReads a file, mixed down")
        .doesNotContain("Throws");
    assertThat(whole).contains("Throws AudioException if the file is missing");
    // what a record says of a component
    assertThat(inspected("KMeansOptions.of(2, 1).clust^ers()", false))
        .startsWith("int KMeansOptions.clusters()\n")
        .containsIgnoringCase("number of clusters");
    assertThat(inspected("DataFrameJ^oiner", false))
        .contains("add the line: import tech.tablesaw.joining.DataFrameJoiner;");
  }

  @Test
  @DisplayName("the JDK's own documentation, also where a method inherits it")
  void jdk() {
    Assumptions.assumeTrue(
        Files.exists(Path.of(System.getProperty("java.home"), "lib", "src.zip")),
        "this JDK has no sources");
    assertThat(inspected("Math.hyp^ot(3, 4)", false)).contains("Returns sqrt(x2 +y2)");
    assertThat(inspected("new ArrayList<String>().ad^d(\"a\")", false))
        .contains("Appends the specified element to the end of this list.");
    assertThat(inspected("new TreeMap<String, String>().ent^rySet()", false))
        .contains("Returns a Set view of the mappings");
    assertThat(inspected("Map.Ent^ry", false))
        .startsWith("interface java.util.Map.Entry\nA map entry");
  }

  @ParameterizedTest
  @DisplayName("the error of an unknown name says what to add, or what is meant")
  @CsvSource(
      delimiter = '|',
      value = {
        "StringUtils.capitalize(null) | StringUtils is in tech.tablesaw.util; add the line: import tech.tablesaw.util.StringUtils;",
        "DataFrameJoiner j = null; | DataFrameJoiner is in tech.tablesaw.joining; add the line: import tech.tablesaw.joining.DataFrameJoiner;",
        "new Feturs(); | Did you mean Features of fieldnotes.feature",
        "Clipp c = null; | Did you mean Clip of fieldnotes.audio?",
        "nams.size() | Did you mean names?",
        "names.szie() | Did you mean size?",
        "names.isEmtpy() | Did you mean isEmpty?",
        "names.stream().map(n -> n.lenght()).toList() | Did you mean length?",
        "var first = names.getFrist(); | Did you mean getFirst?",
        "Math.Max(1, 2) | Did you mean max?",
        "Math.hypott(1, 2) | Did you mean hypot?",
        "KMeansOptions.of(2, 1).cluster() | Did you mean clusters?",
        "KMeansOptions.of(2, 1).clusters | Did you mean clusters()?",
        "new int[2].lenght | Did you mean length?",
        "Thread.State.RUNABLE | Did you mean RUNNABLE?",
        "for (int index = 0; index < 1; index++) { print(indx); } | Did you mean index?",
        "Tabel t = null; | Did you mean Table of tech.tablesaw.api",
        "Tabel.create(); | Did you mean Table of tech.tablesaw.api",
        "SimpleEntry<String, String> e; | SimpleEntry is in java.util.AbstractMap; add the line: import java.util.AbstractMap.SimpleEntry;",
        "Doot d = null; | Did you mean Dot?",
        "import fieldnotes.featur.*; | Did you mean fieldnotes.feature?",
        "import fieldnotes.feature.Featurs; | Did you mean Features of fieldnotes.feature?",
        "DataFrameJoiner early(DataFrameJoiner f) { return f; } early(null) | DataFrameJoiner is in tech.tablesaw.joining"
      })
  void remedies(String cell, String remedy) {
    assertThat(error(cell.strip())).as(cell).contains(remedy.strip());
  }

  @Test
  @DisplayName("a name like no other has no remedy, and several places are listed")
  void noRemedy() {
    assertThat(error("Qqqqqqzz q = null;")).endsWith("^").doesNotContain("mean", "import");
    assertThat(error("zzzzzzzzz.size()")).doesNotContain("mean");
    assertThat(error("names.zzzzzzzzz()")).doesNotContain("mean");
    assertThat(error("names.Strin")).doesNotContain("mean");
  }
}
