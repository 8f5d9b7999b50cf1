package fieldnotes.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Answers the requests of the Debug Adapter Protocol, with those that Jupyter adds: {@code
 * debugInfo}, {@code dumpCell}, {@code inspectVariables}, {@code richInspectVariables}. The
 * variables can be inspected also while the debugger is off.
 */
public final class Debugger {
  private final Host host;
  private final Consumer<JsonObject> events;
  private final Cells cells = new Cells();
  private final Sites sites = new Sites(cells);
  private final Weaver weaver;
  private final Values values;
  private final Stops stops;
  private final AtomicInteger sequence = new AtomicInteger();
  private volatile boolean on;
  private final Frames frames;

  /**
   * A debugger that is off.
   *
   * @param events receives the events of the protocol, on any thread
   */
  public Debugger(Host host, Consumer<JsonObject> events) {
    this.host = host;
    this.events = events;
    weaver = new Weaver(sites, host);
    values = new Values(host);
    stops = new Stops(sites, host, this::tell);
    frames = new Frames(stops, cells, values, host);
  }

  /** Whether a front end has switched it on. */
  public boolean isOn() {
    return on;
  }

  // The code of cells

  /**
   * Adds the stops to a class of a cell, if the debugger is on.
   *
   * @return the class file; the original one if a method would become too large
   */
  public byte[] weave(ClassFile files, String className, byte[] original) {
    if (!on || Pause.isQuiet()) {
      return original;
    }
    try {
      byte[] woven = weaver.apply(files, original);
      sites.settle(className);
      return woven;
    } catch (IllegalArgumentException e) {
      return original;
    }
  }

  /** Whether code of a class that is loaded can stop. */
  public boolean isWoven(String className) {
    return sites.isWoven(className);
  }

  /** Finds the lines of a class anew, because it belongs to another cell now. */
  public void locate(String className) {
    sites.locate(className, host::place);
  }

  /** Whether a breakpoint is on one of these lines, counted from 1, of a cell. */
  public boolean hasBreakpoint(String code, int firstLine, int lastLine) {
    return sites.hasBreakpoint(code, firstLine, lastLine);
  }

  /** The cell has ended: a step does not go on in the next one. */
  public void cellEnded() {
    stops.forgetSteps();
  }

  // The protocol

  /**
   * Answers a request.
   *
   * @param request {@code command}, {@code seq} and {@code arguments}
   * @param reply receives the response, before a thread that it lets go on does so
   */
  public void answer(JsonObject request, Consumer<JsonObject> reply) {
    Arguments arguments = Arguments.of(request);
    String command = arguments.command();
    JsonObject response = new JsonObject();
    response.addProperty("type", "response");
    response.addProperty("seq", sequence.incrementAndGet());
    response.addProperty("request_seq", Arguments.sequence(request));
    response.addProperty("command", command);
    Runnable after = () -> {};
    try {
      after = after(command);
      response.add("body", body(command, arguments));
      response.addProperty("success", true);
    } catch (Exception e) {
      after = () -> {};
      response.add("body", new JsonObject());
      response.addProperty("success", false);
      response.addProperty("message", String.valueOf(e.getMessage()));
    }
    reply.accept(response);
    after.run();
  }

  private void tell(String event, JsonObject body) {
    if (event.equals("continued")) {
      values.clear();
    }
    JsonObject message = new JsonObject();
    message.addProperty("type", "event");
    message.addProperty("seq", sequence.incrementAndGet());
    message.addProperty("event", event);
    message.add("body", body);
    events.accept(message);
  }

  /** What is done when the response has been sent. */
  private Runnable after(String command) {
    Stops.Stop stop = stops.current();
    return switch (command) {
      case "attach" -> () -> tell("initialized", new JsonObject());
      case "continue" -> go(frames.stop(), Stops.Go.ON);
      case "next" -> go(frames.stop(), Stops.Go.OVER);
      case "stepIn" -> go(frames.stop(), Stops.Go.IN);
      case "stepOut" -> go(frames.stop(), Stops.Go.OUT);
      case "disconnect" -> stop == null ? () -> {} : go(stop, Stops.Go.ON);
      default -> () -> {};
    };
  }

  private Runnable go(Stops.Stop stop, Stops.Go how) {
    return () -> stops.resume(stop, how);
  }

  private JsonObject body(String command, Arguments arguments) throws Exception {
    return switch (command) {
      case "debugInfo" -> info();
      case "initialize" -> initialize();
      case "dumpCell" -> Arguments.object("sourcePath", cells.add(arguments.text("code")));
      case "inspectVariables" -> {
        if (stops.current() == null) {
          values.clear();
        }
        yield variables(values.scope(host.variables()), 0, 0);
      }
      case "richInspectVariables" -> rich(arguments);
      case "variables" ->
          variables(
              arguments.number("variablesReference"),
              arguments.number("start", 0),
              arguments.number("count", 0));
      case "source" -> source(arguments);
      case "modules" -> Arguments.object("modules", new JsonArray());
      case "copyToGlobals" ->
          throw new IllegalArgumentException(
              "copyToGlobals: a variable of Java cannot be declared while its code is stopped;"
                  + " evaluate it, or declare it in a cell");
      case "disconnect" -> disconnect();
      default -> {
        if (!on) {
          throw new IllegalArgumentException(
              command + ": the debugger is off; switch it on with 'initialize' first");
        }
        yield whileOn(command, arguments);
      }
    };
  }

