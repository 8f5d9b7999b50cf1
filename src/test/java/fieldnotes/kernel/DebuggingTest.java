package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The debugger as a front end uses it, on one kernel without sockets. */
@Timeout(180)
class DebuggingTest {
  private static final LinkedBlockingQueue<JsonObject> EVENTS = new LinkedBlockingQueue<>();
  private static JavaKernel kernel;
  private static Debugging debugging;
  private static int sent;
  private static CompletableFuture<Object> running = CompletableFuture.completedFuture(null);

  @BeforeAll
  static void start() {
    kernel = new JavaKernel();
    kernel.prepare();
    debugging = new Debugging(kernel, EVENTS::add);
  }

  @AfterAll
  static void end() {
    kernel.onShutdown(false);
    kernel.evaluator().close();
  }

  @AfterEach
  void off() {
    body("disconnect", "{}");
    if (!running.isDone()) {
      kernel.evaluator().stop(Instant.now());
    }
    running.handle((value, e) -> value).join();
    EVENTS.clear();
  }

  private static JsonObject response(String command, String arguments) {
    JsonObject request = new JsonObject();
    request.addProperty("type", "request");
    request.addProperty("seq", ++sent);
    request.addProperty("command", command);
    request.add("arguments", new Gson().fromJson(arguments.replace('\'', '"'), JsonObject.class));
    List<JsonObject> replies = new ArrayList<>();
    debugging.answer(request, replies::add);
    assertThat(replies).hasSize(1);
    assertThat(replies.getFirst().get("request_seq").getAsInt()).isEqualTo(sent);
    return replies.getFirst();
  }

  private static JsonObject body(String command, String arguments) {
    JsonObject response = response(command, arguments);
    assertThat(response.get("success").getAsBoolean()).as(response.toString()).isTrue();
    return response.getAsJsonObject("body");
  }

  private static String refusal(String command, String arguments) {
    JsonObject response = response(command, arguments);
    assertThat(response.get("success").getAsBoolean()).as(response.toString()).isFalse();
    return response.get("message").getAsString();
  }

  private static void on() {
    body("initialize", "{'clientID': 'test'}");
    body("attach", "{}");
    assertThat(event("initialized")).isNotNull();
  }

