package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest extends Typed {
  @BeforeAll
  static void declare() {
    value(
        """
        import fieldnotes.audio.*;
        import fieldnotes.cluster.*;
        import fieldnotes.data.*;
        import tech.tablesaw.api.*;
        record Dot(int x, int y) {
          static Dot of(int both) { return new Dot(both, both); }
          Dot moved(int by) { return new Dot(x + by, y); }
        }
        enum Colour { RED, GREEN }
        void paint(Colour colour, Dot dot) {}
        double far(Dot from, double factor) { return factor; }
        var names = List.of("a");
        var dot = new Dot(1, 2);
        int[] counts = {1, 2};
        var heights = Table.create("heights")
            .addColumns(DoubleColumn.create("height", 1, 2), StringColumn.create("label", "a", "b"));
        """);
  }

  @ParameterizedTest
  @DisplayName("what comes up first, in this order, is followed by what must not come up")
  @CsvSource(
      delimiter = '|',
      value = {
        // packages and classes
        "import fieldnotes.^ | audio | AudioFiles Clip",
        "import fieldnotes.au^ | audio | cluster",
        "import fieldnotes.audio.^ | AudioException AudioFiles AudioInfo | FileFormat WavFormat",
        "import fieldnotes.audio.Cl^ | Clip | AudioFiles",
        "import tech.tablesaw.api.Ta^ | Table | StringColumn",
        "import static java.lang.Math.hyp^ | hypot | hypot(",
        "import static java.lang.Math.ab^ | abs absExact | cos",
        "import java.util.Map.^ | Entry | of",
        "import module java.b^ | base | java.base",
        "import jav^ | java | javac",
        "java.util.concurrent.atomic.AtomicIntegerA^ | AtomicIntegerArray | AtomicInteger",
        // members
        "dot.^ | x() y() moved( equals( hashCode() | of( Dot",
        "names.ge^ | get( getFirst() getLast() getClass() | add(",
        "names.stream().fi^ | filter( findAny() findFirst() | map(",
        "Dot.^ | of( class | x() moved(",
        "Colour.^ | RED GREEN valueOf( values() class | name()",
        "counts.^ | length clone() | size()",
        "names.stream().map(String::len^ | length | length()",
        "names.stream().map(String::value^ | valueOf | valueOf(",
        "Math.hyp^ | hypot( | hypot",
        "int n = dot.^ | x() y() moved( | of(",
        // the arguments of a call
        "paint(^ | Colour.RED Colour.GREEN | null AEADBadTagException",
        "paint(Colour.RED, ^ | dot Dot.of( | Colour.RED",
        "KMeans.fit(^ | heights Table.create( | AEADBadTagException Clip earliestDate",
        "import static tech.tablesaw.aggregate.AggregateFunctions.*;⏎KMeans.fit(^ | heights | mean",
        "import static tech.tablesaw.aggregate.AggregateFunctions.*;⏎heights.summarize(\"height\", me^ | mean median | min",
        "Dot other = ^ | dot Dot.of( | Clip",
        "boolean yes = ^ | true false | Clip",
        "switch (Colour.RED) { case ^ | RED GREEN | dot",
        "dot != null && Colour.RED == ^ | Colour.RED Colour.GREEN | class",
        // names
        "nam^ | names | heights",
        "Dot^ | Dot | DotPlot",
        "pai^ | paint( | dot",
        "Clip^ | Clip | Clipper",
        "Strin^ | String StringBuffer StringBuilder StringColumn StringJoiner | Strong",
        "retu^ | return | record",
        "new Dot^ | Dot( | Dot",
        "new ArrayL^ | ArrayList( | ArrayList",
        "new HashM^ | HashMap( | Hashtable(",
        // in another case where nothing begins just so
        "NAM^ | names | heights",
        "kmeans^ | KMeans | KMeansx",
        "Kmeansopt^ | KMeansOptions | KMeans",
        "kmeans.f^ | KMeans.fit( | class",
        "names.GETF^ | getFirst() | get(",
        "import fieldnotes.audio.audiof^ | AudioFiles | Clip",
        "new arrayl^ | ArrayList( | ArrayList",
        "DataSets.get(\"STU^ | studio | housing",
        "heights.column(\"LAB^ | label | height",
        // nested classes
        "Entr^ | Map.Entry | java.util.Map.Entry",
        "new SimpleEnt^ | AbstractMap.SimpleEntry( | SimpleEntry(",
        // lines that have not run
        "var clip = AudioFiles.read(Path.of(\"a\"));⏎clip.dur^ | durationSeconds() | length()",
        "names.forEach(n -> {⏎  n.toU^ | toUpperCase( | toLowerCase(",
        "for (var n : names) { n.toU^ | toUpperCase( | toLowerCase(",
        "for (int index = 0; index < nam^ | names | heights",
        "for (int index = 0; ind^ | index | heights",
        "int twice(Dot given) { return given.^ | x() y() moved( | of(",
        "record Pair(Dot left, Dot right) {}⏎var pair = new Pair(dot, dot);⏎pair.^ | left() right() | x()",
        "if (dot instanceof Dot same && same.^ | x() y() moved( | of(",
        "try (var r = Files.newBufferedReader(Path.of(\"x\"))) { r.readL^ | readLine() | read(",
        "import fieldnotes.feature.*;⏎Features.mf^ | mfcc( | chroma(",
        "%%time⏎dot.mo^ | moved( | x()",
        "%jars nothing.jar⏎dot.mo^ | moved( | x()",
        "var jars = %jars nothing.jar⏎jars.getFi^ | getFirst() | get(",
        "var text = \"\"\"⏎  a \" ( quoted⏎  \"\"\";⏎text.toU^ | toUpperCase( | x()",
        // wrong code around
        "int wrong = ;⏎dot.mo^ | moved( | x()",
        "open(⏎dot.mo^ | moved( | x()",
        "dot.mo^⏎int wrong = ((; | moved( | x()",
        "var s = \"never closed;⏎dot.mo^ | moved( | x()",
        // magics
        "%mave^ | %maven %mavenRepo | %%time",
        "%%ti^ | %%time | %time"
      })
  void comesUp(String code, String first, String never) {
    List<String> found = completed(code.strip().replace('⏎', '\n'));
    String[] wanted = first.strip().split(" ");
    assertThat(found).as(code).startsWith(wanted);
    assertThat(found).as(code).doesNotContain(never.strip().split(" "));
  }

  @Test
  @DisplayName("members end with those of every object, and have types and signatures")
  void membersAreDescribed() {
    assertThat(completed("names.^")).startsWith("add(", "addAll(").endsWith("wait(");
    assertThat(found("dot.^").list())
        .contains(
            new Candidates.One("x()", "function", "() : int"),
            new Candidates.One("moved(", "function", "(int by) : Dot"));
    assertThat(found("names.ad^").list())
        .contains(
            new Candidates.One("addFirst(", "function", "(String e) : void"),
            new Candidates.One("add(", "function", "(String) : boolean  (+1)"));
    assertThat(found("nam^").list())
        .containsExactly(new Candidates.One("names", "instance", "List<String>"));
    assertThat(found("far(dot, ^").list())
        .contains(
            new Candidates.One("/* factor */ ", "text", "double of far(Dot from, double factor)"));
  }

  @Test
  @DisplayName("a call without a prefix offers no classes, and variables of another type last")
  void arguments() {
    List<String> found = completed("paint(Colour.RED, ^");
    assertThat(found).hasSizeLessThan(15).contains("dot", "heights");
    assertThat(found.indexOf("dot")).isLessThan(found.indexOf("heights"));
    assertThat(completed("far(dot, ^"))
        .contains("far(", "/* factor */ ", "dot")
        .doesNotContain("Clip");
    assertThat(completed("unknownMethod(^")).contains("dot", "names").hasSizeLessThan(15);
  }

  @Test
  @DisplayName("a class that is not imported comes up with its package, its members too")
  void notImported() {
    assertThat(found("DataFrameJ^").list())
        .contains(
            new Candidates.One(
                "tech.tablesaw.joining.DataFrameJoiner",
                "class",
                "not imported; import tech.tablesaw.joining.DataFrameJoiner;"));
    Candidates members = found("var m = StringUtils.cap^");
    assertThat(members.texts()).containsExactly("tech.tablesaw.util.StringUtils.capitalize(");
    assertThat(members.start()).isEqualTo("var m = ".length());
    // those that are imported come first
    assertThat(completed("Cli^").indexOf("Clip"))
        .isLessThan(completed("Cli^").indexOf("fieldnotes.plot.Player") + 100)
        .isZero();
  }

  @Test
  @DisplayName("package-private and internal classes never come up")
  void onlyPublic() {
    assertThat(completed("import fieldnotes.kernel.^"))
        .contains("JavaKernel", "CellFunctions")
        .doesNotContain("Completion", "Evaluator", "Spot");
    assertThat(completed("new fieldnotes.kernel.Comp^")).isEmpty();
    assertThat(completed("import jdk.^")).doesNotContain("internal");
  }

  @Test
  @DisplayName("in a text: data sets, columns of the table at hand, paths")
  void texts(@TempDir Path folder) throws IOException {
    assertThat(completed("DataSets.samples(\"st^")).startsWith("studio");
    assertThat(completed("DataSets.get(\"^")).startsWith("studio").contains("housing");
    assertThat(completed("heights.column(\"^")).startsWith("height", "label");
    assertThat(completed("heights.column(\"lab^\")")).containsExactly("label");
    error("int broken = 1 / 0;"); // has no value, which is no obstacle
    assertThat(completed("heights.column(\"lab^\")")).containsExactly("label");
    assertThat(completed("heights.where(heights.stringColumn(\"l^")).startsWith("label");
    assertThat(completed("heights.first(1).column(\"h^")).startsWith("height");
    Files.createDirectory(folder.resolve("sounds"));
    Files.createFile(folder.resolve("song.wav"));
    Files.createFile(folder.resolve(".hidden"));
    String in = folder.toString().replace('\\', '/') + "/";
    assertThat(completed("AudioFiles.read(\"" + in + "^\")"))
        .containsExactly(in + "song.wav", in + "sounds/");
    assertThat(completed("var p = \"" + in + "so^"))
        .containsExactly(in + "song.wav", in + "sounds/");
    assertThat(completed("%load " + in + "son^")).containsExactly(in + "song.wav");
    assertThat(completed("\"src/main/ja^")).containsExactly("src/main/java/");
    assertThat(completed("\"/no/such/folder/^")).isEmpty();
  }

  @Test
  @DisplayName("a jar that a magic has just brought is completed")
  void addedJar(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Brought.java");
    Files.writeString(
        source, "package just.now; public class Brought { public int answer() { return 42; } }");
    javax.tools.ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            "-d",
            folder.toString(),
            source.toString());
    Path jar = folder.resolve("brought.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("just/now/Brought.class"));
      Files.copy(folder.resolve("just/now/Brought.class"), out);
    }
    value("%jars " + jar);
    long end = System.nanoTime() + 20_000_000_000L; // the jar is read in the background
    while (completed("import just.now.^").isEmpty() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(completed("import just.now.^")).startsWith("Brought");
    assertThat(completed("new just.now.Brought().^")).startsWith("answer()");
    assertThat(completed("Brough^")).containsExactly("just.now.Brought");
  }

  @ParameterizedTest
  @DisplayName("whatever stands in a cell, completion answers")
  @ValueSource(
      strings = {
        "^",
        " ^",
        "\"^",
        "'^",
        "//^",
        "/*^",
        "}^",
        ")))^",
        "\"\"\"^",
        "@^",
        "...^",
        "1.^",
        "$^",
        "\\^",
        "%^",
        "%%^",
        "%%html\n<b^",
        "new ^",
        "import ^",
        "import static ^",
        "a.b.c.d.^",
        "x -> ^",
        "((((((((((^",
        "class ^",
        "class A { ^",
        "int f(^",
        "case ^",
        "\u0000^",
        "\uD83C^",
        "?.^"
      })
  void answersEverywhere(String code) {
    assertThat(found(code).start()).isBetween(0, code.length());
  }

  @Test
  @DisplayName("positions count characters, and may lie outside of the cell")
  void positions() {
    String cell = "var note = \"🎵🎵\";\nnote.leng";
    assertThat(kernel.complete(cell, cell.codePointCount(0, cell.length())).getReplacements())
        .containsExactly("length()");
    assertThat(kernel.complete(cell, 10_000).getReplacements()).containsExactly("length()");
    assertThat(kernel.complete(cell, 10_000).getSourceEnd())
        .isEqualTo(cell.codePointCount(0, cell.length()));
    assertThat(kernel.complete(cell, 10_000).getSourceStart())
        .isEqualTo(cell.codePointCount(0, cell.length()) - 4);
    assertThat(kernel.complete(cell, -5).getSourceStart()).isZero();
  }

  @Test
  @DisplayName("a cell of a megabyte is completed from the lines near the cursor")
  void large() {
    String[] lines = new String[40_000];
    Arrays.setAll(lines, i -> "int number%d = %d;".formatted(i % 9, i));
    String cell = String.join("\n", lines) + "\ndot.mo";
    assertThat(cell.length()).isGreaterThan(800_000);
    assertThat(kernel.complete(cell, cell.length()).getReplacements()).containsExactly("moved(");
    String line = "x".repeat(1_000_000);
    assertThat(kernel.complete(line, line.length()).getReplacements()).isEmpty();
  }

  @Test
  @DisplayName("nothing of the cell is run")
  void runsNothing() {
    value("int runs = 0; int run() { return ++runs; }");
    completed("run();\nvar more = run();\nmore^");
    completed("names.get(run()).^");
    assertThat(inspected("ru^n()", false)).startsWith("int run()");
    assertThat(value("runs")).isEqualTo(0);
  }

  @Test
  @DisplayName("front ends get the kind and the signature of each candidate")
  void metadata() {
    Candidates found = found("dot.x^");
    assertThat(Completion.metadata(found, 4, 5).toString())
        .isEqualTo(
            "{_jupyter_types_experimental=["
                + found.list().stream()
                    .map(
                        one ->
                            java.util.Map.of(
                                    "start",
                                    4,
                                    "end",
                                    5,
                                    "text",
                                    "x()",
                                    "type",
                                    "function",
                                    "signature",
                                    "() : int")
                                .toString())
                    .reduce("", String::concat)
                + "]}");
  }
}
