package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.cli.Main;
import fieldnotes.common.ChildJvm;
import fieldnotes.common.KeyStores;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve --tls}, its password from where a user puts it. */
class TlsCommandIT {
  private static final String PASSWORD = "open sesame";
  private static final Pattern ADDRESS = Pattern.compile("at (https://127\\.0\\.0\\.1:\\d+/)");

  @TempDir Path folder;
  private Path store;

  @BeforeEach
  void make() throws Exception {
    store = KeyStores.store(folder.resolve("server.p12"), PASSWORD);
    Service.prices(folder, 3);
  }

  private ProcessBuilder serve(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--model", folder.resolve("prices.model").toString(), "--port", "0"));
    arguments.addAll(List.of("--work", folder.resolve("work").toString(), "--log", "none"));
    arguments.addAll(List.of("--tls", store.toString()));
    arguments.addAll(List.of(more));
    ProcessBuilder builder =
        ChildJvm.of(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
            Main.class,
            arguments.toArray(String[]::new));
    builder.environment().remove("FIELDNOTES_TLS_PASSWORD");
    return builder.redirectErrorStream(true);
  }

  /** Starts it, asks it by HTTPS, and stops it as Ctrl-C does. */
  private void answers(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder said = new StringBuilder();
      Matcher address = ADDRESS.matcher(said);
      while (!address.reset().find()) {
        String line = out.readLine();
        assertThat(line).as(said.toString()).isNotNull();
        said.append(line).append('\n');
      }
      URI models = URI.create(address.group(1)).resolve("/v1/models");
      try (HttpClient client =
          HttpClient.newBuilder().sslContext(KeyStores.trusting(store, PASSWORD)).build()) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(models).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("prices");
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisplayName("the password is the first line of a file, or a variable of the environment")
  void password() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\nnot this\n");
    answers(serve("--tls-password", file.toString()));
    ProcessBuilder builder = serve();
    builder.environment().put("FIELDNOTES_TLS_PASSWORD", PASSWORD);
    answers(builder);
  }
}
