package fieldnotes.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The five sockets of a kernel. One thread uses the three sockets that receive requests: it takes
 * each message as it arrives, also while a cell runs, so that refused ones do not pile up, and
 * hands the others to the threads that answer them. No cell can interrupt these threads:
 * interrupting a thread would close the sockets that it uses.
 */
final class Connection {
  /** Handles a message of the shell or control socket. */
  interface Handler {
    void handle(ShellChannel from, Message<?> message);

    /** Handles a message that was queued when a cell failed. */
    void handleAfterFailure(ShellChannel from, Message<?> message);
  }

  /** The terminal that started the front end; {@code System.err} is shown in cells. */
  static final PrintStream CONSOLE = System.err;

  static final Halt UNSENT = new Halt("no memory is left to send a message");
  static final Halt UNANSWERED = new Halt("no memory is left to answer a message");
  private static final Halt UNHEARD = new Halt("no memory is left to receive a message");

  /** Subscriptions and pings are short. */
  private static final int SHORT = 1 << 10;

  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final Wire wire;
  private final Requests shell;
  private final Requests control;
  private final Published published;
  private final Asking asking;
  private final Peers askingPeers;
  private final ZMQ.Socket heartbeat;
  private final ConcurrentLinkedQueue<Runnable> toSend = new ConcurrentLinkedQueue<>();
  private final Pipe wakeUp;
  private final Runnable ring = this::ring;
  private Thread shellThread;

