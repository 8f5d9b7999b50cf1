package fieldnotes.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What a front end asks of the thread that is stopped: its frames, their variables, values. */
final class Frames {
  private static final int FRAMES_OF_A_STOP = 10_000;

  private final Stops stops;
  private final Cells cells;
  private final Values values;
  private final Host host;
  private Stops.Stop numbered;
  private int stopCount;

  Frames(Stops stops, Cells cells, Values values, Host host) {
    this.stops = stops;
    this.cells = cells;
    this.values = values;
    this.host = host;
  }

  JsonObject threads() {
    Stops.Stop stop = stops.current();
    JsonObject one = Arguments.object("id", Stops.THREAD);
    one.addProperty("name", stop == null ? "cell" : stop.thread.getName());
    JsonArray all = new JsonArray();
    all.add(one);
    JsonObject body = new JsonObject();
    body.add("threads", all);
    return body;
  }

  Stops.Stop stop() {
    Stops.Stop stop = stops.current();
    if (stop == null) {
      throw new IllegalArgumentException(
          "no thread is stopped; set a breakpoint and run its cell, or ask for a pause");
    }
    return stop;
  }

  /** The number of the first frame of a stop; front ends tell stops apart by it. */
  private synchronized int firstFrame(Stops.Stop stop) {
    if (numbered != stop) {
      numbered = stop;
      stopCount++;
    }
    return stopCount * FRAMES_OF_A_STOP;
  }

  Stops.Frame frame(int id) {
    Stops.Stop stop = stop();
    int at = id - firstFrame(stop);
    if (at < 0 || at >= stop.frames.size()) {
      throw new IllegalArgumentException(
          "frameId=%d: the stopped thread has no such frame; ask for the stack trace again"
              .formatted(id));
    }
    return stop.frames.get(at);
  }

  JsonObject stackTrace(Arguments arguments) {
    Stops.Stop stop = stop();
    int start = Math.max(0, arguments.number("startFrame", 0));
    int levels = arguments.number("levels", 0);
    int size = Math.min(stop.frames.size(), FRAMES_OF_A_STOP);
    int end = levels <= 0 ? size : (int) Math.min(size, (long) start + levels);
    JsonArray all = new JsonArray();
    for (int i = start; i < end; i++) {
      Site site = stop.frames.get(i).site();
      JsonObject source = Arguments.object("path", cells.add(site.place.code()));
      source.addProperty("name", site.place.title());
      JsonObject one = Arguments.object("id", firstFrame(stop) + i);
      one.addProperty("name", name(site));
      one.addProperty("line", site.place.line());
      one.addProperty("column", 1);
      one.add("source", source);
      all.add(one);
    }
    JsonObject body = Arguments.object("totalFrames", size);
    body.add("stackFrames", all);
    return body;
  }

  private String name(Site site) {
    if (site.method.startsWith(Chain.SNIPPET)) {
      return site.place.title();
    }
    return site.method.startsWith("lambda$") ? "lambda" : host.name(site.method);
  }

  JsonObject scopes(Stops.Frame frame) {
    JsonArray all = new JsonArray();
    all.add(scope("Locals", Evaluation.locals(frame)));
    all.add(scope("Globals", host.variables()));
    JsonObject body = new JsonObject();
    body.add("scopes", all);
    return body;
  }

  private JsonObject scope(String name, Map<String, Object> variables) {
    JsonObject one = Arguments.object("name", name);
    one.addProperty("variablesReference", values.scope(variables));
    one.addProperty("expensive", false);
    return one;
  }

  JsonObject evaluate(Arguments arguments) throws Exception {
    String expression = arguments.text("expression").strip();
    Stops.Stop stop = stop();
    int id = arguments.number("frameId", 0);
    Stops.Frame frame = id > 0 ? frame(id) : stop.frames.getFirst();
    Map<String, Object> locals = Evaluation.locals(frame);
    Object value;
    if (locals.containsKey(expression)) {
      value = locals.get(expression);
    } else {
      try {
        value = Stops.on(stop, () -> Evaluation.of(expression, frame, host), Aside.SECONDS);
      } catch (TimeoutException e) {
        throw new TimeoutException(
            "the expression takes longer than %d s; interrupt the cell to stop it"
                .formatted(Aside.SECONDS));
      }
    }
    JsonObject body = new JsonObject();
    values.describe(body, "result", value);
    return body;
  }
}
