package fieldnotes.math;

import static fieldnotes.math.Lanes.COUNT;

import jdk.incubator.vector.DoubleVector;

/**
 * Spectra of {@link Lanes#COUNT} real signals at once, bins 0…n/2. Even lengths use a complex
 * transform of half the length, odd lengths one of the full length.
 *
 * <p>Element i of all signals is at {@code i·stride()} of the work array.
 */
public final class LaneRealFft {
  private final int length;
  private final boolean even;
  private final LaneFft fft;
  private final double[] turn;

  private LaneRealFft(int length) {
    this.length = length;
    this.even = length % 2 == 0;
    this.fft = LaneFft.of(even ? length / 2 : length);
    this.turn = new double[even ? length + 2 : 0];
    for (int k = 0; k < turn.length / 2; k++) {
      turn[2 * k] = LaneFft.cos(k, length);
      turn[2 * k + 1] = -LaneFft.sin(k, length);
    }
  }

  public static LaneRealFft of(int length) {
    return new LaneRealFft(length);
  }

  /** Length of a signal in samples. */
  public int length() {
    return length;
  }

  /** Number of bins of a spectrum, n/2 + 1. */
  public int bins() {
    return length / 2 + 1;
  }

  /** Distance between consecutive samples of a signal in the work array. */
  public int stride() {
    return even ? COUNT : 2 * COUNT;
  }

  /** Required length of a work array. For odd lengths, the imaginary parts must be cleared. */
  public int workLength() {
    return fft.workLength();
  }

  /**
   * Transforms the work array and writes |X|² to {@code power}, with bin k in row k from {@code
   * base}. The work array is overwritten.
   */
  public void power(double[] z, double[] power, int base) {
    fft.forward(z);
    if (!even) {
      for (int k = 0; k < bins(); k++) {
        int at = fft.rowOf(k) * 2 * COUNT;
        square(power, base + k * COUNT, Lanes.load(z, at), Lanes.load(z, at + COUNT));
      }
      return;
    }
    int half = length / 2;
    DoubleVector re0 = Lanes.load(z, 0);
    DoubleVector im0 = Lanes.load(z, COUNT);
    DoubleVector dc = re0.add(im0);
    DoubleVector nyquist = re0.sub(im0);
    dc.mul(dc).intoArray(power, base);
    nyquist.mul(nyquist).intoArray(power, base + half * COUNT);
    for (int k = 1; 2 * k <= half; k++) {
      int at = fft.rowOf(k) * 2 * COUNT;
      int mirror = fft.rowOf(half - k) * 2 * COUNT;
      DoubleVector zr = Lanes.load(z, at);
      DoubleVector zi = Lanes.load(z, at + COUNT);
      DoubleVector mr = Lanes.load(z, mirror);
      DoubleVector mi = Lanes.load(z, mirror + COUNT);
      DoubleVector er = zr.add(mr);
      DoubleVector ei = zi.sub(mi);
      DoubleVector or = zi.add(mi);
      DoubleVector oi = mr.sub(zr);
      DoubleVector c = Lanes.all(turn[2 * k]);
      DoubleVector s = Lanes.all(turn[2 * k + 1]);
      DoubleVector wr = or.mul(c).sub(oi.mul(s));
      DoubleVector wi = oi.mul(c).add(or.mul(s));
      quarter(power, base + k * COUNT, er.add(wr), ei.add(wi));
      quarter(power, base + (half - k) * COUNT, er.sub(wr), ei.sub(wi));
    }
  }

