package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
 * Sound decoded as its bytes come, of any format that needs no way back: MP3, Ogg, AAC, FLAC, WAV
 * of unknown length, …; mixed down to mono and resampled. Unlike with a file, damage is passed over
 * and told, and a change of the sample rate or of the channels in between is followed.
 */
public final class AudioStream implements AutoCloseable {
  /** Bytes without a sound, after which it is given up. */
  private static final long LONGEST_SEARCH = 256 << 10;

  /** Bytes of a header, with the index and the pictures in it; after more it is given up. */
  private static final long LONGEST_HEADER = 64 << 20;

  private static final int BUFFER_BYTES = 1 << 14;
  private static final int PROBE_BYTES = 64 << 10;

  /** Bytes behind the header in which the first sound must be. */
  private static final long MOST_PROBED = 1 << 20;

  /** Stands in exceptions of parts that read files. */
  private static final Path STREAM = Path.of("stream");

  private static final Map<Long, AudioStream> OPEN = new ConcurrentHashMap<>();
  private static final Read_packet_Pointer_BytePointer_int READ = new Reading();

  private final AfterTags in;
  private final String name;
  private final int rateHz;
  private final Consumer<String> log;
  private final DamagedSamples wrong;
  private final DamageLog damage;
  private final FrameMix mix = new FrameMix(STREAM);
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private AVPacket packet;
  private AVFrame frame;
  private AVFormatContext format;
  private AVIOContext io;
  private AVCodecContext decoder;
  private long key;
  private int index;
  private long searched;
  private long most = LONGEST_HEADER;
  private boolean empty = true;
  private IOException failure;
  private boolean draining;
  private boolean ended;

  /** Whether a thread is in native code, whose memory must not be freed then. */
  private boolean reading;

  private volatile boolean closed;

  private int frameRate;
  private int frameChannels;
  private Resampler.Stream resampling;
  private float[] ready = {};
  private int readyAt;

  private AudioStream(InputStream in, String name, int rateHz, Consumer<String> log) {
    this.in = new AfterTags(in);
    this.name = name;
    this.rateHz = rateHz;
    this.log = log;
    damage = new DamageLog(log);
    wrong = new DamagedSamples(text -> log.accept("damaged: " + text));
  }

