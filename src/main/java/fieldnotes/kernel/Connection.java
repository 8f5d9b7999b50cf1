package fieldnotes.kernel;

import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The five sockets of a kernel. Each has its own thread, which no cell can interrupt: interrupting
 * a thread would close the socket that it uses. Threads block on their sockets instead of polling,
 * so messages are handled without delay.
 */
final class Connection {
  /** Handles a message of the shell or control socket. */
  interface Handler {
    void handle(ShellChannel from, Message<?> message);

    /** Handles a message that was queued when a cell failed. */
    void handleAfterFailure(ShellChannel from, Message<?> message);
  }

  private static final int MOST_WAITING = 256;

  /** The terminal that started the front end; {@code System.err} is shown in cells. */
  private static final PrintStream CONSOLE = System.err;

  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ShellChannel shell;
  private final ShellChannel control;
  private final Published published;
  private final Asking asking;
  private final ZMQ.Socket heartbeat;
  private Thread shellThread;
  private final List<Message<?>> dropped = new ArrayList<>();

  Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
    this.properties = properties;
    context.setUncaughtExceptionHandler(
        (thread, e) -> Memory.halt("the thread '" + thread.getName() + "' of its sockets ended"));
    // A signature generator has state, so each socket needs its own.
    shell = new ShellChannel(context, properties.createHMACGenerator(), false, null);
    control = new ShellChannel(context, properties.createHMACGenerator(), true, null);
    published = new Published(context, properties.createHMACGenerator());
    asking = new Asking(context, properties.createHMACGenerator());
    heartbeat = context.socket(SocketType.REP);
    for (ZMQ.Socket socket : new ZMQ.Socket[] {shell, control, published, asking}) {
      // No limit: nothing is dropped, even if the front end is slow.
      socket.setHWM(0);
      socket.setLinger(1000);
    }
  }

  IOPubChannel published() {
    return published;
  }

  StdinChannel asking() {
    return asking;
  }

  /** Binds the sockets and passes every message to the handler, on two threads. */
  void start(Handler handler) {
    control.bind(address(properties.getControlPort()));
    shell.bind(address(properties.getShellPort()));
    published.bind(address(properties.getIopubPort()));
    asking.bind(address(properties.getStdinPort()));
    heartbeat.bind(address(properties.getHbPort()));
    thread("iopub", published::keepSending);
    thread("stdin", asking::keepAsking);
    thread("heartbeat", this::beat);
    thread("control", () -> listen(control, handler));
    shellThread = thread("shell", () -> listen(shell, handler));
  }

  /**
   * Aborts the requests queued on the shell socket because a cell failed. Called by the handler
   * before the failure is sent, so that later requests are not affected.
   */
  void dropWaiting() {
    // A poller holds file descriptors until it is closed.
    try (ZMQ.Poller poller = context.poller(1)) {
      poller.register(shell, ZMQ.Poller.POLLIN);
      while (poller.poll(0) > 0) {
        try {
          dropped.add(shell.readMessage());
        } catch (RuntimeException e) {
          CONSOLE.println("kernel: could not read a message: " + e);
        }
      }
    }
  }

  void join() throws InterruptedException {
    shellThread.join();
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon(!name.equals("shell"))
        .name(name)
        .start(Memory.vital(name, work));
  }

  private String address(int port) {
    String separator = properties.getTransport().equals("ipc") ? "-" : ":";
    return properties.getTransport() + "://" + properties.getIp() + separator + port;
  }

  private void beat() {
    while (true) {
      try {
        byte[] ping = heartbeat.recv();
        if (ping != null) {
          heartbeat.send(ping);
        }
      } catch (OutOfMemoryError e) {
        Memory.release();
      }
    }
  }

  private void listen(ShellChannel socket, Handler handler) {
    while (true) {
      try {
        Message<?> message = socket.readMessage();
        Memory.surely("answer a message", () -> handler.handle(socket, message));
        while (socket == shell && !dropped.isEmpty()) {
          handler.handleAfterFailure(socket, dropped.removeFirst());
        }
      } catch (OutOfMemoryError e) {
        // The message may be lost, and the front end would wait for the reply for ever.
        Memory.halt("no memory is left to handle a message");
      } catch (RuntimeException | StackOverflowError e) {
        // One unreadable message does not end the loop.
        CONSOLE.println("kernel: could not handle a message: " + e);
      }
    }
  }

  /** Waits until all published messages have been passed to the socket. */
  void flush() {
    published.flush();
  }

  /** The socket for outputs. {@code sendMessage} may be called from any thread. */
  private static final class Published extends IOPubChannel {
    private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final Semaphore places = new Semaphore(MOST_WAITING);

    Published(ZMQ.Context context, HMACGenerator signatures) {
      super(context, signatures);
    }

    // Not synchronized, unlike the overridden method: senders only enqueue, under the queue's lock.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void sendMessage(Message<?> message) {
      places.acquireUninterruptibly();
      waiting.add(
          () -> {
            try {
              Memory.surely("send an output", () -> Published.super.sendMessage(message));
            } finally {
              places.release();
            }
          });
    }

    void keepSending() {
      while (true) {
        try {
          waiting.take().run();
        } catch (InterruptedException e) {
          // Nothing interrupts this thread on purpose.
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
          CONSOLE.println("kernel: could not send an output: " + e);
        }
      }
    }

    void flush() {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      waiting.add(() -> done.complete(true));
      try {
        done.get(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
        // The front end is gone; the message is dropped.
      }
    }
  }

  /** The socket for input requests to the user. */
  private static final class Asking extends StdinChannel {
    private record Question(
        MessageContext context, InputRequest request, CompletableFuture<String> answer) {}

    private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private final ZMQ.Context context;

    Asking(ZMQ.Context context, HMACGenerator signatures) {
      super(context, signatures);
      this.context = context;
    }

    /**
     * Requests a line of input and waits for it, on the cell thread.
     *
     * @throws CellStopped if the cell is stopped while waiting
     */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public String getInput(MessageContext cell, String prompt, boolean isPassword) {
      Question question =
          new Question(cell, new InputRequest(prompt, isPassword), new CompletableFuture<>());
      questions.add(question);
      try {
        return question.answer().get();
      } catch (InterruptedException e) {
        question.answer().cancel(false);
        Thread.currentThread().interrupt();
        throw new CellStopped();
      } catch (CancellationException | ExecutionException e) {
        throw new IllegalStateException("the front end did not answer the input request", e);
      }
    }

    private void keepAsking() {
      ZMQ.Poller poller = context.poller(1);
      poller.register(this, ZMQ.Poller.POLLIN);
      while (true) {
        try {
          Question question = questions.take();
          // Ignore the answer to an earlier, abandoned request.
          while (poller.poll(0) > 0) {
            readMessage();
          }
          sendMessage(
              new Message<>(question.context(), InputRequest.MESSAGE_TYPE, question.request()));
          while (!question.answer().isDone()) {
            if (poller.poll(50) > 0 && readMessage().getContent() instanceof InputReply reply) {
              question.answer().complete(reply.getValue() + "\n");
            }
          }
        } catch (InterruptedException e) {
          // Nothing interrupts this thread on purpose.
        } catch (OutOfMemoryError e) {
          Memory.release();
        } catch (RuntimeException e) {
          CONSOLE.println("kernel: could not request input: " + e);
        }
      }
    }
  }
}
