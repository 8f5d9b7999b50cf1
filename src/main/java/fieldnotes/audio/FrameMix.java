package fieldnotes.audio;

import static org.bytedeco.ffmpeg.global.avutil.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The samples of a decoded frame as floats, mixed down to the mean of the channels. */
final class FrameMix {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private final Path path;
  private float[] samples = new float[8192];
  private float[] plane = new float[8192];

  FrameMix(Path path) {
    this.path = path;
  }

  /** The samples of the last frame, from index 0; valid until the next. */
  float[] samples() {
    return samples;
  }

  /** Mixes a frame with at least one sample and channel down into {@link #samples}. */
  @SuppressWarnings("restricted")
  void of(AVFrame frame) {
    int n = frame.nb_samples();
    int channels = frame.ch_layout().nb_channels();
    if (samples.length < n) {
      samples = new float[n];
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
      float[] into = planar && c == 0 ? samples : plane;
      widen(data, packed, values, into);
      if (planar && c > 0) {
        for (int i = 0; i < n; i++) {
          samples[i] += plane[i];
        }
      }
    }
    if (planar) {
      MixDown.divide(samples, 0, n, channels);
    } else {
      MixDown.interleaved(plane, channels, samples, 0, n);
    }
  }

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
}
