package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import fieldnotes.common.Progress;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The bytes of a file, or of a part of it, for FFmpeg, through a Java channel: FFmpeg gets no file
 * name and can open nothing else. A read fails with an error code after an interrupt or after too
 * long without a packet; {@link #check} then says why.
 */
final class FfmpegInput {
  /**
   * What FFmpeg gets.
   *
   * @param from position of the first byte
   * @param to position after the last byte; the end of the file if it is beyond
   * @param patches bytes to replace
   */
  record Part(long from, long to, List<Patch> patches) {}

  private static final int BUFFER_BYTES = 1 << 16;

  /** Bytes read without a packet, after which a file is given up; not a time, which depends. */
  private static final long LONGEST_SEARCH = 1L << 30;

  /** Counted for each call at least, as FFmpeg may read the same few bytes for ever. */
  private static final int LEAST_READ = 1 << 12;

  private static final Map<Long, FfmpegInput> OPEN = new ConcurrentHashMap<>();
  private static final Read_packet_Pointer_BytePointer_int READ = new Reading();
  private static final Seek_Pointer_long_int SEEK = new Seeking();

  private final Path path;
  private final FileChannel channel;
  private final Part part;
  private final OggPages pages = new OggPages();
  private final AdtsFrames frames = new AdtsFrames();
  private AVIOContext io;
  private long key;
  private long position;
  private long searched;
  private volatile String stopped = "";
  private IOException failure;

  FfmpegInput(Path path, FileChannel channel, Part part) {
    this.path = path;
    this.channel = channel;
    this.part = part;
  }

  /** FFmpeg's read callback. */
  private static final class Reading extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer to, int size) {
      FfmpegInput input = OPEN.get(opaque.address());
      return input == null ? AVERROR_EXIT() : input.bytes(to, size);
    }
  }

  /** FFmpeg's seek callback, which also returns the file size. */
  private static final class Seeking extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      FfmpegInput input = OPEN.get(opaque.address());
      return input == null ? AVERROR_EXIT() : input.seek(offset, whence);
    }
  }

  /** Makes FFmpeg read from here, from the beginning. */
  void connect(AVFormatContext format) {
    position = 0;
    key = format.address();
    OPEN.put(key, this);
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
    io = avio_alloc_context(buffer, BUFFER_BYTES, 0, format, READ, null, SEEK);
    format.pb(io);
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
  }

  /** Frees the buffer; called after the format context is closed. */
  void disconnect() {
    OPEN.remove(key);
    if (io != null) {
      av_free(io.buffer());
      avio_context_free(io);
      io = null;
    }
  }

  /** Notes that FFmpeg returned a packet. */
  void progress() {
    searched = 0;
  }

  /**
   * @throws AudioException if a read failed or found nothing for too long
   * @throws java.util.concurrent.CancellationException if this thread was interrupted
   */
  void check() {
    Progress.stopIfInterrupted();
    if (failure != null) {
      throw new AudioException(path, "cannot be read: " + Reason.words(failure), failure);
    }
    if (!stopped.isEmpty()) {
      throw new AudioException(path, stopped);
    }
  }

  /** What is wrong with the bytes before a position, of those that were read; may be empty. */
  String damageBefore(long at) {
    return pages.before(at) + frames.before(at); // no file is both
  }

  private long size() throws IOException {
    return Math.max(0, Math.min(part.to, channel.size()) - part.from);
  }

  private int bytes(BytePointer to, int size) {
    try {
      if (Thread.currentThread().isInterrupted()) {
        return AVERROR_EXIT();
      }
      if (searched > LONGEST_SEARCH) {
        stopped =
            String.format(
                Locale.ROOT, "no sound found in %,d MB of it", LONGEST_SEARCH / 1_000_000);
        return AVERROR_EXIT();
      }
      int most = (int) Math.min(size, part.to - part.from - position);
      if (most <= 0) {
        return AVERROR_EOF();
      }
      ByteBuffer b = to.capacity(most).asByteBuffer();
      int n = channel.read(b, part.from + position);
      searched += Math.max(n, LEAST_READ);
      if (n <= 0) {
        return AVERROR_EOF();
      }
      for (Patch patch : part.patches) {
        patch(patch, b, part.from + position, n);
      }
      pages.pass(b, position, n);
      frames.pass(b, position, n);
      position += n;
      return n;
    } catch (IOException e) {
      failure = e;
      return AVERROR_EXIT();
    } catch (RuntimeException | Error e) {
      // Exceptions must not propagate through native code.
      failure = new IOException(e);
      return AVERROR_EXIT();
    }
  }

  private static void patch(Patch patch, ByteBuffer b, long at, int count) {
    for (int i = 0; i < patch.bytes().length; i++) {
      long to = patch.at() + i - at;
      if (to >= 0 && to < count) {
        b.put((int) to, patch.bytes()[i]);
      }
    }
  }

  private long seek(long offset, int whence) {
    try {
      long size = size();
      switch (whence & ~AVSEEK_FORCE) {
        case AVSEEK_SIZE -> {
          return size;
        }
        case 0 -> position = offset;
        case 1 -> position += offset;
        case 2 -> position = size + offset;
        default -> {
          return AVERROR_EINVAL();
        }
      }
      if (position < 0) {
        position = 0;
        return AVERROR_EINVAL();
      }
      return position;
    } catch (IOException e) {
      failure = e;
      return AVERROR_EXIT();
    }
  }
}
