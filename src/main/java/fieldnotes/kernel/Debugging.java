package fieldnotes.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import fieldnotes.debug.Debugger;
import fieldnotes.debug.Host;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;

/** The debugger of a kernel: passes on its messages, and tells it what it asks of the kernel. */
final class Debugging implements Host {
  static final String REQUEST = "debug_request";

  private static final MessageType<Object> ASKED = type(REQUEST);
  private static final MessageType<Object> REPLY = type("debug_reply");
  private static final MessageType<Object> EVENT = type("debug_event");

  private final JavaKernel kernel;
  private final Debugger debugger;
  private volatile MessageContext asked;

  /**
   * @param events receives what the debugger tells, on any thread
   */
  Debugging(JavaKernel kernel, Consumer<JsonObject> events) {
    this.kernel = kernel;
    debugger = new Debugger(this, events);
  }

  /** A message with an event; front ends ignore those that answer none of theirs. */
  Message<?> event(JsonObject content) {
    return new Message<>(asked, EVENT, content);
  }

  /**
   * Makes a message type known that Jupyter's Java library lacks; without it, requests of the type
   * have no name.
   */
  @SuppressWarnings("unchecked")
  private static MessageType<Object> type(String name) {
    try {
      Constructor<?> made = MessageType.class.getDeclaredConstructor(String.class, Class.class);
      made.setAccessible(true);
      return (MessageType<Object>) made.newInstance(name, Object.class);
    } catch (ReflectiveOperationException e) {
      return MessageType.UNKNOWN;
    }
  }

  /** Makes the message types of the debugger known; says whether they are. */
  static boolean isKnown() {
    return MessageType.getType(REQUEST).equals(ASKED);
  }

  /** Answers a request. */
  void answer(CellEnvironment environment, JsonObject request) {
    asked = environment.getContext();
    answer(
        request, reply -> environment.reply(new Message<>(environment.getContext(), REPLY, reply)));
  }

  void answer(JsonObject request, Consumer<JsonObject> reply) {
    kernel.evaluator().debugWith(debugger);
    debugger.answer(request, reply);
  }

  void cellEnded() {
    debugger.cellEnded();
  }

  @Override
  public Place place(String className, int line) {
    return kernel.evaluator().origins().cellLine(className, line);
  }

  @Override
  public Map<String, Object> variables() {
    return kernel.evaluator().variables();
  }

  @Override
  public String text(Object value) {
    return PlainText.of(value);
  }

  @Override
  public String name(String className) {
    return Names.plain(className);
  }

  @Override
  public JsonObject render(Object value) {
    JsonObject shown = new Gson().toJsonTree(kernel.asData(value)).getAsJsonObject();
    shown.remove("transient");
    return shown;
  }

  @Override
  public void run(List<String> code) throws Exception {
    CompilationFailure first = null;
    for (String one : code) {
      try {
        kernel.evaluator().aside(new Cell(0, "Expression", one));
        return;
      } catch (CompilationFailure e) {
        first = first == null ? e : first;
      } catch (CellFailure e) {
        throw new IllegalStateException(e.name() + ": " + e.getMessage(), e);
      } catch (CellStopped e) {
        throw new IllegalStateException("the cell was stopped", e);
      }
    }
    String why =
        first.problems().isEmpty() ? first.getMessage() : first.problems().getFirst().message();
    throw new IllegalArgumentException("the expression does not compile: " + why, first);
  }

  @Override
  public void throwIfStopped() {
    StopCheck.check();
  }
}
