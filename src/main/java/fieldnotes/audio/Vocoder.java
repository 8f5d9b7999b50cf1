package fieldnotes.audio;

import fieldnotes.math.LaneFft;

/**
 * Changes the duration and keeps the pitch: a phase vocoder. The magnitudes of the frames are
 * interpolated, the phase of each bin advances at the pace measured between two frames, as in
 * {@code librosa.phase_vocoder}; when locked, only that of peaks, and the bins around a peak keep
 * their phases relative to it.
 *
 * @see "J. Laroche, M. Dolson, Improved phase vocoder time-scale modification of audio, 1999"
 */
final class Vocoder {
  private static final double FRAME_SECONDS = 0.046;

  private final ShortSpectra spectra;
  private final double[] re;
  private final double[] im;
  private final double[] magnitude;
  private final int[] peaks;
  private Polar here;
  private Polar next;
  private int at = -1;

  private static final class Polar {
    final double[] magnitude;
    final double[] phase;

    Polar(int bins) {
      magnitude = new double[bins];
      phase = new double[bins];
    }
  }

  private Vocoder(ShortSpectra spectra) {
    this.spectra = spectra;
    re = new double[spectra.bins];
    im = new double[spectra.bins];
    magnitude = new double[spectra.bins];
    peaks = new int[spectra.bins];
    here = new Polar(spectra.bins);
    next = new Polar(spectra.bins);
  }

  /** Frames of about 46 ms, of a length whose transform is fast. */
  static int frameSize(int rateHz) {
    return LaneFft.fastLength((int) Math.min(1 << 20, Math.rint(FRAME_SECONDS * rateHz)));
  }

  /** round(n/speed) samples, at least 1. */
  static float[] stretch(float[] y, double speed, int size, boolean locked) {
    long length = Math.max(1, (long) Math.rint(y.length / speed));
    if (length > Integer.MAX_VALUE - 4L * size) {
      throw new IllegalArgumentException(
          "%d samples become %d: too many for one array, stretch a part of them"
              .formatted(y.length, length));
    }
    return new Vocoder(new ShortSpectra(size, y, (int) length)).run(speed, locked);
  }

  private float[] run(double speed, boolean locked) {
    double[] advance = new double[spectra.bins];
    for (int k = 0; k < advance.length; k++) {
      advance[k] = 2 * Math.PI * k * spectra.hop / spectra.size;
    }
    to(0);
    double[] phase = here.phase.clone();
    int most = spectra.framesToWrite();
    for (int t = 0; t < most && t * speed < spectra.frames(); t++) {
      double step = t * speed;
      to((int) step);
      double share = step - at;
      for (int k = 0; k < phase.length; k++) {
        magnitude[k] = (1 - share) * here.magnitude[k] + share * next.magnitude[k];
      }
      if (locked && t > 0) {
        lock(phase);
      }
      for (int k = 0; k < phase.length; k++) {
        re[k] = magnitude[k] * Math.cos(phase[k]);
        im[k] = magnitude[k] * Math.sin(phase[k]);
      }
      spectra.write(re, im);
      for (int k = 0; k < phase.length; k++) {
        double turn = next.phase[k] - here.phase[k] - advance[k];
        turn -= 2 * Math.PI * Math.rint(turn / (2 * Math.PI));
        phase[k] += advance[k] + turn;
      }
    }
    return spectra.samples();
  }

  /** Loads a frame and the one after it. */
  private void to(int frame) {
    if (frame == at) {
      return;
    }
    if (frame == at + 1 && at >= 0) {
      Polar swap = here;
      here = next;
      next = swap;
    } else {
      load(frame, here);
    }
    load(frame + 1, next);
    at = frame;
  }

  private void load(int frame, Polar into) {
    spectra.read(frame, re, im);
    for (int k = 0; k < re.length; k++) {
      into.magnitude[k] = Math.hypot(re[k], im[k]);
      into.phase[k] = Math.atan2(im[k], re[k]);
    }
  }

  /** Sets the phases around each peak; the next peak begins half-way between two. */
  private void lock(double[] phase) {
    int count = 0;
    for (int k = 0; k < phase.length; k++) {
      if (magnitude[k] > 0 && highest(k)) {
        peaks[count++] = k;
      }
    }
    int from = 0;
    for (int p = 0; p < count; p++) {
      int peak = peaks[p];
      int to = p + 1 < count ? (peak + peaks[p + 1] + 1) / 2 : phase.length;
      double turn = phase[peak] - here.phase[peak];
      for (int k = from; k < to; k++) {
        phase[k] = here.phase[k] + turn;
      }
      from = to;
    }
  }

  private boolean highest(int k) {
    for (int j = Math.max(0, k - 2); j <= Math.min(magnitude.length - 1, k + 2); j++) {
      if (magnitude[j] > magnitude[k] || (magnitude[j] == magnitude[k] && j < k)) {
        return false;
      }
    }
    return true;
  }
}
