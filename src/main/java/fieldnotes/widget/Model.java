package fieldnotes.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/**
 * The kernel's side of a model of {@code @jupyter-widgets}: a comm that keeps the state of the
 * model in the front end. Follows the widget messaging protocol 2.1 (ipywidgets, <a
 * href="https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md">messages.md</a>).
 */
final class Model extends Comm {
  static final String TARGET = "jupyter.widget";
  private static final String BASE = "@jupyter-widgets/base";
  private static final String CONTROLS = "@jupyter-widgets/controls";

  /** What happens when a front end changes a model. */
  interface Listener {
    /** A field was sent; returns the value that it now has, or null if nothing has changed. */
    JsonElement changed(Model model, String field, JsonElement value);

    /** Something was clicked. */
    void clicked(Model model);

    /** All fields of a message were told. */
    void told(Model model);

    /** The front end has removed it, or the kernel. */
    void closed(Model model);
  }

  private static final Listener NOBODY =
      new Listener() {
        @Override
        public JsonElement changed(Model model, String field, JsonElement value) {
          return null;
        }

        @Override
        public void clicked(Model model) {}

        @Override
        public void told(Model model) {}

        @Override
        public void closed(Model model) {}
      };

  private final JsonObject state;
  private final Listener listener;
  private boolean closed;

  private Model(CommManager manager, String id, JsonObject state, Listener listener) {
    super(manager, id, TARGET);
    this.state = state;
    this.listener = listener;
  }

  /** A widget of the controls, or a style of one, which has no view of its own. */
  static Model control(CommManager manager, String kind, JsonObject fields, Listener listener) {
    boolean style = kind.endsWith("Style");
    return open(
        manager,
        CONTROLS,
        "2.0.0",
        kind,
        style ? BASE : CONTROLS,
        style ? "StyleView" : kind + "View",
        fields,
        listener == null ? NOBODY : listener);
  }

  static Model layout(CommManager manager, Map<String, String> fields) {
    JsonObject state = new JsonObject();
    fields.forEach(state::addProperty);
    return open(manager, BASE, "2.0.0", "Layout", BASE, "LayoutView", state, NOBODY);
  }

  /** A place for outputs of any kind. */
  static Model output(CommManager manager, JsonObject fields) {
    String module = "@jupyter-widgets/output";
    return open(manager, module, "1.0.0", "Output", module, "OutputView", fields, NOBODY);
  }

  /** Opens it in the front end. */
  private static Model open(
      CommManager manager,
      String module,
      String version,
      String kind,
      String viewModule,
      String view,
      JsonObject fields,
      Listener listener) {
    JsonObject state = new JsonObject();
    state.addProperty("_model_module", module);
    state.addProperty("_model_module_version", version);
    state.addProperty("_model_name", kind + "Model");
    state.addProperty("_view_module", viewModule);
    state.addProperty("_view_module_version", version);
    state.addProperty("_view_name", view);
    fields.entrySet().forEach(one -> state.add(one.getKey(), one.getValue()));
    return manager.openComm(
        TARGET,
        (comms, id, target, message) -> {
          JsonObject data = message.getContent().getData();
          data.add("state", state);
          data.add("buffer_paths", new JsonArray());
          message.getNonNullMetadata().put("version", "2.1.0");
          return new Model(comms, id, state, listener);
        });
  }

  /** How a state refers to this model. */
  String reference() {
    return "IPY_MODEL_" + getID();
  }

  /** The state as the control channel of the protocol sends it. */
  JsonObject described() {
    JsonObject all = new JsonObject();
    all.add("model_name", state.get("_model_name"));
    all.add("model_module", state.get("_model_module"));
    all.add("model_module_version", state.get("_model_module_version"));
    all.add("state", state.deepCopy());
    return all;
  }

  /** Changes a field here and in the front end. */
  void set(String field, JsonElement value) {
    if (!closed) {
      state.add(field, value);
      send("update", field, value);
    }
  }

  private void send(String method, String field, JsonElement value) {
    JsonObject changed = new JsonObject();
    changed.add(field, value);
    send(method, changed);
  }

  private void send(String method, JsonObject fields) {
    JsonObject data = new JsonObject();
    data.addProperty("method", method);
    data.add("state", fields);
    data.add("buffer_paths", new JsonArray());
    send(data);
  }

  /** A message that is not as the protocol says is ignored. */
  @Override
  protected void onMessage(Message<CommMsgCommand> message) {
    JsonObject data = message.getContent().getData();
    switch (text(data, "method")) {
      case "request_state" -> send("update", state.deepCopy());
      case "update" -> {
        if (data.get("state") instanceof JsonObject sent) {
          update(sent);
        }
      }
      case "custom" -> {
        if (data.get("content") instanceof JsonObject content
            && text(content, "event").equals("click")) {
          listener.clicked(this);
        }
      }
      default -> {
        // Nothing that a kernel answers.
      }
    }
    listener.told(this);
  }

  private void update(JsonObject sent) {
    for (String field : sent.keySet()) {
      JsonElement now = listener.changed(this, field, sent.get(field));
      if (now != null) {
        state.add(field, now);
        // a second window on the same notebook learns of it, and this one if it is corrected
        send("echo_update", field, now);
      }
    }
  }

  private static String text(JsonObject data, String name) {
    return data != null
            && data.get(name) != null
            && data.get(name).isJsonPrimitive()
            && data.get(name).getAsJsonPrimitive().isString()
        ? data.get(name).getAsString()
        : "";
  }

  @Override
  protected void onClose(Message<CommCloseCommand> message, boolean here) {
    closed = true;
    listener.closed(this);
  }
}
