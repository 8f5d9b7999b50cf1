package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failing cell says, in plain words; and that the cells after it work. */
public class CausesIT extends KernelCells {
  @Test
  @DisplayName("a use of what could not be declared says what that lacks, also cells later")
  void unresolved() {
    String needs = "cannot be used until this is declared or imported: class ";
    assertThat(error("class UsesNone { None m; }\nnew UsesNone()"))
        .contains("line 2, column 5: class UsesNone " + needs + "None\n");
    assertThat(error("Foo9 test9() { return new Foo9(); }\ntest9();"))
        .contains("line 2, column 1: method test9() " + needs + "Foo9\n");
    assertThat(error("new UsesNone()")).contains("class UsesNone " + needs + "None\n");
    assertThat(error("record UsesThat(UsesNone u) {}\nnew UsesThat(null)"))
        .contains("record UsesThat " + needs + "UsesNone (declared, but it needs class None)");
    assertThat(value("class None {}\nnew UsesNone().m")).isNull();
  }

  @Test
  @DisplayName("suppressed exceptions and circular causes are shown once, with their lines")
  void suppressed() {
    assertThat(
            error(
                """
                class Res implements AutoCloseable {
                  public void close() { throw new IllegalStateException("close failed"); }
                }
                try (var r = new Res()) { throw new RuntimeException("body failed"); }\
                """))
        .startsWith("java.lang.RuntimeException: body failed\n")
        .endsWith(
            """
            \n    at Cell In[7], line 4
              Suppressed: java.lang.IllegalStateException: close failed
                  at Res.close (Cell In[7], line 2)
                  at Cell In[7], line 4\
            """);
    assertThat(
            error(
                "var ea = new Exception(\"a\"); var eb = new Exception(\"b\", ea);"
                    + " ea.initCause(eb); throw ea;"))
        .contains("Caused by: java.lang.Exception: b")
        .endsWith("Caused by: java.lang.Exception: a (shown above)");
  }

