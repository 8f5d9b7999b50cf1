package fieldnotes.feature;

import static fieldnotes.feature.Lanes.COUNT;

import java.util.Arrays;

/**
 * Linear autocorrelations of {@link Lanes#COUNT} signals at once, by way of their power spectra (N.
 * Wiener and A. Khinchin). One object belongs to one thread.
 */
final class Autocorrelation {
  private final int size;
  private final LaneRealFft fft;
  private final LaneRealFft back;

  /**
   * The signals: sample i from {@code i·COUNT} on. Filled by the caller before every {@link #run}.
   */
  final double[] signal;

  private final double[] work;
  private final double[] power;
  private final double[] spectrum;

  /** Lag τ from {@code τ·COUNT} on, not scaled: only ratios mean something. */
  final double[] lags;

  /** Signals of so many samples; lags 0…{@code mostLag} will be right. */
  Autocorrelation(int size, int mostLag) {
    this(size, LaneFft.fastLength(size + mostLag + 1), 1);
  }

  /**
   * @param transform the length of the transform, at least size + the largest lag of interest
   * @param upsampling lags finer than a sample by so much: the power spectrum is padded with zeros
   */
  Autocorrelation(int size, int transform, int upsampling) {
    this.size = size;
    fft = LaneRealFft.of(transform);
    back = upsampling == 1 ? fft : LaneRealFft.of(transform * upsampling);
    signal = new double[fft.workLength()];
    power = new double[fft.bins() * COUNT];
    spectrum = new double[back.bins() * 2 * COUNT];
    work = new double[back.workLength()];
    lags = new double[back.length() * COUNT];
  }

  /** From {@link #signal} to {@link #lags}. */
  void run() {
    Arrays.fill(signal, size * COUNT, signal.length, 0);
    fft.power(signal, power, 0);
    int bins = fft.bins();
    for (int k = 0; k < bins; k++) {
      Lanes.load(power, k * COUNT).intoArray(spectrum, k * 2 * COUNT);
    }
    if (back != fft) {
      int nyquist = (bins - 1) * 2 * COUNT;
      Lanes.load(spectrum, nyquist).mul(0.5).intoArray(spectrum, nyquist);
    }
    back.inverse(spectrum, work, lags);
  }
}
