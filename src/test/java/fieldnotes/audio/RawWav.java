package fieldnotes.audio;

import fieldnotes.common.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A WAVE file put together chunk by chunk, so that each of them can be wrong. */
public final class RawWav {
  /** Format tags. */
  public static final int INTEGER = 1;

  public static final int FLOAT = 3;
  public static final int EXTENSIBLE = 0xFFFE;

  /** The header's fields, to be changed at will before {@link #bytes()}. */
  public int codec;

  public int channels;
  public int rate;
  public int align;
  public int bits;
  public String riff = "RIFF";
  public long riffBytes = -1;
  public long dataBytes = -1;
  public byte[] data;
  private final List<byte[]> before = new ArrayList<>();

  /**
   * Samples as the file has them.
   *
   * @param codec {@link #INTEGER} or {@link #FLOAT}
   * @param bits 8, 16, 24, 32, or 32 and 64 for floats
   * @param samples shape [channels][samples]
   */
  public RawWav(int codec, int bits, int rate, float[]... samples) {
    this.codec = codec;
    this.bits = bits;
    this.rate = rate;
    channels = samples.length;
    align = channels * bits / 8;
    data = new byte[samples[0].length * align];
    ByteBuffer b = little(data);
    for (int i = 0; i < samples[0].length; i++) {
      for (float[] channel : samples) {
        put(b, channel[i]);
      }
    }
  }

  /** Writes samples without loss. */
  public static void write(float[] samples, int rate, Path file) {
    try {
      WholeFile.write(file, new RawWav(FLOAT, 32, rate, samples).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(ByteBuffer b, float x) {
    if (codec == FLOAT) {
      if (bits == 32) {
        b.putFloat(x);
      } else {
        b.putDouble(x);
      }
      return;
    }
    double full = Math.scalb(1.0, bits - 1);
    long v = (long) Math.clamp(Math.rint(x * full), -full, full - 1);
    if (bits == 8) {
      b.put((byte) (v + 128));
    } else {
      for (int k = 0; k < bits; k += 8) {
        b.put((byte) (v >> k));
      }
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Puts a chunk before the data. */
  public RawWav with(String name, byte[] body) {
    byte[] chunk = new byte[8 + body.length + (body.length & 1)];
    little(chunk).put(name.getBytes(StandardCharsets.US_ASCII)).putInt(body.length).put(body);
    before.add(chunk);
    return this;
  }

  /** The whole file. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    before.forEach(out::writeBytes);
    boolean extensible = codec == EXTENSIBLE;
    byte[] format = new byte[8 + (extensible ? 40 : 16)];
    ByteBuffer f = little(format);
    f.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(extensible ? 40 : 16);
    f.putShort((short) codec).putShort((short) channels).putInt(rate);
    f.putInt((int) ((long) rate * align)).putShort((short) align).putShort((short) bits);
    if (extensible) {
      f.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) INTEGER);
      f.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38});
      f.put(new byte[] {(byte) 0x9B, 0x71});
    }
    out.writeBytes(format);
    byte[] name = new byte[8];
    little(name)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) (dataBytes < 0 ? data.length : dataBytes));
    out.writeBytes(name);
    out.writeBytes(data);
    byte[] head = new byte[12];
    little(head)
        .put(riff.getBytes(StandardCharsets.US_ASCII))
        .putInt((int) (riffBytes < 0 ? 4 + out.size() : riffBytes))
        .put("WAVE".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(out.toByteArray());
    return all.toByteArray();
  }
}
