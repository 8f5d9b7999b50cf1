package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {
  private static final String GOOD =
      "{'shell_port': 1001, 'iopub_port': 1002, 'stdin_port': 1003, 'control_port': 1004,"
          + " 'hb_port': 1005, 'ip': '127.0.0.1', 'transport': 'tcp', 'key': 'k',"
          + " 'signature_scheme': 'hmac-sha256'}";

  @TempDir Path folder;

  private String refusal(String json) throws Exception {
    Path file = folder.resolve("connection.json");
    Files.writeString(file, json.replace('\'', '"'));
    ConnectionFile.Unusable e =
        catchThrowableOfType(ConnectionFile.Unusable.class, () -> ConnectionFile.read(file));
    assertThat(e).as(json).isNotNull();
    assertThat(e.getMessage()).contains(file.toString());
    return e.getMessage();
  }

  @Test
  void readsAGoodFile() throws Exception {
    Path file = folder.resolve("connection.json");
    Files.writeString(file, GOOD.replace('\'', '"'));
    assertThat(ConnectionFile.read(file).getShellPort()).isEqualTo(1001);
  }

  @ParameterizedTest
  @DisplayName("a bad field is named with its value and what is allowed")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'shell_port': 1001 | 'shell_port': 0 | shell_port=0 must be a whole number from 1 to 65535",
        "'shell_port': 1001 | 'shell_port': 70000 | shell_port=70000 must be",
        "'shell_port': 1001 | 'shell_port': 'a' | shell_port=\"a\" must be",
        "'shell_port': 1001 | 'shell_port': 1002 | is used twice",
        "'shell_port': 1001, | `` | shell_port is missing",
        "hmac-sha256 | hmac-nope | signature_scheme=hmac-nope is unknown",
        "hmac-sha256 | none | signature_scheme=none is unknown",
        "'transport': 'tcp' | 'transport': 'udp' | transport=udp must be tcp or ipc",
        "'key': 'k' | 'key': 5 | key=5 must be a text"
      })
  void badFields(String from, String to, String message) throws Exception {
    assertThat(refusal(GOOD.replace(from, to))).contains(message);
  }

  @Test
  void badFiles() throws Exception {
    assertThat(refusal("")).contains("it is empty");
    assertThat(refusal(GOOD.substring(0, 60))).contains("not a complete JSON object");
    assertThat(refusal("[1]")).contains("not a complete JSON object");
    Path none = folder.resolve("none.json");
    assertThat(catchThrowableOfType(ConnectionFile.Unusable.class, () -> ConnectionFile.read(none)))
        .hasMessage("connection file %s: no such file", none);
  }

  @Test
  @DisplayName("a port that another program uses is named")
  void takenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Connection connection =
          new Connection(
              new KernelConnectionProperties(
                  "127.0.0.1", taken.getLocalPort(), 0, 0, 0, 0, "tcp", "hmac-sha256", "key"));
      ConnectionFile.Unusable e =
          catchThrowableOfType(
              ConnectionFile.Unusable.class,
              () ->
                  connection.start(
                      new Connection.Handler() {
                        @Override
                        public void handle(
                            org.dflib.jjava.jupyter.channels.ShellChannel from,
                            org.dflib.jjava.jupyter.messages.Message<?> message) {}

                        @Override
                        public void handleAfterFailure(
                            org.dflib.jjava.jupyter.channels.ShellChannel from,
                            org.dflib.jjava.jupyter.messages.Message<?> message) {}
                      }));
      assertThat(e.getMessage())
          .startsWith("control_port: cannot listen at tcp://127.0.0.1:" + taken.getLocalPort());
    }
  }
}
