package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Sound decoded by FFmpeg, which reads only through an {@link FfmpegInput} and may use only audio
 * demuxers and decoders.
 */
final class FfmpegSource implements SampleSource {
  private static final int JUMP_SECONDS = 3;

  private final Path path;
  private final ReadOptions options;
  private final FileEnd ending;
  private final FileChannel channel;
  private final FfmpegInput.Part part;
  private final FrameMix mix;
  private final AVPacket packet;
  private final AVFrame frame;
  private FfmpegStream stream;
  private AudioInfo info;

  private int pendingAt;
  private int pendingEnd;
  private boolean draining;
  private boolean finished;
  private long decoded;
  private boolean cut;
  private MpegJunk junk = new MpegJunk();
  private int largestFrame;
  private long firstPts = AV_NOPTS_VALUE;

  /** Whether the position changed and the new one is still unknown. */
  private boolean moved;

  private boolean lost;

  /** Number of frames after a seek to ignore. */
  private int settling;

  /** {@code ending} gives the length and completeness of the part; see {@link FileEnd}. */
  FfmpegSource(
      Path path, FileChannel channel, FfmpegInput.Part part, ReadOptions options, FileEnd ending) {
    this.path = path;
    this.channel = channel;
    this.part = part;
    this.options = options;
    this.ending = ending;
    packet = FfmpegLibrary.packet(path);
    mix = new FrameMix(path);
    frame = av_frame_alloc();
    boolean ok = false;
    try {
      open();
      ok = true;
    } finally {
      if (!ok) {
        close();
      }
    }
  }

  private void open() {
    stream = new FfmpegStream(path, channel, part, ending);
    AudioInfo said = stream.info();
    // A damaged file may have another length than its header says.
    boolean exact = said.exact() && !options.tolerateDamage();
    info =
        new AudioInfo(
            path,
            said.container(),
            said.codec(),
            said.sampleRateHz(),
            said.channels(),
            said.frames(),
            exact);
  }

  @Override
  public AudioInfo info() {
    return info;
  }

  @Override
  public int read(float[] to, int at, int count) {
    if (count == 0) {
      return 0;
    }
    while (pendingAt == pendingEnd) {
      if (finished || !decodeFrame()) {
        finished = true;
        return -1;
      }
    }
    int n = Math.min(count, pendingEnd - pendingAt);
    System.arraycopy(mix.samples(), pendingAt, to, at, n);
    pendingAt += n;
    return n;
  }

  @Override
  public void skipTo(long target) {
    if (target > decoded + (long) JUMP_SECONDS * info.sampleRateHz() && decodeFrame()) {
      jump(target);
    }
    while (decoded < target) {
      pendingAt = pendingEnd;
      if (finished || !decodeFrame()) {
        finished = true;
        return;
      }
    }
    pendingAt = (int) Math.max(pendingAt, pendingEnd - (decoded - target));
  }

  /**
   * Seeks to one second before the target and decodes from there, so that the decoder state has
   * settled. Only used if packet timestamps are in samples; if the position after the seek is
   * unknown, decoding starts at the beginning.
   */
  private void jump(long target) {
    long from = target - info.sampleRateHz();
    boolean noisy = info.codec().startsWith("aac"); // its noise goes on from the file's beginning
    boolean arrived =
        !noisy
            && switch (info.container()) {
              case "flac", "mp4" -> seekTo(from);
              case "ogg", "mp3", "wav", "w64", "aiff", "au", "caf" -> readTo(from);
              default -> false;
            };
    boolean there = arrived && decodeFrame() && decoded - pendingEnd <= target;
    if (moved && !there) {
      stream.close();
      firstPts = AV_NOPTS_VALUE;
      draining = false;
      decoded = 0;
      pendingAt = 0;
      pendingEnd = 0;
      lost = false;
      junk = new MpegJunk();
      open();
    }
    moved = false;
  }

  /** Seeks to a packet before the position, using the container's index. */
  private boolean seekTo(long from) {
    if (firstPts == AV_NOPTS_VALUE) {
      return false;
    }
    leave();
    if (!stream.seek(firstPts + from, info.sampleRateHz())) {
      return false;
    }
    avcodec_flush_buffers(stream.decoder());
    pendingAt = pendingEnd;
    return true;
  }

  private void leave() {
    moved = true;
    lost = true;
    // FFmpeg's Vorbis decoder guesses the length of the first frame after a seek.
    settling = info.codec().equals("vorbis") ? 2 : 0;
  }

  /** Reads packets up to the position without decoding them. */
  private boolean readTo(long from) {
    if (firstPts == AV_NOPTS_VALUE) {
      return false;
    }
    leave();
    while (stream.next(packet) >= 0) {
      checkPacket();
      long time = stream.samples(packet.pts(), info.sampleRateHz());
      decoded = time == AV_NOPTS_VALUE ? decoded : Math.max(0, time - firstPts);
      if (time != AV_NOPTS_VALUE && time - firstPts >= from) {
        avcodec_flush_buffers(stream.decoder());
        send();
        pendingAt = pendingEnd;
        return true;
      }
      av_packet_unref(packet);
      if (time == AV_NOPTS_VALUE) {
        return false;
      }
    }
    return false;
  }

