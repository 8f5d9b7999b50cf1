package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One kernel without sockets for all of it; a test uses names of its own. */
@SuppressWarnings("StringConcatToTextBlock") // cells on one line read better here
public class EvaluatorTest {
  /** What a test hands to a cell's thread. */
  public static volatile CountDownLatch reached;

  private static JavaKernel kernel;

  @BeforeAll
  static void start() {
    kernel = new JavaKernel();
    kernel.prepare();
  }

  @AfterAll
  static void end() {
    kernel.onShutdown(false);
    kernel.evaluator().close();
  }

  private static Object value(String cell) {
    kernel.evaluator().begin();
    return kernel.run(new Cell(7, "", cell)).value();
  }

  private static String error(String cell) {
    RuntimeException e = catchThrowableOfType(RuntimeException.class, () -> value(cell));
    assertThat(e).as(cell).isNotNull();
    return String.join("\n", kernel.formatError(e)).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Test
  @DisplayName("the last expression is the value, with or without a semicolon, whatever follows it")
  void lastExpression() {
    assertThat(value("int le1 = 20;\nle1 + 1")).isEqualTo(21);
    assertThat(value("le1 + 2;")).isEqualTo(22);
    assertThat(value("le1 + 3 // a comment\n/* and\n another */\n")).isEqualTo(23);
    assertThat(value("var le2 = 5")).isNull();
    assertThat(value("IntStream.range(0, 4)\n  .map(x -> x * x)\n  .sum()")).isEqualTo(14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  \n ", "// nothing", "/* nothing */", "import java.awt.Point;", ";", "{ }"})
  void cellsWithoutValue(String cell) {
    assertThat(value(cell)).isNull();
  }

  @Test
  void modernJava() {
    assertThat(
            value(
                """
                sealed interface Mj permits MjA, MjB {}
                record MjA(int x) implements Mj {}
                record MjB(String y) implements Mj {}
                String mj(Mj s) {
                  return switch (s) {
                    case MjA(int x) when x > 3 -> "big";
                    case MjA a -> "small";
                    case MjB b -> b.y();
                  };
                }
                Mj either = System.nanoTime() == 0 ? new MjA(1) : new MjB("b");
                mj(new MjA(4)) + mj(new MjA(1)) + mj(either)
                """))
        .isEqualTo("bigsmallb");
    assertThat(value("var tb = \"\"\"\n  %jars in a text\n  é 🎵\\n\"\"\";\ntb"))
        .isEqualTo("%jars in a text\né 🎵\n");
    assertThat(
            value(
                "@FunctionalInterface interface MjF { int of(int x); }\n"
                    + "MjF f = x -> x + 1;\n"
                    + "f.of(1)"))
        .isEqualTo(2);
  }

  @Test
  @DisplayName("a record, class or method may be declared anew, also where variables use it")
  void redefinition() {
    assertThat(value("record Re(int x) {}\nvar re = new Re(1);\nre.x()")).isEqualTo(1);
    // The same text again, as when a cell is run twice, resets nothing.
    assertThat(value("record Re(int x) {}")).isNull();
    assertThat(value("re.x()")).isEqualTo(1);
    assertThat(value("record Re(int x, int y) {}\nnew Re(1, 2).y()")).isEqualTo(2);
    assertThat(kernel.evaluator().takeNotes())
        .containsExactly(
            "re cannot be used until its cell is rerun: constructor Re in record Re cannot be"
                + " applied to given types;");
    value("record Rd(int x) {}\nRd rd = new Rd(1);");
    value("record Rd(int x) { int twice() { return 2 * x; } }");
    assertThat(kernel.evaluator().takeNotes())
        .containsExactly(
            "rd was reset because its type changed with Rd; rerun the cell that sets it.");
    assertThat(value("rd")).isNull();
    assertThat(value("int reM() { return 1; }\nreM()")).isEqualTo(1);
    assertThat(value("int reM() { return 2; }\nreM()")).isEqualTo(2);
    assertThat(value("class ReC { int v() { return 1; } }\nnew ReC().v()")).isEqualTo(1);
    assertThat(value("class ReC { int v() { return 3; } }\nnew ReC().v()")).isEqualTo(3);
  }

  @Test
  @DisplayName("a cell run again leaves the variables of other cells as they are")
  void variablesStay() {
    value("var rx = 1;");
    value("var ry = rx + 1;\nvar rl = new ArrayList<>(List.of(rx));\nvar ra = new int[] {rx};");
    value("int rm() { return ra[0]; }\nvar rz = rm();");
    value("var rx = 5;");
    value("var ra = new int[] {9};");
    value("int rm() { return 7; }");
    assertThat(value("List.of(rx, ry, rl, ra[0], rz)")).isEqualTo(List.of(5, 2, List.of(1), 9, 1));
    assertThat(kernel.evaluator().takeNotes()).isEmpty();
    value("var rx = \"text\";");
    assertThat(kernel.evaluator().takeNotes())
        .contains(
            "ry cannot be used until its cell is rerun: incompatible types: java.lang.String"
                + " cannot be converted to int");
    assertThat(value("var ry = rx + 1;\nry")).isEqualTo("text1");
    assertThat(value("int rn = 3;\nrn")).isEqualTo(3);
    assertThat(value("int rn;\nrn")).isEqualTo(0);
  }

  @Test
  @DisplayName("a thread that a cell left behind sees what later cells set")
  void oldCodeSeesNewValues() {
    value("var seen = 1;\njava.util.function.IntSupplier look = () -> seen;");
    value("var seen = 2;");
    assertThat(value("look.getAsInt()")).isEqualTo(2);
  }

  @Test
  @DisplayName("errors name the line of code that later cells have replaced")
  void placesOfOldCode() {
    value("var late = new ArrayList<Runnable>();");
    value("\nlate.add(() -> {\n  int[] none = {};\n  none[0] = 1;\n});");
    value("void lateToo() {\n  int[] none = {};\n  none[1] = 1;\n}\nlate.add(() -> lateToo());");
    value("void lateToo() {}");
    value("1 + 1");
    value("2 + 2");
    assertThat(error("late.get(0).run()")).contains("-->  4   none[0] = 1;").contains(", line 4");
    assertThat(error("late.get(0).run()")).contains(", line 4");
  }

  @Test
  @DisplayName("a method may use what is declared below it, and the user hears of what is missing")
  void forwardReference() {
    assertThat(value("int fw() { return fwLater(4); }\nint fwLater(int x) { return x + 1; }\nfw()"))
        .isEqualTo(5);
    value("int fwOpen() { return fwNever(1); }");
    assertThat(kernel.evaluator().takeNotes())
        .containsExactly(
            "method fwOpen() cannot be used until this is declared or imported: method"
                + " fwNever(int)");
    assertThat(error("fwOpen()")).contains("fwNever(int)").contains("Cell In[7], line 1");
    assertThat(error("int fwHalf() { return fwNeverToo(); }\nint x = 1 / 0;")).contains("zero");
    value("1 + 1");
    assertThat(kernel.evaluator().takeNotes()).as("of the cell before").isEmpty();
  }

  @Test
  @DisplayName("a variable declared anew lets go of what it held")
  void oldValuesAreReleased() throws Exception {
    Object ref =
        value(
            "var held = new byte[1000];\n"
                + "var heldRef = new java.lang.ref.WeakReference<>(held);\n"
                + "heldRef");
    value("var held = new byte[10];");
    for (int i = 0; i < 50 && ((java.lang.ref.WeakReference<?>) ref).get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(((java.lang.ref.WeakReference<?>) ref).get()).isNull();
  }

  @Test
  @DisplayName("a compile error names the line and column of the cell and marks the place")
  void compileErrors() {
    assertThat(error("// a comment\nint ce1 = 1;\n\nint ce2 =\n    nope + 1;"))
        .isEqualTo(
            """
            Cell In[7], line 5, column 5: cannot find symbol: variable nope
                 5     nope + 1;
                       ^^^^\
            """);
    assertThat(error("int ce3 = \"s\";"))
        .startsWith("Cell In[7], line 1, column 11: incompatible types");
    assertThat(error("Nope ce4 = null;")).contains("line 1, column 1").contains("class Nope");
    assertThat(error("import no.such.Thing;")).contains("package no.such does not exist");
    assertThat(error("for (int i = 0; i < 3; i++) {"))
        .contains("line 1, column 29")
        .contains("the cell ends here");
    assertThat(error("int ok = 1;\nint x y;")).contains("line 2, column 6: ';' expected");
  }

  @Test
  @DisplayName(
      "an exception shows the user's frames with the cell's lines, and none of the kernel's")
  void exceptions() {
    assertThat(error("int ex(int x) {\n  // why\n  return 10 / x;\n}\n\n\nex(0)"))
        .isEqualTo(
            """
            java.lang.ArithmeticException: / by zero
                 2   // why
            -->  3   return 10 / x;
                 4 }
                at ex (Cell In[7], line 3)
                at Cell In[7], line 7\
            """);
    assertThat(error("List.of(1).get(3)"))
        .contains("java.lang.IndexOutOfBoundsException: Index: 3 Size: 1")
        .contains("at java.base/")
        .endsWith("at Cell In[7], line 1")
        .doesNotContain("fieldnotes.kernel");
    assertThat(
            error(
                "class MyEx extends RuntimeException { MyEx() { super(\"mine\"); } }\n"
                    + "throw new MyEx();"))
        .startsWith("MyEx: mine\n");
    assertThat(
            error(
                "try { throw new IllegalStateException(\"in\"); }\n"
                    + "catch (Exception e) { throw new RuntimeException(\"out\", e); }"))
        .contains("RuntimeException: out")
        .contains("Caused by: java.lang.IllegalStateException: in");
  }

  @Tag("long")
  @Test
  @DisplayName("running out of stack or of memory, or leaving the process, ends the cell only")
  void harshErrors() {
    assertThat(error("int deep(int x) { return deep(x + 1) + 1; }\ndeep(0)"))
        .startsWith("java.lang.StackOverflowError")
        .contains("at deep (Cell In[7], line 1)")
        .satisfies(text -> assertThat(text.lines().count()).isLessThan(20));
    assertThat(
            error(
                "long[][] big = new long[100][];\n"
                    + "for (int i = 0; i < 100; i++) big[i] = new long[Integer.MAX_VALUE - 8];"))
        .startsWith("java.lang.OutOfMemoryError");
    assertThat(error("System.exit(3)")).contains("System.exit(3) is not allowed in a cell");
    assertThat(value("1 + 1")).isEqualTo(2);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (long i = 0; ; i++) { if (i < 0) break; }",
        "void spin() { spin2(); }\n"
            + "void spin2() { do { } while (System.nanoTime() != 0); }\n"
            + "spin();",
        "Thread.sleep(60_000)",
        "try { Thread.sleep(60_000); } catch (Exception e) { throw new RuntimeException(e); }",
        "while (true) { try { Thread.sleep(10); } catch (Exception e) { } }",
        "IntStream.range(0, 8).parallel().forEach(i -> { while (true) {} })",
        "Thread t = new Thread(() -> { while (true) {} }); t.start(); t.join();"
      })
  void stops(String body) throws Exception {
    reached = new CountDownLatch(1);
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    reached.await(30, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    return;
                  }
                  kernel.interrupt();
                });
    String cell = "var kept = 41;\nfieldnotes.kernel.EvaluatorTest.reached.countDown();\n" + body;
    CellStopped stopped = catchThrowableOfType(CellStopped.class, () -> value(cell));
    assertThat(stopped).as(body).isNotNull();
    stopper.join();
    assertThat(value("kept + 1")).isEqualTo(42);
  }

  @Tag("long")
  @Test
  @DisplayName("a second stop abandons code that ignores the first")
  void stubbornCode() throws Exception {
    reached = new CountDownLatch(1);
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    reached.await(30, TimeUnit.SECONDS);
                    kernel.interrupt();
                    TimeUnit.MILLISECONDS.sleep(1600);
                  } catch (InterruptedException e) {
                    return;
                  }
                  kernel.interrupt();
                });
    // awaitUninterruptibly of a latch that nobody counts down
    String cell =
        "fieldnotes.kernel.EvaluatorTest.reached.countDown();\n"
            + "fieldnotes.kernel.EvaluatorTest.forever();";
    assertThat(catchThrowableOfType(CellStopped.class, () -> value(cell))).isNotNull();
    stopper.join();
    assertThat(value("1 + 1")).isEqualTo(2);
    released.countDown();
  }

  private static final CountDownLatch released = new CountDownLatch(1);

  /** Called by a cell: ignores interrupts. */
  public static void forever() {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // as a stubborn library does
      }
    }
  }

  @Test
  void magics() throws Exception {
    assertThat(error("%nosuch a b")).startsWith("no magic %nosuch; available: ").contains("%maven");
    assertThat(error("%%nosuch\nbody")).startsWith("no magic %%nosuch; available: ");
    assertThat(error("%jars /no/such/*.jar")).contains("no such jar");
    assertThat(error("%load nosuchfile")).contains("no such file");
    assertThat(error("%maven nonsense")).contains("group:artifact:version");
    assertThat(value("int ma = 17\n  %5;\nma")).isEqualTo(2);
    assertThat(value("%time 6 * 7")).isEqualTo(42);
    assertThat(value("%%time\nint mt = 3;\nmt * 2")).isEqualTo(6);
    assertThat(error("%%time\nint mz = 0;\n\n1 / mz")).contains("Cell In[7], line 4");
    assertThat(value("var before = 1;\n%time var after = before + 1;\nafter")).isEqualTo(2);
    kernel.getMagicsRegistry().registerLineMagic("shout", (k, args) -> args.get(0) + "!");
    assertThat(value("String loud = %shout hey;\nloud")).isEqualTo("hey!");
    assertThat(value("lineMagic(\"shout\", List.of(\"ho\"))")).isEqualTo("ho!");
    kernel.getMagicsRegistry().registerCellMagic("count", (k, args, body) -> body.length());
    assertThat(value("%%count\nabc")).isEqualTo(3);
  }

  @Test
  @DisplayName("a POM in a cell may be whole, or only its dependencies")
  void readsPoms() {
    String dependency =
        "<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency>";
    assertThat(Pom.read("x", dependency, List.of("compile"), raw -> raw).coordinates())
        .containsExactly("a:b:1");
    Pom pom =
        Pom.read(
            "x",
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <properties><v>2</v></properties>
              <repositories>
                <repository><id>r</id><url>https://r.example/${v}</url></repository>
              </repositories>
              <dependencies>
                <dependency><groupId>a</groupId><artifactId>b</artifactId><version>${v}</version></dependency>
                <dependency><groupId>a</groupId><artifactId>c</artifactId><version>1</version><classifier>k</classifier></dependency>
                <dependency><groupId>a</groupId><artifactId>t</artifactId><version>1</version><scope>test</scope></dependency>
              </dependencies>
            </project>
            """,
            List.of("compile", "runtime"),
            raw -> raw);
    assertThat(pom.coordinates()).containsExactly("a:b:2", "a:c:jar:k:1");
    assertThat(pom.repositories()).containsExactly(Map.entry("r", "https://r.example/2"));
    assertThat(error("%%loadFromPOM\n" + dependency.replace("<version>1</version>", "")))
        .startsWith("%%loadFromPOM: a:b has no version; add one");
    assertThat(error("%%loadFromPOM\n<dependency>")).startsWith("%%loadFromPOM: not a POM");
    assertThat(error("%loadFromPOM no/such.xml")).contains("no such file");
  }

  @Test
  void loadsScriptsAndNotebooks(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
      throws Exception {
    java.nio.file.Path script = folder.resolve("some.jshell");
    java.nio.file.Files.writeString(script, "int loaded = 11;\n");
    assertThat(value("%load \"" + script + "\"\nloaded")).isEqualTo(11);
    java.nio.file.Path notebook = folder.resolve("some.ipynb");
    java.nio.file.Files.writeString(
        notebook,
        "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"x\"]}, {\"cell_type\": \"code\","
            + " \"source\": [\"int fromBook = 1;\\n"
            + "\", \"fromBook++;\"]}]}");
    assertThat(value("%load " + notebook + "\nfromBook")).isEqualTo(2);
    java.nio.file.Files.writeString(script, "\nint broken = ;");
    assertThat(error("%load " + script)).startsWith("some.jshell, line 2, column 14");
  }

  @Test
  @DisplayName("arrays show what they hold, long values are cut, null is null")
  void plainText() {
    assertThat(PlainText.of(new double[] {1, 2.5})).isEqualTo("double[2] {1.0, 2.5}");
    assertThat(PlainText.of(new int[][] {{1}, {2, 3}})).isEqualTo("int[2][] {{1}, {2, 3}}");
    assertThat(PlainText.of(List.of(1, new int[] {2}))).isEqualTo("[1, {2}]");
    assertThat(PlainText.of(new int[1000])).endsWith(", … 900 more}").hasSizeLessThan(400);
    assertThat(text("x".repeat(20_000))).endsWith("… (20,000 characters in all)");
    assertThat(text(null)).isEqualTo("null");
    assertThat(text(kernel.getRenderer().renderAs("<b>x</b>", "text/html"))).isEqualTo("<b>x</b>");
    DisplayData htmlOnly = new DisplayData();
    htmlOnly.putHTML("<b>x</b>");
    assertThat(text(htmlOnly)).isNotEmpty();
  }

  private static String text(Object value) {
    return String.valueOf(kernel.asData(value).getData(MIMEType.TEXT_PLAIN));
  }

  @Test
  void completes() {
    value("var numbersToComplete = List.of(1);");
    assertThat(kernel.complete("numbersToCom", 12).getReplacements())
        .containsExactly("numbersToComplete");
    assertThat(kernel.complete("int a1 = 1;\nnumbersToComplete.stre", 34).getReplacements())
        .contains("stream()");
    assertThat(kernel.complete("%ma", 3).getReplacements()).contains("%maven", "%mavenRepo");
    assertThat(kernel.complete("%%ti", 4).getReplacements()).containsExactly("%%time", "%%timeit");
    // A front end counts characters, of which this note is one and two chars.
    var options = kernel.complete("\"🎵\".leng", 8);
    assertThat(options.getReplacements()).contains("length()");
    assertThat(options.getSourceStart()).isEqualTo(4);
  }

  @Test
  @DisplayName("inspection gives the signature and the first paragraph of the doc")
  void inspects() {
    DisplayData math = kernel.inspect("Math.hypot(3, 4)", 7, false);
    String text = String.valueOf(math.getData(MIMEType.TEXT_PLAIN));
    assertThat(text).startsWith("double Math.hypot(double x, double y)");
    // some systems have the JDK's sources in a package of their own
    if (Files.exists(Path.of(System.getProperty("java.home"), "lib", "src.zip"))) {
      assertThat(text).startsWith("double Math.hypot(double x, double y)\nReturns sqrt(x2 +y2)");
    }
    assertThat(kernel.inspect("nosuchthing", 3, false)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 1 | complete",
        "int x = 5; | complete",
        "int x = | ''",
        "for (;;) { | '  '",
        "%jars x.jar | complete",
        "class A { int f() { | '  '",
        "if (x)) | invalid"
      })
  void knowsWhatIsComplete(String code, String expected) {
    assertThat(kernel.isComplete(code)).isEqualTo(expected);
  }

  @Test
  void isTheKernelThatExtensionsGet() {
    assertThat(BaseKernel.notebookKernel()).isSameAs(kernel);
    assertThat(value("kernel()")).isSameAs(kernel);
    assertThat(value("eval(\"1 + 2\")")).isEqualTo(3);
  }
}
