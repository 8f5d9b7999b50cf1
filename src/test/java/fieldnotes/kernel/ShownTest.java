package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a front end receives of the value of a cell. */
class ShownTest extends KernelCells {
  private static DisplayData shown(String cell) {
    kernel.evaluator().begin();
    return kernel.shown(kernel.run(new Cell(1, "", cell)));
  }

  private static String text(String cell) {
    return (String) shown(cell).getData(MIMEType.TEXT_PLAIN);
  }

  @ParameterizedTest
  @DisplayName("values of every kind are shown as text")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "URI.create(\"https://example.org/a?b=1\").toURL() | https://example.org/a?b=1",
        "URI.create(\"https://example.org/a?b=1\") | https://example.org/a?b=1",
        "new ByteArrayInputStream(new byte[] {1, 2}).readAllBytes() | byte[2] {1, 2}",
        "Path.of(\"a\", \"b\").getFileName() | b",
        "new File(\"a\") | a",
        "Optional.empty() | Optional.empty",
        "Optional.of(\"\") | Optional[]",
        "null | null",
        "new HashMap<String, String>().get(\"missing\") | null",
        "'c' | c",
        "' ' | `' '`",
        "\"\" | \"\"",
        "\"  \" | \"  \"",
        "\"\\n\" | \"\\n\"",
        "\"\\u0000\" | \"\\u0000\"",
        "new StringBuilder() | \"\"",
        "java.nio.CharBuffer.wrap(\"chars\") | chars",
        "Locale.ROOT | Locale (its text is \"\")",
        "Duration.ofSeconds(3) | PT3S",
        "String.class | class java.lang.String",
        "new IllegalStateException(\"x\") | java.lang.IllegalStateException: x",
        "new int[0] | int[0] {}",
        "new Object[] {null, \"\"} | Object[2] {null, \"\"}",
        "new HashMap<>(Collections.singletonMap(null, null)) | {null=null}",
        "new ArrayList<>() | []"
      })
  void isText(String cell, String expected) {
    if (cell.startsWith("Duration")) {
      cell = "java.time." + cell;
    }
    assertThat(text(cell)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("values without a text of their own are not shown as nothing")
  @ValueSource(
      strings = {
        "new ByteArrayInputStream(new byte[] {1, 2})",
        "URI.create(\"https://example.org/\").toURL().openConnection()",
        "System.in",
        "Thread.currentThread()",
        "Stream.of(1)",
        "(Runnable) () -> {}",
        "new java.awt.image.BufferedImage(2, 2, 1)",
        "new org.dflib.jjava.jupyter.kernel.display.DisplayData()",
        "record R(String a, Map<String, String> b) {}\nnew R(null, null)",
        "class ToNull { public String toString() { return null; } }\nnew ToNull()",
        "class ToThrow { public String toString() { throw new IllegalStateException(); } }\n"
            + "new ToThrow()"
      })
  void isSomething(String cell) {
    assertThat(text(cell)).isNotBlank();
  }

  @ParameterizedTest
  @DisplayName("what has no value shows nothing")
  @ValueSource(strings = {"System.gc()", "List.of(1).forEach(x -> {});", "int noValue = 1;"})
  void isNothing(String cell) {
    assertThat(shown(cell)).isNull();
  }

  @Test
  @DisplayName("a stream is not read in order to show it")
  void streamsAreNotRead() {
    assertThat(text("var in1 = new ByteArrayInputStream(new byte[] {5, 6});\nin1"))
        .contains("ByteArrayInputStream");
    assertThat(text("in1.available()")).isEqualTo("2");
  }

  @Test
  @DisplayName("where the renderer of a type fails, the value is shown as text")
  void failingRenderer() {
    String cell =
        """
                record Bad(int x) {}
                kernel().getRenderer().createRegistration(Bad.class).preferring("text/html")
                    .register((bad, context) -> { throw new IllegalStateException("broken"); });
                new Bad(3)""";
    assertThat(text(cell)).isEqualTo("Bad[x=3]");
  }

  @Test
  @DisplayName("a renderer that the user registers for URLs is used")
  void renderersOfTheUser() {
    String cell =
        "kernel().getRenderer().createRegistration(java.net.URLConnection.class)\n"
            + "    .preferring(\"text/html\").register((one, context) -> "
            + "context.renderIfRequested("
            + "org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML, () -> \"mine\"));\n"
            + "URI.create(\"https://example.org/\").toURL().openConnection()";
    assertThat(String.valueOf(shown(cell).getData(MIMEType.TEXT_HTML))).contains("mine");
  }

  @Test
  void hugeTextsAreCut() {
    assertThat(text("\"x\".repeat(20_000)")).endsWith("… (20,000 characters in all)");
    assertThat(text("Map.of(\"a\", \"x\".repeat(20_000))")).hasSizeLessThan(11_000);
  }

  @Test
  @DisplayName("classes of cells have their own names in lists, texts and stack traces")
  void plainNames() {
    kernel.evaluator().begin();
    kernel.run(new Cell(1, "", "class Ci {}"));
    for (String cell :
        new String[] {
          "List.of(new Ci())",
          "new ArrayList<>(List.of(new Ci()))",
          "Stream.of(new Ci()).toList()",
          "Arrays.asList(new Ci())"
        }) {
      assertThat(text(cell)).as(cell).matches("\\[Ci@\\p{XDigit}+]");
    }
    assertThat(text("List.of(Ci.class)")).isEqualTo("[class Ci]");
    assertThat(text("\"\" + new Ci()")).matches("Ci@\\p{XDigit}+");
    assertThat(
            text(
                """
                var sw = new StringWriter();
                new Exception("x").printStackTrace(new PrintWriter(sw));
                sw.toString()\
                """))
        .startsWith("java.lang.Exception: x\n")
        .contains("\tat cell")
        .doesNotContain("$JShell$", "fieldnotes.kernel", "do_it$");
  }
}
