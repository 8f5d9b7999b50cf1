package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import fieldnotes.math.NumpyRandom;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/** Encodes as MP3 and decodes each packet at once, without a file. */
final class Mp3Trip {
  private static final int[] RATES = {
    8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000
  };

  /** Silence after the end, so that the last samples have passed the decoder. */
  private static final int TAIL = 2 * 1152 + 529;

  private final AVCodecContext context;
  private final AVFrame frame;
  private float[] decoded;
  private int count;

  private Mp3Trip(AVCodecContext context, AVFrame frame, int expected) {
    this.context = context;
    this.frame = frame;
    this.decoded = new float[expected];
  }

  static float[] trip(float[] x, Mp3RoundTrip options, int rate, NumpyRandom dice) {
    double drawn = dice.uniform(options.fromKbits(), options.toKbits());
    int coded = IntStream.of(RATES).filter(r -> r >= rate).findFirst().orElse(48_000);
    float[] in = coded == rate ? x : Resampler.of(rate, coded).resample(x);
    float[] out = trip(in, coded, nearest(drawn, coded));
    return Arrays.copyOf(coded == rate ? out : Resampler.of(coded, rate).resample(out), x.length);
  }

  /** The nearest of the bit rates that the standard has for the sample rate, in kbit/s. */
  static int nearest(double kbits, int rate) {
    int[] all =
        rate >= 32_000
            ? new int[] {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
            : rate >= 16_000
                ? new int[] {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
                : new int[] {8, 16, 24, 32, 40, 48, 56, 64};
    int best = all[0];
    for (int one : all) {
      best = Math.abs(one - kbits) < Math.abs(best - kbits) ? one : best;
    }
    return best;
  }

  private static float[] trip(float[] x, int rate, int kbits) {
    av_packet_free(FfmpegLibrary.packet(Path.of("mp3"))); // loads FFmpeg, without its log
    AVCodecContext context = avcodec_alloc_context3(avcodec_find_decoder_by_name("mp3float"));
    AVFrame frame = av_frame_alloc();
    try {
      if (avcodec_open2(context, null, (AVDictionary) null) < 0) {
        throw lacking("decoder");
      }
      Mp3Trip trip = new Mp3Trip(context, frame, x.length + 2 * TAIL);
      int before = Mp3.encode(Arrays.copyOf(x, x.length + TAIL), rate, kbits, trip::decode);
      if (before < 0) {
        throw lacking("encoder (libmp3lame)");
      }
      return Arrays.copyOfRange(trip.decoded, before, before + x.length);
    } finally {
      av_frame_free(frame);
      avcodec_free_context(context);
    }
  }

  private static IllegalStateException lacking(String what) {
    return new IllegalStateException(
        "the FFmpeg library of this machine has no MP3 " + what + ": leave out the step mp3");
  }

  private void decode(AVPacket packet) {
    avcodec_send_packet(context, packet);
    while (avcodec_receive_frame(context, frame) == 0) {
      int n = frame.nb_samples();
      if (count + n > decoded.length) {
        decoded = Arrays.copyOf(decoded, 2 * (count + n));
      }
      new FloatPointer(frame.data(0)).get(decoded, count, n);
      count += n;
      av_frame_unref(frame);
    }
  }
}
