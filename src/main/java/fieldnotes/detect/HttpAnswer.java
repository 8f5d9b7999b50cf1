package fieldnotes.detect;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The answer to one request: status, header, and the bytes of its body as they come. It is made on
 * a socket, as Java's clients refuse the answers {@code ICY 200 OK} of old stations; closing it
 * ends a read that waits.
 */
final class HttpAnswer extends InputStream {
  private static final int MOST_HEADER_BYTES = 1 << 16;

  private final Socket socket;
  private final InputStream in;
  private final String protocol;
  private final int status;
  private final String reason;
  private final Map<String, String> header = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final boolean chunked;
  private int headerBytes;

  /** Bytes left of a chunk; −1 after the last. */
  private long chunk;

  private boolean anyChunk;

  private HttpAnswer(Socket socket, URI address, int timeoutMillis) throws IOException {
    int port = port(address);
    socket.connect(new InetSocketAddress(address.getHost(), port), timeoutMillis);
    socket.setSoTimeout(timeoutMillis);
    this.socket = address.getScheme().equals("https") ? secured(socket, address, port) : socket;
    String path =
        address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    String request =
        "GET %s%s HTTP/1.0\r\nHost: %s:%s\r\nUser-Agent: Fieldnotes\r\nAccept: */*\r\nIcy-MetaData: 1\r\n%s\r\n"
            .formatted(path, query, address.getHost(), Integer.toString(port), password(address));
    this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    this.socket.getOutputStream().flush();
    in = new BufferedInputStream(this.socket.getInputStream(), 1 << 14);
    String[] first = line().split(" ", 3);
    protocol = first[0];
    if (!protocol.startsWith("HTTP/") && !protocol.equals("ICY")) {
      throw new StationConnection.Refused("does not answer as HTTP or Icecast");
    }
    status = first.length > 1 && first[1].matches("\\d{3}") ? Integer.parseInt(first[1]) : 0;
    reason = first.length > 2 ? first[2].strip() : "";
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        header.put(parts[0].strip(), parts[1].strip());
      }
    }
    chunked = field("Transfer-Encoding").toLowerCase(Locale.ROOT).contains("chunked");
  }

  /** Asks for an address beginning with {@code http://} or {@code https://}. */
  static HttpAnswer of(URI address, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    boolean ok = false;
    try {
      HttpAnswer answer = new HttpAnswer(socket, address, timeoutMillis);
      ok = true;
      return answer;
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new IOException("there is no such host", e);
    } finally {
      if (!ok) {
        socket.close();
      }
    }
  }

  private static int port(URI address) {
    return address.getPort() > 0
        ? address.getPort()
        : address.getScheme().equals("https") ? 443 : 80;
  }

  /** A name and a password in an address as a line of the header. */
  private static String password(URI address) {
    if (address.getUserInfo() == null) {
      return "";
    }
    byte[] both = address.getUserInfo().getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic %s\r\n".formatted(Base64.getEncoder().encodeToString(both));
  }

  private static Socket secured(Socket plain, URI address, int port) throws IOException {
    SSLSocketFactory factory;
    try {
      factory = SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java cannot do https", e);
    }
    SSLSocket secured = (SSLSocket) factory.createSocket(plain, address.getHost(), port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer ends within its header");
      }
      if (++headerBytes > MOST_HEADER_BYTES) {
        throw new IOException("its header does not end");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  int status() {
    return status;
  }

  /** Status and reason, as sent. */
  String statusLine() {
    return (status + " " + reason).strip();
  }

  /** A field of the header; empty if it is not there. */
  String field(String name) {
    return header.getOrDefault(name, "");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int at, int count) throws IOException {
    if (!chunked || count == 0) {
      return in.read(to, at, count);
    }
    if (chunk == 0) {
      headerBytes = 0;
      String size = (anyChunk ? line() + line() : line()).split(";", 2)[0].strip();
      anyChunk = true;
      if (!size.matches("[0-9a-fA-F]{1,15}")) {
        throw new IOException("a malformed chunk");
      }
      chunk = Long.parseLong(size, 16);
      chunk = chunk == 0 ? -1 : chunk;
    }
    if (chunk < 0) {
      return -1;
    }
    int n = in.read(to, at, (int) Math.min(count, chunk));
    if (n < 0) {
      throw new EOFException("the answer ends within a chunk");
    }
    chunk -= n;
    return n;
  }

  /** Whether the last chunk has come. */
  boolean ended() {
    return chunk < 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // there is nothing to be lost
    }
  }
}
