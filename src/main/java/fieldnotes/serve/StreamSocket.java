package fieldnotes.serve;

import fieldnotes.audio.Resampler;
import fieldnotes.detect.ListenOptions;
import fieldnotes.detect.Listener;
import fieldnotes.detect.SoundEvent;
import fieldnotes.detect.SoundModel;
import fieldnotes.detect.WindowScores;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * One stream: samples in, events out. The next message is asked for when the one before is worked
 * off, so a peer that sends faster is held back by TCP and nothing queues here. The library calls
 * only public classes.
 */
public final class StreamSocket implements Session.Listener {
  private static final long SECOND = 1_000_000_000L;
  private static final float FULL = 32_768f;

  /** How often a model of whole sounds is asked what sounds now. */
  private static final double TOLD_SECONDS = 0.5;

  private final Streams streams;
  private final Served served;
  private final int rateHz;
  private final boolean floats;
  private final Listener listener;
  private final Resampler.Stream resampler;
  private final ReentrantLock working = new ReentrantLock();
  private volatile Session session;
  private volatile long heardAt = System.nanoTime();
  private volatile long closingSince;
  private volatile boolean gone;
  private byte[] left = new byte[0];
  private float[] samples = new float[0];
  private long events;
  private boolean ended;

  /** When it was last told what sounds, and whether something did. */
  private double told;

  private boolean sounding;

  StreamSocket(Streams streams, Served served, int rateHz, boolean floats) {
    this.streams = streams;
    this.served = served;
    this.rateHz = rateHz;
    this.floats = floats;
    SoundModel model = served.hears();
    listener = Listener.of(model, ListenOptions.of(), this::heard, this::said);
    resampler = rateHz == model.rateHz() ? null : Resampler.of(rateHz, model.rateHz()).stream();
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    Map<String, Object> out = message("ready");
    out.put("model", served.name());
    out.put("version", served.version());
    out.put("rate", rateHz);
    out.put("format", floats ? "f32le" : "s16le");
    out.put("classes", served.hears().classes());
    out.put("unknown", served.hears().unknown());
    out.put("wholeSounds", served.hears().whole());
    out.put("windowSeconds", served.hears().windowSeconds());
    send(out);
    opened.demand();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
    heardAt = System.nanoTime();
    try {
      if (!ended) {
        streams.gate().pass(() -> take(bytes));
      }
      callback.succeed();
      heardAt = System.nanoTime();
      session.demand();
    } catch (Refusal e) {
      callback.succeed();
      end(StatusCode.TRY_AGAIN_LATER, e.getMessage());
    } catch (IllegalArgumentException e) {
      callback.succeed();
      end(StatusCode.BAD_PAYLOAD, e.getMessage());
    } catch (RuntimeException e) {
      callback.succeed();
      e.printStackTrace(); // shown to who runs the service, not to who asks
      end(StatusCode.SERVER_ERROR, "the service failed");
    }
  }

  /** Any text ends the stream: what remains is looked at, and the last events are sent. */
  @Override
  public void onWebSocketText(String text) {
    heardAt = System.nanoTime();
    if (!text.strip().equals("end")) {
      end(StatusCode.BAD_DATA, "send samples as binary messages, and 'end' as text at their end");
      return;
    }
    try {
      streams.gate().pass(() -> finish());
      end(StatusCode.NORMAL, "");
    } catch (Refusal e) {
      end(StatusCode.TRY_AGAIN_LATER, e.getMessage());
    }
    session.demand(); // for the answer to the close
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heardAt = System.nanoTime();
    session.demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    heardAt = System.nanoTime();
    session.sendPong(payload, Callback.NOOP);
    session.demand();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    free();
    Session now = session;
    if (now != null) {
      now.disconnect();
    }
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    free();
    callback.succeed();
  }

  private void free() {
    gone = true;
    streams.ended(this);
  }

