package fieldnotes.feature;

import fieldnotes.feature.FrameEngine.Track;

/**
 * Derivatives over time by fitting a polynomial to nine frames (Savitzky and Golay). The first and
 * the last four frames repeat the value of the first and the last full fit.
 *
 * @see "A. Savitzky and M. J. E. Golay, Smoothing and differentiation of data by simplified least
 *     squares procedures, 1964"
 */
final class Delta {
  /** Frames of a fit. */
  static final int WIDTH = 9;

  private static final double[] FIRST = {-4, -3, -2, -1, 0, 1, 2, 3, 4};
  private static final double FIRST_SCALE = 60;
  private static final double[] SECOND = {28, 7, -8, -17, -20, -17, -8, 7, 28};
  private static final double SECOND_SCALE = 462;

  private Delta() {}

  /** The derivative of the first {@code out.count} rows; NaN for fewer than nine frames. */
  static void of(Track in, Track out, int order) {
    if (in.frames < WIDTH) {
      out.allNaN();
      return;
    }
    double[] weight = order == 1 ? FIRST : SECOND;
    double scale = order == 1 ? FIRST_SCALE : SECOND_SCALE;
    int half = WIDTH / 2;
    for (int c = 0; c < out.count; c++) {
      int row = c * in.stride;
      for (int t = half; t < in.frames - half; t++) {
        double sum = 0;
        for (int k = 0; k < WIDTH; k++) {
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
