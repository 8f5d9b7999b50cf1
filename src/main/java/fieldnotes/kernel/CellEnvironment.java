package fieldnotes.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;

/** Sends the replies to one message. Printed text is sent before anything displayed after it. */
final class CellEnvironment extends ShellReplyEnvironment {
  private static final Gson GSON = new Gson();
  private static final Set<String> TAKEN =
      Set.of("display_data", "update_display_data", "clear_output");

  private final Output output;
  private boolean takesInput;
  private volatile LongOutput printed = new LongOutput(Integer.MAX_VALUE);
  private volatile Place place;

  /**
   * Where outputs go instead of to the front end.
   *
   * @param input whether the front end accepted input before
   */
  record Place(Consumer<JsonObject> outputs, Place before, boolean input) {}

  CellEnvironment(ShellChannel from, Connection connection, MessageContext to, Output output) {
    super(from, connection.asking(), connection.published(), to);
    this.output = output;
  }

  void allowInput(boolean allowed) {
    takesInput = allowed;
  }

  /**
   * Gives outputs to another place from now on; there is no input then, as no cell runs that could
   * show the question.
   *
   * @return what leads back
   */
  Place giveTo(Consumer<JsonObject> to) {
    place = new Place(to, place, takesInput);
    takesInput = false;
    return place;
  }

  /** Leads back to where outputs went before. */
  void giveBack(Place taken) {
    place = taken.before();
    takesInput = taken.input();
  }

  private boolean isTaken(Object content, String type) {
    Place taken = place;
    if (taken != null) {
      JsonObject one = GSON.toJsonTree(content).getAsJsonObject();
      one.addProperty("output_type", type);
      taken.outputs().accept(one);
    }
    return taken != null;
  }

  /** What has been printed, and how much of it is shown. */
  LongOutput printed() {
    return printed;
  }

  void printed(LongOutput next) {
    printed = next;
  }

  @Override
  public void publish(Message<?> message) {
    output.flush();
    String type = message.getHeader().getType().getName();
    if (!TAKEN.contains(type) || !isTaken(message.getContent(), type)) {
      super.publish(message);
    }
  }

  /** Sends printed text that {@link Output} has buffered. */
  void sendPrinted(PublishStream text) {
    if (!isTaken(text, "stream")) {
      getIopub().sendMessage(new Message<>(getContext(), text.getType(), text));
    }
  }

  @Override
  public void writeToStdOut(String text) {
    output.out.print(text);
  }

  @Override
  public void writeToStdErr(String text) {
    output.err.print(text);
  }

  @Override
  public String readFromStdIn(String prompt, boolean isPassword) {
    if (!takesInput) {
      throw new IllegalStateException(
          "the front end accepts no input, for example because the notebook runs without"
              + " a user. Set the value in the cell instead.");
    }
    output.flush();
    return super.readFromStdIn(prompt, isPassword);
  }
}
