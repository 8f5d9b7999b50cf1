package fieldnotes.audio;

import fieldnotes.common.Progress;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * Reads PCM and float WAVE files (RIFF, RF64, BW64) without native code. Other codecs in WAVE files
 * are decoded by FFmpeg; a data chunk longer than the file is detected here for all.
 *
 * @see "Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft, 1991; EBU
 *     Tech 3306 (RF64)"
 */
final class WavSource implements SampleSource {
  private static final int BLOCK_BYTES = 1 << 17;
  private static final int INTEGER = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;

  /** Sizes from here on that exceed the file mean "unknown", as written by streaming encoders. */
  private static final long STREAM_SIZE = 0x7FFFF000L;

  private final Path path;
  private final FileChannel channel;
  private final Header header;
  private final AudioInfo info;
  private final long frames;
  private final ByteBuffer block;
  private final int blockFrames;
  private long next;
  private short[] shorts = {};
  private int[] ints = {};
  private float[] floats = {};
  private byte[] bytes = {};

  /**
   * Content of the header chunks.
   *
   * @param dataBytes bytes of the data chunk present in the file
   * @param missing error message if the data chunk is longer than the file, or empty
   */
  record Header(
      int codec,
      int channels,
      long sampleRateHz,
      int blockAlign,
      int bits,
      long dataStart,
      long dataBytes,
      String missing) {
    boolean plain() {
      if (channels == 0 || blockAlign % channels != 0) {
        return false;
      }
      int width = blockAlign / channels;
      return (codec == INTEGER && width >= 1 && width <= 4 && bits <= 8 * width)
          || (codec == FLOAT && (width == 4 || width == 8) && bits == 8 * width);
    }
  }

