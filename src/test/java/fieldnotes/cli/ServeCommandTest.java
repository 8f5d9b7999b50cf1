package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ServeCommandTest {
  @TempDir Path folder;

  private final StringWriter printed = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(errors));
    return line.execute(arguments);
  }

  @Test
  @DisplayName("a key is made, listed without its secret, and revoked")
  void keys() {
    String file = folder.resolve("keys.json").toString();
    assertThat(run("serve", "keys", "add", "ann", "--keys", file, "--rate", "5")).isZero();
    String key = printed.toString().strip();
    assertThat(key).matches("fn_[0-9a-f]{8}_[0-9a-f]{64}");
    printed.getBuffer().setLength(0);
    assertThat(run("serve", "keys", "list", "--keys", file)).isZero();
    assertThat(printed.toString())
        .contains("ann", key.substring(3, 11), "5.0 a second", "1 keys in")
        .doesNotContain(key.substring(12));
    assertThat(run("serve", "keys", "revoke", "ann", "--keys", file)).isZero();
    assertThat(printed.toString()).contains("revoked " + key.substring(3, 11));
    assertThat(run("serve", "keys", "revoke", "ann", "--keys", file)).isEqualTo(1);
    assertThat(errors.toString()).contains("no keys of", "'ann'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "serve|2|give at least one saved model",
        "serve keys|2|one of add, list, revoke",
        "serve --model x --port 65536|2|must lie within 0 and 65535",
        "serve --model x --rate 0|2|must be above 0",
        "serve --model x --max-seconds -1|2|must be above 0",
        "serve --model x --max-megabytes 0|2|must lie within 1 and 2000",
        "serve --model x --tls store.p12|2|needs the password of the key store",
        "serve --model x --tls no.p12 --tls-password no-password.txt|1|no-password.txt",
        "serve --model x --host 0.0.0.0|1|keys are needed",
        "serve --model missing.model --log none|1|missing.model",
      })
  void refused(String command, int code, String words) {
    assertThat(run(List.of(command.split(" ")).toArray(String[]::new))).isEqualTo(code);
    assertThat(errors.toString()).contains(words);
  }
}
