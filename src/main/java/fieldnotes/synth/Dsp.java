package fieldnotes.synth;

/**
 * Signal processing for the synthesizers. Bit-identical on every machine: sines come from a {@link
 * StrictMath} table, the rest is IEEE arithmetic in a fixed order.
 */
final class Dsp {
  private static final int TABLE = 8192;
  private static final double[] SINE = new double[TABLE + 1];

  static {
    for (int i = 0; i <= TABLE; i++) {
      SINE[i] = StrictMath.sin(2 * StrictMath.PI * i / TABLE);
    }
  }

  private Dsp() {}

  /** The sine of an angle in turns; 1 turn is a full period. */
  static double sine(double turns) {
    double place = (turns - Math.floor(turns)) * TABLE;
    int i = (int) place;
    return SINE[i] + (place - i) * (SINE[i + 1] - SINE[i]);
  }

  /** The amplitude factor for a level change in dB. */
  static double gain(double db) {
    return StrictMath.pow(10, db / 20);
  }

  /** The decay factor per sample for a fall of 60 dB in {@code seconds}. */
  static double decay(double seconds, int rate) {
    return StrictMath.exp(-6.907755278982137 / (seconds * rate));
  }

  /** The frequency in Hz of a MIDI note number; 69 is 440 Hz. */
  static double hz(double midi) {
    return 440 * StrictMath.pow(2, (midi - 69) / 12);
  }

  static int samples(double seconds, int rate) {
    return (int) StrictMath.rint(seconds * rate);
  }

  static double peak(float[] x) {
    float peak = 0;
    for (float v : x) {
      peak = Math.max(peak, Math.abs(v));
    }
    return peak;
  }

