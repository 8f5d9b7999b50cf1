package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FormulasCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String input) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Main.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute("formulas");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  @DisplayName("each line of input is answered by a line, the unknown with its reason")
  void lines() {
    assertThat(
            execute(
                """
                {"tex": "\\\\alpha\\n", "display": true}
                {"tex": "\\\\foo", "display": false}
                """))
        .isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "\"<math display=\\\"block\\\"><semantics><mi>α</mi><annotation"
                + " encoding=\\\"application/x-tex\\\">\\\\alpha\\n</annotation></semantics></math>\"",
            "\"<code title=\\\"not drawn: \\\\foo is not known\\\">\\\\foo</code>\"");
  }

  @Test
  @DisplayName("a line of another form is named")
  void bad() {
    for (String line : new String[] {"x^2", "{\"display\": true}", "[1]"}) {
      err.getBuffer().setLength(0);
      assertThat(execute(line)).as(line).isEqualTo(1);
      assertThat(err.toString())
          .isEqualTo(
              "workbench formulas: '%s': must be of the form {\"tex\": \"x^2\", \"display\": false}%n"
                  .formatted(line));
    }
  }
}
