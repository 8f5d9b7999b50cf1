package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.feature.FrameEngine.Track;
import fieldnotes.math.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Onsets and tempo as in librosa 0.11.
 *
 * @see "P. Grosche, M. Müller and F. Kurth, Cyclic tempogram: a mid-level tempo representation for
 *     music signals, 2010"
 */
final class Rhythm {
  /** Maximum number of values held for medians; longer signals are processed in several passes. */
  private static final int HELD = 1 << 23;

  private final double framesPerMinute;
  private final TempoOptions options;
  private final int size;
  private final double[] window;
  private final Autocorrelation correlation;

  Rhythm(int sampleRateHz, int hop, TempoOptions options) {
    this.options = options;
    framesPerMinute = 60.0 * sampleRateHz / hop;
    size = Math.max(1, (int) Math.floor(Math.floor(options.windowSeconds() * sampleRateHz) / hop));
    window = Window.of("hann", size);
    correlation = new Autocorrelation(size, size);
  }

  /** The number of lags of the tempogram, from 0 to the window length. */
  int lags() {
    return size;
  }

  /** Increase of the mel bands in dB, shifted by half a frame. */
  static void onsetStrength(Track melDb, OnsetOptions how, FrameOptions options, double[] out) {
    int frames = melDb.frames;
    int lag = how.lag();
    int pad = lag + (options.centred() ? options.fftSize() / (2 * options.hop()) : 0);
    Arrays.fill(out, 0, frames, 0);
    Track before = how.maximumWidth() == 1 ? melDb : strongestAround(melDb, how.maximumWidth());
    if (how.aggregate() == Aggregate.MEAN) {
      for (int m = 0; m < melDb.count; m++) {
        int row = m * melDb.stride;
        for (int t = pad; t < frames; t++) {
          int at = row + t - pad;
          out[t] += Math.max(0, melDb.values[at + lag] - before.values[at]);
        }
      }
      for (int t = 0; t < frames; t++) {
        out[t] /= melDb.count;
      }
    } else {
      double[] rises = new double[melDb.count];
      for (int t = pad; t < frames; t++) {
        for (int m = 0; m < rises.length; m++) {
          int at = m * melDb.stride + t - pad;
          rises[m] = Math.max(0, melDb.values[at + lag] - before.values[at]);
        }
        out[t] = Select.median(rises, rises.length);
      }
    }
    if (how.detrended()) {
      // The filter (1 − z⁻¹)/(1 − 0.99·z⁻¹).
      double inBefore = 0;
      double outBefore = 0;
      for (int t = 0; t < frames; t++) {
        double in = out[t];
        out[t] = in - inBefore + 0.99 * outBefore;
        inBefore = in;
        outBefore = out[t];
      }
    }
  }

  /** Maximum filter over {@code maximumWidth} neighbouring bands, mirrored at the ends. */
  private static Track strongestAround(Track melDb, int maximumWidth) {
    int width = Math.min(maximumWidth, 2 * melDb.count); // beyond this it covers all bands
    Track out = new Track();
    out.shape(melDb.count, melDb.frames);
    for (int m = 0; m < melDb.count; m++) {
      int row = m * out.stride;
      Arrays.fill(out.values, row, row + out.frames, Double.NEGATIVE_INFINITY);
      for (int i = m - width / 2; i < m - width / 2 + width; i++) {
        int other = SlidingMedian.reflect(i, melDb.count) * melDb.stride;
        for (int t = 0; t < out.frames; t++) {
          out.values[row + t] = Math.max(out.values[row + t], melDb.values[other + t]);
        }
      }
    }
    return out;
  }

  /**
   * Mean or median over frames of the local autocorrelation of the onset strength, each normalised
   * to a maximum of 1.
   */
  double[] tempogram(double[] onset, int frames) {
    return tempogram(onset, frames, HELD);
  }

  /** Like the other, holding at most {@code held} values for a median. */
  double[] tempogram(double[] onset, int frames, int held) {
    int pad = size / 2;
    double[] padded = new double[frames + 2 * pad + COUNT + size];
    for (int i = 0; i < pad; i++) {
      padded[i] = onset[0] * ((double) i / pad);
      padded[pad + frames + i] = onset[frames - 1] * ((double) (pad - 1 - i) / pad);
    }
    System.arraycopy(onset, 0, padded, pad, frames);
    double[] all = new double[size];
    if (options.aggregate() == Aggregate.MEDIAN) {
      int block = Math.clamp(held / frames, 1, size);
      double[][] each = new double[block][frames];
      for (int first = 0; first < size; first += block) {
        int from = first;
        int to = Math.min(size, first + block);
        shares(padded, frames, from, to, (lag, t, share) -> each[lag - from][t] = share);
        for (int lag = from; lag < to; lag++) {
          all[lag] = Select.median(each[lag - from], frames);
        }
      }
    } else {
      shares(padded, frames, 0, size, (lag, t, share) -> all[lag] += share);
      for (int lag = 0; lag < size; lag++) {
        all[lag] /= frames;
      }
    }
    return all;
  }

  private interface Share {
    void at(int lag, int frame, double share);
  }

  /** Autocorrelation of each frame's window at some lags, divided by its maximum over all lags. */
  private void shares(double[] padded, int frames, int from, int to, Share seen) {
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
      for (int lag = from; lag < to; lag++) {
        for (int lane = 0; lane < COUNT && t + lane < frames; lane++) {
          double value = lags[lag * COUNT + lane] * scale;
          double norm = most.lane(lane);
          seen.at(lag, t + lane, norm < Double.MIN_NORMAL ? value : value / norm);
        }
      }
    }
  }

  /** The tempo with the strongest periodicity, weighted by the prior. */
  double tempoBpm(double[] onset, int frames) {
    double[] strength = tempogram(onset, frames);
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int lag = 1; lag < size; lag++) {
      double bpm = framesPerMinute / lag;
      if (bpm >= options.highestBpm()) {
        continue;
      }
      double octaves =
          Math.log(bpm / options.startBpm()) / Math.log(2) / options.deviationOctaves();
      double score = Math.log1p(1e6 * strength[lag]) - 0.5 * octaves * octaves;
      if (score > bestScore) {
        bestScore = score;
        best = lag;
      }
    }
    return best == 0 ? Double.NaN : framesPerMinute / best;
  }
}
