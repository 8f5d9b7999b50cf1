package fieldnotes.cli;

import fieldnotes.common.Quoted;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Output on which control characters are shown as escapes, never sent; see {@link Quoted}. */
final class QuotedStream {
  private QuotedStream() {}

  /** A stream of UTF-8 text to another, quoted. */
  static PrintStream to(OutputStream to) {
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
      out.write(Quoted.text(text).getBytes(StandardCharsets.UTF_8));
      length = 0;
      wanted = 0;
    }
  }
}
