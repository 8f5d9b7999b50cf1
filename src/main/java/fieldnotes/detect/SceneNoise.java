package fieldnotes.detect;

import java.util.SplittableRandom;

/** Steady noise of one kind, made as it is needed. */
final class SceneNoise {
  /** Samples by which the loudness of a kind is measured. */
  private static final int MEASURED = 1 << 16;

  /** Above this frequency, in Hz, room tone falls. */
  private static final double ROOM_HZ = 400;

  private final SceneOptions.Noise kind;
  private final double fall;
  private final SplittableRandom random;
  private final double[] pink = new double[7];
  private final double gain;
  private double low;
  private double spare = Double.NaN;

  SceneNoise(SceneOptions.Noise kind, int rateHz, long seed) {
    this(kind, Math.exp(-2 * Math.PI * ROOM_HZ / rateHz), seed, 1 / rms(kind, rateHz));
  }

  private SceneNoise(SceneOptions.Noise kind, double fall, long seed, double gain) {
    this.kind = kind;
    this.fall = fall;
    this.gain = gain;
    random = new SplittableRandom(seed ^ 0x5ce0e);
  }

  private static double rms(SceneOptions.Noise kind, int rateHz) {
    SceneNoise one = new SceneNoise(kind, Math.exp(-2 * Math.PI * ROOM_HZ / rateHz), 0, 1);
    double sum = 0;
    for (int i = 0; i < MEASURED; i++) {
      double x = one.next();
      sum += x * x;
    }
    return Math.sqrt(sum / MEASURED);
  }

  /** Fills the first samples of a block. */
  void fill(float[] block, int n, double rms) {
    for (int i = 0; i < n; i++) {
      block[i] = (float) (rms * gain * next());
    }
  }

  private double next() {
    double white = gaussian();
    if (kind == SceneOptions.Noise.WHITE) {
      return white;
    }
    double x = pink(white);
    if (kind == SceneOptions.Noise.PINK) {
      return x;
    }
    low = fall * low + (1 - fall) * x;
    return low + 0.05 * x;
  }

  /** The polar method of Marsaglia, by exact functions. */
  private double gaussian() {
    if (!Double.isNaN(spare)) {
      double one = spare;
      spare = Double.NaN;
      return one;
    }
    while (true) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  }

  /** The filter of Paul Kellet: −3 dB per octave. */
  private double pink(double white) {
    pink[0] = 0.99886 * pink[0] + white * 0.0555179;
    pink[1] = 0.99332 * pink[1] + white * 0.0750759;
    pink[2] = 0.96900 * pink[2] + white * 0.1538520;
    pink[3] = 0.86650 * pink[3] + white * 0.3104856;
    pink[4] = 0.55000 * pink[4] + white * 0.5329522;
    pink[5] = -0.7616 * pink[5] - white * 0.0168980;
    double sum = pink[0] + pink[1] + pink[2] + pink[3] + pink[4] + pink[5] + pink[6];
    pink[6] = white * 0.115926;
    return sum + white * 0.5362;
  }
}
