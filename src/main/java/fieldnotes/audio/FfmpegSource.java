package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import fieldnotes.common.Progress;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Sound decoded by FFmpeg.
 *
 * <p>FFmpeg reads only through a Java channel: it gets no file name and can open nothing else (no
 * network, playlist or second file), and only audio demuxers are enabled. A read fails with an
 * error code after an interrupt or after too long without a packet.
 */
final class FfmpegSource implements SampleSource {
  /** Versions of decoders and demuxers; a compile-time constant, so that FFmpeg is not loaded. */
  static final String VERSION =
      "FFmpeg libavcodec "
          + (LIBAVCODEC_VERSION_MAJOR + "." + LIBAVCODEC_VERSION_MINOR)
          + ("." + LIBAVCODEC_VERSION_MICRO)
          + (", libavformat " + LIBAVFORMAT_VERSION_MAJOR + "." + LIBAVFORMAT_VERSION_MINOR)
          + ("." + LIBAVFORMAT_VERSION_MICRO);

  private static final int BUFFER_BYTES = 1 << 16;
  private static final long STALL_NANOS = 4_000_000_000L;
  private static final int JUMP_SECONDS = 3;
  private static final long MOST_BYTES_AT_ONCE = 256L << 20;

  private static final String DEMUXERS =
      "wav,w64,aiff,au,caf,voc,sox,mp3,aac,flac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,asf,wv,"
          + "ape,tta,amr,ac3,eac3,avi,mpegts";

  private final Path path;
  private final FileChannel channel;
  private final ReadOptions options;
  private final FileEnd ending;
  private final AVPacket packet;
  private final AVFrame frame;
  private AVFormatContext format;
  private long key;
  private AVIOContext io;
  private AVCodecContext decoder;
  private int stream;
  private AudioInfo info;

  private float[] pending = new float[8192];
  private int pendingAt;
  private int pendingEnd;
  private float[] plane = new float[8192];
  private boolean draining;
  private boolean finished;
  private long decoded;
  private boolean cut;
  private long timeNumerator;
  private long timeDenominator;
  private long firstPts = AV_NOPTS_VALUE;

  /** Whether the position changed and the new one is still unknown. */
  private boolean moved;

  private boolean lost;

  /** Number of frames after a seek to ignore. */
  private int settling;

  private long position;
  private long lastProgress = System.nanoTime();
  private volatile String stopped = "";
  private IOException failure;

  /** Loads FFmpeg once and disables its log. */
  private static final class Library {
    static final Map<Long, FfmpegSource> OPEN = new ConcurrentHashMap<>();
    static final Read_packet_Pointer_BytePointer_int READ = new Reading();
    static final Seek_Pointer_long_int SEEK = new Seeking();
    static final String DECODERS;

    static {
      av_log_set_level(AV_LOG_QUIET);
      av_max_alloc(MOST_BYTES_AT_ONCE);
      StringBuilder names = new StringBuilder();
      try (Pointer state = new Pointer()) {
        for (AVCodec c = av_codec_iterate(state); c != null; c = av_codec_iterate(state)) {
          if (av_codec_is_decoder(c) != 0 && c.type() == AVMEDIA_TYPE_AUDIO) {
            names.append(names.isEmpty() ? "" : ",").append(c.name().getString());
          }
        }
      }
      DECODERS = names.toString();
    }
  }

