package fieldnotes.audio;

import fieldnotes.math.NumpyRandom;

/** Two clips mixed, for {@link Mixup}. */
final class Mixture {
  private Mixture() {}

  /** The larger of λ and 1 − λ, with λ from Beta(α, α). */
  static double share(double alpha, NumpyRandom dice) {
    double a = gamma(alpha, dice);
    double b = gamma(alpha, dice);
    return a + b > 0 ? Math.max(a, b) / (a + b) : 1;
  }

  /**
   * A number of the gamma distribution of scale 1.
   *
   * @see "G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables, 2000"
   */
  static double gamma(double shape, NumpyRandom dice) {
    if (shape < 1) {
      return gamma(shape + 1, dice) * Math.pow(1 - dice.uniform(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = dice.normal();
      double v = Math.pow(1 + c * x, 3);
      double u = 1 - dice.uniform();
      if (v > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  static Clip of(Clip clip, Clip other, double share) {
    Augmenter.finite(clip);
    Augmenter.finite(other);
    float[] x = clip.samples();
    float[] z = other.resampled(clip.sampleRateHz()).samples();
    double peak = Math.max(1, Math.max(clip.peak(), other.peak()));
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (share * x[i] + (i < z.length ? (1 - share) * z[i] : 0));
    }
    Augmenter.bound(y, 1, peak);
    return Clip.of(clip.name(), y, clip.sampleRateHz()).withStart(clip.startSeconds());
  }
}
