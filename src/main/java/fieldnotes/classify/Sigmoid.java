package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.math.Softmax;

/**
 * Platt's calibration: 1 / (1 + e^(slope · score + offset)).
 *
 * @param slope usually below 0: a higher score is likelier
 * @param offset finite
 * @see "J. Platt, Probabilistic outputs for support vector machines, 1999"
 */
public record Sigmoid(double slope, double offset) implements Calibrator {
  /** Scores up to this size are used as they are; larger ones are divided by the largest. */
  private static final double LARGE = 30;

  private static final int MOST_STEPS = 200;

  /** Checks the numbers. */
  public Sigmoid {
    Check.that(
        Double.isFinite(slope) && Double.isFinite(offset),
        "slope=%s, offset=%s: must be finite",
        slope,
        offset);
  }

  @Override
  public double of(double score) {
    double exponent = slope * score + offset;
    return Double.isNaN(exponent) ? 0.5 : Softmax.sigmoid(-exponent);
  }

  /**
   * Fits by likelihood to targets drawn in from 1 and 0, as scikit-learn's {@code
   * CalibratedClassifierCV(method="sigmoid")} does: (n₁ + 1) / (n₁ + 2) for rows of the class, 1 /
   * (n₀ + 2) for others. Newton's method, damped where scores do not differ, finds the minimum that
   * scikit-learn's L-BFGS-B approaches up to a gradient of 1e-6.
   *
   * @param scores shape [rows]
   * @param inClass whether each row is of the class
   * @param weights how much each counts, at least 0, not all 0
   */
  static Sigmoid fit(double[] scores, boolean[] inClass, double[] weights) {
    double largest = 0;
    double in = 0;
    double out = 0;
    for (int i = 0; i < scores.length; i++) {
      largest = Math.max(largest, Math.abs(scores[i]));
      if (inClass[i]) {
        in += weights[i];
      } else {
        out += weights[i];
      }
    }
    double scale = largest >= LARGE ? largest : 1;
    double[] f = new double[scores.length];
    double[] target = new double[scores.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = scores[i] / scale;
      target[i] = inClass[i] ? (in + 1) / (in + 2) : 1 / (out + 2);
    }
    double a = 0;
    double b = Math.log((out + 1) / (in + 1));
    double loss = loss(f, target, weights, a, b);
    for (int step = 0; step < MOST_STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = 0;
      double hab = 0;
      double hbb = 0;
      for (int i = 0; i < f.length; i++) {
        double p = Softmax.sigmoid(-(a * f[i] + b));
        double g = weights[i] * (target[i] - p);
        double h = weights[i] * p * (1 - p);
        ga += g * f[i];
        gb += g;
        haa += h * f[i] * f[i];
        hab += h * f[i];
        hbb += h;
      }
      // along the gradient where scores do not differ
      double damp = 1e-12 * (haa + hbb) + Double.MIN_NORMAL;
      double determinant = (haa + damp) * (hbb + damp) - hab * hab;
      double da = (hab * gb - (hbb + damp) * ga) / determinant;
      double db = (hab * ga - (haa + damp) * gb) / determinant;
      double share = 1;
      double next = loss(f, target, weights, a + da, b + db);
      while (!(next <= loss) && share > 1e-10) {
        share /= 2;
        next = loss(f, target, weights, a + share * da, b + share * db);
      }
      boolean still =
          Math.abs(da) <= 1e-12 * (1 + Math.abs(a)) && Math.abs(db) <= 1e-12 * (1 + Math.abs(b));
      if (!(next <= loss) || still) {
        break;
      }
      a += share * da;
      b += share * db;
      loss = next;
    }
    return new Sigmoid(a / scale, b);
  }

  /** Half the deviance, in a form that does not overflow. */
  private static double loss(double[] f, double[] target, double[] weights, double a, double b) {
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      double r = -(a * f[i] + b);
      double log = r > 0 ? r + Math.log1p(Math.exp(-r)) : Math.log1p(Math.exp(r));
      sum += weights[i] * (log - target[i] * r);
    }
    return sum;
  }
}
