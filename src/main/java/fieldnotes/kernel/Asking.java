package fieldnotes.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.zeromq.ZMQ;

/** The socket for input requests to the user. */
final class Asking extends StdinChannel {
  private record Question(List<byte[]> asked, CompletableFuture<String> answer) {}

  private final Consumer<Runnable> sender;
  private final Whole whole = new Whole();
  private volatile Question open;

  /**
   * @param sender runs what sends, on the thread that uses the socket
   */
  Asking(ZMQ.Context context, HMACGenerator signatures, Consumer<Runnable> sender) {
    super(context, signatures);
    this.sender = sender;
  }

  /**
   * Requests a line of input and waits for it, on the cell thread.
   *
   * @throws CellStopped if the cell is stopped while waiting
   */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public String getInput(MessageContext cell, String prompt, boolean isPassword) {
    Question question = new Question(cell.getIdentities(), new CompletableFuture<>());
    Message<InputRequest> request =
        new Message<>(cell, InputRequest.MESSAGE_TYPE, new InputRequest(prompt, isPassword));
    open = question;
    sender.accept(() -> whole.send(() -> sendMessage(request)));
    try {
      return question.answer().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CellStopped();
    } catch (CancellationException | ExecutionException e) {
      throw new IllegalStateException("the front end did not answer the input request", e);
    } finally {
      open = null;
    }
  }

  @Override
  public boolean send(byte[] frame, int flags) {
    whole.begin();
    return whole.sent(super.send(frame, flags), flags);
  }

  /** Takes an input reply; one that nobody waits for, or of another client, is ignored. */
  void answered(Message<?> message) {
    Question question = open;
    if (question == null
        || !message.getHeader().getType().equals(MessageType.INPUT_REPLY)
        || !Arrays.deepEquals(question.asked().toArray(), message.getIdentities().toArray())) {
      return;
    }
    try {
      question.answer().complete(Fields.of(message).text("value") + "\n");
    } catch (Fields.Invalid e) {
      Connection.CONSOLE.println("kernel: " + e.getMessage());
    }
  }
}
