package fieldnotes.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;

/** The file by which a front end tells a kernel its ports and the key of their messages. */
final class ConnectionFile {
  private final Path file;
  private final JsonObject json;

  private ConnectionFile(Path file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  /** Why no connection can be made, in one line. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /**
   * Reads a connection file.
   *
   * @throws Unusable if it cannot be read, is not JSON, or a field is missing or invalid
   */
  static KernelConnectionProperties read(Path file) throws Unusable {
    return new ConnectionFile(file, parse(file)).properties();
  }

  private static JsonObject parse(Path file) throws Unusable {
    String text;
    try {
      text = Magics.text(file);
    } catch (NoSuchFileException e) {
      throw new Unusable("connection file %s: no such file".formatted(file));
    } catch (AccessDeniedException e) {
      throw new Unusable("connection file %s: permission denied".formatted(file));
    } catch (IOException e) {
      throw new Unusable("connection file %s: cannot be read: %s".formatted(file, e.getMessage()));
    }
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      // Said below.
    }
    throw new Unusable(
        "connection file %s: %s; start the kernel from Jupyter, which writes this file"
            .formatted(file, text.isBlank() ? "it is empty" : "it is not a complete JSON object"));
  }

  private KernelConnectionProperties properties() throws Unusable {
    String transport = text("transport", "tcp");
    if (!transport.equals("tcp") && !transport.equals("ipc")) {
      throw field("transport", transport, "must be tcp or ipc");
    }
    String ip = text("ip", "127.0.0.1");
    if (transport.equals("tcp")) {
      try {
        if (!ip.equals("*")) {
          InetAddress.getByName(ip);
        }
      } catch (UnknownHostException e) {
        throw field("ip", ip, "is not an address of this machine");
      }
    }
    int[] ports = new int[5];
    Set<Integer> seen = new HashSet<>();
    String[] names = {"control_port", "shell_port", "stdin_port", "hb_port", "iopub_port"};
    for (int i = 0; i < names.length; i++) {
      ports[i] = port(names[i]);
      if (!seen.add(ports[i])) {
        throw field(names[i], ports[i], "is used twice; every port must be another");
      }
    }
    KernelConnectionProperties properties =
        new KernelConnectionProperties(
            ip,
            ports[0],
            ports[1],
            ports[2],
            ports[3],
            ports[4],
            transport,
            text("signature_scheme", "hmac-sha256"),
            text("key", ""));
    if (signatures(properties) == null) {
      throw field(
          "signature_scheme",
          properties.getSignatureScheme(),
          "is unknown; use hmac-sha256 or hmac-sha512");
    }
    return properties;
  }

  /** Makes what signs messages; null if the signature scheme is unknown. */
  static HMACGenerator signatures(KernelConnectionProperties properties) {
    try {
      String scheme = properties.getSignatureScheme();
      if (!properties.getKey().isEmpty() && !scheme.startsWith("hmac-")) {
        return null;
      }
      return properties.createHMACGenerator();
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private String text(String name, String otherwise) throws Unusable {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw field(name, value, "must be a text");
    }
    return value.getAsString();
  }

  private int port(String name) throws Unusable {
    JsonElement value = json.get(name);
    if (value == null) {
      throw new Unusable("connection file %s: %s is missing".formatted(file, name));
    }
    if (!value.toString().matches("\\d{1,5}")
        || value.getAsInt() < 1
        || value.getAsInt() > 65_535) {
      throw field(name, value, "must be a whole number from 1 to 65535");
    }
    return value.getAsInt();
  }

  private Unusable field(String name, Object value, String problem) {
    return new Unusable("connection file %s: %s=%s %s".formatted(file, name, value, problem));
  }
}
