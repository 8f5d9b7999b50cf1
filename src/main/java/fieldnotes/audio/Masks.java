package fieldnotes.audio;

import fieldnotes.math.NumpyRandom;

/** Parts of the time and bands of frequencies taken out. */
final class Masks {
  private static final double FADE_SECONDS = 0.005;

  private Masks() {}

  static float[] time(float[] x, TimeMask options, int rate, NumpyRandom dice) {
    float[] y = x.clone();
    double fade = Math.max(1, FADE_SECONDS * rate);
    for (int m = 0; m < options.count(); m++) {
      int width = (int) Math.rint(dice.uniform(0, options.most()) * x.length);
      int from = dice.upTo(x.length - width);
      int to = from + width;
      int reach = (int) Math.ceil(fade);
      for (int i = Math.max(0, from - reach);
          width > 0 && i < Math.min(x.length, to + reach);
          i++) {
        int away = i < from ? from - i : i >= to ? i - to + 1 : 0;
        y[i] *= (float) Math.min(1, away / fade);
      }
    }
    return y;
  }

  static float[] frequency(float[] x, FrequencyMask options, int rate, NumpyRandom dice) {
    ShortSpectra spectra = new ShortSpectra(Vocoder.frameSize(rate), x, x.length);
    boolean[] masked = new boolean[spectra.bins];
    double top = mel(rate / 2.0);
    for (int m = 0; m < options.count(); m++) {
      double width = dice.uniform(0, options.most()) * top;
      double from = dice.uniform(0, top - width);
      for (int k = 0; k < masked.length; k++) {
        double place = mel((double) k * rate / spectra.size);
        masked[k] |= place >= from && place < from + width;
      }
    }
    double[] re = new double[spectra.bins];
    double[] im = new double[spectra.bins];
    for (int t = 0; t < spectra.frames(); t++) {
      spectra.read(t, re, im);
      for (int k = 0; k < masked.length; k++) {
        if (masked[k]) {
          re[k] = 0;
          im[k] = 0;
        }
      }
      spectra.write(re, im);
    }
    return spectra.samples();
  }

  private static double mel(double hz) {
    return 2595 * Math.log10(1 + hz / 700);
  }
}