  /** FFmpeg's read callback. */
  private static final class Reading extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer to, int size) {
      FfmpegSource source = Library.OPEN.get(opaque.address());
      return source == null ? AVERROR_EXIT() : source.bytes(to, size);
    }
  }

  /** FFmpeg's seek callback, which also returns the file size. */
  private static final class Seeking extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      FfmpegSource source = Library.OPEN.get(opaque.address());
      return source == null ? AVERROR_EXIT() : source.seek(offset, whence);
    }
  }

  /** {@code ending} gives the length and completeness of the file; see {@link FileEnd}. */
  FfmpegSource(Path path, FileChannel channel, ReadOptions options, FileEnd ending) {
    this.path = path;
    this.channel = channel;
    this.options = options;
    this.ending = ending;
    try {
      packet = load();
    } catch (LinkageError e) {
      throw new AudioException(
          path,
          "the FFmpeg library cannot be loaded on this machine ("
              + e.getMessage()
              + "); PCM WAVE files can be read without it",
          e);
    }
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

  private static AVPacket load() {
    if (Library.DECODERS.isEmpty()) {
      throw new UnsatisfiedLinkError("it has no decoders");
    }
    return av_packet_alloc();
  }

  private void open() {
    format = avformat_alloc_context();
    key = format.address();
    Library.OPEN.put(key, this);
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
    io = avio_alloc_context(buffer, BUFFER_BYTES, 0, format, Library.READ, null, Library.SEEK);
    format.pb(io);
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    AVDictionary settings = new AVDictionary(null);
    av_dict_set(settings, "format_whitelist", DEMUXERS, 0);
    av_dict_set(settings, "codec_whitelist", Library.DECODERS, 0);
    av_dict_set(settings, "protocol_whitelist", "none", 0);
    int code = avformat_open_input(format, (String) null, null, settings);
    av_dict_free(settings);
    if (code < 0) {
      format = null; // FFmpeg has freed it.
      throw new AudioException(path, whyNot(code));
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      AVStream s = format.streams(i);
      if (s.codecpar().codec_type() != AVMEDIA_TYPE_AUDIO) {
        s.discard(AVDISCARD_ALL);
      }
    }
    code = avformat_find_stream_info(format, (AVDictionary) null);
    if (code < 0) {
      throw new AudioException(path, whyNot(code));
    }
    stream = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    if (stream < 0) {
      checkStopped();
      throw new AudioException(path, "contains no sound that can be decoded");
    }
    AVStream s = format.streams(stream);
    for (int i = 0; i < format.nb_streams(); i++) {
      format.streams(i).discard(i == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
    }
    AVCodec codec = avcodec_find_decoder(s.codecpar().codec_id());
    if (codec == null) {
      throw new AudioException(path, "no decoder for its codec");
    }
    decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, s.codecpar());
    decoder.pkt_timebase(s.time_base());
    timeNumerator = s.time_base().num();
    timeDenominator = Math.max(1, s.time_base().den());
    decoder.thread_count(1);
    decoder.err_recognition(AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER);
    code = avcodec_open2(decoder, codec, (AVDictionary) null);
    if (code < 0) {
      throw new AudioException(
          path, "its " + codec.name().getString() + " sound cannot be decoded: " + text(code));
    }
    int rate = s.codecpar().sample_rate();
    int channels = s.codecpar().ch_layout().nb_channels();
    String container = format.iformat().name().getString();
    long frames = -1;
    boolean exact = false;
    if (ending.frames() >= 0) {
      frames = ending.frames();
      exact = ending.exact();
    } else if (s.duration() > 0 && rate > 0) {
      frames = Math.round((double) s.duration() * s.time_base().num() / s.time_base().den() * rate);
      exact = container.equals("flac");
    } else if (format.duration() > 0 && rate > 0) {
      frames = Math.round(format.duration() / 1e6 * rate);
    }
    info =
        new AudioInfo(
            path, simple(container), codec.name().getString(), rate, channels, frames, exact);
  }

  private static String simple(String container) {
    return switch (container) {
      case "mov,mp4,m4a,3gp,3g2,mj2" -> "mp4";
      case "matroska,webm" -> "matroska";
      default -> container;
    };
  }

  private String whyNot(int code) {
    checkStopped();
    if (!ending.looksLike().isEmpty()) {
      return "not a readable sound file: it looks like " + ending.looksLike();
    }
    boolean unknown =
        code == AVERROR_INVALIDDATA()
            || code == AVERROR_EINVAL()
            || code == AVERROR_EIO()
            || code == AVERROR_EOF();
    return unknown
        ? "not a sound file, or too damaged to tell"
        : "cannot be opened as sound: " + text(code);
  }

  private void checkStopped() {
    Progress.stopIfInterrupted();
    if (failure != null) {
      throw new AudioException(path, "cannot be read: " + Reason.words(failure), failure);
    }
    if (!stopped.isEmpty()) {
      throw new AudioException(path, stopped);
    }
  }

  private static String text(int code) {
    if (code == AVERROR_PATCHWELCOME()) {
      return "it uses a feature that FFmpeg does not support";
    }
    byte[] b = new byte[128];
    av_strerror(code, b, b.length);
    int end = 0;
    while (end < b.length && b[end] != 0) {
      end++;
    }
    String said = new String(b, 0, end, StandardCharsets.UTF_8);
    return said.startsWith("Error number") ? "FFmpeg error " + code : said;
  }

  private int bytes(BytePointer to, int size) {
    try {
      if (Thread.currentThread().isInterrupted()) {
        return AVERROR_EXIT();
      }
      long before = System.nanoTime();
      if (before - lastProgress > STALL_NANOS) {
        stopped =
            "no sound found in it after %d s of searching".formatted(STALL_NANOS / 1_000_000_000);
        return AVERROR_EXIT();
      }
      ByteBuffer b = to.capacity(size).asByteBuffer();
      int n = channel.read(b, position);
      lastProgress += System.nanoTime() - before; // a slow disk is not a stall
      if (n <= 0) {
        return AVERROR_EOF();
      }
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

  private long seek(long offset, int whence) {
    try {
      long size = channel.size();
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
    System.arraycopy(pending, pendingAt, to, at, n);
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
      closeNative();
      position = 0;
      firstPts = AV_NOPTS_VALUE;
      draining = false;
      decoded = 0;
      pendingAt = 0;
      pendingEnd = 0;
      lost = false;
      open();
    }
    moved = false;
  }

  /** Seeks to a packet before the position, using the container's index. */
  private boolean seekTo(long from) {
    long scale = timeNumerator * info.sampleRateHz();
    if (firstPts == AV_NOPTS_VALUE
        || scale <= 0
        || Math.abs(firstPts + from) > Long.MAX_VALUE / timeDenominator) {
      return false;
    }
    long time = Math.floorDiv((firstPts + from) * timeDenominator, scale);
    leave();
    if (av_seek_frame(format, stream, time, AVSEEK_FLAG_BACKWARD) < 0) {
      return false;
    }
    avcodec_flush_buffers(decoder);
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
    while (true) {
      Progress.stopIfInterrupted();
      int code = av_read_frame(format, packet);
      lastProgress = System.nanoTime();
      if (code < 0) {
        return false;
      }
      if (packet.stream_index() == stream) {
        long time = samples(packet.pts());
        if (time == AV_NOPTS_VALUE) {
          av_packet_unref(packet);
          return false;
        }
        if (time - firstPts >= from) {
          avcodec_flush_buffers(decoder);
          send();
          pendingAt = pendingEnd;
          return true;
        }
      }
      av_packet_unref(packet);
    }
  }

  /** Converts a timestamp to samples; none if it is not a whole sample. */
  private long samples(long pts) {
    long scale = timeNumerator * info.sampleRateHz();
    if (pts == AV_NOPTS_VALUE || scale <= 0 || Math.abs(pts) > Long.MAX_VALUE / scale) {
      return AV_NOPTS_VALUE;
    }
    long top = pts * scale;
    return top % timeDenominator == 0 ? top / timeDenominator : AV_NOPTS_VALUE;
  }

  /** Decodes the next frame into {@code pending}; false at the end. */
  private boolean decodeFrame() {
    while (true) {
      int code = avcodec_receive_frame(decoder, frame);
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
        damage(text(code));
        continue;
      }
      if (!nextPacket()) {
        draining = true;
        avcodec_send_packet(decoder, null);
        continue;
      }
      send();
    }
  }

  /** Reads the next packet of the stream; false at the end. */
  private boolean nextPacket() {
    while (true) {
      Progress.stopIfInterrupted();
      int code = av_read_frame(format, packet);
      lastProgress = System.nanoTime();
      if (code < 0) {
        checkStopped();
        if (code != AVERROR_EOF()) {
          damage(text(code));
        }
        return false;
      }
      if (packet.stream_index() == stream) {
        return true;
      }
      av_packet_unref(packet);
    }
  }

  /** Sends the packet to the decoder. */
  private void send() {
    boolean mpeg = info.codec().startsWith("mp3");
    int header = mpeg ? firstFour() : 0;
    if (mpeg && FileEnd.frameBytes(header) > 0) {
      cut = packet.size() < FileEnd.frameBytes(header);
    }
    cut |= (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
    int code = avcodec_send_packet(decoder, packet);
    av_packet_unref(packet);
    boolean rubbish = mpeg && (header & 0xFFE00000) != 0xFFE00000; // tags between or after frames
    if (code < 0 && code != AVERROR_EAGAIN() && !rubbish && !lost) {
      String what = text(code);
      boolean last = !options.tolerateDamage() && !nextPacket();
      damage(last ? "its last packet is truncated" : what);
    }
  }

  @SuppressWarnings("restricted")
  private int firstFour() {
    return packet.size() < 4
        ? 0
        : MemorySegment.ofAddress(packet.data().address()).reinterpret(4).get(BIG_INT, 0);
  }

  private void damage(String what) {
    if (!options.tolerateDamage() && !lost) {
      throw new AudioException(
          path,
          String.format(
              Locale.ROOT,
              "damaged after %.2f s: %s (to keep what can be decoded: withTolerateDamage(true))",
              (double) decoded / Math.max(1, info.sampleRateHz()),
              what));
    }
  }

  private void atEnd() {
    if (options.tolerateDamage() || lost) {
      return;
    }
    if (cut) {
      damage("its last packet is truncated");
    }
    long expected = info.frames();
    boolean measured = format.duration_estimation_method() != AVFMT_DURATION_FROM_BITRATE;
    long allowed =
        info.exact() || (info.codec().startsWith("pcm_") && measured)
            ? 0
            : info.sampleRateHz() * 3L / 20;
    boolean known = info.exact() || ending.frames() >= 0 || measured;
    if (decoded > 0 && known && expected > 0 && decoded < expected - allowed) {
      throw new AudioException(path, FileEnd.tooShort(expected, decoded));
    }
    if (info.exact() && decoded > expected) {
      throw new AudioException(
          path,
          "damaged: its header says %d samples, %d were decoded (to keep them: withTolerateDamage(true))"
              .formatted(expected, decoded));
    }
  }

  @SuppressWarnings("restricted")
  private boolean convert() {
    int n = frame.nb_samples();
    int channels = frame.ch_layout().nb_channels();
    pendingAt = 0;
    pendingEnd = 0;
    if (n <= 0 || channels <= 0) {
      return false;
    }
    long time = samples(frame.pts());
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
    if (pending.length < n) {
      pending = new float[n];
    }
    int kind = frame.format();
    boolean planar = av_sample_fmt_is_planar(kind) != 0;
    int width = av_get_bytes_per_sample(kind);
    int packed = av_get_packed_sample_fmt(kind);
    int planes = planar ? channels : 1;
    int values = planar ? n : n * channels;
    if (plane.length < values) {
      plane = new float[values];
    }
    for (int c = 0; c < planes; c++) {
      MemorySegment data =
          MemorySegment.ofAddress(frame.extended_data(c).address())
              .reinterpret((long) values * width);
      float[] into = planar && c == 0 ? pending : plane;
      widen(data, packed, values, into);
      if (planar && c > 0) {
        for (int i = 0; i < n; i++) {
          pending[i] += plane[i];
        }
      }
    }
    if (planar) {
      MixDown.divide(pending, 0, n, channels);
    } else {
      MixDown.interleaved(plane, channels, pending, 0, n);
    }
    decoded += n;
    pendingEnd = n;
    return true;
  }

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt BIG_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private void widen(MemorySegment data, int packed, int values, float[] into) {
    if (packed == AV_SAMPLE_FMT_FLT) {
      MemorySegment.copy(data, FLOAT, 0, into, 0, values);
    } else if (packed == AV_SAMPLE_FMT_S16) {
      for (int i = 0; i < values; i++) {
        into[i] = data.getAtIndex(SHORT, i) * 0x1p-15f;
      }
    } else if (packed == AV_SAMPLE_FMT_S32) {
      for (int i = 0; i < values; i++) {
        into[i] = data.getAtIndex(INT, i) * 0x1p-31f;
      }
    } else if (packed == AV_SAMPLE_FMT_U8) {
      for (int i = 0; i < values; i++) {
        into[i] = ((data.get(ValueLayout.JAVA_BYTE, i) & 0xFF) - 128) * 0x1p-7f;
      }
    } else if (packed == AV_SAMPLE_FMT_DBL) {
      for (int i = 0; i < values; i++) {
        into[i] = (float) data.getAtIndex(DOUBLE, i);
      }
    } else if (packed == AV_SAMPLE_FMT_S64) {
      for (int i = 0; i < values; i++) {
        into[i] = data.getAtIndex(LONG, i) * 0x1p-63f;
      }
    } else {
      throw new AudioException(path, "its sample format " + packed + " is not supported");
    }
  }

  @Override
  public void close() {
    closeNative();
    av_frame_free(frame);
    av_packet_free(packet);
  }

  private void closeNative() {
    if (decoder != null) {
      avcodec_free_context(decoder);
      decoder = null;
    }
    if (format != null) {
      avformat_close_input(format);
      format = null;
    }
    Library.OPEN.remove(key);
    if (io != null) {
      av_free(io.buffer());
      avio_context_free(io);
      io = null;
    }
  }
}
