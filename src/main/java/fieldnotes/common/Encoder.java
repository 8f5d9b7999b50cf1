package fieldnotes.common;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes values to a saved file, to be read by {@link Decoder}. */
public final class Encoder {
  private final DataOutput out;

  /** Writes to this output. */
  public Encoder(DataOutput out) {
    this.out = out;
  }

  /** The output, for classes that write their own bytes. */
  public DataOutput out() {
    return out;
  }

  /** Writes a double, exactly. */
  public void number(double value) throws IOException {
    out.writeDouble(value);
  }

  /** Writes an integer. */
  public void whole(int value) throws IOException {
    out.writeInt(value);
  }

  /**
   * Writes a string.
   *
   * @throws IllegalArgumentException if it is longer than 1 MiB
   */
  public void text(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Check.that(
        bytes.length <= Decoder.LONGEST_TEXT,
        "a text of %d bytes cannot be saved: at most %d",
        bytes.length,
        Decoder.LONGEST_TEXT);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Writes the number of elements of a list that follow.
   *
   * @throws IllegalArgumentException if there are more than 1,048,576
   */
  public void length(int elements) throws IOException {
    Check.that(
        elements <= Decoder.MOST_ELEMENTS,
        "a list of %d elements cannot be saved: at most %d",
        elements,
        Decoder.MOST_ELEMENTS);
    out.writeInt(elements);
  }

  /** Writes an array of doubles, exactly. */
  public void numbers(double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  /** Writes rows of doubles. */
  public void rows(double[][] values) throws IOException {
    out.writeInt(values.length);
    for (double[] row : values) {
      numbers(row);
    }
  }

  /** Writes an array of integers. */
  public void wholes(int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  /**
   * Writes a value preceded by the name of its kind.
   *
   * @throws IllegalArgumentException if its class has no {@link Format}
   */
  public void value(Object value) throws IOException {
    Format<?> format = Format.ofType(value.getClass());
    if (format == null) {
      throw new IllegalArgumentException(
          "a %s cannot be saved: only the workbench's own steps and models can"
              .formatted(value.getClass().getName()));
    }
    text(format.kind());
    write(format, value);
  }

  private <T> void write(Format<T> format, Object value) throws IOException {
    format.writer().write(format.type().cast(value), this);
  }
}