  /**
   * Transforms the work array and writes X to {@code spectrum}: row k holds the real, then the
   * imaginary parts of bin k. The work array is overwritten.
   */
  public void spectrum(double[] z, double[] spectrum) {
    fft.forward(z);
    if (!even) {
      for (int k = 0; k < bins(); k++) {
        System.arraycopy(z, fft.rowOf(k) * 2 * COUNT, spectrum, k * 2 * COUNT, 2 * COUNT);
      }
      return;
    }
    int middle = length / 2;
    DoubleVector half = Lanes.all(0.5);
    for (int k = 0; 2 * k <= middle; k++) {
      int at = fft.rowOf(k) * 2 * COUNT;
      int mirror = fft.rowOf(k == 0 ? 0 : middle - k) * 2 * COUNT;
      DoubleVector zr = Lanes.load(z, at);
      DoubleVector zi = Lanes.load(z, at + COUNT);
      DoubleVector mr = Lanes.load(z, mirror);
      DoubleVector mi = Lanes.load(z, mirror + COUNT);
      DoubleVector er = zr.add(mr).mul(half);
      DoubleVector ei = zi.sub(mi).mul(half);
      DoubleVector or = zi.add(mi).mul(half);
      DoubleVector oi = mr.sub(zr).mul(half);
      DoubleVector c = Lanes.all(turn[2 * k]);
      DoubleVector s = Lanes.all(turn[2 * k + 1]);
      DoubleVector wr = or.mul(c).sub(oi.mul(s));
      DoubleVector wi = oi.mul(c).add(or.mul(s));
      put(spectrum, k, er.add(wr), ei.add(wi));
      put(spectrum, middle - k, er.sub(wr), wi.sub(ei));
    }
  }

  /**
   * Inverse transform, scaled by the length: writes sample i to {@code signal} at {@code i·COUNT}.
   * The imaginary parts of bin 0 and, for even lengths, of the last bin are taken as 0.
   */
  public void inverse(double[] spectrum, double[] work, double[] signal) {
    if (!even) {
      for (int k = 0; k < length; k++) {
        int from = (k < bins() ? k : length - k) * 2 * COUNT;
        Lanes.load(spectrum, from).intoArray(work, k * 2 * COUNT);
        DoubleVector im = Lanes.load(spectrum, from + COUNT);
        (k < bins() ? im.neg() : im).intoArray(work, k * 2 * COUNT + COUNT);
      }
      fft.forward(work);
      for (int i = 0; i < length; i++) {
        Lanes.load(work, fft.rowOf(i) * 2 * COUNT).intoArray(signal, i * COUNT);
      }
      return;
    }
    int half = length / 2;
    for (int k = 0; k < half; k++) {
      int at = k * 2 * COUNT;
      int mirror = (half - k) * 2 * COUNT;
      DoubleVector xr = Lanes.load(spectrum, at);
      DoubleVector xi = Lanes.load(spectrum, at + COUNT);
      DoubleVector mr = Lanes.load(spectrum, mirror);
      DoubleVector mi = Lanes.load(spectrum, mirror + COUNT);
      if (k == 0) {
        xi = Lanes.zero();
        mi = Lanes.zero();
      }
      DoubleVector er = xr.add(mr);
      DoubleVector ei = xi.sub(mi);
      DoubleVector dr = xr.sub(mr);
      DoubleVector di = xi.add(mi);
      DoubleVector c = Lanes.all(turn[2 * k]);
      DoubleVector s = Lanes.all(turn[2 * k + 1]);
      // i·(difference rotated back), conjugated for a forward transform
      DoubleVector or = dr.mul(c).add(di.mul(s));
      DoubleVector oi = di.mul(c).sub(dr.mul(s));
      er.sub(oi).intoArray(work, at);
      ei.add(or).neg().intoArray(work, at + COUNT);
    }
    fft.forward(work);
    for (int i = 0; i < half; i++) {
      int from = fft.rowOf(i) * 2 * COUNT;
      Lanes.load(work, from).intoArray(signal, 2 * i * COUNT);
      Lanes.load(work, from + COUNT).neg().intoArray(signal, (2 * i + 1) * COUNT);
    }
  }

  private static void square(double[] power, int at, DoubleVector re, DoubleVector im) {
    re.mul(re).add(im.mul(im)).intoArray(power, at);
  }

  private static void quarter(double[] power, int at, DoubleVector re, DoubleVector im) {
    re.mul(re).add(im.mul(im)).mul(Lanes.all(0.25)).intoArray(power, at);
  }

  private static void put(double[] out, int k, DoubleVector re, DoubleVector im) {
    re.intoArray(out, k * 2 * COUNT);
    im.intoArray(out, k * 2 * COUNT + COUNT);
  }
}