  /** Decodes the next frame; false at the end. */
  private boolean decodeFrame() {
    while (true) {
      int code = avcodec_receive_frame(stream.decoder(), frame);
      if (code == 0) {
        if (convert()) {
          return true;
        }
        continue;
      }
      if (code == AVERROR_EOF() || (draining && code == AVERROR_EAGAIN())) {
        atEnd();
        return false;
      }
      if (code != AVERROR_EAGAIN()) {
        damage(FfmpegLibrary.text(code));
        continue;
      }
      if (!nextPacket()) {
        draining = true;
        avcodec_send_packet(stream.decoder(), null);
        continue;
      }
      send();
    }
  }

  /** Reads the next packet of the stream; false at the end. */
  private boolean nextPacket() {
    int code = stream.next(packet);
    if (code < 0 && code != AVERROR_EOF()) {
      damage(FfmpegLibrary.text(code));
    }
    checkPacket();
    return code >= 0;
  }

  /** Looks at a packet that was read, or at the end of the file. */
  private void checkPacket() {
    String what = stream.damage(packet);
    if (what.isEmpty() && isMp3() && packet.size() > 0 && junk.isDamage(bytes())) {
      what = "bytes that are no MP3 frame stand between its frames";
    }
    if (!what.isEmpty()) {
      refuse(what);
    }
  }

  private boolean isMp3() {
    return info.codec().startsWith("mp3");
  }

  @SuppressWarnings("restricted")
  private ByteBuffer bytes() {
    return MemorySegment.ofAddress(packet.data().address())
        .reinterpret(packet.size())
        .asByteBuffer()
        .order(ByteOrder.BIG_ENDIAN);
  }

  /** Sends the packet to the decoder. */
  private void send() {
    // Tags between or after frames, and what is no sound before and behind them.
    boolean rubbish = isMp3() && (packet.size() == 0 || !MpegJunk.isFrame(bytes()));
    cut = (cut && !isMp3()) || (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
    int code = avcodec_send_packet(stream.decoder(), packet);
    av_packet_unref(packet);
    if (code < 0 && code != AVERROR_EAGAIN() && !rubbish && !lost) {
      String what = FfmpegLibrary.text(code);
      boolean last = !options.tolerateDamage() && !nextPacket();
      damage(last ? "its last packet is truncated or damaged" : what);
    }
  }

  private void damage(String what) {
    if (!lost) {
      refuse(what);
    }
  }

  private void refuse(String what) {
    if (!options.tolerateDamage()) {
      throw AudioException.damaged(
          path,
          String.format(
              Locale.ROOT,
              "damaged after %.2f s: %s",
              (double) decoded / Math.max(1, info.sampleRateHz()),
              what),
          "to keep what can be decoded");
    }
  }

  private void atEnd() {
    if (options.tolerateDamage() || lost) {
      return;
    }
    if (cut || junk.cut()) {
      damage("its last packet is truncated");
    }
    long expected = info.frames();
    boolean measured = stream.measured();
    long allowed =
        info.exact() || (info.codec().startsWith("pcm_") && measured)
            ? 0
            : info.sampleRateHz() * 3L / 20;
    boolean known = info.exact() || ending.frames() >= 0 || measured;
    if (info.container().equals("avi") && info.codec().startsWith("pcm_") && !known) {
      expected = stream.counted(info.sampleRateHz());
      allowed = info.sampleRateHz() / 100;
      known = true;
    } else if (!info.exact()
        && (info.container().equals("avi") || info.container().equals("caf"))) {
      // Packets are counted: the last may be shorter, and FFmpeg writes an empty one behind FLAC.
      allowed = Math.max(allowed, 2L * largestFrame);
    }
    if (decoded > 0 && known && expected > 0 && decoded < expected - allowed) {
      throw AudioException.damaged(
          path,
          "truncated: it should have %d samples, %d were decoded".formatted(expected, decoded),
          "to read what is there");
    }
    if (info.exact() && decoded > expected) {
      throw AudioException.damaged(
          path,
          "damaged: its header says %d samples, %d were decoded".formatted(expected, decoded),
          "to keep them");
    }
  }

  private boolean convert() {
    int n = frame.nb_samples();
    int channels = frame.ch_layout().nb_channels();
    pendingAt = 0;
    pendingEnd = 0;
    if (n <= 0 || channels <= 0) {
      return false;
    }
    long time = stream.samples(frame.pts(), info.sampleRateHz());
    if (lost) {
      settling--;
      if (settling >= 0 || time == AV_NOPTS_VALUE || time < firstPts) {
        return false;
      }
      decoded = time - firstPts;
      lost = false;
    } else if (decoded == 0) {
      firstPts = time;
    }
    int rate = frame.sample_rate();
    if (rate > 0 && rate != info.sampleRateHz()) {
      if (decoded > 0) {
        throw new AudioException(
            path,
            String.format(
                Locale.ROOT,
                "its sample rate changes from %d to %d Hz after %.2f s: split it there",
                info.sampleRateHz(),
                rate,
                (double) decoded / info.sampleRateHz()));
      }
      info = new AudioInfo(path, info.container(), info.codec(), rate, channels, -1, false);
    }
    if (frame.decode_error_flags() != 0) {
      damage("a part of its sound cannot be decoded");
    }
    mix.of(frame);
    decoded += n;
    largestFrame = Math.max(largestFrame, n);
    pendingEnd = n;
    return true;
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
    av_frame_free(frame);
    av_packet_free(packet);
  }
}
