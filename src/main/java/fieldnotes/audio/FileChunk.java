package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A chunk of a sound file made of chunks: a name, a length, and a body of this length.
 *
 * @param name its four characters
 * @param lengthAt position of its length field
 * @param body position of its body
 * @param bytes length of the body as its field says; −1 for the largest value of the field, which
 *     means that the length is not known
 * @param field value of the length field
 */
record FileChunk(String name, long lengthAt, long body, long bytes, long field) {
  /** Zeros at the end of a file, up to this number of bytes, are padding. */
  private static final int PADDING_BYTES = 1 << 16;

  /** What follows if it is no chunk. */
  static final String BYTES = "bytes";

  private static final int MOST_CHUNKS = 10_000;
  private static final int MOST_TAGS = 4;

  /** Ways to write a chunk. */
  enum Style {
    /** WAVE: 32 bits little-endian, bodies padded to 2 bytes. */
    RIFF(4, 4, ByteOrder.LITTLE_ENDIAN, 2),
    /** AIFF, and WAVE as RIFX: 32 bits big-endian, bodies padded to 2 bytes. */
    FORM(4, 4, ByteOrder.BIG_ENDIAN, 2),
    /** CAF: 64 bits big-endian. */
    CAF(4, 8, ByteOrder.BIG_ENDIAN, 1),
    /**
     * Wave64: names of 16 bytes; 64 bits little-endian, which count the head; padded to 8 bytes.
     */
    WAVE64(16, 8, ByteOrder.LITTLE_ENDIAN, 8);

    private final int nameBytes;
    private final int lengthBytes;
    private final ByteOrder order;
    private final int align;

    Style(int nameBytes, int lengthBytes, ByteOrder order, int align) {
      this.nameBytes = nameBytes;
      this.lengthBytes = lengthBytes;
      this.order = order;
      this.align = align;
    }

    int headBytes() {
      return nameBytes + lengthBytes;
    }

    /** A length field with this number of bytes in the body, or the largest value if too many. */
    byte[] field(long bytes) {
      byte[] out = new byte[lengthBytes];
      ByteBuffer b = ByteBuffer.wrap(out).order(order);
      if (lengthBytes == 4) {
        b.putInt((int) Math.min(bytes, 0xFFFFFFFFL));
      } else {
        b.putLong(this == WAVE64 ? bytes + headBytes() : bytes);
      }
      return out;
    }
  }

  /** The chunk at a position; null if the file ends before or no name is there. */
  static FileChunk at(FileChannel channel, long at, Style style) throws IOException {
    FileChunk chunk = any(channel, at, style);
    return chunk != null && chunk.name.chars().allMatch(c -> c >= ' ' && c <= '~') ? chunk : null;
  }

  /** The chunk at a position, whatever its name is; null if the file ends before. */
  static FileChunk any(FileChannel channel, long at, Style style) throws IOException {
    ByteBuffer head = bytes(channel, at, style.headBytes()).order(style.order);
    if (head.remaining() < style.headBytes()) {
      return null;
    }
    String name = text(head, 0, 4);
    if (style == Style.WAVE64 && head.get(6) != (byte) 0xD3 && head.get(6) != (byte) 0xCF) {
      return null; // the names of Wave64 end in one of two ways
    }
    long field;
    boolean unknown;
    if (style.lengthBytes == 4) {
      field = Integer.toUnsignedLong(head.getInt(style.nameBytes));
      unknown = field == 0xFFFFFFFFL;
    } else {
      field = head.getLong(style.nameBytes);
      unknown = field < 0 || field == Long.MAX_VALUE;
    }
    long bytes = style == Style.WAVE64 ? Math.max(0, field - style.headBytes()) : field;
    return new FileChunk(
        name, at + style.nameBytes, at + style.headBytes(), unknown ? -1 : bytes, field);
  }

  /** Position of the next chunk. */
  long next(Style style) {
    return body + (Math.max(0, bytes) + style.align - 1) / style.align * style.align;
  }