  private Void take(ByteBuffer bytes) {
    working.lock();
    try {
      int width = floats ? 4 : 2;
      ByteBuffer in = bytes;
      if (left.length > 0) { // half a sample from the message before
        in = ByteBuffer.allocate(left.length + bytes.remaining()).put(left).put(bytes).flip();
      }
      in.order(ByteOrder.LITTLE_ENDIAN);
      int n = in.remaining() / width;
      if (samples.length < n) {
        samples = new float[n];
      }
      for (int i = 0; i < n; i++) {
        samples[i] = floats ? in.getFloat() : in.getShort() / FULL;
      }
      left = new byte[in.remaining()];
      in.get(left);
      streams.metrics().add("fieldnotes_stream_seconds_total", (double) n / rateHz);
      if (resampler == null) {
        listener.accept(samples, 0, n);
      } else {
        finite(n); // the resampler would spread what is not
        float[] out = resampler.push(samples, 0, n);
        listener.accept(out, 0, out.length);
      }
      sounding();
      return null;
    } finally {
      working.unlock();
    }
  }

  private void finite(int n) {
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new IllegalArgumentException("a sample is not finite");
      }
    }
  }

  private Void finish() {
    working.lock();
    try {
      if (ended) {
        return null;
      }
      ended = true;
      if (resampler != null) {
        float[] out = resampler.finish();
        listener.accept(out, 0, out.length);
      }
      listener.finish();
      Map<String, Object> out = message("end");
      out.put("seconds", listener.seconds());
      out.put("events", events);
      send(out);
      return null;
    } finally {
      working.unlock();
    }
  }

  private void heard(SoundEvent event) {
    events++;
    streams.metrics().add("fieldnotes_stream_events_total", 1);
    Map<String, Object> out = message("event");
    out.put("start", event.startSeconds());
    out.put("end", event.endSeconds());
    out.put("label", event.label());
    out.put("confidence", event.confidence());
    send(out);
  }

  private void said(WindowScores scores) {
    window(scores.startSeconds(), scores.endSeconds(), scores.label());
  }

  private void window(double start, double end, String label) {
    Map<String, Object> out = message("window");
    out.put("start", start);
    out.put("end", end);
    out.put("label", label);
    send(out);
  }

  /** A model of whole sounds has no windows: what sounds now, and once that nothing does. */
  private void sounding() {
    double now = listener.seconds();
    if (!served.hears().whole() || now < told + TOLD_SECONDS) {
      return;
    }
    told = now;
    Optional<SoundEvent> open = listener.open();
    open.ifPresent(one -> window(one.startSeconds(), now, one.label()));
    if (open.isEmpty() && sounding) {
      window(now, now, "");
    }
    sounding = open.isPresent();
  }

  private static Map<String, Object> message(String type) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("type", type);
    return out;
  }

  private void send(Map<String, Object> message) {
    Session now = session;
    if (gone || now == null) {
      return;
    }
    now.sendText(
        Answers.JSON.writeValueAsString(message),
        Callback.from(() -> {}, failure -> now.disconnect()));
  }

  /** Closes from this side; what the peer still sends is not looked at. */
  private void end(int code, String why) {
    closingSince = System.nanoTime();
    ended = true;
    String brief = why.length() > 100 ? why.substring(0, 100) : why; // 125 bytes in a frame
    Session now = session;
    if (now != null) {
      now.close(code, brief, Callback.NOOP);
    }
  }

  /** Pings, or cuts if nothing came from the peer for too long. */
  void look(long now, long idle) {
    Session to = session;
    boolean never =
        to == null && now - heardAt > Math.min(idle, 2 * SECOND); // cut before it opened
    boolean closes = closingSince != 0 && now - closingSince > Math.min(idle, 5 * SECOND);
    if ((now - heardAt > idle && !working.isLocked()) || closes || never) {
      free();
      if (to != null) {
        to.disconnect();
      }
    } else if (to != null && now - heardAt > idle / 3) {
      to.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }
  }

  /** The service stops: the events so far are sent. */
  void goAway() {
    finish();
    end(StatusCode.SHUTDOWN, "the service is stopping");
  }
}
