package fieldnotes.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/**
 * Shows {@link Widgets} as cell values, and tells a front end that was loaded again the state of
 * all models. Kernels built on {@code jjava-jupyter} load it as a service.
 */
public final class WidgetDisplays implements Extension {
  private static final String CONTROL = "jupyter.widget.control";

  @Override
  public void install(BaseKernel kernel) {
    kernel
        .getRenderer()
        .createRegistration(Widgets.class)
        .preferring(MIMEType.TEXT_HTML)
        .supporting(MIMEType.TEXT_PLAIN)
        .register((widgets, context) -> widgets.render(kernel, context));
    kernel
        .getCommManager()
        .registerTarget(CONTROL, (comms, id, name, open) -> new States(comms, id));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    kernel.getCommManager().unregisterTarget(CONTROL);
  }

  /** Answers a front end that asks for the states of all models at once. */
  private static final class States extends Comm {
    private final CommManager comms;

    States(CommManager comms, String id) {
      super(comms, id, CONTROL);
      this.comms = comms;
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
      JsonObject states = new JsonObject();
      for (Comm one : comms) {
        if (one instanceof Model model) {
          states.add(model.getID(), model.described());
        }
      }
      JsonObject data = new JsonObject();
      data.addProperty("method", "update_states");
      data.add("states", states);
      data.add("buffer_paths", new JsonArray());
      send(data);
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean here) {}
  }
}
