package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a request that was sent as bytes.
 *
 * @param text all of it
 */
record Raw(String text) {
  /** Sends a request, which must say that the connection ends with it. */
  static Raw send(InetAddress to, int port, String request) {
    try (Socket socket = new Socket(to, port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new Raw(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(request, e);
    }
  }

  /** Sends a request without body to a service on 127.0.0.1. */
  static Raw send(Service service, String method, String path, String... headers) {
    int port = service.server.address().getPort();
    StringBuilder request =
        new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path))
            .append("Host: 127.0.0.1:%d\r\nConnection: close\r\n".formatted(port));
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return send(InetAddress.getLoopbackAddress(), port, request.append("\r\n").toString());
  }

  int status() {
    return Integer.parseInt(text.split(" ", 3)[1]);
  }

  String body() {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  Optional<String> header(String name) {
    return text.lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** What went wrong, as the JSON says that each refusal has. */
  String error() {
    JsonNode told = Answers.JSON.readTree(body());
    assertThat(told.propertyNames()).as(text).containsExactly("error");
    return told.path("error").asString();
  }
}
