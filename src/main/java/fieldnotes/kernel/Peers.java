package fieldnotes.kernel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zeromq.ZMQ.Socket;
import zmq.Msg;
import zmq.ZMQ;
import zmq.io.Metadata;
import zmq.msg.MsgAllocator;

/**
 * Bounds what the peers of a socket can make it keep. ZeroMQ limits the size of a frame, but
 * neither the number of frames of a message that never ends nor the number of connections. A peer
 * that has sent too much, or nothing while many others do the same, is disconnected; its unfinished
 * messages are dropped. A peer that has shown the key is never disconnected.
 */
final class Peers implements MsgAllocator {
  /** Connections that have shown nothing yet; when there are more, the oldest is closed. */
  static final int MOST_UNKNOWN = 128;

  /** What a frame costs beside its bytes. */
  private static final int OVERHEAD = 128;

  private final long mostOfPeer;
  private final boolean showKey;
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private long unread;
  private int round;

  private static final class Peer {
    final SocketChannel channel;
    long unread;
    boolean known;

    Peer(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private Peers(long mostOfPeer, boolean showKey) {
    this.mostOfPeer = mostOfPeer;
    this.showKey = showKey;
  }

  /** Watches a socket whose peers send signed messages. */
  static Peers ofRequests(Socket socket) {
    return watching(socket, new Peers(Wire.MOST_BYTES, true));
  }

  /** Watches a socket whose peers send short messages that are not signed. */
  static Peers ofShort(Socket socket) {
    return watching(socket, new Peers(1 << 16, false));
  }

  private static Peers watching(Socket socket, Peers peers) {
    socket.setMsgAllocator(peers);
    socket
        .base()
        .setEventHook(peers::connection, ZMQ.ZMQ_EVENT_ACCEPTED | ZMQ.ZMQ_EVENT_DISCONNECTED);
    return peers;
  }

  /** Notes that a peer has shown the key. */
  synchronized void trust(String address) {
    Peer peer = peers.get(address);
    if (peer != null) {
      peer.known = true;
    }
  }

  /** The address of the peer that sent a frame; null if unknown. */
  static String address(Msg frame) {
    Metadata about = frame.getMetadata();
    return about == null ? null : about.get(Metadata.PEER_ADDRESS);
  }

  private synchronized void connection(ZMQ.Event event) {
    if (!(event.arg instanceof SocketChannel channel)) {
      return;
    }
    peers.values().removeIf(peer -> peer.channel == channel || !peer.channel.isOpen());
    if (event.event != ZMQ.ZMQ_EVENT_ACCEPTED) {
      return;
    }
    try {
      peers.put(zmq.util.Utils.getPeerIpAddress(channel).address(), new Peer(channel));
    } catch (RuntimeException e) {
      return; // not of a network, or closed already
    }
    List<Peer> unknown = peers.values().stream().filter(peer -> !peer.known).toList();
    if (unknown.size() > MOST_UNKNOWN) {
      drop(unknown.getFirst());
    }
  }

  /** Makes the socket meet the end of the stream; its own thread then closes the connection. */
  private static void drop(Peer peer) {
    try {
      peer.channel.shutdownInput();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public Msg allocate(int size) {
    synchronized (this) {
      unread += size + OVERHEAD;
      if (unread > 2 * mostOfPeer && showKey) {
        // Who sends the frames that are on their way is not known.
        List<Peer> all = new ArrayList<>(peers.values());
        all.stream().filter(peer -> !peer.known).forEach(Peers::drop);
        all.forEach(peer -> peer.unread = 0);
        unread = (long) size + OVERHEAD;
        round++;
        Footprint.ask();
      }
    }
    return new Frame(size);
  }

  private synchronized void arrived(Frame frame, String from) {
    Peer peer = from == null ? null : peers.get(from);
    if (peer == null) {
      return;
    }
    peer.unread += frame.size() + OVERHEAD;
    if (!showKey) {
      peer.known = true;
    }
    if (peer.unread > mostOfPeer && !(showKey && peer.known)) {
      drop(peer);
    }
  }

  private synchronized void read(Frame frame) {
    // All that a peer subscribes to is kept, so it counts for ever.
    Peer peer = showKey && frame.round == round ? peers.get(String.valueOf(address(frame))) : null;
    if (showKey && frame.round == round) {
      unread -= frame.size() + OVERHEAD;
    }
    if (peer != null) {
      peer.unread -= frame.size() + OVERHEAD;
    }
  }

  /** A frame that says when it has arrived and when it is read. */
  private final class Frame extends Msg {
    private final int round = Peers.this.round;
    private boolean isRead;

    Frame(int size) {
      super(size);
    }

    @Override
    public Msg setMetadata(Metadata metadata) {
      super.setMetadata(metadata);
      arrived(this, address(this));
      return this;
    }

    @Override
    public byte[] data() {
      if (!isRead) {
        isRead = true;
        read(this);
      }
      return super.data();
    }
  }
}
