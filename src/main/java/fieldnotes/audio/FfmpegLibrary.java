package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;

/** FFmpeg as a whole: its version, what it may open, and its error codes in words. */
final class FfmpegLibrary {
  /** Versions of decoders and demuxers; a compile-time constant, so that FFmpeg is not loaded. */
  static final String VERSION =
      "FFmpeg libavcodec "
          + (LIBAVCODEC_VERSION_MAJOR + "." + LIBAVCODEC_VERSION_MINOR)
          + ("." + LIBAVCODEC_VERSION_MICRO)
          + (", libavformat " + LIBAVFORMAT_VERSION_MAJOR + "." + LIBAVFORMAT_VERSION_MINOR)
          + ("." + LIBAVFORMAT_VERSION_MICRO);

  private static final String DEMUXERS =
      "wav,w64,aiff,au,caf,voc,sox,mp3,aac,flac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,asf,wv,"
          + "ape,tta,amr,ac3,eac3,avi,mpegts";

  private static final long MOST_BYTES_AT_ONCE = 256L << 20;

  private FfmpegLibrary() {}

  /** Loads FFmpeg once and disables its log. */
  private static final class Loaded {
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

  /** Loads FFmpeg and allocates a packet. */
  static AVPacket packet(Path path) {
    try {
      if (Loaded.DECODERS.isEmpty()) {
        throw new UnsatisfiedLinkError("it has no decoders");
      }
      return av_packet_alloc();
    } catch (LinkageError e) {
      throw new AudioException(path, unloadable(e), e);
    }
  }

  private static String unloadable(LinkageError e) {
    String why = String.valueOf(e.getMessage());
    Throwable cause = e.getCause();
    while (cause != null) {
      why = String.valueOf(cause.getMessage());
      cause = cause.getCause();
    }
    return "the FFmpeg library cannot be loaded on this machine ("
        + why.strip().replaceAll("\\s+", " ")
        + "); PCM WAVE files can be read without it. It is unpacked into ~/.javacpp: see that this"
        + " folder can be written and the disk is not full, or choose another by"
        + " -Dorg.bytedeco.javacpp.cachedir=DIR in FIELDNOTES_JAVA_OPTIONS";
  }

  /**
   * Opens what a format context reads: as sound only, and nothing else on its behalf.
   *
   * @return a negative code of FFmpeg if it cannot be opened; then the context is freed
   */
  static int open(AVFormatContext format) {
    AVDictionary settings = new AVDictionary(null);
    av_dict_set(settings, "format_whitelist", DEMUXERS, 0);
    av_dict_set(settings, "codec_whitelist", Loaded.DECODERS, 0);
    av_dict_set(settings, "protocol_whitelist", "none", 0);
    int code = avformat_open_input(format, (String) null, null, settings);
    av_dict_free(settings);
    return code;
  }

  /** Frees a decoder and a format context, where there are any. */
  static void free(AVCodecContext decoder, AVFormatContext format) {
    if (decoder != null) {
      avcodec_free_context(decoder);
    }
    if (format != null) {
      avformat_close_input(format);
    }
  }

  /** What an error code means. */
  static String text(int code) {
    if (code == AVERROR_PATCHWELCOME()) {
      return "it uses a feature that FFmpeg does not support";
    }
    if (code == AVERROR_INVALIDDATA() || code == -1) {
      return "invalid data"; // decoders also return a bare -1, which is no code of the system
    }
    byte[] b = new byte[128];
    av_strerror(code, b, b.length);
    int end = 0;
    while (end < b.length && b[end] != 0) {
      end++;
    }
    String said = new String(b, 0, end, StandardCharsets.UTF_8);
    return said.startsWith("Error number") || said.isBlank()
        ? "invalid data (FFmpeg error " + code + ")"
        : said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
  }
}
