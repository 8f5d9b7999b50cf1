package fieldnotes.audio;

/** The power spectrum of a signal of any length, for the tests. */
final class Spectrum {
  private Spectrum() {}

  /**
   * c·|X[k]|²/N² for k = 0…N/2, c = 1 at 0 and N/2 and 2 between, so that it sums to the mean
   * square.
   */
  static double[] power(double[] x) {
    int n = x.length;
    double[][] f = bluestein(x);
    double[] p = new double[n / 2 + 1];
    for (int k = 0; k < p.length; k++) {
      int c = k == 0 || 2 * k == n ? 1 : 2;
      p[k] = c * (f[0][k] * f[0][k] + f[1][k] * f[1][k]) / ((double) n * n);
    }
    return p;
  }

  /** L. I. Bluestein's transform: any length by a convolution whose length is a power of two. */
  private static double[][] bluestein(double[] x) {
    int n = x.length;
    int size = Integer.highestOneBit(4 * n - 1);
    double[] ar = new double[size];
    double[] ai = new double[size];
    double[] br = new double[size];
    double[] bi = new double[size];
    double[] cos = new double[n];
    double[] sin = new double[n];
    for (int i = 0; i < n; i++) {
      double angle = Math.PI * ((long) i * i % (2L * n)) / n;
      cos[i] = Math.cos(angle);
      sin[i] = Math.sin(angle);
      ar[i] = x[i] * cos[i];
      ai[i] = -x[i] * sin[i];
      br[i] = cos[i];
      bi[i] = sin[i];
      if (i > 0) {
        br[size - i] = cos[i];
        bi[size - i] = sin[i];
      }
    }
    fft(ar, ai);
    fft(br, bi);
    for (int i = 0; i < size; i++) {
      double r = ar[i] * br[i] - ai[i] * bi[i];
      // The inverse is the conjugate's forward transform.
      ai[i] = -(ar[i] * bi[i] + ai[i] * br[i]);
      ar[i] = r;
    }
    fft(ar, ai);
    double[][] out = new double[2][n];
    for (int i = 0; i < n; i++) {
      double r = ar[i] / size;
      double m = -ai[i] / size;
      out[0][i] = r * cos[i] + m * sin[i];
      out[1][i] = m * cos[i] - r * sin[i];
    }
    return out;
  }

  private static void fft(double[] re, double[] im) {
    int n = re.length;
    for (int i = 1, j = 0; i < n; i++) {
      int bit = n >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double t = re[i];
        re[i] = re[j];
        re[j] = t;
        t = im[i];
        im[i] = im[j];
        im[j] = t;
      }
    }
    for (int half = 1; half < n; half *= 2) {
      for (int k = 0; k < half; k++) {
        double c = Math.cos(-Math.PI * k / half);
        double s = Math.sin(-Math.PI * k / half);
        for (int i = k; i < n; i += 2 * half) {
          int j = i + half;
          double r = re[j] * c - im[j] * s;
          double m = re[j] * s + im[j] * c;
          re[j] = re[i] - r;
          im[j] = im[i] - m;
          re[i] += r;
          im[i] += m;
        }
      }
    }
  }
}
