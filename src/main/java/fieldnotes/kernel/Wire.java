package fieldnotes.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * Turns the frames of a socket into messages. A message that is malformed, too large, not signed
 * with the key of the connection file, or signed like one that came before is refused as a whole,
 * before its JSON is read; the next message is not affected. Used by one thread.
 */
final class Wire {
  /** The most bytes of a message, buffers included. */
  static final int MOST_BYTES = 16 << 20;

  private static final int MOST_FRAMES = 1024;
  private static final int MOST_IDENTITIES = 8;
  private static final int MOST_NESTED = 500;

  /** As many signatures as Jupyter's own kernels remember. */
  private static final int MOST_REMEMBERED = 1 << 16;

  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final Gson GSON = new Gson();

  private final HMACGenerator signatures;
  private final Set<ByteBuffer> used = new LinkedHashSet<>();
  private long refused;

  Wire(HMACGenerator signatures) {
    this.signatures = signatures;
  }

  static Wire of(KernelConnectionProperties properties) {
    return new Wire(ConnectionFile.signatures(properties));
  }

  /** The content of a signed request that cannot be read, and why. */
  record Unreadable(String reason) {}

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Reads the message that has arrived.
   *
   * @param peers learns who has shown the key
   * @return the message; its content is a {@link JsonObject}, a comm message, or {@link
   *     Unreadable}; null if it was refused
   */
  Message<?> read(ZMQ.Socket socket, Peers peers) {
    List<byte[]> frames = new ArrayList<>();
    String from = null;
    long bytes = 0;
    int count = 0;
    do {
      Msg arrived = socket.base().recv(0);
      if (arrived == null) {
        break;
      }
      byte[] frame = arrived.data();
      from = Peers.address(arrived);
      bytes += frame.length;
      count++;
      if (bytes <= MOST_BYTES && count <= MOST_FRAMES) {
        frames.add(frame);
      } else {
        frames.clear();
      }
    } while (socket.hasReceiveMore());
    try {
      if (bytes > MOST_BYTES) {
        throw new Refused(
            String.format(Locale.ROOT, "it has %,d bytes, more than %,d", bytes, MOST_BYTES));
      }
      if (count > MOST_FRAMES) {
        throw new Refused(
            String.format(Locale.ROOT, "it has %,d frames, more than %,d", count, MOST_FRAMES));
      }
      Message<?> message = message(frames);
      if (from != null) {
        peers.trust(from);
      }
      return message;
    } catch (Refused e) {
      refused++;
      if (Long.toString(refused).matches("10*")) {
        Connection.CONSOLE.printf(
            "kernel: refused a message: %s (%d refused so far)%n", e.getMessage(), refused);
      }
      return null;
    }
  }

  /** Parses the frames of a message after checking its signature. */
  private Message<?> message(List<byte[]> frames) throws Refused {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(DELIMITER, frames.get(delimiter))) {
      delimiter++;
    }
    if (delimiter == frames.size() || delimiter > MOST_IDENTITIES) {
      throw new Refused("it has no delimiter after its identities");
    }
    if (frames.size() < delimiter + 6) {
      throw new Refused("it has too few frames");
    }
    byte[] signature = frames.get(delimiter + 1);
    byte[][] parts = frames.subList(delimiter + 2, delimiter + 6).toArray(byte[][]::new);
    String right = signatures.calculateSignature(parts);
    if (right != null) {
      byte[] wanted = right.getBytes(StandardCharsets.US_ASCII);
      if (!MessageDigest.isEqual(wanted, signature)) {
        throw new Refused("it is not signed with the key of the connection file");
      }
      remember(signature);
    }
    List<byte[]> identities = List.copyOf(frames.subList(0, delimiter));
    List<byte[]> buffers = List.copyOf(frames.subList(delimiter + 6, frames.size()));
    Header<Object> header = header(object("header", parts[0]));
    Header<?> parent = null;
    Map<String, Object> metadata = Map.of();
    Object content;
    try {
      JsonObject before = object("parent_header", parts[1]);
      parent = before.isEmpty() ? null : header(before);
      metadata = map(object("metadata", parts[2]));
      content = content(header.getType(), object("content", parts[3]));
    } catch (Refused | JsonParseException | IllegalStateException e) {
      content = new Unreadable(e.getMessage());
    }
    return new Message<>(identities, header, parent, metadata, content, buffers);
  }

  private void remember(byte[] signature) throws Refused {
    // Half of a signature tells messages apart as well as all of it.
    ByteBuffer half = ByteBuffer.wrap(Arrays.copyOf(signature, signature.length / 2));
    if (!used.add(half)) {
      throw new Refused("its signature was used before");
    }
    if (used.size() > MOST_REMEMBERED) {
      used.remove(used.iterator().next());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(JsonObject json) {
    return GSON.fromJson(json, Map.class);
  }

  private static Object content(MessageType<?> type, JsonObject json) {
    return type.getName().startsWith("comm_") ? GSON.fromJson(json, type.getContentType()) : json;
  }

  @SuppressWarnings("unchecked")
  private static Header<Object> header(JsonObject json) throws Refused {
    String id = text(json, "msg_id");
    String type = text(json, "msg_type");
    String date = text(json, "date");
    if (id == null || id.isEmpty() || type == null) {
      throw new Refused("its header has no msg_id or msg_type");
    }
    return new Header<>(
        id,
        text(json, "username"),
        text(json, "session"),
        date == null ? KernelTimestamp.now() : new KernelTimestamp(date),
        (MessageType<Object>) MessageType.getType(type),
        text(json, "version"));
  }

  private static String text(JsonObject json, String name) throws Refused {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new Refused("%s in its header is not a text".formatted(name));
    }
    return value.getAsString();
  }

  private static JsonObject object(String what, byte[] utf8) throws Refused {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(what + " is not UTF-8");
    }
    if (depth(text) > MOST_NESTED) {
      throw new Refused("%s is nested more than %d deep".formatted(what, MOST_NESTED));
    }
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT && element.isJsonObject()) {
        return element.getAsJsonObject();
      }
    } catch (IOException | JsonParseException e) {
      throw new Refused(what + " is not JSON");
    }
    throw new Refused(what + " is not a JSON object");
  }

  /** How deep brackets and braces outside of strings are nested. */
  private static int depth(String json) {
    int open = 0;
    int most = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        most = Math.max(most, ++open);
      } else if (c == '}' || c == ']') {
        open--;
      }
    }
    return most;
  }
}
