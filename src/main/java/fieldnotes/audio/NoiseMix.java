package fieldnotes.audio;

import fieldnotes.math.NumpyRandom;

/** Noise, and its addition at a ratio of powers. */
final class NoiseMix {
  private NoiseMix() {}

  static float[] noise(float[] x, Noise options, NumpyRandom dice) {
    double snr = dice.uniform(options.fromDb(), options.toDb());
    double[] noise =
        switch (options.colour()) {
          case WHITE -> white(x.length, dice);
          case PINK -> pink(x.length, dice);
        };
    return add(x, noise, snr);
  }

  static float[] background(float[] x, Background options, int rate, NumpyRandom dice) {
    double snr = dice.uniform(options.fromDb(), options.toDb());
    float[] recording = AtRate.of(options.recording(), rate).samples();
    boolean enough = recording.length >= x.length;
    int start = dice.upTo(enough ? recording.length - x.length : recording.length - 1);
    double[] noise = new double[x.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = recording[(int) ((start + (long) i) % recording.length)];
    }
    return add(x, noise, snr);
  }

  /** Adds noise scaled so that the power of {@code x} is {@code snrDb} above that of the noise. */
  static float[] add(float[] x, double[] noise, double snrDb) {
    double signal = 0;
    double other = 0;
    for (int i = 0; i < x.length; i++) {
      signal += (double) x[i] * x[i];
      other += noise[i] * noise[i];
    }
    double factor = other > 0 ? Math.sqrt(signal / other) * Math.pow(10, -snrDb / 20) : 0;
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (x[i] + factor * noise[i]);
    }
    return y;
  }

  static double[] white(int length, NumpyRandom dice) {
    double[] noise = new double[length];
    for (int i = 0; i < length; i++) {
      noise[i] = dice.normal();
    }
    return noise;
  }

  /**
   * Pink noise by P. Kellet's filter of seven terms, within 0.05 dB of −3 dB an octave from 0.0004
   * of the rate upwards.
   */
  static double[] pink(int length, NumpyRandom dice) {
    double[] pole = {0.99886, 0.99332, 0.96900, 0.86650, 0.55000, -0.7616};
    double[] gain = {0.0555179, 0.0750759, 0.1538520, 0.3104856, 0.5329522, -0.0168980};
    double[] state = new double[pole.length];
    double last = 0;
    double[] noise = new double[length];
    // as if it had run before, so that the lows are there from the first sample
    for (int i = -4096; i < length; i++) {
      double white = dice.normal();
      double sum = last + white * 0.5362;
      for (int k = 0; k < pole.length; k++) {
        state[k] = pole[k] * state[k] + white * gain[k];
        sum += state[k];
      }
      last = white * 0.115926;
      if (i >= 0) {
        noise[i] = sum;
      }
    }
    return noise;
  }
}
