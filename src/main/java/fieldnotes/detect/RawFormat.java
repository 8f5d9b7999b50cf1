package fieldnotes.detect;

import fieldnotes.common.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How samples are written that have no header.
 *
 * @param rateHz sample rate, 100 to 768000
 * @param channels interleaved channels, 1 to 64; listened to is their mean
 * @param encoding of a sample, by FFmpeg's names: u8, s8, s16le, s16be, s24le, s24be, s32le, s32be,
 *     f32le, f32be, f64le or f64be
 */
public record RawFormat(int rateHz, int channels, String encoding) {
  private static final List<String> ENCODINGS =
      List.of(
          "u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le", "f32be",
          "f64le", "f64be");

  /** Checks the ranges. */
  public RawFormat {
    Check.that(
        rateHz >= 100 && rateHz <= 768_000, "rateHz=%d: must lie within 100 and 768000", rateHz);
    Check.that(channels >= 1 && channels <= 64, "channels=%d: must lie within 1 and 64", channels);
    Check.that(
        ENCODINGS.contains(encoding),
        "format=%s: must be one of %s",
        encoding,
        String.join(", ", ENCODINGS));
  }

  /** Bytes of a sample of all channels. */
  int frameBytes() {
    return channels * bits() / 8;
  }

  private int bits() {
    return Integer.parseInt(encoding.replaceAll("\\D", ""));
  }

  /**
   * Decodes frames and mixes them down.
   *
   * @param bytes whole frames
   */
  void decode(byte[] bytes, int frames, float[] to) {
    ByteBuffer b =
        ByteBuffer.wrap(bytes)
            .order(encoding.endsWith("be") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += sample(b);
      }
      to[i] = (float) (sum / channels);
    }
  }

  private double sample(ByteBuffer b) {
    return switch (encoding.substring(0, Math.min(3, encoding.length()))) {
      case "u8" -> ((b.get() & 0xff) - 128) * 0x1p-7;
      case "s8" -> b.get() * 0x1p-7;
      case "s16" -> b.getShort() * 0x1p-15;
      case "s24" -> three(b) * 0x1p-23;
      case "s32" -> b.getInt() * 0x1p-31;
      case "f32" -> b.getFloat();
      default -> b.getDouble();
    };
  }

  private static int three(ByteBuffer b) {
    boolean big = b.order() == ByteOrder.BIG_ENDIAN;
    int first = b.get();
    int middle = b.get() & 0xff;
    int last = b.get();
    return big
        ? first << 16 | middle << 8 | (last & 0xff)
        : last << 16 | middle << 8 | (first & 0xff);
  }
}
