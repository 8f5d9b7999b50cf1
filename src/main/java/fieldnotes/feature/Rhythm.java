package fieldnotes.feature;

import static fieldnotes.feature.Lanes.COUNT;

import fieldnotes.feature.FrameEngine.Track;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Onsets and tempo as in librosa 0.11.
 *
 * @see "P. Grosche, M. Müller and F. Kurth, Cyclic tempogram: a mid-level tempo representation for
 *     music signals, 2010"
 */
final class Rhythm {
  private static final double WINDOW_SECONDS = 8;
  private static final double START_BPM = 120;
  private static final double HIGHEST_BPM = 320;

  private final double framesPerMinute;
  private final int size;
  private final double[] window;
  private final Autocorrelation correlation;

  Rhythm(int sampleRateHz, int hop) {
    framesPerMinute = 60.0 * sampleRateHz / hop;
    size = Math.max(1, (int) Math.floor(Math.floor(WINDOW_SECONDS * sampleRateHz) / hop));
    window = Window.of("hann", size);
    correlation = new Autocorrelation(size, size);
  }

  /** The number of lags of the tempogram, from 0: eight seconds of frames. */
  int lags() {
    return size;
  }

  /** Mean rise of the mel bands, in dB, moved right by half a frame. */
  static void onsetStrength(Track melDb, FrameOptions options, double[] out) {
    int frames = melDb.frames;
    int pad = 1 + (options.centred() ? options.fftSize() / (2 * options.hop()) : 0);
    Arrays.fill(out, 0, frames, 0);
    for (int m = 0; m < melDb.count; m++) {
      int row = m * melDb.stride;
      for (int t = pad; t < frames; t++) {
        int at = row + t - pad;
        out[t] += Math.max(0, melDb.values[at + 1] - melDb.values[at]);
      }
    }
    for (int t = 0; t < frames; t++) {
      out[t] /= melDb.count;
    }
  }

  /**
   * The mean over frames of the local autocorrelation of the onset strength, each with maximum 1.
   */
  double[] meanTempogram(double[] onset, int frames) {
    int pad = size / 2;
    double[] padded = new double[frames + 2 * pad + COUNT + size];
    for (int i = 0; i < pad; i++) {
      padded[i] = onset[0] * ((double) i / pad);
      padded[pad + frames + i] = onset[frames - 1] * ((double) (pad - 1 - i) / pad);
    }
    System.arraycopy(onset, 0, padded, pad, frames);
    double[] mean = new double[size];
    double[] lags = correlation.lags;
    double scale = (double) COUNT / lags.length;
    for (int t = 0; t < frames; t += COUNT) {
      for (int i = 0; i < size; i++) {
        Lanes.load(padded, t + i).mul(window[i]).intoArray(correlation.signal, i * COUNT);
      }
      correlation.run();
      DoubleVector most = Lanes.zero();
      for (int lag = 0; lag < size; lag++) {
        most = Lanes.larger(most, Lanes.load(lags, lag * COUNT).mul(scale).abs());
      }
      for (int lag = 0; lag < size; lag++) {
        for (int lane = 0; lane < COUNT && t + lane < frames; lane++) {
          double value = lags[lag * COUNT + lane] * scale;
          double norm = most.lane(lane);
          mean[lag] += norm < Double.MIN_NORMAL ? value : value / norm;
        }
      }
    }
    for (int lag = 0; lag < size; lag++) {
      mean[lag] /= frames;
    }
    return mean;
  }

  /** The tempo with the strongest periodicity, with those near 120 beats a minute favoured. */
  double tempoBpm(double[] onset, int frames) {
    double[] strength = meanTempogram(onset, frames);
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int lag = 1; lag < size; lag++) {
      double bpm = framesPerMinute / lag;
      if (bpm >= HIGHEST_BPM) {
        continue;
      }
      double octaves = Math.log(bpm / START_BPM) / Math.log(2);
      double score = Math.log1p(1e6 * strength[lag]) - 0.5 * octaves * octaves;
      if (score > bestScore) {
        bestScore = score;
        best = lag;
      }
    }
    return best == 0 ? Double.NaN : framesPerMinute / best;
  }
}
