package fieldnotes.serve;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.ReadOptions;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A part of a sound file as a mono 16-bit WAVE file, decoded as it is read. Its length is known
 * before, and skipping decodes nothing. Where the file turns out to be shorter than its header
 * says, silence follows.
 */
final class WavStream extends InputStream {
  private static final int HEADER = 44;
  private static final int FRAMES = 1 << 13;

  private final Path file;
  private final double startSeconds;
  private final int rateHz;
  private final long frames;
  private final byte[] header;
  private long at;
  private AudioReader reader;
  private boolean ended;
  private final float[] samples = new float[FRAMES];
  private ByteBuffer ready = ByteBuffer.allocate(0);

  /**
   * A stream over a part.
   *
   * @param seconds length of the part; the stream has as many samples
   * @param rateHz sample rate of the file, which the stream keeps
   */
  WavStream(Path file, double startSeconds, double seconds, int rateHz) {
    this.file = file;
    this.startSeconds = startSeconds;
    this.rateHz = rateHz;
    long most = (Integer.MAX_VALUE - HEADER) / 2L * 2; // the length in the header has 32 bits
    frames = Math.clamp(Math.round(seconds * rateHz), 1, most);
    header = header(frames, rateHz);
  }

  private static byte[] header(long frames, int rateHz) {
    int data = (int) (2 * frames); // read as an unsigned number
    ByteBuffer b = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    b.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + data);
    b.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    b.putShort((short) 1).putShort((short) 1).putInt(rateHz).putInt(2 * rateHz);
    b.putShort((short) 2).putShort((short) 16);
    b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
    return b.array();
  }

  /** The number of bytes from the beginning. */
  long length() {
    return HEADER + 2 * frames;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] to, int offset, int count) {
    long left = length() - at;
    if (left <= 0) {
      return count == 0 ? 0 : -1;
    }
    int n;
    if (at < HEADER) {
      n = (int) Math.min(count, HEADER - at);
      System.arraycopy(header, (int) at, to, offset, n);
    } else {
      if (!ready.hasRemaining()) {
        decode();
      }
      n = (int) Math.min(Math.min(count, ready.remaining()), left);
      ready.get(to, offset, n);
    }
    at += n;
    return n;
  }

  /** Decodes the next samples, from the byte at which the stream is. */
  private void decode() {
    long frame = (at - HEADER) / 2;
    int n = (int) Math.min(FRAMES, frames - frame);
    int got = ended ? 0 : decoded(frame, n);
    ready = ByteBuffer.allocate(2 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < got; i++) {
      ready.putShort((short) Math.clamp(Math.round(samples[i] * 32768.0), -32768, 32767));
    }
    ready.position((int) (at - HEADER) & 1).limit(2 * n);
  }

  private int decoded(long frame, int n) {
    try {
      if (reader == null) {
        // half a sample on, as times are truncated to samples
        double from = startSeconds + (frame == 0 && startSeconds == 0 ? 0 : (frame + 0.5) / rateHz);
        ReadOptions part =
            ClipFiles.tolerant().withPart(from, (double) (frames - frame + 1) / rateHz);
        reader = AudioFiles.open(file, part);
      }
      int got = Math.max(0, reader.read(samples, 0, n));
      ended = got < n;
      return got;
    } catch (AudioException e) {
      ended = true; // silence for what cannot be read
      return 0;
    }
  }

  @Override
  public long skip(long count) {
    long n = Math.clamp(count, 0, length() - at);
    at += n;
    ready = ByteBuffer.allocate(0);
    close();
    return n;
  }

  @Override
  public int available() {
    return ready.remaining();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
