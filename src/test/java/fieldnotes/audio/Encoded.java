package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Sound files of every kind that the tests read, written by FFmpeg. */
public enum Encoded {
  MP3("mp3", "mp3", "libmp3lame", AV_SAMPLE_FMT_FLTP),
  FLAC("flac", "flac", "flac", AV_SAMPLE_FMT_S16),
  FLAC24("flac", "flac", "flac", AV_SAMPLE_FMT_S32),
  OGG("ogg", "ogg", "vorbis", AV_SAMPLE_FMT_FLTP),
  OPUS("opus", "opus", "libopus", AV_SAMPLE_FMT_FLT),
  M4A("m4a", "ipod", "aac", AV_SAMPLE_FMT_FLTP),
  AAC("aac", "adts", "aac", AV_SAMPLE_FMT_FLTP),
  ALAC("m4a", "ipod", "alac", AV_SAMPLE_FMT_S16P),
  ALAC_CAF("caf", "caf", "alac", AV_SAMPLE_FMT_S16P),
  MKA("mka", "matroska", "libopus", AV_SAMPLE_FMT_FLT),
  AVI("avi", "avi", "pcm_s16le", AV_SAMPLE_FMT_S16),
  TS("ts", "mpegts", "aac", AV_SAMPLE_FMT_FLTP),
  AIFF("aiff", "aiff", "pcm_s16be", AV_SAMPLE_FMT_S16),
  WV("wv", "wv", "wavpack", AV_SAMPLE_FMT_FLTP),
  TTA("tta", "tta", "tta", AV_SAMPLE_FMT_S16),
  WMA("wma", "asf", "wmav2", AV_SAMPLE_FMT_FLTP);

  private final String extension;
  private final String container;
  private final String encoder;
  private final int kind;

  Encoded(String extension, String container, String encoder, int kind) {
    this.extension = extension;
    this.container = container;
    this.encoder = encoder;
    this.kind = kind;
  }

  /** What such a file is called at its end, without the dot. */
  public String extension() {
    return extension;
  }

  /**
   * Writes a file.
   *
   * @param channels full scale is −1…1, shape [channels][samples]
   */
  public Path write(Path path, int rateHz, float[]... channels) {
    av_log_set_level(AV_LOG_QUIET);
    AVFormatContext out = new AVFormatContext(null);
    AVCodecContext context = null;
    AVFrame frame = av_frame_alloc();
    AVPacket packet = av_packet_alloc();
    try {
      ok(avformat_alloc_output_context2(out, (AVOutputFormat) null, container, path.toString()));
      AVCodec codec = avcodec_find_encoder_by_name(encoder);
      context = avcodec_alloc_context3(codec);
      context.sample_rate(rateHz).sample_fmt(kind).bit_rate(96_000L * channels.length);
      context.strict_std_compliance(-2);
      context.time_base().num(1).den(rateHz);
      av_channel_layout_default(context.ch_layout(), channels.length);
      if ((out.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
        context.flags(context.flags() | 1 << 22);
      }
      ok(avcodec_open2(context, codec, (AVDictionary) null));
      AVStream stream = avformat_new_stream(out, null);
      stream.time_base(context.time_base());
      ok(avcodec_parameters_from_context(stream.codecpar(), context));
      AVIOContext io = new AVIOContext(null);
      ok(avio_open(io, path.toString(), AVIO_FLAG_WRITE));
      out.pb(io);
      ok(avformat_write_header(out, (AVDictionary) null));
      int length = channels[0].length;
      int size = context.frame_size() > 0 ? context.frame_size() : 1024;
      for (int from = 0; from < length; from += size) {
        int n = Math.min(size, length - from);
        frame.nb_samples(n).format(kind).sample_rate(rateHz).pts(from);
        av_channel_layout_default(frame.ch_layout(), channels.length);
        ok(av_frame_get_buffer(frame, 0));
        ok(av_frame_make_writable(frame));
        fill(frame, channels, from, n);
        ok(avcodec_send_frame(context, frame));
        org.bytedeco.ffmpeg.global.avutil.av_frame_unref(frame);
        drain(context, out, stream, packet);
      }
      ok(avcodec_send_frame(context, null));
      drain(context, out, stream, packet);
      ok(av_write_trailer(out));
      return path;
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      if (context != null) {
        avcodec_free_context(context);
      }
      if (!out.isNull()) {
        if (out.pb() != null) {
          avio_closep(out.pb());
        }
        avformat_free_context(out);
      }
    }
  }

  private void drain(
      AVCodecContext context, AVFormatContext out, AVStream stream, AVPacket packet) {
    while (avcodec_receive_packet(context, packet) == 0) {
      av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
      packet.stream_index(0);
      ok(av_interleaved_write_frame(out, packet));
    }
  }

  private void fill(AVFrame frame, float[][] channels, int from, int n) {
    boolean planar = kind == AV_SAMPLE_FMT_FLTP || kind == AV_SAMPLE_FMT_S16P;
    boolean shorts = kind == AV_SAMPLE_FMT_S16 || kind == AV_SAMPLE_FMT_S16P;
    int width = shorts ? 2 : 4;
    for (int c = 0; c < channels.length; c++) {
      int plane = planar ? c : 0;
      int step = planar ? 1 : channels.length;
      ByteBuffer b =
          frame
              .extended_data(plane)
              .capacity((long) n * width * step)
              .asByteBuffer()
              .order(ByteOrder.nativeOrder());
      for (int i = 0; i < n; i++) {
        float x = channels[c][from + i];
        int at = (i * step + (planar ? 0 : c)) * width;
        if (shorts) {
          b.putShort(at, (short) Math.clamp(Math.round(x * 32768.0), -32768, 32767));
        } else if (kind == AV_SAMPLE_FMT_S32) {
          b.putInt(at, Math.clamp(Math.round(x * 8388608.0), -8388608, 8388607) << 8);
        } else {
          b.putFloat(at, x);
        }
      }
    }
  }

  private static void ok(int code) {
    if (code < 0) {
      throw new IllegalStateException("FFmpeg's encoder answered " + code);
    }
  }
}