  Connection(KernelConnectionProperties properties) {
    this.properties = properties;
    context.setThreadFactor(
        (work, name) -> Guard.vital(Thread.ofPlatform().daemon().name(name).unstarted(work)));
    wire = Wire.of(properties);
    // A signature generator has state, so each socket needs its own.
    shell = new Requests(ConnectionFile.signatures(properties), false);
    control = new Requests(ConnectionFile.signatures(properties), true);
    published = new Published(context, ConnectionFile.signatures(properties));
    asking = new Asking(context, ConnectionFile.signatures(properties), this::onWire);
    heartbeat = context.socket(SocketType.REP);
    for (ZMQ.Socket socket : new ZMQ.Socket[] {shell, control, published, asking}) {
      // No limit on their number: nothing is dropped, even if the front end is slow.
      socket.setHWM(0);
      socket.setLinger(1000);
      // A connection that announces a larger frame is closed before it is received.
      socket.setMaxMsgSize(Wire.MOST_BYTES);
    }
    for (ZMQ.Socket socket : new ZMQ.Socket[] {shell, control, asking}) {
      // After a restart the front end's old connection may come back before its new one, under the
      // same name: the newer gets the answers.
      socket.setRouterHandover(true);
    }
    published.setMaxMsgSize(SHORT);
    heartbeat.setMaxMsgSize(SHORT);
    Peers.ofShort(published);
    Peers.ofShort(heartbeat);
    askingPeers = Peers.ofRequests(asking);
    try {
      wakeUp = Pipe.open();
      wakeUp.source().configureBlocking(false);
      wakeUp.sink().configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IOPubChannel published() {
    return published;
  }

  StdinChannel asking() {
    return asking;
  }

  /**
   * Binds the sockets and passes every message to the handler, on two threads.
   *
   * @throws ConnectionFile.Unusable if a port cannot be used
   */
  void start(Handler handler) throws ConnectionFile.Unusable {
    bind(control, "control_port", properties.getControlPort());
    bind(shell, "shell_port", properties.getShellPort());
    bind(published, "iopub_port", properties.getIopubPort());
    bind(asking, "stdin_port", properties.getStdinPort());
    bind(heartbeat, "hb_port", properties.getHbPort());
    thread("iopub", published::keepSending);
    thread("heartbeat", this::beat);
    thread("wire", this::keepReceiving);
    thread("control", () -> answer(control, handler));
    shellThread = thread("shell", () -> answer(shell, handler));
  }

  private void bind(ZMQ.Socket socket, String name, int port) throws ConnectionFile.Unusable {
    String separator = properties.getTransport().equals("ipc") ? "-" : ":";
    String address = properties.getTransport() + "://" + properties.getIp() + separator + port;
    try {
      socket.bind(address);
    } catch (ZMQException | IllegalArgumentException | UncheckedIOException e) {
      throw new ConnectionFile.Unusable(
          "%s: cannot listen at %s: %s; close the program that uses it, or restart the kernel with other ports"
              .formatted(name, address, e.getMessage()));
    }
  }

  /**
   * Aborts the requests queued on the shell socket because a cell failed. Called by the handler
   * before the failure is sent, so that later requests are not affected.
   */
  void dropWaiting() {
    shell.waiting.drainTo(shell.dropped);
  }

  /** Whether messages for one of these comms wait to be handled before the next cell. */
  boolean isWaiting(Collection<String> comms) {
    List<Message<?>> next = new ArrayList<>(shell.dropped);
    next.addAll(shell.waiting);
    for (Message<?> one : next) {
      if (one.getHeader().getType().equals(MessageType.EXECUTE_REQUEST)) {
        return false;
      }
      if (one.getContent() instanceof CommMsgCommand message
          && comms.contains(message.getCommID())) {
        return true;
      }
    }
    return false;
  }

  void join() throws InterruptedException {
    shellThread.join();
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread =
        Guard.vital(Thread.ofPlatform().daemon(!name.equals("shell")).name(name).unstarted(work));
    thread.start();
    return thread;
  }

  private void beat() {
    while (true) {
      try {
        byte[] ping = heartbeat.recv();
        boolean more = heartbeat.hasReceiveMore();
        while (heartbeat.hasReceiveMore()) {
          heartbeat.recv();
        }
        heartbeat.send(ping == null || more ? new byte[0] : ping);
      } catch (OutOfMemoryError e) {
        // The socket may be left in a state in which it waits for ever.
        UNHEARD.now();
      } catch (RuntimeException e) {
        CONSOLE.println("kernel: could not answer a heartbeat: " + e);
      }
    }
  }

  /** Runs this on the thread that uses the sockets. */
  private void onWire(Runnable what) {
    toSend.add(what);
    Memory.surely(UNSENT, ring);
  }

  private void ring() {
    try {
      // A full pipe wakes it up, too.
      wakeUp.sink().write(ByteBuffer.wrap(new byte[1]));
    } catch (IOException e) {
      CONSOLE.println("kernel: could not send a message: " + e);
    }
  }

  private void keepReceiving() {
    ByteBuffer rung = ByteBuffer.allocate(256);
    try (ZMQ.Poller poller = context.poller(4)) {
      poller.register(wakeUp.source(), ZMQ.Poller.POLLIN);
      for (ZMQ.Socket socket : List.of(control, shell, asking)) {
        poller.register(socket, ZMQ.Poller.POLLIN);
      }
      while (true) {
        try {
          poller.poll(-1);
          if (poller.pollin(0)) {
            wakeUp.source().read(rung.clear());
          }
          sendWaiting();
          receive(poller.pollin(1), control);
          receive(poller.pollin(2), shell);
          if (poller.pollin(3)) {
            Message<?> message = wire.read(asking, askingPeers);
            if (message != null) {
              asking.answered(message);
            }
          }
        } catch (OutOfMemoryError e) {
          // The message may be lost, and the front end would wait for the reply for ever.
          UNHEARD.now();
        } catch (RuntimeException | IOException | StackOverflowError e) {
          // One message does not end the loop.
          CONSOLE.println("kernel: could not handle a message: " + e);
        }
      }
    }
  }

  private void sendWaiting() {
    Runnable one = toSend.poll();
    while (one != null) {
      try {
        Memory.surely(UNSENT, one);
      } catch (RuntimeException | StackOverflowError e) {
        CONSOLE.println("kernel: could not send a message: " + e);
      }
      one = toSend.poll();
    }
  }

  private void receive(boolean any, Requests socket) {
    if (any) {
      Message<?> message = wire.read(socket, socket.peers);
      if (message != null) {
        socket.waiting.add(message);
      }
    }
  }

  private static void answer(Requests socket, Handler handler) {
    while (true) {
      try {
        Message<?> message = socket.waiting.take();
        handler.handle(socket, message);
        while (!socket.dropped.isEmpty()) {
          handler.handleAfterFailure(socket, socket.dropped.removeFirst());
        }
      } catch (InterruptedException e) {
        // Nothing interrupts this thread on purpose.
      } catch (OutOfMemoryError e) {
        // The message may be lost, and the front end would wait for the reply for ever.
        UNANSWERED.now();
      } catch (RuntimeException | StackOverflowError e) {
        // One message does not end the loop.
        CONSOLE.println("kernel: could not handle a message: " + e);
      }
    }
  }

  /** Waits until all messages have been passed to the sockets. */
  void flush() {
    CompletableFuture<Boolean> outputs = new CompletableFuture<>();
    CompletableFuture<Boolean> replies = new CompletableFuture<>();
    published.whenSent(outputs);
    onWire(() -> replies.complete(true));
    try {
      CompletableFuture.allOf(outputs, replies).get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The front end is gone; the message is dropped.
    }
  }

  /** The shell or control socket. {@code sendMessage} may be called from any thread. */
  private final class Requests extends ShellChannel {
    private final LinkedBlockingQueue<Message<?>> waiting = new LinkedBlockingQueue<>();
    private final List<Message<?>> dropped = new ArrayList<>();
    private final Whole whole = new Whole();
    private final Peers peers = Peers.ofRequests(this);

    Requests(HMACGenerator signatures, boolean isControl) {
      super(Connection.this.context, signatures, isControl, null);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void sendMessage(Message<?> message) {
      onWire(() -> whole.send(() -> super.sendMessage(message)));
    }

    @Override
    public boolean send(byte[] frame, int flags) {
      whole.begin();
      return whole.sent(super.send(frame, flags), flags);
    }
  }
}
