package fieldnotes.common;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of files as the bytes that they are on disk. Java shows each byte that is not UTF-8 as
 * U+FFFD, so that different names look the same, and opens none of them by its text; as addresses
 * they keep their bytes.
 */
public final class NameBytes {
  private static final String UNKNOWN = "\uFFFD";
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  private NameBytes() {}

  /**
   * The text of a path with forward slashes. In a name that is not UTF-8, the other bytes and
   * percent signs are percent escapes, such as {@code n%FF.wav}; lists of sound files may name it
   * so.
   */
  public static String text(Path path) {
    String plain = path.toString();
    if (plain.contains(UNKNOWN) && path.getFileSystem().equals(FileSystems.getDefault())) {
      StringBuilder text = new StringBuilder(path.isAbsolute() ? "/" : "");
      for (Path name : path) {
        text.append(text.isEmpty() || text.toString().equals("/") ? "" : "/").append(name(name));
      }
      return text.toString();
    }
    return plain.replace(path.getFileSystem().getSeparator(), "/");
  }

  private static String name(Path name) {
    String plain = name.toString();
    if (!plain.contains(UNKNOWN)) {
      return plain;
    }
    String address = name.toUri().getRawPath().replaceFirst("/$", "");
    byte[] bytes = unescaped(address.substring(address.lastIndexOf('/') + 1));
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder utf = StandardCharsets.UTF_8.newDecoder();
    StringBuilder text = new StringBuilder();
    boolean escaped = false;
    for (CoderResult result = utf.decode(in, out, true); ; result = utf.decode(in, out, true)) {
      text.append(out.flip().toString().replace("%", "%25"));
      out.clear();
      if (!result.isMalformed()) {
        return escaped ? text.toString() : plain; // a name may hold U+FFFD itself
      }
      escaped = true;
      for (int i = 0; i < result.length(); i++) {
        text.append(escape(in.get()));
      }
    }
  }

  /** The path of this name, given as bytes with slashes, in a folder; absolute if it is. */
  public static Path path(Path folder, byte[] name) {
    String base = folder.toUri().getRawPath();
    StringBuilder address = new StringBuilder("file://");
    if (name.length == 0 || name[0] != '/') {
      address.append(base).append(base.endsWith("/") ? "" : "/");
    }
    for (byte one : name) {
      address.append(one == '/' ? "/" : escape(one));
    }
    return Path.of(URI.create(address.toString()));
  }

  private static String escape(byte one) {
    return String.format(Locale.ROOT, "%%%02X", one & 0xff);
  }

  /** The bytes of a text in UTF-8, with its percent escapes decoded. */
  public static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int end = Math.min(i + 3, text.length());
      if (ESCAPE.matcher(text).region(i, end).matches()) {
        bytes.write(Integer.parseInt(text.substring(i + 1, end), 16));
      } else {
        end = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
      }
      i = end;
    }
    return bytes.toByteArray();
  }
}