  WavSource(Path path, FileChannel channel, Header header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    frames = header.dataBytes / header.blockAlign;
    int width = header.blockAlign / header.channels;
    String codec =
        switch (header.codec) {
          case FLOAT -> "pcm_f" + 8 * width + "le";
          default -> width == 1 ? "pcm_u8" : "pcm_s" + 8 * width + "le";
        };
    info =
        new AudioInfo(path, "wav", codec, (int) header.sampleRateHz, header.channels, frames, true);
    blockFrames = Math.max(1, BLOCK_BYTES / header.blockAlign);
    block =
        ByteBuffer.allocateDirect(blockFrames * header.blockAlign).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads the chunks of a WAVE file; null if it is not one. */
  static Header header(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer start = bytes(channel, 0, 12);
    if (start.remaining() < 12) {
      return null;
    }
    int magic = start.getInt(0);
    boolean large = magic == fourCc("RF64") || magic == fourCc("BW64");
    if ((!large && magic != fourCc("RIFF")) || start.getInt(8) != fourCc("WAVE")) {
      return null;
    }
    long riffBytes = Integer.toUnsignedLong(start.getInt(4));
    long largeData = -1;
    Header format = null;
    long at = 12;
    for (int chunks = 0; chunks < 10_000; chunks++) {
      ByteBuffer head = bytes(channel, at, 8);
      if (head.remaining() < 8) {
        break;
      }
      int id = head.getInt(0);
      long length = Integer.toUnsignedLong(head.getInt(4));
      long body = at + 8;
      if (id == fourCc("ds64")) {
        ByteBuffer sizes = bytes(channel, body, 16);
        if (sizes.remaining() == 16) {
          largeData = sizes.getLong(8);
        }
      } else if (id == fourCc("fmt ")) {
        ByteBuffer f = bytes(channel, body, (int) Math.min(length, 40));
        if (f.remaining() < 16) {
          throw new AudioException(path, "the WAVE format chunk is truncated");
        }
        int codec = Short.toUnsignedInt(f.getShort(0));
        if (codec == EXTENSIBLE && f.remaining() >= 26) {
          codec = Short.toUnsignedInt(f.getShort(24));
        }
        format =
            new Header(
                codec,
                Short.toUnsignedInt(f.getShort(2)),
                Integer.toUnsignedLong(f.getInt(4)),
                Short.toUnsignedInt(f.getShort(12)),
                Short.toUnsignedInt(f.getShort(14)),
                0,
                0,
                "");
      } else if (id == fourCc("data")) {
        if (format == null) {
          throw new AudioException(path, "the WAVE file has no format chunk before its data");
        }
        return withData(format, body, length, large ? largeData : -1, riffBytes, size);
      }
      at = body + length + (length & 1);
    }
    throw new AudioException(
        path,
        format == null
            ? "the WAVE file ends before its format chunk"
            : "the WAVE file has no data chunk; it is truncated or damaged");
  }

  private static Header withData(
      Header f, long body, long declared, long largeData, long riffBytes, long size) {
    long there = size - body;
    long wanted = declared == 0xFFFFFFFFL && largeData >= 0 ? largeData : declared;
    boolean streamed =
        (wanted > there && wanted >= STREAM_SIZE && wanted == declared)
            || (wanted == 0 && (riffBytes == 0 || riffBytes >= STREAM_SIZE));
    String missing = "";
    if (streamed) {
      wanted = there;
    } else if (wanted > there) {
      missing =
          "truncated: its data chunk should have %d bytes, the file has %d of them (to read what is there: withTolerateDamage(true))"
              .formatted(wanted, there);
      wanted = there;
    }
    return new Header(
        f.codec, f.channels, f.sampleRateHz, f.blockAlign, f.bits, body, wanted, missing);
  }

  /** A four-character chunk name as a little-endian integer. */
  private static int fourCc(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
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

  @Override
  public AudioInfo info() {
    return info;
  }

  @Override
  public void skipTo(long frame) {
    next = Math.min(frames, frame);
  }

  @Override
  public int read(float[] to, int at, int count) {
    if (count == 0) {
      return 0;
    }
    int n = (int) Math.min(Math.min(count, blockFrames), frames - next);
    if (n <= 0) {
      return -1;
    }
    Progress.stopIfInterrupted();
    block.clear().limit(n * header.blockAlign);
    long position = header.dataStart + next * header.blockAlign;
    try {
      while (block.hasRemaining()) {
        if (channel.read(block, position + block.position()) < 0) {
          throw new AudioException(path, "the file became shorter while it was read");
        }
      }
    } catch (ClosedByInterruptException e) {
      CancellationException stopped = new CancellationException("interrupted");
      stopped.initCause(e);
      throw stopped;
    } catch (IOException e) {
      throw new AudioException(path, "cannot be read: " + Reason.words(e), e);
    }
    block.flip();
    convert(to, at, n);
    next += n;
    return n;
  }

  private void convert(float[] to, int at, int n) {
    int channels = header.channels;
    int width = header.blockAlign / channels;
    int values = n * channels;
    if (header.codec == FLOAT) {
      if (floats.length < values) {
        floats = new float[values];
      }
      if (width == 4) {
        block.asFloatBuffer().get(floats, 0, values);
      } else {
        for (int i = 0; i < values; i++) {
          floats[i] = (float) block.getDouble(8 * i);
        }
      }
      MixDown.interleaved(floats, channels, to, at, n);
    } else if (width == 2 && channels == 1) {
      if (shorts.length < n) {
        shorts = new short[n];
      }
      block.asShortBuffer().get(shorts, 0, n);
      for (int i = 0; i < n; i++) {
        to[at + i] = shorts[i] * 0x1p-15f;
      }
    } else if (width == 2 && channels == 2) {
      // One frame is one int; the compiler vectorises this loop.
      if (ints.length < n) {
        ints = new int[n];
      }
      block.asIntBuffer().get(ints, 0, n);
      for (int i = 0; i < n; i++) {
        to[at + i] = ((ints[i] << 16 >> 16) + (ints[i] >> 16)) * 0x1p-16f;
      }
    } else {
      if (bytes.length < values * width) {
        bytes = new byte[values * width];
      }
      if (floats.length < values) {
        floats = new float[values];
      }
      block.get(0, bytes, 0, values * width);
      widen(width, values);
      MixDown.interleaved(floats, channels, to, at, n);
    }
  }

  private void widen(int width, int values) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < values; i++) {
          floats[i] = ((bytes[i] & 0xFF) - 128) * 0x1p-7f;
        }
      }
      case 2 -> {
        for (int i = 0; i < values; i++) {
          floats[i] = ((bytes[2 * i] & 0xFF) | bytes[2 * i + 1] << 8) * 0x1p-15f;
        }
      }
      case 3 -> {
        for (int i = 0; i < values; i++) {
          int v = (bytes[3 * i] & 0xFF) | (bytes[3 * i + 1] & 0xFF) << 8 | bytes[3 * i + 2] << 16;
          floats[i] = v * 0x1p-23f;
        }
      }
      default -> {
        for (int i = 0; i < values; i++) {
          floats[i] = block.getInt(4 * i) * 0x1p-31f;
        }
      }
    }
  }

  @Override
  public void close() {
    // The channel is closed by the reader.
  }
}