  private static JsonObject event(String name) {
    try {
      JsonObject event = EVENTS.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("no event %s, the cell: %s", name, state()).isNotNull();
      assertThat(event.get("event").getAsString()).as(event.toString()).isEqualTo(name);
      return event.getAsJsonObject("body");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String state() {
    return running.isCompletedExceptionally()
        ? String.join("\n", kernel.formatError(running.exceptionNow()))
        : running.toString();
  }

  private static void breakpoints(String code, Integer... lines) {
    JsonObject dump = new JsonObject();
    dump.addProperty("code", code);
    String path = body("dumpCell", dump.toString()).get("sourcePath").getAsString();
    StringBuilder all = new StringBuilder();
    for (int line : lines) {
      all.append(all.isEmpty() ? "" : ", ").append("{'line': ").append(line).append('}');
    }
    body("setBreakpoints", "{'source': {'path': '%s'}, 'breakpoints': [%s]}".formatted(path, all));
    body("configurationDone", "{}");
  }

  private static CompletableFuture<Object> run(String code) {
    running =
        CompletableFuture.supplyAsync(
            () -> {
              kernel.evaluator().begin();
              try {
                return kernel.run(new Cell(3, "", code)).value();
              } finally {
                debugging.cellEnded();
              }
            },
            task -> Thread.ofPlatform().start(task));
    return running;
  }

  /** Waits for a stop; returns where: "Cell In[3]:2", or the frames, the innermost first. */
  private static String stopped(String reason) {
    JsonObject body = event("stopped");
    assertThat(body.get("reason").getAsString()).isEqualTo(reason);
    StringBuilder all = new StringBuilder();
    for (JsonElement one :
        body("stackTrace", "{'threadId': %s}".formatted(body.get("threadId")))
            .getAsJsonArray("stackFrames")) {
      JsonObject frame = one.getAsJsonObject();
      all.append(all.isEmpty() ? "" : " < ").append(frame.get("name").getAsString());
      all.append(':').append(frame.get("line").getAsInt());
    }
    return all.toString();
  }

  private static void go(String command) {
    body(command, "{'threadId': 1}");
    event("continued");
  }

  private static int frame(int at) {
    return body("stackTrace", "{'threadId': 1}")
        .getAsJsonArray("stackFrames")
        .get(at)
        .getAsJsonObject()
        .get("id")
        .getAsInt();
  }

  private static Map<String, String> scope(int frame, String name) {
    for (JsonElement one :
        body("scopes", "{'frameId': %d}".formatted(frame(frame))).getAsJsonArray("scopes")) {
      if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
        return variables(one.getAsJsonObject().get("variablesReference").getAsInt(), "");
      }
    }
    throw new AssertionError("no scope " + name);
  }

  private static Map<String, String> variables(int reference, String part) {
    return texts(body("variables", "{'variablesReference': %d%s}".formatted(reference, part)));
  }

  private static Map<String, String> texts(JsonObject body) {
    Map<String, String> all = new LinkedHashMap<>();
    for (JsonElement one : body.getAsJsonArray("variables")) {
      JsonObject variable = one.getAsJsonObject();
      all.put(variable.get("name").getAsString(), variable.get("value").getAsString());
    }
    return all;
  }

  private static String evaluate(int frame, String expression) {
    JsonObject arguments = new JsonObject();
    arguments.addProperty("expression", expression);
    arguments.addProperty("frameId", frame(frame));
    return body("evaluate", arguments.toString()).get("result").getAsString();
  }

  private static Object value(CompletableFuture<Object> cell) throws Exception {
    return cell.get(30, TimeUnit.SECONDS);
  }

  private static final String LOOP =
      """
      int dbTwice(int n) {
        int doubled = 2 * n;
        return doubled;
      }

      // the sum
      int dbSum = 0;
      for (int i = 1; i <= 3; i++) {
        int part = dbTwice(i);
        dbSum += part;
      }
      dbSum""";

  @Test
  @DisplayName("breakpoints stop in a method with its callers' variables; steps go over, in, out")
  void stepping() throws Exception {
    on();
    breakpoints(LOOP, 3);
    CompletableFuture<Object> cell = run(LOOP);
    assertThat(stopped("breakpoint")).isEqualTo("dbTwice:3 < Cell In[3]:9");
    assertThat(scope(0, "Locals")).containsExactly(Map.entry("n", "1"), Map.entry("doubled", "2"));
    assertThat(scope(1, "Locals")).containsExactly(Map.entry("i", "1"));
    assertThat(scope(0, "Globals")).containsEntry("dbSum", "0");
    go("next");
    assertThat(stopped("step")).isEqualTo("Cell In[3]:10");
    assertThat(scope(0, "Locals")).containsExactly(Map.entry("i", "1"), Map.entry("part", "2"));
    go("next");
    assertThat(stopped("step")).isEqualTo("Cell In[3]:8");
    breakpoints(LOOP);
    go("next");
    assertThat(stopped("step")).isEqualTo("Cell In[3]:9");
    go("stepIn");
    assertThat(stopped("step")).isEqualTo("dbTwice:2 < Cell In[3]:9");
    go("stepOut");
    assertThat(stopped("step")).isEqualTo("Cell In[3]:10");
    breakpoints(LOOP, 12);
    go("continue");
    assertThat(stopped("breakpoint")).isEqualTo("Cell In[3]:12");
    assertThat(scope(0, "Globals")).containsEntry("dbSum", "12");
    // A step over the end of the cell is forgotten.
    go("next");
    assertThat(value(cell)).isEqualTo(12);
    assertThat(value(run("dbSum + 1"))).isEqualTo(13);
    assertThat(EVENTS).isEmpty();
  }

  @Test
  @DisplayName(
      "steps go from statement to statement; a blank line's breakpoint is at the next code")
  void topLevel() throws Exception {
    on();
    String code = "int dtA = 1;\n\n// a comment\nint dtB = dtA + 1;\nint dtC = dtB + 1;\ndtC";
    breakpoints(code, 2);
    CompletableFuture<Object> cell = run(code);
    assertThat(stopped("breakpoint")).isEqualTo("Cell In[3]:4");
    go("next");
    assertThat(stopped("step")).isEqualTo("Cell In[3]:5");
    assertThat(scope(0, "Globals")).containsEntry("dtB", "2");
    go("stepIn");
    assertThat(stopped("step")).isEqualTo("Cell In[3]:6");
    go("continue");
    assertThat(value(cell)).isEqualTo(3);
  }

  @Test
  @DisplayName("what was declared before the debugger was on stops once its cell is run again")
  void before() throws Exception {
    String old = "int dbfF(int x) {\n  return x + 1;\n}\nvar dbfV = dbfF(1);\ndbfV";
    assertThat(value(run(old))).isEqualTo(2);
    on();
    breakpoints(old, 2, 4);
    CompletableFuture<Object> cell = run(old);
    assertThat(stopped("breakpoint")).isEqualTo("Cell In[3]:4");
    go("continue");
    assertThat(stopped("breakpoint")).isEqualTo("dbfF:2 < Cell In[3]:4");
    go("continue");
    assertThat(value(cell)).isEqualTo(2);
    // The cell is edited below, so that its path is another one; the method stays as it is.
    String edited = "\n" + old + " + 10";
    breakpoints(old);
    breakpoints(edited, 3);
    cell = run(edited);
    assertThat(stopped("breakpoint")).isEqualTo("dbfF:3 < Cell In[3]:5");
    go("continue");
    assertThat(value(cell)).isEqualTo(12);
    body("disconnect", "{}");
    assertThat(value(run(edited))).isEqualTo(12);
  }

  @Test
  @DisplayName("lambdas, recursion, constructors and generic types stop with what they know")
  void kinds() throws Exception {
    on();
    String code =
        """
        record DkP<T>(T first, List<String> names) {
          public DkP {
            names = List.copyOf(names);
          }
        }
        long dkFact(int n) {
          if (n < 2) {
            return 1;
          }
          return n * dkFact(n - 1);
        }
        class DkC {
          int x = 3;
          DkC(int y) {
            super();
            x += y;
          }
        }
        var dkAll = List.of(new DkP<>(1.5, List.of("a", "b")));
        var dkSums = dkAll.stream()
            .map(p -> {
              double half = p.first() / 2;
              return half + new DkC(4).x;
            })
            .toList();
        dkFact(3) + dkSums.getFirst()""";
    breakpoints(code, 3, 8, 15, 16, 23);
    CompletableFuture<Object> cell = run(code);
    assertThat(stopped("breakpoint")).isEqualTo("DkP:3 < Cell In[3]:19".replace("DkP", "<init>"));
    assertThat(scope(0, "Locals")).containsEntry("names", "[a, b]");
    go("continue");
    assertThat(stopped("breakpoint")).startsWith("lambda:23 < Cell In[3]:2");
    assertThat(scope(0, "Locals")).containsEntry("half", "0.75");
    assertThat(evaluate(0, "p.names().size() + half")).isEqualTo("2.75");
    go("continue");
    assertThat(stopped("breakpoint")).startsWith("<init>:15 < lambda:23 < ");
    assertThat(scope(0, "Locals")).containsExactly(Map.entry("y", "4"));
    go("continue");
    assertThat(stopped("breakpoint")).startsWith("<init>:16 < ");
    assertThat(scope(0, "Locals")).containsKeys("this", "y");
    go("continue");
    assertThat(stopped("breakpoint")).isEqualTo("dkFact:8 < dkFact:10 < dkFact:10 < Cell In[3]:26");
    assertThat(scope(1, "Locals")).containsExactly(Map.entry("n", "2"));
    assertThat(scope(2, "Locals")).containsExactly(Map.entry("n", "3"));
    go("continue");
    assertThat(value(cell)).isEqualTo(6 + 7.75);
  }

  @Test
  @DisplayName("an expression sees the frame and the notebook; what fails says why")
  void expressions() throws Exception {
    on();
    String code =
        """
        int deN = 5;
        for (int i = 0; i < 1; i++) {
          Map<String, List<Integer>> map = new TreeMap<>(Map.of("a", List.of(1, 2)));
          byte small = 3;
          System.out.print("");
        }""";
    breakpoints(code, 5);
    CompletableFuture<Object> cell = run(code);
    assertThat(stopped("breakpoint")).isEqualTo("Cell In[3]:5");
    assertThat(evaluate(0, "map")).isEqualTo("{a=[1, 2]}");
    assertThat(evaluate(0, "map.get(\"a\").get(1) + deN + small")).isEqualTo("10");
    assertThat(evaluate(0, "map.put(\"b\", List.of());")).isEqualTo("null");
    assertThat(evaluate(0, "map.size()")).isEqualTo("2");
    int id = frame(0);
    assertThat(refusal("evaluate", "{'expression': 'nope + 1', 'frameId': %d}".formatted(id)))
        .startsWith("the expression does not compile: ")
        .contains("nope");
    assertThat(refusal("evaluate", "{'expression': '1 / (i - i)', 'frameId': %d}".formatted(id)))
        .isEqualTo("java.lang.ArithmeticException: / by zero");
    assertThat(refusal("evaluate", "{'expression': 'i', 'frameId': 7}"))
        .startsWith("frameId=7: the stopped thread has no such frame");
    go("continue");
    value(cell);
  }

  @Test
  @DisplayName("variables are inspected also while the debugger is off, in parts and shortened")
  void inspection() throws Exception {
    value(
        run(
            """
            record DiP(String name, int[] numbers) {}
            class DiOdd { public String toString() { throw new IllegalStateException(); } }
            var diList = IntStream.range(0, 1000).boxed().toList();
            var diP = new DiP("x\\ny", new int[] {7, 8});
            var diOdd = new DiOdd();
            String diNull = null;
            var diLong = "y".repeat(5000);"""));
    JsonObject body = body("inspectVariables", "{}");
    Map<String, String> all = texts(body);
    assertThat(all.get("diList")).startsWith("[0, 1, 2").hasSize(200).endsWith("…");
    assertThat(all).containsEntry("diNull", "null").containsKeys("diP", "diOdd");
    assertThat(all.get("diLong")).hasSize(200);
    Map<String, Integer> references = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    for (JsonElement one : body.getAsJsonArray("variables")) {
      JsonObject variable = one.getAsJsonObject();
      String name = variable.get("name").getAsString();
      references.put(name, variable.get("variablesReference").getAsInt());
      types.put(name, variable.has("type") ? variable.get("type").getAsString() : "none");
    }
    assertThat(types).containsEntry("diP", "DiP").containsEntry("diLong", "str");
    Map<String, String> list = variables(references.get("diList"), "");
    assertThat(list).hasSize(101).containsEntry("[99]", "99").containsEntry("…", "900 more");
    assertThat(variables(references.get("diList"), ", 'start': 998, 'count': 5"))
        .containsExactly(Map.entry("[998]", "998"), Map.entry("[999]", "999"));
    assertThat(variables(references.get("diP"), ""))
        .containsExactly(Map.entry("name", "\"x ⏎ y\""), Map.entry("numbers", "int[2] {7, 8}"));
    assertThat(references).containsEntry("diNull", 0).containsEntry("diLong", 0);
    assertThat(
            body("richInspectVariables", "{'variableName': 'diP'}")
                .getAsJsonObject("data")
                .get("text/plain")
                .getAsString())
        .startsWith("DiP[name=x");
    assertThat(refusal("richInspectVariables", "{'variableName': 'diNone'}"))
        .isEqualTo("variableName=diNone: neither the frame nor the notebook has this variable");
    assertThat(refusal("variables", "{'variablesReference': 1000000}"))
        .startsWith("variablesReference=1000000: no value has this number any longer");
  }

  @Test
  @DisplayName("a stopped cell can be interrupted; switching the debugger off lets it go on")
  void ends() throws Exception {
    on();
    String code = "int den = 1;\nden = 2;\nden = 3;";
    breakpoints(code, 3);
    CompletableFuture<Object> cell = run(code);
    assertThat(stopped("breakpoint")).isEqualTo("Cell In[3]:3");
    kernel.evaluator().stop(Instant.now());
    event("continued");
    assertThat(cell)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(CellStopped.class);
    assertThat(value(run("den"))).isEqualTo(2);
    cell = run(code);
    assertThat(stopped("breakpoint")).isEqualTo("Cell In[3]:3");
    assertThat(body("debugInfo", "{}").getAsJsonArray("stoppedThreads")).hasSize(1);
    body("disconnect", "{}");
    event("continued");
    value(cell);
    assertThat(body("debugInfo", "{}").get("isStarted").getAsBoolean()).isFalse();
    assertThat(value(run("den"))).isEqualTo(3);
  }

  @Test
  @DisplayName("a pause stops a loop that runs")
  void pause() throws Exception {
    on();
    CompletableFuture<Object> cell =
        run("boolean dpOn = true;\nlong dpN = 0;\nwhile (dpOn) {\n  dpN++;\n}\ndpN > 0");
    while (!texts(body("inspectVariables", "{}")).getOrDefault("dpN", "0").matches("\\d{3,}")) {
      Thread.sleep(5);
    }
    body("pause", "{'threadId': 1}");
    assertThat(stopped("pause")).containsAnyOf("Cell In[3]:3", "Cell In[3]:4");
    evaluate(0, "dpOn = false;");
    go("continue");
    assertThat(value(cell)).isEqualTo(true);
  }

  @Test
  @DisplayName("requests that make no sense now are refused in words")
  void refusals() {
    assertThat(refusal("setBreakpoints", "{}"))
        .isEqualTo("setBreakpoints: the debugger is off; switch it on with 'initialize' first");
    on();
    assertThat(refusal("next", "{'threadId': 1}")).startsWith("no thread is stopped; set a");
    assertThat(refusal("fly", "{}")).isEqualTo("fly: this debugger does not know the command");
    assertThat(refusal("dumpCell", "{}"))
        .isEqualTo("dumpCell: code must be a text, but it is missing");
    assertThat(refusal("setBreakpoints", "{'source': {'path': 'x'}, 'breakpoints': [3]}"))
        .isEqualTo("setBreakpoints: breakpoints must be an array of objects");
    assertThat(refusal("source", "{'source': {'path': 'x'}}"))
        .isEqualTo("path=x: no cell has this path");
    assertThat(refusal("copyToGlobals", "{}")).startsWith("copyToGlobals: a variable of Java");
    JsonObject info = body("debugInfo", "{}");
    assertThat(info.get("hashMethod").getAsString()).isEqualTo("Murmur2");
    // The front end computes the path by itself, from the seed and the hash.
    assertThat(body("dumpCell", "{'code': '1 + 1'}").get("sourcePath").getAsString())
        .startsWith(info.get("tmpFilePrefix").getAsString())
        .endsWith(info.get("tmpFileSuffix").getAsString());
  }
}
