package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.LaneFft;
import fieldnotes.math.LaneRealFft;
import fieldnotes.math.Lanes;
import java.util.Arrays;

/**
 * Linear autocorrelations of {@link Lanes#COUNT} signals at once, computed from their power spectra
 * (Wiener–Khinchin). Not thread-safe.
 */
final class Autocorrelation {
  private final int size;
  private final LaneRealFft fft;
  private final LaneRealFft back;

  /** Input: sample i at {@code i·COUNT}. Filled by the caller before each {@link #run}. */
  final double[] signal;

  private final double[] work;
  private final double[] power;
  private final double[] spectrum;

  /** Output: lag τ at {@code τ·COUNT}, unscaled. */
  final double[] lags;

  /** For signals of {@code size} samples; lags 0…{@code mostLag} are free of wrap-around. */
  Autocorrelation(int size, int mostLag) {
    this(size, LaneFft.fastLength(size + mostLag + 1), 1);
  }

  /**
   * @param transform length of the transform, at least size + the largest lag needed
   * @param upsampling number of lags per sample; the power spectrum is zero-padded
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

  /** Computes {@link #lags} from {@link #signal}. */
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
