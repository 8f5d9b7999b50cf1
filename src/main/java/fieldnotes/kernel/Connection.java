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
 * The five sockets of a kernel. Each is used by one thread of its own, which no cell can interrupt:
 * an interrupted thread would close the socket under its hands. A thread that waits is woken by the
 * message itself, so that nothing is late by a polling interval.
 */
final class Connection {
  /** Takes a message of the shell or control socket. */
  interface Handler {
    void handle(ShellChannel from, Message<?> message);

    /** A message that waited while a cell failed. */
    void handleAfterFailure(ShellChannel from, Message<?> message);
  }

  private static final int MOST_WAITING = 256;

  /** The terminal that the front end was started from; {@code System.err} goes to the cells. */
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
    // A generator of signatures has a state, so each socket has its own.
    shell = new ShellChannel(context, properties.createHMACGenerator(), false, null);
    control = new ShellChannel(context, properties.createHMACGenerator(), true, null);
    published = new Published(context, properties.createHMACGenerator());
    asking = new Asking(context, properties.createHMACGenerator());
    heartbeat = context.socket(SocketType.REP);
    for (ZMQ.Socket socket : new ZMQ.Socket[] {shell, control, published, asking}) {
      // However slow the front end: nothing is dropped.
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

  /** Binds the sockets and hands every message to the handler, on two threads. */
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
   * What waits on the shell socket now is told that a cell before it failed. Called by its handler,
   * before the front end hears of the failure: what it sends then is not meant.
   */
  void dropWaiting() {
    // A poller holds file descriptors until it is closed.
    try (ZMQ.Poller poller = context.poller(1)) {
      poller.register(shell, ZMQ.Poller.POLLIN);
      while (poller.poll(0) > 0) {
        try {
          dropped.add(shell.readMessage());
        } catch (RuntimeException e) {
          CONSOLE.println("kernel: a message could not be read: " + e);
        }
      }
    }
  }

  void join() throws InterruptedException {
    shellThread.join();
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon(!name.equals("shell")).name(name).start(work);
  }

  private String address(int port) {
    String separator = properties.getTransport().equals("ipc") ? "-" : ":";
    return properties.getTransport() + "://" + properties.getIp() + separator + port;
  }

  private void beat() {
    while (true) {
      byte[] ping = heartbeat.recv();
      if (ping != null) {
        heartbeat.send(ping);
      }
    }
  }

  private void listen(ShellChannel socket, Handler handler) {
    while (true) {
      try {
        handler.handle(socket, socket.readMessage());
        while (socket == shell && !dropped.isEmpty()) {
          handler.handleAfterFailure(socket, dropped.removeFirst());
        }
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        // A message that cannot be read or answered; the next one may be.
        CONSOLE.println("kernel: a message could not be handled: " + e);
      }
    }
  }

  /** Waits until all that was published is in the hands of the socket. */
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

    // Not synchronized like the method it overrides: senders only queue, under the queue's lock.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void sendMessage(Message<?> message) {
      places.acquireUninterruptibly();
      waiting.add(
          () -> {
            try {
              Published.super.sendMessage(message);
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
          // Nobody has a reason to end this thread.
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
          CONSOLE.println("kernel: an output could not be sent: " + e);
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
        // The front end is gone; so is what was to be sent.
      }
    }
  }

  /** The socket for questions to the user. */
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
     * Asks and waits, on the thread of the cell.
     *
     * @throws CellStopped if the cell is stopped meanwhile
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
        throw new IllegalStateException("the front end did not answer the question", e);
      }
    }

    private void keepAsking() {
      ZMQ.Poller poller = context.poller(1);
      poller.register(this, ZMQ.Poller.POLLIN);
      while (true) {
        try {
          Question question = questions.take();
          // An answer to a question that was given up must not answer this one.
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
          // Nobody has a reason to end this thread.
        } catch (RuntimeException e) {
          CONSOLE.println("kernel: a question could not be asked: " + e);
        }
      }
    }
  }
}
