package fieldnotes.audio;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.LaneRealFft;
import java.util.Arrays;

/**
 * Short-time spectra of samples and back, in frames a quarter of their size apart with Hann
 * windows, frame t centred on sample t·hop: the numbers of {@code librosa.stft} and {@code
 * librosa.istft}. Frames are read in order and written in order, in bounded memory. Not
 * thread-safe.
 */
final class ShortSpectra {
  final int size;
  final int hop;
  final int bins;
  private final LaneRealFft fft;
  private final double[] window;
  private final double[] work;

  private final float[] in;
  private final double[][] spectra;
  private final int[] loaded = {-1, -1};

  private final int outLength;
  private final double[] out;
  private final double[] weight;
  private final double[] pending;
  private final double[] signal;
  private int written;

  /**
   * @param size of a frame, a multiple of 4
   * @param in the samples to read
   * @param outLength number of samples to write
   */
  ShortSpectra(int size, float[] in, int outLength) {
    this.size = size;
    this.hop = size / 4;
    this.in = in;
    this.outLength = outLength;
    fft = LaneRealFft.of(size);
    bins = fft.bins();
    window = new double[size];
    for (int i = 0; i < size; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
    }
    work = new double[fft.workLength()];
    spectra = new double[2][2 * bins * COUNT];
    out = new double[outLength + 2 * size];
    weight = new double[out.length];
    pending = new double[2 * bins * COUNT];
    signal = new double[size * COUNT];
  }

  /** The number of frames of the samples. */
  int frames() {
    return 1 + in.length / hop;
  }

  /** The real and imaginary part of each bin of a frame; 0 in frames after the last. */
  void read(int frame, double[] re, double[] im) {
    if (frame >= frames()) {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
      return;
    }
    int block = frame / COUNT;
    double[] spectrum = spectra[block % 2];
    if (loaded[block % 2] != block) {
      transform(block, spectrum);
      loaded[block % 2] = block;
    }
    int lane = frame % COUNT;
    for (int k = 0; k < bins; k++) {
      re[k] = spectrum[2 * k * COUNT + lane];
      im[k] = spectrum[(2 * k + 1) * COUNT + lane];
    }
  }

  private void transform(int block, double[] spectrum) {
    Arrays.fill(work, 0);
    for (int lane = 0; lane < COUNT; lane++) {
      long start = (long) (block * COUNT + lane) * hop - size / 2;
      int from = Math.clamp(-start, 0, size);
      int to = Math.clamp(in.length - start, from, size);
      for (int i = from; i < to; i++) {
        work[i * fft.stride() + lane] = in[(int) (start + i)] * window[i];
      }
    }
    fft.spectrum(work, spectrum);
  }

  /** Adds the next frame. */
  void write(double[] re, double[] im) {
    int lane = written % COUNT;
    for (int k = 0; k < bins; k++) {
      pending[2 * k * COUNT + lane] = re[k];
      pending[(2 * k + 1) * COUNT + lane] = im[k];
    }
    written++;
    if (lane == COUNT - 1) {
      flush(COUNT);
    }
  }

  private void flush(int lanes) {
    fft.inverse(pending, work, signal);
    for (int lane = 0; lane < lanes; lane++) {
      int start = (written - lanes + lane) * hop;
      for (int i = 0; i < size && start + i < out.length; i++) {
        out[start + i] += signal[i * COUNT + lane] / size * window[i];
        weight[start + i] += window[i] * window[i];
      }
    }
  }

  /** The number of frames that reach into the samples to write. */
  int framesToWrite() {
    return (int) Math.ceil((outLength + size) / (double) hop);
  }

  /** The samples, when all frames have been written. */
  float[] samples() {
    if (written % COUNT != 0) {
      flush(written % COUNT);
    }
    float[] y = new float[outLength];
    for (int i = 0; i < outLength; i++) {
      double w = weight[i + size / 2];
      y[i] = (float) (w > Float.MIN_NORMAL ? out[i + size / 2] / w : out[i + size / 2]);
    }
    return y;
  }
}
