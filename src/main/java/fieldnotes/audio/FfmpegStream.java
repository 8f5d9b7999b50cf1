package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import fieldnotes.common.Progress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** The sound stream of a file and its decoder, as opened by FFmpeg. */
final class FfmpegStream implements AutoCloseable {
  private final Path path;
  private final FileEnd ending;
  private final FfmpegInput input;
  private AVFormatContext format;
  private AVCodecContext decoder;
  private int index;
  private AudioInfo info;
  private long timeNumerator;
  private long timeDenominator;

  /**
   * @throws AudioException if it is no sound, or cannot be decoded
   */
  FfmpegStream(Path path, FileChannel channel, FfmpegInput.Part part, FileEnd ending) {
    this.path = path;
    this.ending = ending;
    input = new FfmpegInput(path, channel, part);
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
    format = avformat_alloc_context();
    input.connect(format);
    int code = FfmpegLibrary.open(format);
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
    index = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      input.check();
      throw new AudioException(path, "contains no sound that can be decoded");
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      format.streams(i).discard(i == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
    }
    AVStream s = format.streams(index);
    openDecoder(s);
    info = info(s);
  }

  private void openDecoder(AVStream s) {
    AVCodec codec = avcodec_find_decoder(s.codecpar().codec_id());
    if (codec == null) {
      throw new AudioException(path, "no decoder for its codec");
    }
    decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, s.codecpar());
    boolean caf = format.iformat().name().getString().equals("caf");
    if (caf && codec.id() == AV_CODEC_ID_ALAC) {
      // FFmpeg takes the frames that a CAF file lacks in its last packet off once more.
      decoder.flags2(decoder.flags2() | AV_CODEC_FLAG2_SKIP_MANUAL);
    }
    decoder.pkt_timebase(s.time_base());
    timeNumerator = s.time_base().num();
    timeDenominator = Math.max(1, s.time_base().den());
    decoder.thread_count(1);
    int strict = hasChecksums(s.codecpar().codec_id()) ? AV_EF_EXPLODE : 0;
    decoder.err_recognition(AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | strict);
    int code = avcodec_open2(decoder, codec, (AVDictionary) null);
    if (code < 0) {
      throw new AudioException(
          path,
          "its %s sound cannot be decoded: %s"
              .formatted(codec.name().getString(), FfmpegLibrary.text(code)));
    }
  }

  /**
   * Whether each frame of this codec has a checksum, so that a wrong one proves damage. Elsewhere
   * encoders commit small offences that do no harm.
   */
  private static boolean hasChecksums(int codec) {
    return switch (codec) {
      case AV_CODEC_ID_FLAC,
          AV_CODEC_ID_WAVPACK,
          AV_CODEC_ID_TTA,
          AV_CODEC_ID_APE,
          AV_CODEC_ID_AC3,
          AV_CODEC_ID_EAC3,
          AV_CODEC_ID_MP4ALS ->
          true;
      default -> false;
    };
  }

  private AudioInfo info(AVStream s) {
    int rate = s.codecpar().sample_rate();
    int channels = s.codecpar().ch_layout().nb_channels();
    String container = format.iformat().name().getString();
    long frames = -1;
    boolean exact = false;
    if (ending.frames() >= 0) {
      frames = ending.frames();
      exact = ending.exact();
    } else if (ending.frames() == FileEnd.NOT_KNOWN || unknown(s)) {
      frames = -1;
    } else if (s.duration() > 0 && rate > 0) {
      frames = Math.round((double) s.duration() * s.time_base().num() / s.time_base().den() * rate);
      exact = container.equals("flac");
    } else if (format.duration() > 0 && rate > 0) {
      frames = Math.round(format.duration() / 1e6 * rate);
    }
    String codec = decoder.codec().name().getString();
    return new AudioInfo(path, simple(container), codec, rate, channels, frames, exact);
  }

  /** Whether the length is the largest that a FLAC file can say. */
  private static boolean unknown(AVStream s) {
    return s.duration() == (1L << 36) - 1;
  }

  private static String simple(String container) {
    return switch (container) {
      case "mov,mp4,m4a,3gp,3g2,mj2" -> "mp4";
      case "matroska,webm" -> "matroska";
      default -> container;
    };
  }

  private String whyNot(int code) {
    input.check();
    if (!ending.looksLike().isEmpty()) {
      boolean list = ending.looksLike().equals("text") && !SoundFiles.isSound(path.toString());
      return "not a readable sound file: it looks like "
          + ending.looksLike()
          + (list ? "; lists of sound files end in .csv, .m3u, .m3u8 or .pls" : "");
    }
    boolean unknown =
        code == AVERROR_INVALIDDATA()
            || code == AVERROR_EINVAL()
            || code == AVERROR_EIO()
            || code == AVERROR_EOF();
    return unknown
        ? "not a sound file, or too damaged to tell"
        : "cannot be opened as sound: " + FfmpegLibrary.text(code);
  }

  /** Format and length, as the header says. */
  AudioInfo info() {
    return info;
  }

  AVCodecContext decoder() {
    return decoder;
  }

  /** Whether the length was measured, rather than guessed from the bit rate. */
  boolean measured() {
    return format.duration_estimation_method() != AVFMT_DURATION_FROM_BITRATE;
  }

  /** The length that the container's count of packets gives, in samples; 0 if it has none. */
  long counted(int rate) {
    return Math.round(
        (double) format.streams(index).nb_frames() * timeNumerator * rate / timeDenominator);
  }

  /** Seeks to a packet before a sample, using the container's index; false if it cannot. */
  boolean seek(long sample, int rate) {
    long scale = timeNumerator * rate;
    if (scale <= 0 || Math.abs(sample) > Long.MAX_VALUE / timeDenominator) {
      return false;
    }
    long time = Math.floorDiv(sample * timeDenominator, scale);
    return av_seek_frame(format, index, time, AVSEEK_FLAG_BACKWARD) >= 0;
  }

  /**
   * Reads the next packet of the stream.
   *
   * @return 0, or a negative code of FFmpeg, at the end that of the end
   */
  int next(AVPacket packet) {
    while (true) {
      Progress.stopIfInterrupted();
      int code = av_read_frame(format, packet);
      input.progress();
      if (code < 0) {
        input.check();
        return code;
      }
      if (packet.stream_index() == index) {
        return 0;
      }
      av_packet_unref(packet);
    }
  }

  /** What is wrong with the file before a packet, or before its end; empty if nothing is. */
  String damage(AVPacket packet) {
    boolean end = packet.size() == 0 || packet.pos() < 0;
    return input.damageBefore(end ? Long.MAX_VALUE : packet.pos());
  }

  /** Converts a timestamp to samples; none if it is not a whole sample. */
  long samples(long pts, int rate) {
    long scale = timeNumerator * rate;
    if (pts == AV_NOPTS_VALUE || scale <= 0 || Math.abs(pts) > Long.MAX_VALUE / scale) {
      return AV_NOPTS_VALUE;
    }
    long top = pts * scale;
    return top % timeDenominator == 0 ? top / timeDenominator : AV_NOPTS_VALUE;
  }

  @Override
  public void close() {
    FfmpegLibrary.free(decoder, format);
    decoder = null;
    format = null;
    input.disconnect();
  }
}
