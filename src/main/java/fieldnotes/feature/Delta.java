package fieldnotes.feature;

import fieldnotes.feature.FrameEngine.Track;

/**
 * Derivatives over time by a Savitzky–Golay filter over an odd number of frames, nine by default.
 * The first and last frames repeat the value of the first and last complete window.
 *
 * @see "A. Savitzky and M. J. E. Golay, Smoothing and differentiation of data by simplified least
 *     squares procedures, 1964"
 */
final class Delta {
  private final int width;
  private final double[] weight;
  private final double scale;

  /** First derivative by a linear fit, second by a quadratic fit, over {@code width} frames. */
  Delta(int width, int order) {
    this.width = width;
    weight = new double[width];
    int half = width / 2;
    double meanSquare = (double) half * (half + 1) / 3;
    double sum = 0;
    for (int i = 0; i < width; i++) {
      double k = i - half;
      weight[i] = order == 1 ? k : k * k - meanSquare;
      sum += weight[i] * weight[i];
    }
    scale = order == 1 ? sum : sum / 2;
  }

  /**
   * Derivatives of the first {@code out.count} rows; NaN if there are fewer frames than {@code
   * width}.
   */
  void run(Track in, Track out) {
    if (in.frames < width) {
      out.allNaN();
      return;
    }
    int half = width / 2;
    for (int c = 0; c < out.count; c++) {
      int row = c * in.stride;
      for (int t = half; t < in.frames - half; t++) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
          sum += weight[k] * in.values[row + t - half + k];
        }
        out.values[row + t] = sum / scale;
      }
      for (int t = 0; t < half; t++) {
        out.values[row + t] = out.values[row + half];
        out.values[row + in.frames - 1 - t] = out.values[row + in.frames - 1 - half];
      }
    }
  }
}
