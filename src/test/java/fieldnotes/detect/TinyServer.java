package fieldnotes.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server on loopback that answers the first connection in one way, the second in another, …. */
final class TinyServer implements AutoCloseable {
  /** One answer, by any bytes; the connection is closed after it. */
  @FunctionalInterface
  interface Answer {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  private final String scheme;
  private final ServerSocket server;
  private final List<Answer> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  TinyServer(Answer... answers) throws IOException {
    this("http", ServerSocketFactory.getDefault(), answers);
  }

  TinyServer(String scheme, ServerSocketFactory sockets, Answer... answers) throws IOException {
    this.scheme = scheme;
    this.answers = List.of(answers);
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  URI address() {
    return URI.create(scheme + "://localhost:" + server.getLocalPort() + "/live");
  }

  /** The header of each request. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder header = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        header.append(line).append('\n');
      }
      int number = requests.size();
      requests.add(header.toString());
      answers.get(Math.min(number, answers.size() - 1)).to(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException | InterruptedException e) {
      // the other side has gone, which is what some tests are about
    }
  }

  /** A header and bytes. */
  static Answer of(String header, byte[]... bodies) {
    return out -> {
      out.write(
          (header.strip().replace("\n", "\r\n") + "\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      for (byte[] body : bodies) {
        out.write(body);
      }
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
