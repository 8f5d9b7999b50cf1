package fieldnotes.audio;

import fieldnotes.common.Check;

/** Mixes channels down to mono: the arithmetic mean per sample, like librosa. */
public final class MixDown {
  private MixDown() {}

  /**
   * The mean of the channels.
   *
   * @param channels samples, shape [channels][samples]; at least one channel, all of equal length
   * @return shape [samples]
   */
  public static float[] mean(float[][] channels) {
    Check.that(channels.length > 0, "channels is empty: there must be at least one");
    float[] out = channels[0].clone();
    for (int c = 1; c < channels.length; c++) {
      Check.sameLength("channel 0", out.length, "channel " + c, channels[c].length);
      for (int i = 0; i < out.length; i++) {
        out[i] += channels[c][i];
      }
    }
    divide(out, 0, out.length, channels.length);
    return out;
  }

  /**
   * The mean of interleaved channels.
   *
   * @param interleaved interleaved samples, shape [samples·channels]
   * @param channels at least 1
   * @return shape [samples]
   */
  public static float[] mean(float[] interleaved, int channels) {
    Check.atLeast("channels", channels, 1);
    Check.that(
        interleaved.length % channels == 0,
        "interleaved has %d samples: not a multiple of channels=%d",
        interleaved.length,
        channels);
    float[] out = new float[interleaved.length / channels];
    interleaved(interleaved, channels, out, 0, out.length);
    return out;
  }

  static void interleaved(float[] from, int channels, float[] to, int at, int n) {
    switch (channels) {
      case 1 -> System.arraycopy(from, 0, to, at, n);
      case 2 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = (from[2 * i] + from[2 * i + 1]) * 0.5f;
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          float sum = 0;
          for (int c = 0; c < channels; c++) {
            sum += from[i * channels + c];
          }
          to[at + i] = sum / channels;
        }
      }
    }
  }

  static void divide(float[] x, int at, int n, int channels) {
    if (channels > 1) {
      for (int i = at; i < at + n; i++) {
        x[i] /= channels;
      }
    }
  }
}