  /**
   * What is wrong with the rest of a file from the position where a body of samples ends: empty if
   * it is chunks, padding or tags to the end, or there is none.
   *
   * @param padding whether zeros count as padding
   */
  static String follows(FileChannel channel, long end, Style style, boolean padding)
      throws IOException {
    long padded = (end + style.align - 1) / style.align * style.align;
    String why = chunks(channel, padded, style, padding);
    if (why.equals(BYTES) && padded > end) {
      why = chunks(channel, end, style, padding); // a writer that does not pad
    } else if (why.equals(BYTES) && style.align == 2 && end + 1 < channel.size()) {
      why = chunks(channel, end + 1, style, padding); // a file with a chunk at an odd position
    }
    return why;
  }

  private static String chunks(FileChannel channel, long first, Style style, boolean padding)
      throws IOException {
    long size = channel.size();
    long at = first;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      if (at >= size || (padding && isPadding(channel, at, size)) || isTag(channel, at, size)) {
        return "";
      }
      FileChunk chunk = at(channel, at, style);
      if (chunk == null) {
        break;
      }
      switch (chunk.name) {
        case "RIFF", "RIFX", "RF64", "BW64", "FORM", "caff", "riff", ".snd", "dns." -> {
          return "another file";
        }
        case "data", "SSND" -> {
          return "more samples";
        }
        default -> {
          if (chunk.bytes < 0 || chunk.next(style) > size + style.align) {
            return unfinished(chunk.name) ? "" : BYTES;
          }
        }
      }
      at = chunk.next(style);
    }
    return BYTES;
  }

  /** Whether a chunk of this name, which ends beyond the file, has no samples. */
  private static boolean unfinished(String name) {
    return switch (name) {
      case "LIST", "bext", "cue ", "smpl", "id3 ", "ID3 ", "iXML", "axml", "_PMX", "afsp", "JUNK" ->
          true;
      default -> false;
    };
  }

  private static boolean isPadding(FileChannel channel, long at, long size) throws IOException {
    if (size - at > PADDING_BYTES) {
      return false;
    }
    ByteBuffer rest = bytes(channel, at, (int) (size - at));
    while (rest.hasRemaining()) {
      if (rest.get() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether an ID3 or APE tag begins here. */
  private static boolean isTag(FileChannel channel, long at, long size) throws IOException {
    String text = text(bytes(channel, at, 8), 0, 8);
    return text.startsWith("ID3")
        || text.equals("APETAGEX")
        || (text.startsWith("TAG") && size - at == 128);
  }

  /**
   * Where a sound file made of chunks, or an AU file, begins behind ID3 tags, which some programs
   * put in front of any file; 0 if none does.
   */
  static long start(FileChannel channel) throws IOException {
    long at = 0;
    ByteBuffer b = bytes(channel, at, 10);
    for (int i = 0; i < MOST_TAGS && text(b, 0, 3).equals("ID3") && b.remaining() == 10; i++) {
      int size = (b.get(6) & 0x7F) << 21 | (b.get(7) & 0x7F) << 14;
      size |= (b.get(8) & 0x7F) << 7 | (b.get(9) & 0x7F);
      at += 10L + size + ((b.get(5) & 0x10) == 0 ? 0 : 10);
      b = bytes(channel, at, 10);
    }
    return switch (text(b, 0, 4)) {
      case "RIFF", "RIFX", "RF64", "BW64", "FORM", "caff", "riff", ".snd", "dns." -> at;
      default -> 0;
    };
  }

  /** Bytes as text, one character each. */
  static String text(ByteBuffer b, int at, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = at; i < Math.min(b.limit(), at + count); i++) {
      text.append((char) (b.get(i) & 0xFF));
    }
    return text.toString();
  }

  /** Reads up to {@code count} bytes at a position; fewer at the end of the file. */
  static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    int n = 1;
    while (n > 0 && b.hasRemaining()) {
      n = channel.read(b, at + b.position());
    }
    return b.flip();
  }
}
