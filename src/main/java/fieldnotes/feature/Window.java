package fieldnotes.feature;

import fieldnotes.common.Check;
import fieldnotes.math.LaneFft;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Analysis windows by their names in SciPy's {@code get_window}, in periodic form.
 *
 * <p>Names: {@code hann}, {@code hamming}, {@code blackman}, {@code blackmanharris}, {@code
 * nuttall}, {@code flattop}, {@code bartlett}, {@code triang}, {@code barthann}, {@code bohman},
 * {@code cosine}, {@code parzen}, {@code lanczos}, {@code taylor}, {@code boxcar} (also {@code
 * ones}, {@code rect}); with numbers after a colon {@code kaiser:14} (beta; also {@code 14} alone),
 * {@code gaussian:300} (standard deviation in samples), {@code general_gaussian:1.5,300} (power,
 * standard deviation), {@code tukey:0.5} (tapered share), {@code general_hamming:0.6}, {@code
 * general_cosine:0.4,0.5,0.1} (weights), {@code exponential:3} (decay in samples), {@code
 * chebwin:100} (attenuation in dB), {@code taylor:4,30} (side lobes, their level in dB), {@code
 * dpss:2.5} (half bandwidth). librosa's window vectors are not supported.
 *
 * @see "F. J. Harris, On the use of windows for harmonic analysis with the discrete Fourier
 *     transform, 1978; the formulas are those of scipy.signal.windows"
 */
public final class Window {
  private Window() {}

  /**
   * A window of {@code length} samples.
   *
   * @param name a name from the list above
   * @param length in samples, at least 1
   * @return weights, shape [length]
   * @throws IllegalArgumentException if the name is unknown or its numbers are invalid
   */
  public static double[] of(String name, int length) {
    Check.atLeast("length", length, 1);
    String[] parts = name.toLowerCase(Locale.ROOT).split(":", 2);
    double[] w = new double[length];
    if (length == 1) {
      w[0] = 1;
      fill(new double[1], parts, 3); // checks the name and its numbers
      return w;
    }
    // The periodic window of n samples is the symmetric window of n + 1 without the last sample.
    fill(w, parts, length + 1);
    for (double weight : w) {
      Check.that(
          Double.isFinite(weight),
          "window=%s: of %d samples it has weights that are not finite; choose other numbers"
              + " after the colon",
          name,
          length);
    }
    return w;
  }