  static double rms(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += (double) v * v;
    }
    return x.length == 0 ? 0 : Math.sqrt(sum / x.length);
  }

  static void scale(float[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (x[i] * factor);
    }
  }

  /** Scales to an RMS level in dBFS, in place; silence is unchanged. */
  static float[] toRms(float[] x, double db) {
    double rms = rms(x);
    if (rms > 1e-9) {
      scale(x, gain(db) / rms);
    }
    return x;
  }

  /** Scales to a peak level in dBFS, in place; silence is unchanged. */
  static float[] toPeak(float[] x, double db) {
    double peak = peak(x);
    if (peak > 1e-9) {
      scale(x, gain(db) / peak);
    }
    return x;
  }

  /** Adds {@code x} into {@code out} from sample {@code at}, truncated at its end. */
  static void mix(float[] out, float[] x, int at, double factor) {
    int from = Math.max(0, -at);
    int to = Math.min(x.length, out.length - at);
    for (int i = from; i < to; i++) {
      out[at + i] += (float) (x[i] * factor);
    }
  }

  /** Linear fade-in and fade-out, lengths in samples. */
  static float[] fade(float[] x, int in, int out) {
    for (int i = 0; i < Math.min(in, x.length); i++) {
      x[i] *= (float) i / in;
    }
    for (int i = 0; i < Math.min(out, x.length); i++) {
      x[x.length - 1 - i] *= (float) i / out;
    }
    return x;
  }

  /** Pink noise (−3 dB per octave), about −1…1, by Kellet's filter. */
  static float[] pink(int length, Dice dice) {
    float[] x = new float[length];
    double a = 0;
    double b = 0;
    double c = 0;
    for (int i = 0; i < length; i++) {
      double white = dice.noise();
      a = 0.99765 * a + white * 0.0990460;
      b = 0.96300 * b + white * 0.2965164;
      c = 0.57000 * c + white * 1.0526913;
      x[i] = (float) ((a + b + c + white * 0.1848) * 0.25);
    }
    return x;
  }

  static float[] white(int length, Dice dice) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) dice.noise();
    }
    return x;
  }

  /**
   * Speeds up by {@code factor}, raising pitch and formants; Kaiser-windowed sinc with 16 zero
   * crossings per side.
   */
  static float[] faster(float[] x, double factor) {
    int wings = 16;
    int steps = 256;
    double cut = 0.95 * Math.min(1, 1 / factor);
    double reach = wings / cut;
    double[] kernel = new double[(int) Math.ceil(reach * steps) + 2];
    double beta = 8;
    for (int i = 0; i < kernel.length; i++) {
      double t = (double) i / steps;
      double r = t / reach;
      double window = r >= 1 ? 0 : bessel(beta * Math.sqrt(1 - r * r)) / bessel(beta);
      double angle = StrictMath.PI * t * cut;
      kernel[i] = cut * window * (i == 0 ? 1 : StrictMath.sin(angle) / angle);
    }
    float[] y = new float[(int) (x.length / factor)];
    for (int i = 0; i < y.length; i++) {
      double place = i * factor;
      int from = Math.max(0, (int) Math.ceil(place - reach));
      int to = Math.min(x.length - 1, (int) (place + reach));
      double sum = 0;
      for (int j = from; j <= to; j++) {
        double at = Math.abs(place - j) * steps;
        int k = (int) at;
        sum += x[j] * (kernel[k] + (at - k) * (kernel[k + 1] - kernel[k]));
      }
      y[i] = (float) sum;
    }
    return y;
  }

  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < 40; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /**
   * Schroeder reverberation: four comb and two all-pass filters with damping. Returns a new array
   * of the same length.
   *
   * @param seconds reverberation time (60 dB)
   * @param wet share of reverberation in the output, 0…1
   */
  static float[] room(float[] x, int rate, double seconds, double wet) {
    double[] combSeconds = {0.0297, 0.0371, 0.0411, 0.0437};
    float[] sum = new float[x.length];
    for (double delaySeconds : combSeconds) {
      float[] line = new float[samples(delaySeconds, rate)];
      double feedback = StrictMath.pow(10, -3 * delaySeconds / seconds);
      double low = 0;
      int at = 0;
      for (int i = 0; i < x.length; i++) {
        double out = line[at];
        low += 0.6 * (out - low);
        line[at] = (float) (x[i] + feedback * low);
        sum[i] += (float) (0.25 * out);
        at = at + 1 == line.length ? 0 : at + 1;
      }
    }
    for (double delaySeconds : new double[] {0.0050, 0.0017}) {
      float[] line = new float[samples(delaySeconds, rate)];
      int at = 0;
      for (int i = 0; i < sum.length; i++) {
        double held = line[at];
        double in = sum[i] + 0.7 * held;
        line[at] = (float) in;
        sum[i] = (float) (held - 0.7 * in);
        at = at + 1 == line.length ? 0 : at + 1;
      }
    }
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) ((1 - wet) * x[i] + wet * sum[i]);
    }
    return y;
  }

  /** A biquad filter with coefficients from Bristow-Johnson's cookbook. */
  static final class Filter {
    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    private Filter(double b0, double b1, double b2, double a0, double a1, double a2) {
      this.b0 = b0 / a0;
      this.b1 = b1 / a0;
      this.b2 = b2 / a0;
      this.a1 = a1 / a0;
      this.a2 = a2 / a0;
    }

    static Filter lowPass(double hz, double q, int rate) {
      double w = turn(hz, rate);
      double cos = StrictMath.cos(w);
      double alpha = StrictMath.sin(w) / (2 * q);
      return new Filter((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    static Filter highPass(double hz, double q, int rate) {
      double w = turn(hz, rate);
      double cos = StrictMath.cos(w);
      double alpha = StrictMath.sin(w) / (2 * q);
      return new Filter((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /** A band-pass around {@code hz} with gain 1 there. */
    static Filter bandPass(double hz, double q, int rate) {
      double w = turn(hz, rate);
      double alpha = StrictMath.sin(w) / (2 * q);
      return new Filter(alpha, 0, -alpha, 1 + alpha, -2 * StrictMath.cos(w), 1 - alpha);
    }

    /** A high shelf: changes the level above {@code hz} by {@code db}. */
    static Filter highShelf(double hz, double db, int rate) {
      double w = turn(hz, rate);
      double cos = StrictMath.cos(w);
      double a = StrictMath.pow(10, db / 40);
      double s = 2 * Math.sqrt(a) * StrictMath.sin(w) / 2 * Math.sqrt(2);
      return new Filter(
          a * (a + 1 + (a - 1) * cos + s),
          -2 * a * (a - 1 + (a + 1) * cos),
          a * (a + 1 + (a - 1) * cos - s),
          a + 1 - (a - 1) * cos + s,
          2 * (a - 1 - (a + 1) * cos),
          a + 1 - (a - 1) * cos - s);
    }

    private static double turn(double hz, int rate) {
      return 2 * StrictMath.PI * Math.min(hz, 0.47 * rate) / rate;
    }

    double step(double x) {
      double y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      return y;
    }

    float[] run(float[] x) {
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) step(x[i]);
      }
      return x;
    }
  }
}
