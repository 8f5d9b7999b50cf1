package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.Lanes;
import jdk.incubator.vector.DoubleVector;

/**
 * Fundamental frequency by YIN, like librosa 0.11: difference function from an autocorrelation of
 * the frame, first trough below a threshold or otherwise the global minimum, parabolic
 * interpolation. There is no voicing decision: every frame has a value.
 *
 * @see "A. de Cheveigné and H. Kawahara, YIN, a fundamental frequency estimator for speech and
 *     music, 2002"
 */
final class Yin {
  private final int sampleRateHz;
  private final int size;
  private final int hop;
  private final int start;
  private final double trough;
  private final int shortest;
  private final int longest;
  private final FrameLoader loader;
  private final Autocorrelation correlation;
  private final double[] frame;
  private final double[] q;

  /** Whether the frequency range fits frames of this size. */
  static boolean fits(int sampleRateHz, int frameSize, YinOptions range) {
    return range.highestHz() <= sampleRateHz / 2.0
        && sampleRateHz / range.lowestHz() < frameSize - 1;
  }

  Yin(int sampleRateHz, FrameOptions options, YinOptions range) {
    this.sampleRateHz = sampleRateHz;
    this.size = options.fftSize();
    this.hop = options.hop();
    this.start = options.start();
    this.trough = range.trough();
    shortest = (int) Math.floor(sampleRateHz / range.highestHz());
    longest = Math.min((int) Math.ceil(sampleRateHz / range.lowestHz()), size - 1);
    loader = new FrameLoader(size, hop);
    correlation = new Autocorrelation(size, longest);
    frame = new double[size * COUNT];
    q = new double[(longest - shortest + 1) * COUNT];
  }

  /** f0 of each frame in Hz. */
  void run(float[] y, int offset, int length, int frames, double[] out) {
    for (int t = 0; t < frames; t += COUNT) {
      loader.load(y, offset, length, (long) t * hop - start);
      loader.copy(frame);
      System.arraycopy(frame, 0, correlation.signal, 0, frame.length);
      correlation.run();
      difference();
      for (int lane = 0; lane < COUNT && t + lane < frames; lane++) {
        out[t + lane] = sampleRateHz / period(lane);
      }
    }
  }

  /** The cumulative mean normalised difference from the shortest to the longest period. */
  private void difference() {
    double[] lags = correlation.lags;
    // The transform is scaled by its length.
    DoubleVector scale = Lanes.all((double) COUNT / correlation.lags.length);
    DoubleVector zeroLag = Lanes.load(lags, 0).mul(scale);
    DoubleVector energy = Lanes.load(frame, 0).mul(Lanes.load(frame, 0));
    DoubleVector sum = Lanes.zero();
    DoubleVector tiny = Lanes.all(Double.MIN_NORMAL);
    for (int lag = 1; lag <= longest; lag++) {
      DoubleVector d = zeroLag.sub(Lanes.load(lags, lag * COUNT).mul(scale)).mul(Lanes.all(2));
      if (lag > 1) {
        // librosa sets the energy of the first sample to 0 before it is used at lag 1.
        d = d.sub(energy);
      }
      DoubleVector x = Lanes.load(frame, lag * COUNT);
      energy = energy.add(x.mul(x));
      sum = sum.add(d);
      if (lag >= shortest) {
        d.div(sum.div(Lanes.all(lag)).add(tiny)).intoArray(q, (lag - shortest) * COUNT);
      }
    }
  }

  private double period(int lane) {
    int n = longest - shortest + 1;
    int best = -1;
    int lowest = 0;
    for (int i = 0; i < n && best < 0; i++) {
      double here = q[i * COUNT + lane];
      if (here < q[lowest * COUNT + lane]) {
        lowest = i;
      }
      boolean low;
      if (i == 0) {
        low = n > 1 && here < q[COUNT + lane];
      } else {
        low = here < q[(i - 1) * COUNT + lane] && here <= q[Math.min(i + 1, n - 1) * COUNT + lane];
      }
      if (low && here < trough) {
        best = i;
      }
    }
    if (best < 0) {
      best = lowest;
    }
    double shift = 0;
    if (best > 0 && best < n - 1) {
      double before = q[(best - 1) * COUNT + lane];
      double here = q[best * COUNT + lane];
      double after = q[(best + 1) * COUNT + lane];
      double a = after + before - 2 * here;
      double b = (after - before) / 2;
      shift = Math.abs(b) >= Math.abs(a) ? 0 : -b / a;
    }
    return shortest + best + shift;
  }
}
