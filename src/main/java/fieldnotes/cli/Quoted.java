package fieldnotes.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Shows control characters of file names, titles and values as escapes such as {@code \u001b}, so
 * that no terminal obeys them. Also the marks that change the direction of text or hide in it.
 */
final class Quoted {
  private Quoted() {}

  /** The text on one line: line feeds and tabs are escaped as well. */
  static String line(Object text) {
    return quote(String.valueOf(text), true);
  }

  /** The text with its own lines and tabs. */
  static String text(Object text) {
    return quote(String.valueOf(text), false);
  }

  private static String quote(String text, boolean oneLine) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (oneLine && c == '\n') {
                out.append("\\n");
              } else if (oneLine && c == '\t') {
                out.append("\\t");
              } else if (unsafe(c)) {
                out.append(escape(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Line feeds and tabs are safe here. */
  private static boolean unsafe(int c) {
    return (c < 0x20 && c != '\n' && c != '\t')
        || (c >= 0x7f && c <= 0x9f)
        || c == 0x061c
        || c == 0x200b
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || c == 0xfeff
        || (c >= 0xfff9 && c <= 0xfffb)
        || (c >= 0xe0000 && c <= 0xe007f);
  }

  private static String escape(int c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> {
        StringBuilder out = new StringBuilder();
        for (char unit : Character.toChars(c)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        yield out.toString();
      }
    };
  }

  /** A stream of UTF-8 text to another, quoted. */
  static PrintStream stream(OutputStream to) {
    return new PrintStream(new Filter(to), true, StandardCharsets.UTF_8);
  }

  /** Replaces unsafe characters of UTF-8; keeps the start of a character until its rest comes. */
  private static final class Filter extends FilterOutputStream {
    private final byte[] begun = new byte[4];
    private int length;
    private int wanted;

    Filter(OutputStream to) {
      super(to);
    }

    @Override
    public synchronized void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
      int from = offset;
      for (int i = offset; i < offset + count; i++) {
        byte b = bytes[i];
        if (wanted == 0 && b >= 0x20 && b < 0x7f) {
          continue;
        }
        out.write(bytes, from, i - from);
        from = i + 1;
        add(b);
      }
      out.write(bytes, from, offset + count - from);
    }

    private void add(byte b) throws IOException {
      if (wanted > 0 && (b & 0xc0) != 0x80) { // the character before was cut
        writeBegun();
      }
      if (wanted == 0) {
        wanted = b >= 0 ? 1 : (b & 0xf8) == 0xf0 ? 4 : (b & 0xf0) == 0xe0 ? 3 : 2;
      }
      begun[length++] = b;
      if (length == wanted) {
        writeBegun();
      }
    }

    private void writeBegun() throws IOException {
      String text = new String(begun, 0, length, StandardCharsets.UTF_8);
      out.write(quote(text, false).getBytes(StandardCharsets.UTF_8));
      length = 0;
      wanted = 0;
    }
  }
}
