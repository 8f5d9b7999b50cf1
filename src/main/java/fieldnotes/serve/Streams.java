package fieldnotes.serve;

import fieldnotes.detect.SoundModel;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The open streams. The server's own pings count as life of a connection to the library below, so a
 * peer that is gone without a word would stay open for ever; here only what comes from the peer
 * counts.
 */
final class Streams {
  static final String PATH = "/v1/stream";

  /** Most bytes of a message: more than a second of 32-bit samples at any usual rate. */
  static final int MOST_BYTES = 1 << 20;

  /** Messages that may wait for a peer to read them. */
  private static final int MOST_WAITING = 4096;

  private static final long SECOND = 1_000_000_000L;

  private final ServedModels models;
  private final Gate gate;
  private final ServeLimits limits;
  private final Metrics metrics;
  private final Set<StreamSocket> open = ConcurrentHashMap.newKeySet();

  Streams(ServedModels models, Gate gate, ServeLimits limits, Metrics metrics) {
    this.models = models;
    this.gate = gate;
    this.limits = limits;
    this.metrics = metrics;
    metrics.gauge("fieldnotes_streams_open", "Streams that are listened to.", open::size);
  }

  void addTo(ServerWebSocketContainer container) {
    container.setMaxBinaryMessageSize(MOST_BYTES);
    container.setMaxFrameSize(MOST_BYTES);
    container.setMaxTextMessageSize(1024);
    container.setMaxOutgoingFrames(MOST_WAITING); // a peer that does not read is cut
    container.addMapping(PATH, this::socket);
  }

  /** A socket for a request, or a refusal and null. */
  private Object socket(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    Call call = (Call) request.getAttribute(Call.NAME);
    call.route = PATH;
    try {
      Fields query = new Fields();
      String text = request.getHttpURI().getQuery();
      if (text != null) {
        UrlEncoded.decodeTo(text, query::add, StandardCharsets.UTF_8);
      }
      Served served = models.get(query.getValue("model"));
      SoundModel model = served.hears();
      call.model = served.name();
      int rate = rate(query.getValue("rate"), model.rateHz());
      boolean floats = floats(query.getValue("format"));
      StreamSocket socket = new StreamSocket(this, served, rate, floats);
      open.add(socket);
      if (open.size() > limits.streams()) {
        open.remove(socket);
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "all streams are taken; try again")
            .after(5);
      }
      return socket;
    } catch (Refusal e) {
      if (e.afterSeconds() > 0) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, e.afterSeconds());
      }
      call.why = e.getMessage();
      Answers.tell(response, e.status(), e.getMessage(), callback);
      return null;
    }
  }

  private static int rate(String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      int rate = Integer.parseInt(text);
      if (rate >= 4_000 && rate <= 192_000) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Refusal.bad("rate: must be the sample rate in Hz, 4000 to 192000");
  }

  private static boolean floats(String text) {
    return switch (text == null ? "s16le" : text.toLowerCase(Locale.ROOT)) {
      case "s16le" -> false;
      case "f32le" -> true;
      default -> throw Refusal.bad("format: must be s16le or f32le, one channel of raw samples");
    };
  }

  Gate gate() {
    return gate;
  }

  Metrics metrics() {
    return metrics;
  }

  int size() {
    return open.size();
  }

  void ended(StreamSocket socket) {
    open.remove(socket);
  }

  /** Asks who is silent for a sign of life, and cuts who gives none; called again and again. */
  void sweep() {
    long idle = (long) (limits.idleSeconds() * SECOND);
    long now = System.nanoTime();
    open.forEach(socket -> socket.look(now, idle));
  }

  /** Ends all streams, with the events so far. */
  void finish() {
    open.forEach(StreamSocket::goAway);
  }
}
