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
 * Reads plain integers and floating-point numbers without native code. Other codecs are decoded by
 * FFmpeg.
 */
final class PcmSource implements SampleSource {
  private static final int BLOCK_BYTES = 1 << 17;

  private final Path path;
  private final FileChannel channel;
  private final Pcm pcm;
  private final AudioInfo info;
  private final long frames;
  private final ByteBuffer block;
  private final int blockFrames;
  private long next;
  private short[] shorts = {};
  private int[] ints = {};
  private float[] floats = {};
  private byte[] bytes = {};

  PcmSource(Path path, FileChannel channel, Pcm pcm) {
    this.path = path;
    this.channel = channel;
    this.pcm = pcm;
    frames = pcm.frames();
    info =
        new AudioInfo(
            path, pcm.container(), pcm.codec(), pcm.rateHz(), pcm.channels(), frames, true);
    blockFrames = Math.max(1, BLOCK_BYTES / pcm.frameBytes());
    block = ByteBuffer.allocateDirect(blockFrames * pcm.frameBytes()).order(pcm.order());
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
    block.clear().limit(n * pcm.frameBytes());
    long position = pcm.start() + next * pcm.frameBytes();
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
    int channels = pcm.channels();
    int width = pcm.width();
    int values = n * channels;
    if (pcm.floating()) {
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
      // One frame is one int, in either byte order; the compiler vectorises this loop.
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
    boolean big = pcm.order() == ByteOrder.BIG_ENDIAN;
    switch (width) {
      case 1 -> {
        for (int i = 0; i < values; i++) {
          floats[i] = (pcm.unsigned() ? (bytes[i] & 0xFF) - 128 : bytes[i]) * 0x1p-7f;
        }
      }
      case 2 -> {
        int low = big ? 1 : 0;
        for (int i = 0; i < values; i++) {
          floats[i] = ((bytes[2 * i + low] & 0xFF) | bytes[2 * i + 1 - low] << 8) * 0x1p-15f;
        }
      }
      case 3 -> {
        int low = big ? 2 : 0;
        for (int i = 0; i < values; i++) {
          int v = (bytes[3 * i + low] & 0xFF) | (bytes[3 * i + 1] & 0xFF) << 8;
          floats[i] = (v | bytes[3 * i + 2 - low] << 16) * 0x1p-23f;
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
