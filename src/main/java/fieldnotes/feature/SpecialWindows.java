package fieldnotes.feature;

import fieldnotes.common.Check;
import fieldnotes.math.LaneFft;
import java.util.Arrays;

/** Windows of {@link Window} without a closed formula. */
final class SpecialWindows {
  private SpecialWindows() {}

  /**
   * Dolph–Chebyshev window: all side lobes have the same level.
   *
   * @see "C. L. Dolph, A current distribution for broadside arrays which optimizes the relationship
   *     between beam width and side-lobe level, 1946"
   */
  static void chebyshev(double[] w, int m, double attenuationDb) {
    int order = m - 1;
    double beta =
        Math.cosh(arcosh(Math.pow(10, Math.abs(attenuationDb) / 20)) / Math.max(1, order));
    double[] p = new double[m];
    for (int k = 0; k < m; k++) {
      double x = beta * LaneFft.cos(k, 2 * m);
      if (x > 1) {
        p[k] = Math.cosh(order * arcosh(x));
      } else if (x < -1) {
        p[k] = (m % 2 == 0 ? -1 : 1) * Math.cosh(order * arcosh(-x));
      } else {
        p[k] = Math.cos(order * Math.acos(x));
      }
    }
    double[] half = new double[m / 2 + 1];
    double most = 0;
    for (int j = m % 2 == 0 ? 1 : 0; j < half.length; j++) {
      // Even lengths are shifted by half a sample.
      for (int k = 0; k < m; k++) {
        half[j] += p[k] * LaneFft.cos((long) k * (m % 2 == 0 ? 2 * j - 1 : 2 * j), 2 * m);
      }
      most = Math.max(most, half[j]);
    }
    for (int i = 0; i < w.length; i++) {
      int far = m % 2 == 0 ? Math.max(m / 2 - i, i - m / 2 + 1) : Math.abs(i - m / 2);
      w[i] = half[far] / most;
    }
  }

  private static double arcosh(double x) {
    return Math.log(x + Math.sqrt(x * x - 1));
  }

  /**
   * Taylor window: the first few side lobes have the same level, the others decrease.
   *
   * @see "T. T. Taylor, Design of line-source antennas for narrow beamwidth and low side lobes,
   *     1955"
   */
  static void taylor(double[] w, int m, int lobes, double levelDb) {
    Check.that(lobes >= 1, "taylor window with %d side lobes: there must be at least 1", lobes);
    double a = arcosh(Math.pow(10, levelDb / 20)) / Math.PI;
    double stretch = (double) lobes * lobes / (a * a + (lobes - 0.5) * (lobes - 0.5));
    double[] f = new double[lobes];
    for (int i = 1; i < lobes; i++) {
      double above = i % 2 == 1 ? 1 : -1;
      double below = 2;
      for (int j = 1; j < lobes; j++) {
        above *= 1 - (double) i * i / stretch / (a * a + (j - 0.5) * (j - 0.5));
        below *= j == i ? 1 : 1 - (double) i * i / ((double) j * j);
      }
      f[i] = above / below;
    }
    double scale = 1 / taylor(f, (m - 1) / 2.0, m);
    for (int i = 0; i < w.length; i++) {
      w[i] = scale * taylor(f, i, m);
    }
  }

  private static double taylor(double[] f, double n, int m) {
    double sum = 1;
    for (int i = 1; i < f.length; i++) {
      sum += 2 * f[i] * Math.cos(2 * Math.PI * i * (n - m / 2.0 + 0.5) / m);
    }
    return sum;
  }

  /**
   * Slepian (DPSS) window: the sequence with the most energy within a bandwidth, the first
   * eigenvector of a tridiagonal matrix.
   *
   * @see "D. Slepian, Prolate spheroidal wave functions, Fourier analysis, and uncertainty V: the
   *     discrete case, 1978"
   */
  static void slepian(double[] w, int m, double halfBandwidth) {
    Check.that(
        halfBandwidth > 0 && (w.length < 2 || halfBandwidth < m / 2.0),
        "dpss window of %d samples with half bandwidth %s: must lie above 0 and below half of them",
        w.length,
        halfBandwidth);
    double[] diagonal = new double[m];
    double[] beside = new double[m];
    double cos = Math.cos(2 * Math.PI * halfBandwidth / m);
    for (int i = 0; i < m; i++) {
      diagonal[i] = Math.pow((m - 1 - 2.0 * i) / 2, 2) * cos;
      beside[i] = i == 0 ? 0 : i * (double) (m - i) / 2;
    }
    double[] v = firstEigenvector(diagonal, beside);
    double most = Arrays.stream(v).map(Math::abs).max().orElse(1);
    double scale = (m % 2 == 0 ? (double) m * m / ((double) m * m + halfBandwidth) : 1) / most;
    for (int i = 0; i < w.length; i++) {
      w[i] = Math.abs(v[i]) * scale;
    }
  }

  /** The eigenvector of the largest eigenvalue, by bisection and inverse iteration. */
  private static double[] firstEigenvector(double[] diagonal, double[] beside) {
    int m = diagonal.length;
    double high = 0;
    for (int i = 0; i < m; i++) {
      double next = i + 1 < m ? beside[i + 1] : 0;
      high = Math.max(high, Math.abs(diagonal[i]) + beside[i] + next);
    }
    double low = -high;
    for (int round = 0; round < 200 && low < high; round++) {
      double middle = low + (high - low) / 2;
      if (middle == low || middle == high) {
        break;
      }
      if (above(diagonal, beside, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double[] v = new double[m];
    Arrays.fill(v, 1);
    // Slightly above the eigenvalue, all pivots are positive.
    double shift = high + Math.abs(high) * 1e-13;
    double[] pivot = new double[m];
    for (int i = 0; i < m; i++) {
      pivot[i] = shift - diagonal[i] - (i == 0 ? 0 : beside[i] * beside[i] / pivot[i - 1]);
    }
    for (int round = 0; round < 8; round++) {
      for (int i = 1; i < m; i++) {
        v[i] += beside[i] / pivot[i - 1] * v[i - 1];
      }
      v[m - 1] /= pivot[m - 1];
      for (int i = m - 2; i >= 0; i--) {
        v[i] = (v[i] + beside[i + 1] * v[i + 1]) / pivot[i];
      }
      double most = Arrays.stream(v).map(Math::abs).max().orElse(1);
      for (int i = 0; i < m; i++) {
        v[i] /= most;
      }
    }
    return v;
  }

  /**
   * Whether an eigenvalue is above {@code value}: whether a pivot of value − matrix is not
   * positive.
   */
  private static boolean above(double[] diagonal, double[] beside, double value) {
    double pivot = 1;
    for (int i = 0; i < diagonal.length; i++) {
      pivot = value - diagonal[i] - (i == 0 ? 0 : beside[i] * beside[i] / pivot);
      if (pivot <= 0) {
        return true;
      }
    }
    return false;
  }
}
