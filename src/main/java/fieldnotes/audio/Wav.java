package fieldnotes.audio;

import fieldnotes.common.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Encodes a clip as a WAVE file in memory. */
public final class Wav {
  private static final int HEADER = 44;

  /** Bytes per sample. */
  private static final int WIDTH = 2;

  private Wav() {}

  /**
   * Mono, 16 bits per sample. Sample x becomes round(32768·x), clipped to 16 bits, so an unmodified
   * 16-bit file is reproduced exactly. No dither.
   */
  public static byte[] bytes(Clip clip) {
    float[] x = clip.samples();
    byte[] out = new byte[size(clip)];
    ByteBuffer b = header(out, clip);
    for (float v : x) {
      b.putShort((short) Math.clamp(Math.round(v * 32768.0), -32768, 32767));
    }
    return out;
  }

  private static int size(Clip clip) {
    long data = (long) clip.length() * WIDTH;
    Check.that(
        data <= Integer.MAX_VALUE - HEADER - 16,
        "the clip has %d samples: too many for one WAVE file in memory",
        clip.length());
    return HEADER + (int) data;
  }

  private static ByteBuffer header(byte[] out, Clip clip) {
    int data = out.length - HEADER;
    ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    b.put(ascii("RIFF")).putInt(HEADER - 8 + data).put(ascii("WAVE"));
    b.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    b.putInt(clip.sampleRateHz()).putInt(clip.sampleRateHz() * WIDTH);
    b.putShort((short) WIDTH).putShort((short) (8 * WIDTH));
    b.put(ascii("data")).putInt(data);
    return b;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
