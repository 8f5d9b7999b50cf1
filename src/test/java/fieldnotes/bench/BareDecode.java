package fieldnotes.bench;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** FFmpeg's decoder and nothing of ours: the least time that reading a file through it can take. */
final class BareDecode {
  private BareDecode() {}

  /** Decodes the first stream of a file, drops the samples, and gives their number. */
  static double run(Path file) {
    AVFormatContext format = new AVFormatContext(null);
    if (avformat_open_input(format, file.toString(), null, null) < 0
        || avformat_find_stream_info(format, (AVDictionary) null) < 0) {
      throw new IllegalArgumentException("file=" + file + ": FFmpeg cannot open it");
    }
    AVStream stream = format.streams(0);
    AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
    AVCodecContext decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, stream.codecpar());
    decoder.thread_count(1);
    avcodec_open2(decoder, codec, (AVDictionary) null);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    double samples = 0;
    while (av_read_frame(format, packet) >= 0) {
      avcodec_send_packet(decoder, packet);
      while (avcodec_receive_frame(decoder, frame) == 0) {
        samples += frame.nb_samples();
      }
      av_packet_unref(packet);
    }
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(decoder);
    avformat_close_input(format);
    return samples;
  }
}
