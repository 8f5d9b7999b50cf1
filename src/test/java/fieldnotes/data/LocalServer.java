package fieldnotes.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of one file on this machine, which can misbehave. */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** The Range header of each request, or "all". */
  final List<String> requests = new CopyOnWriteArrayList<>();

  volatile byte[] content;
  volatile String etag = "\"one\"";

  /** How many bytes of an answer are sent before the connection breaks, one entry an answer. */
  final List<Integer> breaks = new CopyOnWriteArrayList<>();

  /** Whether it hangs, instead of breaking. */
  volatile boolean hang;

  volatile boolean knowsRanges = true;

  /** Whether it does not say how long the body is. */
  volatile boolean lengthUnknown;

  /** Milliseconds between two pieces of 10 bytes; 0 sends all at once. */
  volatile int trickle;

  volatile String location = "";
  volatile int status;
  final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  LocalServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/file";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String tag = exchange.getRequestHeaders().getFirst("If-Range");
      requests.add(range == null ? "all" : range);
      if (status != 0) {
        if (!location.isEmpty()) {
          exchange.getResponseHeaders().set("Location", location);
        }
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      boolean part = range != null && knowsRanges && (tag == null || tag.equals(etag));
      int from = part ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
      if (part && from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      byte[] body = Arrays.copyOfRange(content, from, content.length);
      exchange.getResponseHeaders().set("ETag", etag);
      if (part) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
      exchange.sendResponseHeaders(part ? 206 : 200, lengthUnknown ? 0 : body.length);
      int count = breaks.isEmpty() ? body.length : Math.min(body.length, breaks.removeFirst());
      OutputStream out = exchange.getResponseBody();
      for (int at = 0; trickle > 0 && at + 10 < count; at += 10) {
        out.write(body, at, 10);
        out.flush();
        Thread.sleep(trickle);
      }
      out.write(body, 0, count);
      out.flush();
      if (count < body.length && hang) {
        hanging.countDown();
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
