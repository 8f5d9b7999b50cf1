package fieldnotes.common;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text decoded from bytes of unknown encoding: UTF-8, UTF-16 or UTF-32 with a byte-order mark,
 * UTF-16 without one where nearly every second byte is 0, otherwise UTF-8, and in lines where that
 * fails, Windows-1252, of which Latin-1 is a part. The mark is not part of the text.
 *
 * @param text the characters
 * @param encoding its name, such as {@code UTF-8}, or the names of both in words
 */
public record TextBytes(String text, String encoding) {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Pattern PAGE = Pattern.compile("(?i)\\s*<(!doctype html|html)\\b");
  private static final int HEAD = 4096;

  /** Decodes bytes. */
  public static TextBytes of(byte[] bytes) {
    String utf = marked(bytes);
    if (utf.isEmpty()) {
      utf = zeros(bytes);
    }
    if (!utf.isEmpty()) {
      return of(bytes, Charset.forName(utf));
    }
    String text = utf8(bytes, 0, bytes.length);
    return text == null ? byLine(bytes) : new TextBytes(withoutMark(text), "UTF-8");
  }

  /** The text of these bytes, or null if it is not UTF-8. */
  private static String utf8(byte[] bytes, int from, int to) {
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Text of which some lines are not UTF-8: these are Windows-1252. */
  private static TextBytes byLine(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    List<Integer> other = new ArrayList<>();
    boolean some = false;
    int line = 1;
    for (int start = 0, end = 0; start < bytes.length; start = end) {
      while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      boolean both = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
      end = Math.min(bytes.length, end + (both ? 2 : 1));
      String utf = utf8(bytes, start, end);
      if (utf == null) {
        other.add(line);
      }
      some |= utf != null && utf.length() < end - start;
      text.append(utf == null ? new String(bytes, start, end - start, WINDOWS) : utf);
      line++;
    }
    if (!some) {
      return of(bytes, WINDOWS);
    }
    String where =
        other.stream().limit(3).map(String::valueOf).collect(Collectors.joining(", "))
            + (other.size() > 3 ? ", …" : "");
    String encoding =
        "%s in %d line%s (%s), UTF-8 in the others"
            .formatted(WINDOWS.name(), other.size(), other.size() == 1 ? "" : "s", where);
    return new TextBytes(withoutMark(text.toString()), encoding);
  }

  /** Decodes bytes in the encoding of this name, or as {@link #of(byte[])} if it is empty. */
  public static TextBytes of(byte[] bytes, String encoding) {
    return encoding.isEmpty() ? of(bytes) : of(bytes, Charset.forName(encoding));
  }

  /**
   * Checks the name of an encoding; it may be empty.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static void check(String encoding) {
    Check.that(
        encoding.isEmpty() || isKnown(encoding),
        "encoding='%s': unknown; try UTF-8, UTF-16, windows-1252 or ISO-8859-1",
        encoding);
  }

  private static boolean isKnown(String encoding) {
    try {
      return Charset.isSupported(encoding);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  /** What was guessed if no name of an encoding was given; empty for UTF-8. */
  public static List<String> guessed(String given, String encoding) {
    return given.isEmpty() && !encoding.equals("UTF-8")
        ? List.of("the encoding " + encoding)
        : List.of();
  }

  /** Whether it is HTML, as of a page that says that a file was not found. */
  public boolean isWebPage() {
    return PAGE.matcher(text).lookingAt();
  }

  /** What is invalid becomes U+FFFD. */
  private static TextBytes of(byte[] bytes, Charset encoding) {
    return new TextBytes(withoutMark(new String(bytes, encoding)), encoding.name());
  }

  /** The text without byte-order marks at its start. */
  public static String withoutMark(String text) {
    int marks = 0;
    while (marks < text.length() && text.charAt(marks) == '\uFEFF') {
      marks++;
    }
    return text.substring(marks);
  }

  private static String marked(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    int second = bytes.length < 4 ? -1 : (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    if (first == 0xfffe) {
      return second == 0 ? "UTF-32LE" : "UTF-16LE";
    }
    return first == 0xfeff ? "UTF-16BE" : first == 0 && second == 0xfeff ? "UTF-32BE" : "";
  }

  /** UTF-16 of mostly Latin letters has a zero in nearly every second byte, and no others. */
  private static String zeros(byte[] bytes) {
    int length = Math.min(HEAD, bytes.length) & ~1;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < length; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    int most = length / 2;
    if (bytes.length % 2 != 0 || most == 0) {
      return "";
    }
    boolean little = even == 0 && odd > most * 0.7;
    boolean big = odd == 0 && even > most * 0.7;
    String found = little ? "UTF-16LE" : big ? "UTF-16BE" : "";
    // In text of another encoding that holds many zeros, no line ends this way.
    boolean lines =
        !found.isEmpty() && new String(bytes, 0, length, Charset.forName(found)).contains("\n");
    return lines ? found : "";
  }
}