  private JsonObject whileOn(String command, Arguments arguments) throws Exception {
    return switch (command) {
      case "attach", "configurationDone", "setExceptionBreakpoints", "next", "stepIn", "stepOut" ->
          new JsonObject();
      case "continue" -> Arguments.object("allThreadsContinued", true);
      case "pause" -> {
        stops.pause();
        yield new JsonObject();
      }
      case "setBreakpoints" -> setBreakpoints(arguments);
      case "threads" -> frames.threads();
      case "stackTrace" -> frames.stackTrace(arguments);
      case "scopes" -> frames.scopes(frames.frame(arguments.number("frameId")));
      case "evaluate" -> frames.evaluate(arguments);
      default ->
          throw new IllegalArgumentException(command + ": this debugger does not know the command");
    };
  }

  private JsonObject info() {
    JsonArray breakpoints = new JsonArray();
    sites
        .breakpoints()
        .forEach(
            (path, lines) -> {
              JsonArray all = new JsonArray();
              lines.forEach(line -> all.add(Arguments.object("line", line)));
              JsonObject one = Arguments.object("source", path);
              one.add("breakpoints", all);
              breakpoints.add(one);
            });
    JsonArray stopped = new JsonArray();
    if (stops.current() != null) {
      stopped.add(Stops.THREAD);
    }
    JsonObject info = Arguments.object("isStarted", on);
    info.addProperty("hashMethod", Cells.HASH);
    info.addProperty("hashSeed", Cells.SEED);
    info.addProperty("tmpFilePrefix", cells.prefix());
    info.addProperty("tmpFileSuffix", Cells.SUFFIX);
    info.add("breakpoints", breakpoints);
    info.add("stoppedThreads", stopped);
    info.addProperty("richRendering", true);
    info.add("exceptionPaths", new JsonArray());
    info.addProperty("copyToGlobals", false);
    return info;
  }

  private JsonObject initialize() {
    on = true;
    stops.forgetSteps();
    Pause.stops = stops;
    JsonObject able = Arguments.object("supportsConfigurationDoneRequest", true);
    able.addProperty("supportsEvaluateForHovers", true);
    able.addProperty("supportsModulesRequest", false);
    able.addProperty("supportsVariablePaging", true);
    able.add("exceptionBreakpointFilters", new JsonArray());
    return able;
  }

  private JsonObject disconnect() {
    on = false;
    Pause.stops = null;
    sites.clearBreakpoints();
    stops.forgetSteps();
    return new JsonObject();
  }

  private JsonObject setBreakpoints(Arguments arguments) {
    String path = arguments.object("source").text("path");
    List<Integer> lines = new ArrayList<>();
    JsonArray all = new JsonArray();
    for (Arguments wanted : arguments.objects("breakpoints")) {
      int line = wanted.number("line");
      JsonObject one = Arguments.object("id", all.size() + 1);
      boolean exists = cells.hasLine(path, line);
      one.addProperty("verified", exists);
      one.addProperty("line", line);
      one.add("source", Arguments.object("path", path));
      if (exists) {
        lines.add(line);
      } else {
        one.addProperty("message", "line=%d: the cell has no such line".formatted(line));
      }
      all.add(one);
    }
    sites.setBreakpoints(path, lines);
    stops.watch();
    JsonObject body = new JsonObject();
    body.add("breakpoints", all);
    return body;
  }

  private JsonObject variables(int number, int start, int count) throws Exception {
    Aside.Given<JsonObject> given = Aside.read(to -> values.children(number, start, count, to));
    JsonArray all = new JsonArray();
    given.items().forEach(all::add);
    if (!given.whole()) {
      JsonObject rest = Arguments.object("name", "…");
      rest.addProperty(
          "value", "the text of the next value takes longer than %d s".formatted(Aside.SECONDS));
      rest.addProperty("type", "");
      rest.addProperty("variablesReference", 0);
      all.add(rest);
    }
    JsonObject body = new JsonObject();
    body.add("variables", all);
    return body;
  }

  private JsonObject rich(Arguments arguments) throws Exception {
    String name = arguments.text("variableName");
    int id = arguments.number("frameId", 0);
    Map<String, Object> all = host.variables();
    if (stops.current() != null && id > 0) {
      all.putAll(Evaluation.locals(frames.frame(id)));
    }
    if (!all.containsKey(name)) {
      throw new IllegalArgumentException(
          "variableName=%s: neither the frame nor the notebook has this variable".formatted(name));
    }
    Aside.Given<JsonObject> given = Aside.read(to -> to.accept(host.render(all.get(name))));
    if (!given.whole()) {
      throw new TimeoutException(
          "%s takes longer than %d s to be shown".formatted(name, Aside.SECONDS));
    }
    return given.items().getFirst();
  }

  private JsonObject source(Arguments arguments) {
    String path = arguments.object("source").text("path");
    String text = cells.text(path);
    if (text == null) {
      throw new IllegalArgumentException("path=%s: no cell has this path".formatted(path));
    }
    JsonObject body = Arguments.object("content", text);
    body.addProperty("mimeType", "text/x-java");
    return body;
  }
}
