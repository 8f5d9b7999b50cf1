package fieldnotes.common;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads values written by {@link Encoder}. Lengths in the file are not trusted: arrays grow as
 * their values are read, so a short file never uses much memory.
 */
public final class Decoder {
  private static final int STEP = 1 << 16;
  private static final int DEEPEST = 64;

  /** Longest name of a kind, in bytes. */
  private static final int LONGEST_KIND = 64;

  /** Longest text, in bytes of UTF-8. */
  static final int LONGEST_TEXT = 1 << 20;

  /** Most elements of a list. */
  static final int MOST_ELEMENTS = 1 << 20;

  private final DataInput in;
  private int depth;

  /** Reads from this input, which throws {@link java.io.EOFException} at its end. */
  public Decoder(DataInput in) {
    this.in = in;
  }

  /** The input, for classes that read their own bytes. */
  public DataInput in() {
    return in;
  }

  /** Reads a double. */
  public double number() throws IOException {
    return in.readDouble();
  }

  /** Reads an integer. */
  public int whole() throws IOException {
    return in.readInt();
  }

  /** Reads an integer from {@code least} to {@code most}. */
  public int whole(String name, int least, int most) throws IOException {
    int value = in.readInt();
    if (value < least || value > most) {
      throw new IOException("%s=%d: must be %d to %d".formatted(name, value, least, most));
    }
    return value;
  }

  /** Reads the number of elements of a list that follow, at most 1,048,576. */
  public int length() throws IOException {
    return whole("length of a list", 0, MOST_ELEMENTS);
  }

  private int arrayLength() throws IOException {
    return whole("length", 0, Integer.MAX_VALUE - 8);
  }

  /** Reads a string of at most 1 MiB. */
  public String text() throws IOException {
    return text("length of a text", LONGEST_TEXT);
  }

  private String text(String name, int longest) throws IOException {
    int length = whole(name, 0, longest);
    byte[] bytes = new byte[Math.min(length, STEP)];
    for (int at = 0; at < length; ) {
      if (at == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      }
      in.readFully(bytes, at, bytes.length - at);
      at = bytes.length;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads an array of doubles. */
  public double[] numbers() throws IOException {
    int length = arrayLength();
    double[] values = new double[Math.min(length, STEP)];
    for (int i = 0; i < length; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(length, 2L * i));
      }
      values[i] = in.readDouble();
    }
    return values;
  }

  /** Reads rows of doubles. */
  public double[][] rows() throws IOException {
    int length = arrayLength();
    double[][] values = new double[Math.min(length, STEP)][];
    for (int i = 0; i < length; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(length, 2L * i));
      }
      values[i] = numbers();
    }
    return values;
  }

  /** Reads an array of integers. */
  public int[] wholes() throws IOException {
    int length = arrayLength();
    int[] values = new int[Math.min(length, STEP)];
    for (int i = 0; i < length; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(length, 2L * i));
      }
      values[i] = in.readInt();
    }
    return values;
  }

  /**
   * Reads a value preceded by the name of its kind.
   *
   * @param type required type
   * @throws IOException if the kind is unknown or not of this type
   */
  public <T> T value(Class<T> type) throws IOException {
    String kind = text("length of a kind", LONGEST_KIND);
    Format<?> format = Format.ofKind(kind);
    if (format == null || !type.isAssignableFrom(format.type())) {
      throw new IOException("'%s' is not a known %s".formatted(kind, type.getSimpleName()));
    }
    if (++depth > DEEPEST) {
      throw new IOException("parts are nested more than %d deep".formatted(DEEPEST));
    }
    try {
      return type.cast(format.reader().read(this));
    } finally {
      depth--;
    }
  }
}
