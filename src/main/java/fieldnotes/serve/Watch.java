package fieldnotes.serve;

import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before the routes: lets requests in, notes what became of them, and closes connections on
 * which no request comes to its end in time, however slowly its bytes drip.
 */
final class Watch extends Handler.Wrapper implements Connection.Listener {
  private static final long SECOND = 1_000_000_000L;
  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_WORK_SECONDS = 600;
  private static final Set<String> ALWAYS = Set.of("/health", "/ready", "/metrics");
  private static final String SLOW = "{\"error\": \"the request came too slowly\"}";
  private static final byte[] TOO_SLOW =
      ("HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json; charset=utf-8\r\n"
              + "Content-Length: %d\r\nConnection: close\r\n\r\n%s")
          .formatted(SLOW.length(), SLOW)
          .getBytes(StandardCharsets.US_ASCII);

  private final Door door;
  private final ServeLimits limits;
  private final Metrics metrics;
  private final RequestLog log;
  private final Map<Connection, Waits> connections = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean stopping;
  private volatile boolean warm;

  /** What is waited for on a connection. */
  private static final class Waits {
    volatile long due;
    volatile long bytesBefore;
    volatile boolean head = true;
  }

  Watch(Door door, ServeLimits limits, Metrics metrics, RequestLog log) {
    this.door = door;
    this.limits = limits;
    this.metrics = metrics;
    this.log = log;
    metrics.gauge("fieldnotes_requests_open", "Requests that are being answered.", open::get);
    metrics.gauge("fieldnotes_connections_open", "HTTP connections.", connections::size);
  }

  /** From now on only what was taken is finished. */
  void stopTaking() {
    stopping = true;
  }

  boolean isClosing() {
    return stopping;
  }

  /** The code of the models is compiled: they answer as fast as they can. */
  void setWarm() {
    warm = true;
  }

  boolean isWarm() {
    return warm;
  }

  /** Requests that are being answered. */
  int open() {
    return open.get();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      Waits waits = new Waits();
      waits.due = System.nanoTime() + nanos(limits.headSeconds());
      connections.put(connection, waits);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  private static long nanos(double seconds) {
    return (long) (seconds * SECOND);
  }

  /** Closes what is overdue; to be called again and again. */
  void sweep() {
    long now = System.nanoTime();
    connections.forEach(
        (connection, waits) -> {
          if (waits.due - now > 0) {
            return;
          }
          waits.due = now + nanos(limits.idleSeconds());
          if (waits.head && connection.getBytesIn() > waits.bytesBefore) {
            metrics.add("fieldnotes_refused_total{why=\"slow\"}", 1);
            connection
                .getEndPoint()
                .write(Callback.from(connection::close), ByteBuffer.wrap(TOO_SLOW));
          } else {
            connection.close();
          }
        });
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    Call call = new Call(Long.toString(numbers.incrementAndGet(), 36), connection);
    call.on(request);
    open.incrementAndGet();
    call.bodyDue = call.start + nanos(limits.bodySeconds());
    Waits waits = connections.get(connection);
    if (waits != null) {
      waits.head = false;
      waits.due = call.bodyDue + 5 * SECOND; // the reading of the body itself gives up before
    }
    request.addHttpStreamWrapper(stream -> new Ended(stream, request, response, call));
    response.getHeaders().put("X-Request-Id", call.id);
    try {
      if (stopping && !ALWAYS.contains(Request.getPathInContext(request))) {
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "the service is stopping").after(5);
      }
      door.admit(request, response, call);
    } catch (Refusal e) {
      refuse(response, callback, call, e);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private void refuse(Response response, Callback callback, Call call, Refusal refusal) {
    call.why = refusal.getMessage();
    if (refusal.status() == HttpStatus.UNAUTHORIZED) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    if (refusal.afterSeconds() > 0) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, refusal.afterSeconds());
    }
    if (stopping) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    Answers.tell(response, refusal.status(), refusal.getMessage(), callback);
  }

  /** The body of a request is there: only the answer is waited for. */
  void bodyRead(Call call) {
    Waits waits = connections.get(call.connection);
    if (waits != null) {
      waits.due = System.nanoTime() + nanos(LONGEST_WORK_SECONDS);
    }
  }

  private final class Ended extends HttpStream.Wrapper {
    private final Request request;
    private final Response response;
    private final Call call;

    Ended(HttpStream stream, Request request, Response response, Call call) {
      super(stream);
      this.request = request;
      this.response = response;
      this.call = call;
    }

    @Override
    public void succeeded() {
      ended();
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      call.why = call.why.isEmpty() ? "the connection was cut" : call.why;
      ended();
      super.failed(failure);
    }

    private void ended() {
      Waits waits = connections.get(call.connection);
      if (waits != null) {
        waits.bytesBefore = call.connection.getBytesIn();
        waits.head = true;
        waits.due = System.nanoTime() + nanos(limits.idleSeconds());
      }
      open.decrementAndGet();
      metrics.answered(call.route, response.getStatus(), System.nanoTime() - call.start);
      if (log.isOn()) {
        note();
      }
    }

    private void note() {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", Instant.now().toString());
      line.put("request", call.id);
      line.put("from", Request.getRemoteAddr(request));
      line.put("method", request.getMethod());
      String path = Request.getPathInContext(request);
      line.put("path", path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
      line.put("status", response.getStatus());
      line.put("ms", Math.floorDiv(System.nanoTime() - call.start, 1000L) / 1e3);
      if (request.getLength() >= 0) {
        line.put("bytes", request.getLength());
      }
      put(line, "key", call.key);
      put(line, "model", call.model);
      if (call.rows > 0) {
        line.put("rows", call.rows);
      }
      if (call.soundSeconds > 0) {
        line.put("soundSeconds", call.soundSeconds);
      }
      put(line, "why", call.why);
      log.write(line);
    }

    private static void put(Map<String, Object> line, String name, String value) {
      if (!value.isEmpty()) {
        line.put(name, value);
      }
    }
  }
}
