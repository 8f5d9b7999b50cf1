package fieldnotes.audio;

/**
 * A filter of second order: y = b0·x + b1·x[−1] + b2·x[−2] − a1·y[−1] − a2·y[−2].
 *
 * @see "R. Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients"
 */
final class Biquad {
  /** Qualities of the two filters of a Butterworth filter of order 4. */
  private static final double[] FOURTH_ORDER = {0.541196100146197, 1.306562964876377};

  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;

  Biquad(double b0, double b1, double b2, double a0, double a1, double a2) {
    this.b0 = b0 / a0;
    this.b1 = b1 / a0;
    this.b2 = b2 / a0;
    this.a1 = a1 / a0;
    this.a2 = a2 / a0;
  }

  /** Keeps what is above a frequency, order 4, in place. */
  static void highPass(double[] x, double hz, double rate) {
    double w = 2 * Math.PI * Math.min(hz, 0.49 * rate) / rate;
    double cos = Math.cos(w);
    for (double quality : FOURTH_ORDER) {
      double alpha = Math.sin(w) / (2 * quality);
      double b = (1 + cos) / 2;
      new Biquad(b, -2 * b, b, 1 + alpha, -2 * cos, 1 - alpha).run(x);
    }
  }

  /** Keeps what is below a frequency, order 4, in place. */
  static void lowPass(double[] x, double hz, double rate) {
    double w = 2 * Math.PI * Math.min(hz, 0.49 * rate) / rate;
    double cos = Math.cos(w);
    for (double quality : FOURTH_ORDER) {
      double alpha = Math.sin(w) / (2 * quality);
      double b = (1 - cos) / 2;
      new Biquad(b, 2 * b, b, 1 + alpha, -2 * cos, 1 - alpha).run(x);
    }
  }

  /** Filters in place. */
  void run(double[] x) {
    double z1 = 0;
    double z2 = 0;
    for (int i = 0; i < x.length; i++) {
      double in = x[i];
      double y = b0 * in + z1;
      z1 = b1 * in - a1 * y + z2;
      z2 = b2 * in - a2 * y;
      x[i] = y;
    }
  }
}
