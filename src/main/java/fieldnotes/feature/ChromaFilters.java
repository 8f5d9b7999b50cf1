package fieldnotes.feature;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Chroma filter weights of each bin in each pitch class, cached by tuning. */
final class ChromaFilters {
  final ChromaOptions options;
  private final int sampleRateHz;
  private final int fftSize;
  private final AtomicReferenceArray<double[]> ready;

  ChromaFilters(ChromaOptions options, int sampleRateHz, int fftSize) {
    this.options = options;
    this.sampleRateHz = sampleRateHz;
    this.fftSize = fftSize;
    ready = new AtomicReferenceArray<>(options.estimated() ? FramePlan.TUNINGS : 1);
  }

  /**
   * The weights for an estimated tuning, given as the largest bin of the tuning histogram; if the
   * options fix the tuning, the weights for that.
   *
   * @return shape [bins][classes], flattened
   */
  double[] weights(int tuningBin, double estimated) {
    int at = options.estimated() ? tuningBin : 0;
    double[] weights = ready.get(at);
    if (weights == null) {
      weights = weights(options.estimated() ? estimated : options.tuning());
      ready.set(at, weights);
    }
    return weights;
  }

  /**
   * librosa's chroma filters: a Gaussian around each pitch class with the local bin width,
   * normalised per bin, and octaves weighted by a Gaussian.
   */
  private double[] weights(double tuning) {
    int classes = options.classes();
    int bins = fftSize / 2 + 1;
    double a440 = 440 * Math.pow(2, tuning / classes);
    double[] octave = new double[bins + 1];
    for (int k = 1; k <= bins; k++) {
      double hz = k * (double) sampleRateHz / fftSize;
      octave[k] = classes * (Math.log(hz / (a440 / 16)) / Math.log(2));
    }
    octave[0] = octave[1] - 1.5 * classes;
    double half = Math.rint(classes / 2.0);
    int turn = options.fromC() ? 3 * (classes / 12) : 0;
    double[] out = new double[bins * classes];
    double[] column = new double[classes];
    for (int k = 0; k < bins; k++) {
      double width = k < fftSize - 1 ? Math.max(octave[k + 1] - octave[k], 1) : 1;
      double norm = 0;
      for (int c = 0; c < classes; c++) {
        double distance = octave[k] - c + half + 10 * classes;
        distance = distance - classes * Math.floor(distance / classes) - half;
        column[c] = Math.exp(-0.5 * (2 * distance / width) * (2 * distance / width));
        norm += column[c] * column[c];
      }
      double far = (octave[k] / classes - options.octaveCentre()) / options.octaveWidth();
      double scale = Math.exp(-0.5 * far * far) / Math.sqrt(norm);
      for (int c = 0; c < classes; c++) {
        // The rows start with A; C is three classes above it.
        out[k * classes + Math.floorMod(c - turn, classes)] = column[c] * scale;
      }
    }
    return out;
  }
}