  private static void fill(double[] w, String[] parts, int m) {
    switch (parts[0]) {
      case "hann", "hanning", "han" -> cosines(w, m, 0.5, 0.5);
      case "hamming", "hamm", "ham" -> cosines(w, m, 0.54, 0.46);
      case "blackman", "black", "blk" -> cosines(w, m, 0.42, 0.5, 0.08);
      case "blackmanharris", "blackharr", "bkh" ->
          cosines(w, m, 0.35875, 0.48829, 0.14128, 0.01168);
      case "nuttall", "nutl", "nut" -> cosines(w, m, 0.3635819, 0.4891775, 0.1365995, 0.0106411);
      case "flattop", "flat", "flt" ->
          cosines(w, m, 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);
      case "general_hamming" -> {
        double alpha = number(parts, "alpha");
        cosines(w, m, alpha, 1 - alpha);
      }
      case "boxcar", "box", "ones", "rect", "rectangular" -> Arrays.fill(w, 1);
      case "bartlett", "bart", "brt" -> each(w, m, u -> 1 - Math.abs(u));
      case "barthann", "brthan", "bth" ->
          each(
              w,
              m,
              u -> 0.62 - 0.48 * Math.abs(u / 2) + 0.38 * Math.cos(2 * Math.PI * Math.abs(u / 2)));
      case "bohman", "bman", "bmn" ->
          each(
              w,
              m,
              u -> {
                double x = Math.abs(u);
                return x >= 1
                    ? 0
                    : (1 - x) * Math.cos(Math.PI * x) + Math.sin(Math.PI * x) / Math.PI;
              });
      case "lanczos", "sinc" -> each(w, m, u -> u == 0 ? 1 : Math.sin(Math.PI * u) / (Math.PI * u));
      case "triang", "triangle", "tri" -> {
        for (int i = 0; i < w.length; i++) {
          int k = Math.min(i, m - 1 - i);
          w[i] = m % 2 == 0 ? (2.0 * k + 1) / m : 2.0 * (k + 1) / (m + 1);
        }
      }
      case "cosine", "halfcosine" -> {
        for (int i = 0; i < w.length; i++) {
          w[i] = Math.sin(Math.PI / m * (i + 0.5));
        }
      }
      case "parzen", "parz", "par" -> {
        for (int i = 0; i < w.length; i++) {
          double n = Math.abs(i - (m - 1) / 2.0);
          double x = n / (m / 2.0);
          w[i] = n <= (m - 1) / 4.0 ? 1 - 6 * x * x + 6 * x * x * x : 2 * Math.pow(1 - x, 3);
        }
      }
      case "general_cosine" -> cosines(w, m, numbers(parts, 1, "weights"));
      case "general_gaussian", "general_gauss", "ggs" -> {
        double[] shape = numbers(parts, 2, "power and standard deviation");
        each(
            w,
            m,
            u -> Math.exp(-0.5 * Math.pow(Math.abs(u * (m - 1) / 2 / shape[1]), 2 * shape[0])));
      }
      case "chebwin", "cheb" -> SpecialWindows.chebyshev(w, m, number(parts, "attenuation in dB"));
      case "taylor", "taylorwin" -> {
        double[] shape =
            parts.length < 2 ? new double[] {4, 30} : numbers(parts, 2, "side lobes and level");
        SpecialWindows.taylor(w, m, (int) shape[0], shape[1]);
      }
      case "dpss" -> SpecialWindows.slepian(w, m, number(parts, "half bandwidth"));
      case "kaiser", "ksr" -> {
        double beta = number(parts, "beta");
        each(w, m, u -> bessel0(beta * Math.sqrt(Math.max(0, 1 - u * u))) / bessel0(beta));
      }
      case "gaussian", "gauss", "gss" -> {
        double deviation = number(parts, "standard deviation");
        each(
            w,
            m,
            u -> {
              double n = u * (m - 1) / 2;
              return Math.exp(-n * n / (2 * deviation * deviation));
            });
      }
      case "exponential", "poisson" -> {
        double decay = number(parts, "decay");
        each(w, m, u -> Math.exp(-Math.abs(u * (m - 1) / 2) / decay));
      }
      case "tukey", "tuk" -> {
        double taper = parts.length < 2 ? 0.5 : number(parts, "tapered share");
        if (taper <= 0) {
          Arrays.fill(w, 1);
        } else if (taper >= 1) {
          cosines(w, m, 0.5, 0.5);
        } else {
          int width = (int) Math.floor(taper * (m - 1) / 2.0);
          for (int i = 0; i < w.length; i++) {
            if (i <= width) {
              w[i] = 0.5 * (1 + Math.cos(Math.PI * (-1 + 2.0 * i / taper / (m - 1))));
            } else if (i >= m - width - 1) {
              w[i] = 0.5 * (1 + Math.cos(Math.PI * (-2.0 / taper + 1 + 2.0 * i / taper / (m - 1))));
            } else {
              w[i] = 1;
            }
          }
        }
      }
      default -> {
        if (parts.length == 1 && parts[0].matches("[0-9.]+")) {
          fill(w, new String[] {"kaiser", parts[0]}, m);
          return;
        }
        throw new IllegalArgumentException(
            ("window=%s: must be one of hann, hamming, blackman, blackmanharris, nuttall, flattop,"
                    + " bartlett, triang, barthann, bohman, cosine, parzen, lanczos, boxcar,"
                    + " taylor, tukey:SHARE, kaiser:BETA, gaussian:SD, general_gaussian:P,SD,"
                    + " general_hamming:ALPHA, general_cosine:A,B,..., exponential:DECAY,"
                    + " chebwin:DB, taylor:LOBES,DB, dpss:NW")
                .formatted(String.join(":", parts)));
      }
    }
  }

  private static double[] numbers(String[] parts, int least, String what) {
    double[] out = {};
    try {
      if (parts.length > 1) {
        out = Arrays.stream(parts[1].split(",")).mapToDouble(Double::parseDouble).toArray();
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "window=%s:%s: its %s must be numbers separated by commas"
              .formatted(parts[0], parts[1], what),
          e);
    }
    Check.that(
        out.length >= least,
        "window=%s: it needs its %s after a colon, separated by commas",
        String.join(":", parts),
        what);
    return out;
  }

  private static double number(String[] parts, String what) {
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "window=%s: it needs its %s after a colon, as in %s:2"
              .formatted(parts[0], what, parts[0]));
    }
    try {
      return Double.parseDouble(parts[1]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "window=%s:%s: its %s must be a number".formatted(parts[0], parts[1], what), e);
    }
  }

  /** a0 − a1·cos(2πi/(m−1)) + a2·cos(4πi/(m−1)) − … */
  private static void cosines(double[] w, int m, double... a) {
    for (int i = 0; i < w.length; i++) {
      for (int k = 0; k < a.length; k++) {
        w[i] += (k % 2 == 0 ? a[k] : -a[k]) * LaneFft.cos((long) k * i, m - 1);
      }
    }
  }

  /** Fills the window with a formula of the position, −1 at the first and 1 at the last sample. */
  private static void each(double[] w, int m, DoubleUnaryOperator formula) {
    for (int i = 0; i < w.length; i++) {
      w[i] = formula.applyAsDouble(2.0 * i / (m - 1) - 1);
    }
  }

  /** Modified Bessel function of the first kind, order 0, by its power series. */
  private static double bessel0(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