  /** FFmpeg's read callback. */
  private static final class Reading extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer to, int size) {
      AudioStream stream = OPEN.get(opaque.address());
      return stream == null ? AVERROR_EXIT() : stream.bytes(to, size);
    }
  }

  /**
   * Reads the beginning of a stream, up to its first sound.
   *
   * @param in its bytes; not closed with this
   * @param name what errors call it
   * @param rateHz sample rate to resample to, in Hz
   * @param log takes what happens: damage, changes of the format
   * @throws IOException if the bytes cannot be read, or are no sound
   */
  public static AudioStream open(InputStream in, String name, int rateHz, Consumer<String> log)
      throws IOException {
    Check.atLeast("rateHz", rateHz, 1);
    AudioStream stream = new AudioStream(in, name, rateHz, log);
    boolean ok = false;
    try {
      stream.open();
      ok = true;
    } catch (AudioException e) {
      throw new IOException(name + ": " + e.reason(), e);
    } finally {
      if (!ok) {
        stream.close();
      }
    }
    return stream;
  }

  private void open() throws IOException {
    packet = FfmpegLibrary.packet(STREAM);
    frame = av_frame_alloc();
    format = avformat_alloc_context();
    key = format.address();
    OPEN.put(key, this);
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
    io =
        avio_alloc_context(
            buffer, BUFFER_BYTES, 0, format, READ, null, (Seek_Pointer_long_int) null);
    io.seekable(0);
    format.pb(io);
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    format.probesize(PROBE_BYTES);
    format.max_analyze_duration(500_000);
    int code = FfmpegLibrary.open(format);
    if (code < 0) {
      format = null; // FFmpeg has freed it.
      throw none(code);
    }
    searched = 0;
    most = MOST_PROBED;
    code = avformat_find_stream_info(format, (AVDictionary) null);
    index = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    if (code < 0 || index < 0) {
      throw none(code < 0 ? code : index);
    }
    AVStream s = format.streams(index);
    AVCodec codec = avcodec_find_decoder(s.codecpar().codec_id());
    if (codec == null) {
      throw new IOException(name + ": there is no decoder for its codec");
    }
    decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, s.codecpar());
    decoder.pkt_timebase(s.time_base());
    decoder.thread_count(1);
    if (avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
      throw new IOException(
          "%s: its %s sound cannot be decoded".formatted(name, codec.name().getString()));
    }
    searched = 0;
    most = Long.MAX_VALUE; // what is read is looked after by packets
  }

  private IOException none(int code) {
    if (failure != null) {
      return failure;
    }
    return new IOException(
        name
            + (empty
                ? ": it ended before any sound"
                : ": not sound that can be read from a stream (" + FfmpegLibrary.text(code) + ")"));
  }

  /** What it is, such as {@code mp3, 44100 Hz, 2 channels}. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %d Hz, %s",
        decoder.codec().name().getString(),
        frameRate > 0 ? frameRate : decoder.sample_rate(),
        channels(frameRate > 0 ? frameChannels : decoder.ch_layout().nb_channels()));
  }

  private static String channels(int n) {
    return n == 1 ? "1 channel" : n + " channels";
  }

  /**
   * Reads what there is; waits until there is something.
   *
   * @return number of samples stored in {@code to} from index 0; −1 at the end, or if it was closed
   * @throws IOException if the bytes cannot be read, or are no sound any more
   */
  public int read(float[] to) throws IOException {
    synchronized (this) {
      if (closed) {
        return -1;
      }
      reading = true;
    }
    try {
      return readOpen(to);
    } finally {
      synchronized (this) {
        reading = false;
        if (closed) {
          free();
        }
      }
    }
  }

  private int readOpen(float[] to) throws IOException {
    try {
      while (readyAt == ready.length) {
        if (ended || !decode()) {
          ended = true;
          wrong.end();
          return -1;
        }
      }
    } catch (AudioException e) {
      throw new IOException(name + ": " + e.reason(), e);
    }
    int n = Math.min(to.length, ready.length - readyAt);
    System.arraycopy(ready, readyAt, to, 0, n);
    readyAt += n;
    return n;
  }

  /** Decodes until there are samples; false at the end. */
  private boolean decode() throws IOException {
    while (true) {
      int code = avcodec_receive_frame(decoder, frame);
      if (code == 0) {
        if (convert()) {
          return true;
        }
      } else if (code == AVERROR_EOF() || (draining && code == AVERROR_EAGAIN())) {
        ready(resampling == null ? new float[0] : resampling.finish());
        resampling = null;
        ended = true;
        return ready.length > 0;
      } else if (code != AVERROR_EAGAIN()) {
        damage.passedOver(FfmpegLibrary.text(code));
      } else {
        packet();
      }
    }
  }

  private void packet() throws IOException {
    if (searched > LONGEST_SEARCH) {
      throw new IOException(
          "%s: no sound in its last %d KB: its format has changed, or it is damaged"
              .formatted(name, LONGEST_SEARCH >> 10));
    }
    int code = av_read_frame(format, packet);
    if (failure != null) {
      throw failure;
    }
    if (code < 0) {
      if (code != AVERROR_EOF()) {
        damage.passedOver(FfmpegLibrary.text(code));
      }
      draining = true;
      avcodec_send_packet(decoder, null);
      return;
    }
    if (packet.stream_index() == index) {
      code = avcodec_send_packet(decoder, packet);
      if (code < 0 && code != AVERROR_EAGAIN()) {
        damage.passedOver(FfmpegLibrary.text(code));
      }
    }
    av_packet_unref(packet);
  }

  /** Takes a decoded frame; false if it gives no samples yet. */
  private boolean convert() {
    int rate = frame.sample_rate();
    int channels = frame.ch_layout().nb_channels();
    if (frame.nb_samples() <= 0 || channels <= 0 || rate < 100 || rate > 1_000_000) {
      return false;
    }
    searched = 0;
    float[] before = {};
    if (rate != frameRate || channels != frameChannels) {
      if (frameRate > 0) {
        log.accept(
            "its format changes from %d Hz, %s to %d Hz, %s"
                .formatted(frameRate, channels(frameChannels), rate, channels(channels)));
      }
      if (rate != frameRate) {
        before = resampling == null ? before : resampling.finish();
        resampling = rate == rateHz ? null : Resampler.of(rate, rateHz).stream();
      }
      frameRate = rate;
      frameChannels = channels;
    }
    mix.of(frame);
    float[] x = mix.samples();
    int n = frame.nb_samples();
    wrong.clear(x, n);
    float[] y;
    if (resampling == null) {
      y = Arrays.copyOf(x, n);
    } else {
      y = resampling.push(x, 0, n);
    }
    if (before.length > 0) {
      float[] both = Arrays.copyOf(before, before.length + y.length);
      System.arraycopy(y, 0, both, before.length, y.length);
      y = both;
    }
    ready(y);
    return y.length > 0;
  }

  private void ready(float[] samples) {
    ready = samples;
    readyAt = 0;
  }

  private int bytes(BytePointer to, int size) {
    try {
      int n = closed || searched > most ? -1 : in.read(bytes, Math.min(size, bytes.length));
      if (n < 0) {
        return AVERROR_EOF();
      }
      to.put(bytes, 0, n);
      searched += n;
      empty = false;
      return n;
    } catch (IOException e) {
      failure = new IOException(name + ": " + Reason.words(e), e);
      return AVERROR_EXIT();
    } catch (RuntimeException | Error e) {
      // Exceptions must not propagate through native code.
      failure = new IOException(name + ": " + e, e);
      return AVERROR_EXIT();
    }
  }

  /**
   * Ends it. While another thread reads, that thread frees what it holds, as soon as its bytes come
   * or end: so close what they come from before.
   */
  @Override
  public synchronized void close() {
    closed = true;
    if (!reading) {
      free();
    }
  }

  /** Number of streams whose native memory is not freed yet. */
  static int openCount() {
    return OPEN.size();
  }

  private void free() {
    FfmpegLibrary.free(decoder, format);
    decoder = null;
    format = null;
    OPEN.remove(key, this); // by now its address may be that of another
    if (io != null) {
      av_free(io.buffer());
      avio_context_free(io);
      io = null;
    }
    if (frame != null) {
      av_frame_free(frame);
      frame = null;
    }
    if (packet != null) {
      av_packet_free(packet);
      packet = null;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
