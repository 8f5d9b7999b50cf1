package fieldnotes.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;

/** Sends the replies to one message. Printed text is sent before anything displayed after it. */
final class CellEnvironment extends ShellReplyEnvironment {
  private final Output output;
  private final AtomicInteger outputs = new AtomicInteger();
  private boolean takesInput;
  private volatile LongOutput printed = new LongOutput(Integer.MAX_VALUE);

  CellEnvironment(ShellChannel from, Connection connection, MessageContext to, Output output) {
    super(from, connection.asking(), connection.published(), to);
    this.output = output;
  }

  void allowInput(boolean allowed) {
    takesInput = allowed;
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
    if (message.getContent() instanceof PublishDisplayData
        || message.getContent() instanceof PublishExecuteResult
        || message.getContent() instanceof PublishError) {
      outputs.incrementAndGet();
    }
    super.publish(message);
  }

  /** Clears the output if a single one was published; says whether it did. */
  boolean clearOnlyOutput() {
    output.flush();
    if (!outputs.compareAndSet(1, 0)) {
      return false;
    }
    publish(PublishClearOutput.NOW);
    return true;
  }

  /** Sends printed text that {@link Output} has buffered. */
  void sendPrinted(PublishStream text) {
    outputs.incrementAndGet();
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
          "the front end accepts no input, for example because the notebook runs without"
              + " a user. Set the value in the cell instead.");
    }
    output.flush();
    return super.readFromStdIn(prompt, isPassword);
  }
}
