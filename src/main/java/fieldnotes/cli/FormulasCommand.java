package fieldnotes.cli;

import fieldnotes.publish.Tex;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./workbench formulas}: converts TeX to HTML for the notebook pages. */
@Command(
    name = "formulas",
    hidden = true,
    description = {
      "Convert TeX formulas to HTML, line by line, until the input ends.",
      "A line of input: {\"tex\": \"x^2\", \"display\": false}. A line of output: a JSON string."
    })
final class FormulasCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    PrintWriter out = spec.commandLine().getOut();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try {
        JsonNode formula = json.readTree(line);
        String html =
            Tex.html(
                formula.required("tex").stringValue(), formula.path("display").asBoolean(false));
        out.println(json.writeValueAsString(html));
        out.flush();
      } catch (JacksonException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'%s': must be of the form {\"tex\": \"x^2\", \"display\": false}".formatted(line), e);
      }
    }
    return 0;
  }
}
