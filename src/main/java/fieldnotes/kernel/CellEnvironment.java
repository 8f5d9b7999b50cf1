package fieldnotes.kernel;

import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;

/** Sends the replies to one message. Printed text is sent before anything displayed after it. */
final class CellEnvironment extends ShellReplyEnvironment {
  private final Output output;
  private boolean takesInput;

  CellEnvironment(ShellChannel from, Connection connection, MessageContext to, Output output) {
    super(from, connection.asking(), connection.published(), to);
    this.output = output;
  }

  void allowInput(boolean allowed) {
    takesInput = allowed;
  }

  @Override
  public void publish(Message<?> message) {
    output.flush();
    super.publish(message);
  }

  /** Sends printed text that {@link Output} has buffered. */
  void sendPrinted(PublishStream text) {
    getIopub().sendMessage(new Message<>(getContext(), text.getType(), text));
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
          "System.in: the front end accepts no input, for example because the notebook runs without"
              + " a user. Set the value in the cell instead.");
    }
    output.flush();
    return super.readFromStdIn(prompt, isPassword);
  }
}
