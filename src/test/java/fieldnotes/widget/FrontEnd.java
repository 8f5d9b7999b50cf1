package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;
import org.zeromq.ZMQ;

/**
 * A front end for a plain kernel of {@code jjava-jupyter}, such as JJava's own: it has what this
 * project's kernel has not changed. It keeps the state of each model, as a page does.
 */
final class FrontEnd {
  /** The kernel. */
  static final class PlainKernel extends BaseKernel {
    final List<DisplayData> displayed = new ArrayList<>();

    PlainKernel() {
      super(
          "plain",
          "1",
          new LanguageInfo.Builder("java").build(),
          List.of(),
          (HistoryManager) null,
          new JupyterIO(java.nio.charset.StandardCharsets.UTF_8),
          new CommManager(),
          new Renderer(),
          new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
          new MagicsRegistry(),
          false,
          new StringStyler.Builder().build());
    }

    void become() {
      installNotebookKernel();
    }

    void cease() {
      uninstallNotebookKernel();
    }

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
    }

    @Override
    public Object evalRaw(String code) {
      return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean detail) {
      return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
      return null;
    }

    @Override
    public String isComplete(String code) {
      return IS_COMPLETE_YES;
    }
  }

  private final class Wire extends IOPubChannel {
    Wire(ZMQ.Context context) {
      super(context, HMACGenerator.NO_AUTH_INSTANCE);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void sendMessage(Message<?> message) {
      receive(message);
    }
  }

  final PlainKernel kernel = new PlainKernel();
  private final ZMQ.Context context = ZMQ.context(1);
  private final Wire wire = new Wire(context);

  /** The state of each open model, by its id. */
  final Map<String, JsonObject> models = new java.util.LinkedHashMap<>();

  /** All methods that have arrived, such as {@code update}. */
  final List<String> methods = new ArrayList<>();

  /** What the control channel has answered last. */
  JsonObject states;

  FrontEnd() {
    kernel.getCommManager().setIOPubChannel(wire);
    new WidgetDisplays().install(kernel);
    kernel.become();
  }

  void close() {
    kernel.cease();
    wire.close();
    context.close();
  }

  private void receive(Message<?> message) {
    switch (message.getContent()) {
      case CommOpenCommand open -> {
        if (!"2.1.0".equals(message.getMetadata().get("version"))) {
          throw new AssertionError("no version of the protocol");
        }
        models.put(open.getCommID(), open.getData().getAsJsonObject("state").deepCopy());
      }
      case CommMsgCommand told -> {
        String method = told.getData().get("method").getAsString();
        methods.add(method);
        if (method.equals("update_states")) {
          states = told.getData().getAsJsonObject("states");
          return;
        }
        JsonObject state = models.get(told.getCommID());
        told.getData()
            .getAsJsonObject("state")
            .entrySet()
            .forEach(one -> state.add(one.getKey(), one.getValue()));
      }
      case CommCloseCommand closed -> models.remove(closed.getCommID());
      default -> {
        // a status
      }
    }
  }

  /** The id of the only model of a kind. */
  String id(String kind) {
    return models.entrySet().stream()
        .filter(one -> one.getValue().get("_model_name").getAsString().equals(kind + "Model"))
        .map(Map.Entry::getKey)
        .reduce(
            (a, b) -> {
              throw new AssertionError("two models " + kind);
            })
        .orElseThrow();
  }

  JsonElement field(String kind, String name) {
    return models.get(id(kind)).get(name);
  }

  /** The outputs under the inputs, as text. */
  String outputs() {
    return field("Output", "outputs").toString();
  }

  /** Sends a message to a model; the data as JSON. */
  void send(String comm, String data) {
    CommMsgCommand content =
        new CommMsgCommand(
            comm, data == null ? null : JsonParser.parseString(data).getAsJsonObject());
    kernel
        .getCommManager()
        .handleCommMsgCommand(
            environment(), new Message<>(new Header<>(CommMsgCommand.MESSAGE_TYPE), content));
  }

  /** Sets the value of the only model of a kind; the value as JSON. */
  void set(String kind, String field, String value) {
    send(id(kind), "{\"method\":\"update\",\"state\":{\"" + field + "\":" + value + "}}");
  }

  void openControl(String id) {
    kernel
        .getCommManager()
        .handleCommOpenCommand(
            environment(),
            new Message<>(
                new Header<>(CommOpenCommand.MESSAGE_TYPE),
                new CommOpenCommand(id, "jupyter.widget.control", new JsonObject())));
  }

  private static ReplyEnvironment environment() {
    return (ReplyEnvironment)
        java.lang.reflect.Proxy.newProxyInstance(
            FrontEnd.class.getClassLoader(),
            new Class<?>[] {ReplyEnvironment.class},
            (proxy, method, values) -> null);
  }

  /** Shows a value as the last line of a cell. */
  DisplayData show(Object value) {
    return kernel.getRenderer().render(value);
  }
}
