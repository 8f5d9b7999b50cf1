package fieldnotes.detect;

import fieldnotes.common.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection to a station: the bytes of its sound, without the titles that stand between them.
 * Redirections are followed; of a playlist, the first address is taken.
 */
final class StationConnection extends InputStream {
  private static final int MOST_LIST_BYTES = 1 << 14;
  private static final int MOST_STEPS = 5;
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<>]+");
  private static final Pattern TITLE = Pattern.compile("StreamTitle='(.*?)';", Pattern.DOTALL);

  private final HttpAnswer in;
  private final int stallMillis;
  private final Consumer<String> log;
  private final long expected;
  private long received;

  /** Bytes of sound between two titles; 0 for none. */
  private int interval;

  private int untilTitle;
  private String title = "";
  private boolean broken;

  /** A station that will not answer better if it is asked again. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private StationConnection(HttpAnswer answer, int stallMillis, Consumer<String> log) {
    in = answer;
    this.stallMillis = stallMillis;
    this.log = log;
    String length = answer.field("Content-Length");
    expected = length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    interval(answer.field("icy-metaint"));
    untilTitle = interval;
  }

  /**
   * Connects.
   *
   * @throws Refused if it is not worth another try
   */
  static StationConnection open(URI address, int stallMillis, Consumer<String> log)
      throws IOException {
    URI at = address;
    for (int i = 0; i < MOST_STEPS; i++) {
      HttpAnswer answer = answer(at, stallMillis);
      boolean ok = false;
      try {
        URI next = next(at, answer);
        if (next == null) {
          ok = true;
          return new StationConnection(answer, stallMillis, log);
        }
        log.accept("%s leads to %s".formatted(shown(at), shown(next)));
        at = next;
      } catch (Refused e) {
        throw e;
      } catch (IOException e) {
        throw new IOException(shown(at) + ": " + why(e, stallMillis), e);
      } finally {
        if (!ok) {
          answer.close();
        }
      }
    }
    throw new Refused(shown(address) + ": leads from one address to another without end");
  }

  /** An address as it is told: the log and the journal are no place for a password. */
  static String shown(URI address) {
    return SoundStreams.shown(address.toString());
  }

  private static HttpAnswer answer(URI at, int stallMillis) throws IOException {
    boolean http = "http".equals(at.getScheme()) || "https".equals(at.getScheme());
    if (!http || at.getHost() == null) {
      throw new Refused(shown(at) + ": must be an address that begins with http:// or https://");
    }
    try {
      return HttpAnswer.of(at, stallMillis);
    } catch (Refused e) {
      throw new Refused(shown(at) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IOException(shown(at) + ": " + why(e, stallMillis), e);
    }
  }

  /** Where an answer leads to, by a redirection or a playlist; null if it is the sound. */
  private static URI next(URI at, HttpAnswer answer) throws IOException {
    int code = answer.status();
    if (code / 100 == 3 && !answer.field("Location").isEmpty()) {
      return at.resolve(uri(at, answer.field("Location")));
    }
    if (code / 100 != 2) {
      boolean passing = code / 100 == 5 || code == 408 || code == 425 || code == 429;
      String said = "answers " + answer.statusLine();
      throw passing ? new IOException(said) : new Refused(shown(at) + ": " + said);
    }
    String type = answer.field("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.contains("mpegurl") && !type.contains("scpls")) {
      return null;
    }
    String list = new String(answer.readNBytes(MOST_LIST_BYTES), StandardCharsets.UTF_8);
    if (list.contains("#EXT-X-")) {
      throw new Refused(shown(at) + ": an HLS playlist, which is not supported: give a stream");
    }
    Matcher found = ADDRESS.matcher(list);
    if (!found.find()) {
      throw new Refused(shown(at) + ": a playlist without the address of a stream");
    }
    return uri(at, found.group());
  }

  private static URI uri(URI at, String text) throws Refused {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new Refused(shown(at) + ": leads to a malformed address: " + SoundStreams.shown(text));
    }
  }

  private void interval(String text) {
    if (text.matches("\\d{1,8}")) {
      interval = Integer.parseInt(text);
    }
  }

  private static String why(IOException e, int stallMillis) {
    return switch (e) {
      case SocketTimeoutException _ ->
          String.format(Locale.ROOT, "stalled: nothing for %.1f s", stallMillis / 1000.0);
      case ConnectException _ -> "no connection: " + Reason.words(e);
      default -> Reason.words(e);
    };
  }

  /** Whether the connection failed, rather than what it brought. */
  boolean broken() {
    return broken;
  }

  /** Whether all came that was announced. */
  boolean complete() {
    return in.ended() || (expected >= 0 && received >= expected);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int at, int count) throws IOException {
    try {
      if (interval > 0 && untilTitle == 0) {
        title();
        untilTitle = interval;
      }
      int n = in.read(to, at, interval > 0 ? Math.min(count, untilTitle) : count);
      if (n < 0) {
        broken = true;
        return -1;
      }
      received += n;
      untilTitle -= n;
      return n;
    } catch (EOFException e) {
      broken = true;
      return -1;
    } catch (IOException e) {
      broken = true;
      throw new IOException(why(e, stallMillis), e);
    }
  }

  private void title() throws IOException {
    int length = in.read();
    if (length < 0) {
      throw new EOFException();
    }
    byte[] text = in.readNBytes(16 * length);
    if (text.length < 16 * length) {
      throw new EOFException();
    }
    Matcher found = TITLE.matcher(new String(text, StandardCharsets.UTF_8));
    if (found.find() && !found.group(1).isBlank() && !found.group(1).equals(title)) {
      title = found.group(1);
      log.accept("now: " + title);
    }
  }

  @Override
  public void close() {
    in.close();
  }
}
