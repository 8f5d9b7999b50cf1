package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/** Encodes a clip as MP3 for players in pages, at about a tenth of the size of a WAV. Lossy. */
public final class Mp3 {
  private static final Set<Integer> RATES =
      Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

  private Mp3() {}

  /**
   * Encodes as MP3 at a constant bit rate of 24, 40 or 64 kbit/s, depending on the sample rate.
   *
   * @return empty if FFmpeg has no MP3 encoder or MP3 does not support the sample rate; supported
   *     are 8, 11.025, 12, 16, 22.05, 24, 32, 44.1 and 48 kHz
   */
  public static Optional<byte[]> encode(Clip clip) {
    int rate = clip.sampleRateHz();
    int kbits = rate <= 12_000 ? 24 : rate <= 24_000 ? 40 : 64;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean done =
        encode(
                clip.samples(),
                rate,
                kbits,
                packet -> {
                  byte[] bytes = new byte[packet.size()];
                  packet.data().get(bytes);
                  out.writeBytes(bytes);
                })
            >= 0;
    return done && out.size() > 0 ? Optional.of(out.toByteArray()) : Optional.empty();
  }

  /**
   * Gives the packets of an MP3 to {@code sink}.
   *
   * @return number of samples that a decoder puts before the first; −1 if there is no encoder or it
   *     refuses
   */
  static int encode(float[] samples, int rate, int kbits, Consumer<AVPacket> sink) {
    if (!RATES.contains(rate) || samples.length == 0) {
      return -1;
    }
    AVCodec codec = avcodec_find_encoder_by_name("libmp3lame");
    if (codec == null || codec.isNull()) {
      return -1;
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    AVFrame frame = av_frame_alloc();
    AVPacket packet = av_packet_alloc();
    try {
      context.sample_rate(rate);
      context.sample_fmt(AV_SAMPLE_FMT_FLTP);
      context.bit_rate(1000L * kbits);
      context.time_base().num(1).den(rate);
      av_channel_layout_default(context.ch_layout(), 1);
      if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
        return -1;
      }
      return pump(samples, context, frame, packet, sink) ? context.initial_padding() : -1;
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(context);
    }
  }

  private static boolean pump(
      float[] samples,
      AVCodecContext context,
      AVFrame frame,
      AVPacket packet,
      Consumer<AVPacket> sink) {
    int size = context.frame_size();
    frame.nb_samples(size);
    frame.format(AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(context.sample_rate());
    av_channel_layout_default(frame.ch_layout(), 1);
    if (av_frame_get_buffer(frame, 0) < 0) {
      return false;
    }
    float[] block = new float[size];
    for (int from = 0; from < samples.length; from += size) {
      for (int i = 0; i < size; i++) {
        float sample = from + i < samples.length ? samples[from + i] : 0;
        block[i] = Float.isFinite(sample) ? Math.clamp(sample, -1f, 1f) : 0;
      }
      if (av_frame_make_writable(frame) < 0) {
        return false;
      }
      new FloatPointer(frame.data(0)).put(block, 0, size);
      frame.pts(from);
      if (avcodec_send_frame(context, frame) < 0) {
        return false;
      }
      drain(context, packet, sink);
    }
    avcodec_send_frame(context, null);
    drain(context, packet, sink);
    return true;
  }

  private static void drain(AVCodecContext context, AVPacket packet, Consumer<AVPacket> sink) {
    while (avcodec_receive_packet(context, packet) == 0) {
      sink.accept(packet);
      av_packet_unref(packet);
    }
  }
}
