package fieldnotes.feature;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Features computed from the samples, per frame. */
final class Waveform {
  /** librosa treats smaller samples as zero. */
  private static final float SILENT = 1e-10f;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final FloatVector QUIET = FloatVector.broadcast(SPECIES, SILENT);

  private Waveform() {}

  /**
   * Sign changes between neighbouring samples of a frame, divided by its length. Zero counts as
   * positive; the clip is padded with its first and last sample.
   */
  static void zeroCrossingRate(
      float[] y, int offset, int length, FrameOptions options, int frames, double[] out) {
    int hop = options.hop();
    int half = options.before();
    // Two positions move through the clip: the last and the first pair of a frame.
    int behind = 1;
    int ahead = 1;
    long countBehind = 0;
    long countAhead = 0;
    for (int t = 0; t < frames; t++) {
      long first = (long) t * hop - half;
      int to = Math.clamp(first + options.fftSize(), 1, Math.max(1, length));
      int from = Math.clamp(first + 1, 1, Math.max(1, length));
      countAhead += crossings(y, offset + ahead, offset + to);
      ahead = Math.max(ahead, to);
      countBehind += crossings(y, offset + behind, offset + from);
      behind = Math.max(behind, from);
      out[t] = (double) (countAhead - countBehind) / options.fftSize();
    }
  }

  private static int crossings(float[] y, int from, int to) {
    int count = 0;
    int i = from;
    for (; i + SPECIES.length() <= to; i += SPECIES.length()) {
      // The sum is negative exactly if the sample is below −1e-10.
      IntVector here = FloatVector.fromArray(SPECIES, y, i).add(QUIET).viewAsIntegralLanes();
      IntVector before = FloatVector.fromArray(SPECIES, y, i - 1).add(QUIET).viewAsIntegralLanes();
      count +=
          here.lanewise(VectorOperators.XOR, before).compare(VectorOperators.LT, 0).trueCount();
    }
    for (; i < to; i++) {
      count +=
          (Float.floatToRawIntBits(y[i] + SILENT) ^ Float.floatToRawIntBits(y[i - 1] + SILENT))
              >>> 31;
    }
    return count;
  }

  /** Root mean square of each frame, zero-padded. */
  static void rms(
      float[] y, int offset, int length, FrameOptions options, int frames, double[] out) {
    int hop = options.hop();
    int size = options.fftSize();
    int half = options.start();
    if (size % hop == 0 && half % hop == 0) {
      // If frames consist of complete hops, each sample is squared once.
      int hops = size / hop;
      double[] sum = new double[frames + hops];
      for (int i = 0; i < sum.length; i++) {
        long at = (long) (i - half / hop) * hop;
        sum[i] = squares(y, offset, length, at, hop);
      }
      for (int t = 0; t < frames; t++) {
        double all = 0;
        for (int i = 0; i < hops; i++) {
          all += sum[t + i];
        }
        out[t] = Math.sqrt(all / size);
      }
    } else {
      for (int t = 0; t < frames; t++) {
        out[t] = Math.sqrt(squares(y, offset, length, (long) t * hop - half, size) / size);
      }
    }
  }

  private static double squares(float[] y, int offset, int length, long at, int n) {
    int from = offset + Math.clamp(at, 0, length);
    int to = offset + Math.clamp(at + n, 0, length);
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += (double) y[i] * y[i];
      b += (double) y[i + 1] * y[i + 1];
      c += (double) y[i + 2] * y[i + 2];
      d += (double) y[i + 3] * y[i + 3];
    }
    for (; i < to; i++) {
      a += (double) y[i] * y[i];
    }
    return a + b + (c + d);
  }
}
