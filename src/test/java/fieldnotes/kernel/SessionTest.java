package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The magics that time code, and list what there is and what has run. */
class SessionTest extends KernelCells {
  @TempDir Path folder;

  private static String printed(String cell) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      value(cell);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  @DisplayName("%timeit prints mean, deviation and best of its runs, with three digits")
  void report() {
    // mean 2, deviation √(((1-2)² + (3-2)²)/2) = 1
    assertThat(Timing.report(new double[] {1e6, 3e6}, 1_000))
        .isEqualTo(
            "2.00 ms ± 1.00 ms per loop (mean ± standard deviation of 2 runs, 1,000 loops each;"
                + " best 1.00 ms)");
    assertThat(Timing.report(new double[] {99.96e9}, 1))
        .isEqualTo(
            "100 s ± 0.00 ns per loop (mean ± standard deviation of 1 run, 1 loop each; best 100 s)");
  }

  @Test
  @DisplayName("%timeit runs expressions and statements as often as it says")
  void timeit() {
    value("int runs = 0;\nint more() { return ++runs; }\nvoid none() { runs += 2; }");
    assertThat(printed("%timeit -n 10 -r 3 more()")).contains("of 3 runs, 10 loops each");
    assertThat(value("runs")).isEqualTo(30);
    printed("%timeit -n 1 -r 2 none()");
    assertThat(value("runs")).isEqualTo(34);
    printed("%%timeit -r 1 -n 5\nint a = 1;\nif (a > 0) {\n  runs += a;\n}");
    assertThat(value("runs")).isEqualTo(39);
  }

  @Test
  @DisplayName("%timeit names what it cannot run, at its place in the cell")
  void notTimed() {
    assertThat(error("%timeit -n 0 1")).contains("%timeit -n 0: must be a whole number from 1");
    assertThat(error("%timeit")).contains("%timeit: needs code");
    assertThat(error("%%timeit 3\n4")).contains("the code stands below");
    assertThat(error("%timeit unheardOf + 1")).contains("line 1, column 9", "variable unheardOf");
    assertThat(error("%%timeit\nint k = 1;\nint j = unheardOf;"))
        .contains("line 3, column 9", "variable unheardOf");
    assertThat(error("%%timeit -n 1\nint k = 1;\nthrow new IllegalStateException(\"x\");"))
        .contains("IllegalStateException: x", "-->  3 throw");
  }

  @Test
  @DisplayName("%who lists variables by name, with types and short values")
  void who() {
    value("double[] whoLine = new double[1000];\nString whoText = \"a\\nb\";");
    assertThat(printed("%who String")).isEqualTo("whoText  String  a b\n");
    assertThat(printed("%who double[]"))
        .matches("whoLine {2}double\\[] {2}double\\[1000] \\{0\\.0, .{30,50}…\n");
    assertThat(error("%who Nothing")).contains("no variable is of type Nothing; the types are");
    error("String whoNone = \"\".substring(3);");
    assertThat(printed("%who String")).contains("whoNone  String  (whoNone has no value: its init");
  }

  @Test
  @DisplayName("%history prints cells, all, the last or some, with numbers")
  void history() {
    kernel.history().add(3, "a\nb", null);
    kernel.history().add(4, "c", null);
    assertThat(printed("%history -n")).isEqualTo("   3: a\n      b\n   4: c\n");
    assertThat(printed("%history -l 1")).isEqualTo("c\n");
    assertThat(printed("%history 3")).isEqualTo("a\nb\n");
    assertThat(printed("%history 4-")).isEqualTo("c\n");
    assertThat(error("%history yesterday")).contains("%history yesterday: takes -n, -l COUNT");
  }

  @Test
  @DisplayName("every magic says what it does")
  void help() {
    assertThat(kernel.magics().help("%who").usage()).isEqualTo("%who [TYPE…]");
    assertThat(kernel.magics().help("%who").text()).startsWith("lists the variables");
    assertThat(kernel.magics().help("%%time").usage()).isEqualTo("%%time");
    assertThat(kernel.magics().help("%addJars").text()).isEqualTo("as %jars");
    assertThat(kernel.magics().help("%unheardOf")).isNull();
    assertThat(kernel.magics().lineMagics())
        .allMatch(name -> !kernel.magics().help("%" + name).text().isBlank());
    assertThat(printed("%lsmagic")).contains("%load FILE", "runs a Java file or a notebook");
  }

  @Test
  @DisplayName("%doctor prints what the launcher says, or where to run it")
  void doctor() throws IOException {
    Doctor doctor = new Doctor(kernel);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> doctor.check(List.of(), null))
        .hasMessageContaining("FIELDNOTES_HOME, the project's folder, is not set; run");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> doctor.check(List.of(), folder.toString()))
        .hasMessageContaining("no workbench in FIELDNOTES_HOME=" + folder);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> doctor.check(List.of("x"), "/"))
        .hasMessageContaining("%doctor x: takes no argument");
    Files.writeString(
        folder.resolve("workbench"), "cat\necho \"ok $1\"\necho MISSING >&2\nexit 1\n");
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      doctor.check(List.of(), folder.toString());
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("ok doctor", "MISSING");
  }

  @Test
  @DisplayName("of libraries' frames the first and the last are shown, %trace shows all")
  void folded() {
    String error = error("java.util.stream.Stream.of(1).map(i -> 1 / 0).toList()");
    assertThat(error)
        .startsWith("java.lang.ArithmeticException: / by zero\n-->  1 java.util")
        .containsPattern(
            "a lambda .*\n.*ReferencePipeline.*accept.*\n    … \\d+ more frames"
                + " \\(%trace shows all\\)\n.*ReferencePipeline.toList.*\n.*Cell In\\[7], line 1");
    assertThat(printed("%trace")).contains("evaluate").doesNotContain("more frames");
    assertThat(printed("%tb")).contains("evaluate");
  }

  @Test
  @DisplayName("what a parallel stream throws again around itself is said once")
  void parallel() {
    String error =
        error(
            "java.util.stream.IntStream.range(0, 9).parallel().map(i -> {"
                + " if (i == 2) throw new IllegalArgumentException(\"two\"); return i; }).sum()");
    assertThat(error).doesNotContain("IllegalArgumentException: java.lang").contains("tion: two\n");
  }

  @Test
  @DisplayName("a missing file is told with the folder and a name like it")
  void missingFile() throws IOException {
    Files.writeString(folder.resolve("houses.csv"), "");
    String folderText = folder.toString().replace('\\', '/');
    assertThat(error("Files.readString(Path.of(\"%s/house.csv\"))".formatted(folderText)))
        .contains("no such file in " + folder + "; did you mean houses.csv?");
    assertThat(error("new FileInputStream(\"%s/a/b.csv\")".formatted(folderText)))
        .contains("there is no folder " + folder.resolve("a") + "; relative paths start at ");
  }

  @Test
  @DisplayName("a missing column is told with those that there are")
  void missingColumn() {
    value(
        "var things = tech.tablesaw.api.Table.create(\"things\","
            + " tech.tablesaw.api.DoubleColumn.create(\"length\"));");
    assertThat(error("things.column(\"lenght\")"))
        .contains("things\nthe table has length; did you mean length?\n");
  }
}
