package fieldnotes.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** The models of inputs and of the place for the result, while they are open in a front end. */
final class Panel implements Model.Listener {
  /** More than a notebook has; the oldest are closed. */
  private static final int MOST_OPEN = 100;

  private static final Deque<Panel> OPEN = new ArrayDeque<>();

  private final Calls calls;
  private final Widgets.Work work;
  private final Outputs outputs;
  private final Map<String, Held<?>> byId = new HashMap<>();
  private final List<Model> models = new ArrayList<>();
  private Model whole;
  private boolean changed;
  private boolean closed;

  private Panel(Calls calls, Widgets.Work work, Outputs outputs) {
    this.calls = calls;
    this.work = work;
    this.outputs = outputs;
  }

  /** Opens the models; null if there is no front end. */
  static Panel open(Calls calls, List<Held<?>> inputs, Widgets.Work work, Outputs outputs) {
    CommManager manager = calls.comms();
    Panel panel = new Panel(calls, work, outputs);
    Model layout = Model.layout(manager, Map.of("width", "auto", "max_width", "36em"));
    if (layout == null) {
      return null;
    }
    panel.models.add(layout);
    JsonArray children = new JsonArray();
    for (Held<?> one : inputs) {
      children.add(panel.input(manager, one, layout).reference());
    }
    Model wide = panel.kept(Model.layout(manager, Map.of()));
    JsonObject state = new JsonObject();
    state.addProperty("layout", wide.reference());
    state.addProperty("msg_id", "");
    state.add("outputs", outputs.json());
    Model place = panel.kept(Model.output(manager, state));
    children.add(place.reference());
    outputs.showOn(json -> place.set("outputs", json));
    JsonObject box = new JsonObject();
    box.addProperty("layout", wide.reference());
    box.addProperty("box_style", "");
    box.add("children", children);
    panel.whole = panel.kept(Model.control(manager, "VBox", box, panel));
    OPEN.add(panel);
    if (OPEN.size() > MOST_OPEN) {
      OPEN.remove().close();
    }
    return panel;
  }

  private Model kept(Model model) {
    models.add(model);
    return model;
  }

  private Model input(CommManager manager, Held<?> held, Model layout) {
    Input<?> input = held.input();
    JsonObject style = new JsonObject();
    if (!input.style().equals("ButtonStyle")) {
      style.addProperty("description_width", "initial");
    }
    JsonObject state = new JsonObject();
    state.addProperty("description", input.name());
    state.addProperty("description_allow_html", false);
    state.addProperty("disabled", false);
    state.addProperty("layout", layout.reference());
    state.addProperty(
        "style", kept(Model.control(manager, input.style(), style, null)).reference());
    input.describe(state);
    state.add(input.field(), held.written());
    Model model = kept(Model.control(manager, input.kind(), state, this));
    byId.put(model.getID(), held);
    return model;
  }

  /** Adds the view to display data. */
  void show(DisplayData out) {
    JsonObject view = new JsonObject();
    view.addProperty("version_major", 2);
    view.addProperty("version_minor", 0);
    view.addProperty("model_id", whole.getID());
    out.putData("application/vnd.jupyter.widget-view+json", view);
  }

  boolean isClosed() {
    return closed;
  }

  private void close() {
    outputs.showOn(json -> {});
    List.copyOf(models).forEach(Model::close);
  }

  @Override
  public JsonElement changed(Model model, String field, JsonElement value) {
    Held<?> held = byId.get(model.getID());
    if (held == null || !field.equals(held.input().field())) {
      return null;
    }
    JsonElement old = held.written();
    if (!held.take(value)) {
      return null;
    }
    changed |= !held.written().equals(old);
    return held.written();
  }

  @Override
  public void clicked(Model model) {
    Held<?> held = byId.get(model.getID());
    changed |= held != null && held.click();
  }

  /** Runs the function, unless newer values are on their way. */
  @Override
  public void told(Model model) {
    if (changed && !closed && !calls.isWaiting(byId.keySet())) {
      changed = false;
      run();
    }
  }

  private void run() {
    outputs.begin();
    try {
      outputs.end(calls.capture(() -> calls.data(work.result()), outputs::take));
    } catch (Throwable e) { // whatever it is, it is shown, and the widgets stay
      outputs.fail(e.getClass().getSimpleName(), String.valueOf(e.getMessage()), calls.explain(e));
    }
  }

  @Override
  public void closed(Model model) {
    if (model == whole && !closed) {
      closed = true;
      OPEN.remove(this);
    }
  }
}