  @Test
  @DisplayName("a variable whose initialiser failed says so when it is used, until it is set")
  void unset() {
    String why =
        "iris has no value: its initialiser failed in cell 3 with"
            + " java.nio.file.NoSuchFileException: /nope";
    value("String before;");
    error(3, "var iris = Files.readString(Path.of(\"/nope\"));");
    assertThat(error("iris.length()")).contains(why);
    assertThat(error("int irisLength() { return iris.length(); }\nirisLength()")).contains(why);
    assertThat(value("iris = \"abc\";\niris.length()")).isEqualTo(3);
    assertThat(value("irisLength()")).isEqualTo(3);
    error(4, "int number = Integer.parseInt(\"x\");");
    assertThat(error("number + 1")).contains("number has no value").contains("in cell 4");
    assertThat(value("int number = 4;\nnumber")).isEqualTo(4);
    error(5, "int number = Integer.parseInt(\"y\");");
    assertThat(value("number")).as("keeps its earlier value").isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Mine {} new Mine() | Mine@\\p{XDigit}+",
        "(Runnable) () -> {} | Lambda@\\p{XDigit}+",
        "new Object() {} | Anonymous@\\p{XDigit}+",
        "class Named {} Named.class.getName() | Named",
        "record Pair(int a) {} new Pair(1) | Pair\\[a=1\\]"
      })
  void plainNames(String cell, String text) {
    assertThat(PlainText.of(value(cell))).matches(text);
  }

  @Test
  @DisplayName("errors name no class of JShell's or of the kernel's")
  void plainErrors() {
    assertThat(error("class Shape {}\nObject o = \"x\"; Shape s = (Shape) o;"))
        .startsWith(
            "java.lang.ClassCastException: class java.lang.String cannot be cast to class Shape\n");
    assertThat(error("Object old = new Shape();\nclass Shape { int x; }\nvar s2 = (Shape) old;"))
        .contains("the value is of an earlier declaration of Shape");
    assertThat(error("Shape none = null; none.x = 1;")).contains("because \"none\" is null");
    assertThat(error("System.exit(3)")).startsWith("System.exit(3) is not allowed");
    for (String cell : new String[] {"System.exit(1)", "none.x", "throw new Error(\"\" + old)"}) {
      assertThat(error(cell)).doesNotContain("$JShell", "REPL", "do_it", "fieldnotes.kernel");
    }
  }

  @Test
  @DisplayName("a printed stack trace has the lines of the cell and none of the kernel")
  void printedTraces() {
    String raw =
        (String)
            value(
                """
                var trace = new StringWriter();
                void fails() { throw new IllegalArgumentException("inner"); }
                try { fails(); } catch (Exception e) { e.printStackTrace(new PrintWriter(trace)); }
                new StringBuilder(trace.toString()).toString()\
                """);
    assertThat(Traces.plain(raw, kernel.evaluator().origins()::frame))
        .isEqualTo(
            """
            java.lang.IllegalArgumentException: inner
            \tat fails (Cell In[7], line 2)
            \tat Cell In[7], line 3
            """);
    assertThat(Traces.plain("plain\n", kernel.evaluator().origins()::frame)).isEqualTo("plain\n");
  }

  private static String large(String kind) {
    String text = "\"" + "x".repeat(70_000) + "\"";
    return switch (kind) {
      case "variable" -> "var big = " + text + ";";
      case "expression" -> text + ".length()";
      case "method" -> "int fine = 1;\nString big() { return " + text + "; }\nbig()";
      case "class" -> "class Big { String s = " + text + "; }\nnew Big()";
      case "lambda" -> "Runnable big = () -> System.out.println(" + text + ");";
      case "array" -> "int[] big = {" + "123456,".repeat(20_000) + "};";
      case "parameters" ->
          "int big(int a" + ", int a".repeat(300).transform(CausesIT::number) + ") { return 1; }";
      default -> "{ int q = 0;\n" + "q += System.identityHashCode(\"a\");\n".repeat(10_000) + "}";
    };
  }

  private static String number(String parameters) {
    String[] parts = parameters.split("(?<=a)");
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      all.append(parts[i]).append(i);
    }
    return all.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "variable, constant string too long",
    "expression, constant string too long",
    "method, constant string too long",
    "class, constant string too long",
    "lambda, constant string too long",
    "array, code too large",
    "parameters, too many parameters",
    "statement, code too large"
  })
  @DisplayName("code too large for a class file is dropped with the compiler's reason")
  void tooLarge(String kind, String reason) {
    assertThat(error(large(kind)))
        .startsWith("Cell In[7], line ")
        .contains(": " + reason + ": ")
        .satisfies(text -> assertThat(text.length()).isLessThan(1_000));
    assertThat(value("1 + 1")).isEqualTo(2);
    assertThat(error("big")).contains("cannot find symbol");
  }

  @Test
  @DisplayName("an expression of thousands of terms compiles")
  void manyTerms() {
    assertThat(value("int terms = 1" + " + 1".repeat(2_500) + ";\nterms")).isEqualTo(2501);
    assertThat(value("int one = 1;\none" + " + one".repeat(2_500))).isEqualTo(2501);
  }

  /** What a test hands to a cell's thread. */
  public static volatile CountDownLatch reached;

  /** Called by a cell: what a loop of the library throws when it is interrupted. */
  public static void loop() {
    reached.countDown();
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    throw new CancellationException("interrupted");
  }

  @Test
  @DisplayName("an interrupted loop of the library is stopped like one of the cell")
  void stopsLoops() throws Exception {
    reached = new CountDownLatch(1);
    Thread stopper = Thread.ofPlatform().start(() -> stopWhen(reached));
    assertThat(
            catchThrowableOfType(
                CellStopped.class, () -> value("fieldnotes.kernel.CausesIT.loop();")))
        .isNotNull();
    stopper.join();
    assertThat(value("1 + 1")).isEqualTo(2);
  }

  @Test
  @DisplayName("of expressions, statements and earlier declarations nothing is kept")
  void forgets() {
    value("int kept = 1;");
    for (int i = 0; i < 60; i++) {
      value("kept + " + i);
      value("kept = " + i + ";\nint kept2 = kept;");
    }
    kernel.evaluator().begin();
    assertThat(kernel.evaluator().shell().snippets().count()).isLessThan(40);
  }

  private static CellFailure failure(String cell) {
    return catchThrowableOfType(CellFailure.class, () -> value(cell));
  }

  @Test
  @DisplayName("names of errors and their texts are none of JShell's or the kernel's classes")
  void namesOfErrors() {
    value("int later8() { return laterF8(3); }");
    CellFailure unresolved = failure("later8()");
    assertThat(unresolved.name()).isEqualTo("UnresolvedReference");
    assertThat(unresolved.getMessage())
        .isEqualTo(
            "method later8() cannot be used until this is declared or imported: method laterF8(int)");
    assertThat(failure("eval(\"nope8\")").name()).isEqualTo("CompilationError");
    assertThat(error("eval(\"nope8\")"))
        .startsWith("CompilationError: ")
        .contains("cannot find symbol: variable nope8");
    CellFailure inner = failure("eval(\"throw new IllegalStateException(\\\"in eval\\\");\")");
    assertThat(inner.name()).isEqualTo("java.lang.IllegalStateException");
    assertThat(inner.getMessage()).isEqualTo("in eval");
    assertThat(error("eval(\"throw new IllegalStateException(\\\"in eval\\\");\")"))
        .startsWith("java.lang.IllegalStateException: in eval\n")
        .doesNotContain("jdk.jshell", "fieldnotes.kernel");
    assertThat(failure("lineMagic(\"nope8\", List.of())").name()).isEqualTo("MagicError");
    assertThat(error("lineMagic(\"nope8\", List.of())"))
        .startsWith("MagicError: ")
        .contains("no magic %nope8")
        .doesNotContain("fieldnotes.kernel");
    assertThat(
            error(
                """
                var sw8 = new StringWriter();
                new Exception("x").printStackTrace(new PrintWriter(sw8));
                throw new IllegalStateException(sw8.toString());\
                """))
        .doesNotContain("$JShell$", "fieldnotes.kernel");
    assertThat(
            error(
                "Object o8 = new Object() { public String toString() {"
                    + " throw new IllegalStateException(\"t\"); } };\no8.toString();"))
        .contains("at Anonymous.toString (Cell In[7], line 1)");
  }

  @Test
  @DisplayName("a locale with other digits, which a cell sets, changes no line number")
  void otherDigits() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("ar-EG"));
      assertThat(error("int a = ;")).contains("Cell In[7], line 1, column 9");
      assertThat(error("int b9 = 1;\nif (b9 == 1) throw new RuntimeException();"))
          .contains("at Cell In[7], line 2");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }
}
