package fieldnotes.synth;

/**
 * Synthesized instruments. Each method adds one note into {@code out} from sample {@code at}, cut
 * at its end; {@code level} is the approximate peak.
 */
final class Instruments {
  private Instruments() {}

  /** The end of a note in samples, limited to the buffer. */
  private static int end(float[] out, int at, double seconds, int rate) {
    return Math.min(out.length, at + Dsp.samples(seconds, rate));
  }

  /**
   * A plucked string (Karplus–Strong).
   *
   * @param brightness 0 dull … 1 bright
   * @param ring decay time (60 dB) of a low string, in seconds
   */
  static void pluck(
      float[] out,
      int at,
      double hz,
      double seconds,
      double level,
      double brightness,
      double ring,
      int rate,
      Dice dice) {
    double tone = 0.5 - 0.2 * brightness;
    double period = rate / hz - tone; // minus the delay of the loop filter
    int length = Math.max(2, (int) period);
    double fraction = period - length;
    double[] line = new double[length];
    double soft = 0;
    double share = 0.15 + 0.8 * brightness;
    for (int i = 0; i < length; i++) {
      soft += share * (dice.noise() - soft);
      line[i] = soft;
    }
    int pick = Math.max(1, (int) (length * dice.between(0.12, 0.3)));
    double[] shaped = new double[length];
    double most = 1e-9;
    for (int i = 0; i < length; i++) {
      shaped[i] = line[i] - 0.7 * line[Math.floorMod(i - pick, length)];
      most = Math.max(most, Math.abs(shaped[i]));
    }
    double loss = Dsp.decay(ring * Math.min(1.2, 0.5 + 110 / hz), rate);
    double keep = StrictMath.pow(loss, length);
    int end = end(out, at, seconds + 0.08, rate);
    int release = at + Dsp.samples(seconds, rate);
    double gain = level / most;
    double off = Dsp.decay(0.1, rate);
    double previous = 0;
    double passIn = 0;
    double passOut = 0;
    int k = 0;
    double tuning = (1 - fraction) / (1 + fraction);
    for (int i = at; i < end; i++) {
      double now = shaped[k];
      double filtered = keep * ((1 - tone) * now + tone * previous);
      previous = now;
      double tuned = tuning * filtered + passIn - tuning * passOut;
      passIn = filtered;
      passOut = tuned;
      shaped[k] = tuned;
      if (i >= 0) {
        out[i] += (float) (gain * now);
      }
      if (i >= release) {
        gain *= off;
      }
      k = k + 1 == length ? 0 : k + 1;
    }
  }

  /** Piano: slightly stretched partials, higher ones decaying faster. */
  static void piano(
      float[] out, int at, double hz, double seconds, double level, double bright, int rate) {
    int partials = Math.min(10, (int) (0.45 * rate / hz));
    int end = end(out, at, seconds + 0.15, rate);
    int release = at + Dsp.samples(seconds, rate);
    double off = Dsp.decay(0.15, rate);
    for (int p = 1; p <= partials; p++) {
      double step = hz * p * Math.sqrt(1 + 0.0004 * p * p) / rate;
      double fall = Dsp.decay(Math.max(0.3, 4.5 / (1 + 0.35 * p)) * Math.min(1, 300 / hz), rate);
      double gain = 0.5 * level / StrictMath.pow(p, 1.6 - 0.8 * bright);
      double phase = 0.13 * p;
      int attack = Dsp.samples(0.003, rate);
      for (int i = Math.max(0, at); i < end; i++) {
        double rise = i - at < attack ? (double) (i - at) / attack : 1;
        out[i] += (float) (rise * gain * Dsp.sine(phase + (i - at) * step));
        gain *= i >= release ? fall * off : fall;
      }
    }
  }

  /** Electric piano: two-operator FM with a short metallic tine. */
  static void electricPiano(
      float[] out, int at, double hz, double seconds, double level, double bite, int rate) {
    int end = end(out, at, seconds + 0.12, rate);
    int release = at + Dsp.samples(seconds, rate);
    double gain = level;
    double index = 0.05 + 0.35 * bite;
    double tine = 0.12 * bite;
    double fall = Dsp.decay(2.8, rate);
    double indexFall = Dsp.decay(0.9, rate);
    double tineFall = Dsp.decay(0.25, rate);
    double off = Dsp.decay(0.12, rate);
    int attack = Dsp.samples(0.002, rate);
    double step = hz / rate;
    double tineStep = Math.min(0.46, 14 * step);
    for (int i = Math.max(0, at); i < end; i++) {
      int n = i - at;
      double rise = n < attack ? (double) n / attack : 1;
      double body = Dsp.sine(n * step + index * Dsp.sine(n * step));
      out[i] += (float) (rise * gain * (body + tine * Dsp.sine(n * tineStep)));
      gain *= i >= release ? fall * off : fall;
      index *= indexFall;
      tine *= tineFall;
    }
  }

  /** Vibraphone: partials 1, 4 and 10 with a slow tremolo. */
  static void vibraphone(
      float[] out, int at, double hz, double seconds, double level, double motorHz, int rate) {
    int end = end(out, at, seconds + 0.4, rate);
    double[] ratios = {1, 3.98, 9.9};
    double[] gains = {0.8, 0.25, 0.1};
    double[] rings = {3, 0.9, 0.25};
    for (int p = 0; p < ratios.length; p++) {
      double step = hz * ratios[p] / rate;
      if (step > 0.46) {
        continue;
      }
      double gain = level * gains[p];
      double fall = Dsp.decay(Math.min(rings[p], seconds + 0.6), rate);
      for (int i = Math.max(0, at); i < end; i++) {
        int n = i - at;
        double motor = 0.75 + 0.25 * Dsp.sine(n * motorHz / rate);
        out[i] += (float) (motor * gain * Dsp.sine(n * step));
        gain *= fall;
      }
    }
  }

  /** Drawbar organ with a slow chorus. */
  static void organ(
      float[] out, int at, double hz, double seconds, double level, double[] bars, int rate) {
    double[] feet = {0.5, 1.5, 1, 2, 3, 4, 5, 6, 8};
    int end = end(out, at, seconds + 0.05, rate);
    int length = end - at;
    int edge = Dsp.samples(0.012, rate);
    for (int bar = 0; bar < bars.length; bar++) {
      double step = hz * feet[bar] / rate;
      if (bars[bar] <= 0 || step > 0.46) {
        continue;
      }
      double gain = level * bars[bar] * 0.35;
      for (int i = Math.max(0, at); i < end; i++) {
        int n = i - at;
        double edges = Math.min(1, Math.min(n, length - n) / (double) edge);
        double wobble = 0.02 * Dsp.sine(6.3 * n / rate);
        out[i] += (float) (edges * gain * Dsp.sine(n * step + wobble));
      }
    }
  }

  /** Flute: few partials, breath noise and a delayed vibrato. */
  static void flute(
      float[] out,
      int at,
      double hz,
      double seconds,
      double level,
      double breath,
      int rate,
      Dice dice) {
    int end = end(out, at, seconds + 0.08, rate);
    int length = end - at;
    int attack = Dsp.samples(0.07, rate);
    int fall = Dsp.samples(0.08, rate);
    double vibratoHz = dice.between(4.5, 6);
    Dsp.Filter air = Dsp.Filter.bandPass(2.2 * hz, 1.2, rate);
    double phase = 0;
    for (int i = at; i < end; i++) {
      int n = i - at;
      double late = Math.min(1, n / (0.6 * rate));
      double vibrato = late * Dsp.sine(vibratoHz * n / rate);
      phase += hz * (1 + 0.006 * vibrato) / rate;
      double edges = Math.min(1, Math.min((double) n / attack, (double) (length - n) / fall));
      double body = 0.75 * Dsp.sine(phase) + 0.2 * Dsp.sine(2 * phase) + 0.07 * Dsp.sine(3 * phase);
      double sound = (1 + 0.12 * vibrato) * body + breath * air.step(dice.noise());
      if (i >= 0) {
        out[i] += (float) (edges * level * sound);
      }
    }
  }

  /** A sawtooth with reduced aliasing (PolyBLEP). */
  private static double saw(double phase, double step) {
    double t = phase - Math.floor(phase);
    double y = 2 * t - 1;
    if (t < step) {
      double r = t / step;
      y -= r + r - r * r - 1;
    } else if (t > 1 - step) {
      double r = (t - 1) / step;
      y -= r * r + r + r + 1;
    }
    return y;
  }

  /**
   * Strings, synth pad or horn: detuned sawtooths through a low-pass that opens with the attack.
   *
   * @param cutHz final cutoff of the low-pass
   * @param attack seconds
   * @param release seconds
   * @param detune spread of the voices, as a fraction of the frequency
   * @param vibrato depth, as a fraction of the frequency
   */
  static void saws(
      float[] out,
      int at,
      double hz,
      double seconds,
      double level,
      double cutHz,
      double attack,
      double release,
      double detune,
      double vibrato,
      int rate,
      Dice dice) {
    int end = end(out, at, seconds + release, rate);
    int voices = detune > 0 ? 3 : 1;
    double[] phases = new double[voices];
    double[] steps = new double[voices];
    for (int v = 0; v < voices; v++) {
      phases[v] = dice.uniform();
      steps[v] = hz * (1 + detune * (v - (voices - 1) / 2.0)) / rate;
    }
    double vibratoHz = dice.between(4.8, 6.2);
    double rise = attack * rate;
    double hold = seconds * rate;
    double fall = release * rate;
    double open = 1 - StrictMath.exp(-2 * StrictMath.PI * Math.min(cutHz, 0.4 * rate) / rate);
    double one = 0;
    double two = 0;
    for (int i = at; i < end; i++) {
      int n = i - at;
      double envelope = Math.min(1, n / rise);
      if (n > hold) {
        envelope *= Math.max(0, 1 - (n - hold) / fall);
      }
      double bend = vibrato * Math.min(1, n / (0.5 * rate)) * Dsp.sine(vibratoHz * n / rate);
      double sum = 0;
      for (int v = 0; v < voices; v++) {
        double step = steps[v] * (1 + bend);
        phases[v] += step;
        sum += saw(phases[v], step);
      }
      double k = open * (0.35 + 0.65 * envelope);
      one += k * (sum / voices - one);
      two += k * (one - two);
      if (i >= 0) {
        out[i] += (float) (level * envelope * two);
      }
    }
  }

  /** Synth bass or stab: a sawtooth with a filter that closes after each note. */
  static void synth(
      float[] out,
      int at,
      double hz,
      double seconds,
      double level,
      double fromHz,
      double toHz,
      double closing,
      int rate) {
    int end = end(out, at, seconds + 0.02, rate);
    int length = end - at;
    double cut = fromHz - toHz;
    double shut = Dsp.decay(closing, rate);
    double phase = 0.25;
    double one = 0;
    double two = 0;
    double edge = 0.004 * rate;
    double step = hz / rate;
    for (int i = at; i < end; i++) {
      int n = i - at;
      phase += step;
      double k = Math.min(0.9, 6.283185307179586 * (toHz + cut) / rate);
      cut *= shut;
      one += k * (saw(phase, step) - one);
      two += k * (one - two);
      double edges = Math.min(1, Math.min(n / edge, (length - n) / (4 * edge)));
      if (i >= 0) {
        out[i] += (float) (level * edges * two);
      }
    }
  }

  /** Overdriven guitar: strings at these frequency ratios, mixed through a soft clipper. */
  static void overdriven(
      float[] out,
      int at,
      double hz,
      double seconds,
      double level,
      double drive,
      boolean muted,
      double[] ratios,
      int rate,
      Dice dice) {
    int length = Dsp.samples(seconds + 0.05, rate);
    if (length <= 0) {
      return;
    }
    float[] strings = new float[length];
    for (double ratio : ratios) {
      double ring = muted ? 0.35 : 5;
      pluck(strings, 0, hz * ratio, seconds, 0.6, muted ? 0.4 : 0.8, ring, rate, dice);
    }
    Dsp.Filter body = Dsp.Filter.lowPass(muted ? 2200 : 4200, 0.7, rate);
    Dsp.Filter rumble = Dsp.Filter.highPass(75, 0.7, rate);
    for (int i = 0; i < length; i++) {
      double pushed = drive * strings[i];
      strings[i] = (float) rumble.step(body.step(pushed / (1 + Math.abs(pushed))));
    }
    Dsp.mix(out, Dsp.fade(strings, 0, Dsp.samples(0.02, rate)), at, level);
  }

  static void kick(float[] out, int at, double level, double hz, double ring, int rate) {
    int end = end(out, at, ring, rate);
    double phase = 0;
    double gain = level;
    double sweep = 4 * hz;
    double fall = Dsp.decay(ring, rate);
    double drop = Dsp.decay(0.09, rate);
    for (int i = Math.max(0, at); i < end; i++) {
      phase += (hz + sweep) / rate;
      sweep *= drop;
      out[i] += (float) (gain * Dsp.sine(phase));
      gain *= fall;
    }
  }

  static void snare(
      float[] out, int at, double level, double hz, double ring, int rate, Dice dice) {
    int end = end(out, at, ring, rate);
    Dsp.Filter wires = Dsp.Filter.highPass(1500, 0.7, rate);
    double gain = level;
    double tone = 0.6 * level;
    double fall = Dsp.decay(ring, rate);
    double toneFall = Dsp.decay(0.12, rate);
    for (int i = Math.max(0, at); i < end; i++) {
      int n = i - at;
      out[i] += (float) (0.7 * gain * wires.step(dice.noise()) + tone * Dsp.sine(hz * n / rate));
      gain *= fall;
      tone *= toneFall;
    }
  }

  /** Hi-hat, shaker, brush or cymbal: noise above {@code hz}, decaying in {@code ring} seconds. */
  static void hat(float[] out, int at, double level, double hz, double ring, int rate, Dice dice) {
    int end = end(out, at, ring, rate);
    Dsp.Filter metal = Dsp.Filter.highPass(Math.min(hz, 0.38 * rate), 1, rate);
    double gain = level;
    double fall = Dsp.decay(ring, rate);
    int attack = Dsp.samples(0.002, rate);
    for (int i = Math.max(0, at); i < end; i++) {
      int n = i - at;
      double rise = n < attack ? (double) n / attack : 1;
      out[i] += (float) (rise * gain * metal.step(dice.noise()));
      gain *= fall;
    }
  }

  /** Claps of several pairs of hands at almost the same time; one pair if {@code hands} is 1. */
  static void clap(
      float[] out, int at, double level, double hz, double ring, int hands, int rate, Dice dice) {
    for (int h = 0; h < hands; h++) {
      int start = at + (h == 0 ? 0 : Dsp.samples(dice.between(0.006, 0.03), rate));
      boolean last = h == hands - 1;
      double length = last ? ring : 0.02;
      int end = end(out, start, length, rate);
      Dsp.Filter palm = Dsp.Filter.bandPass(hz, 1.1, rate);
      double gain = level * (last ? 1 : 0.7);
      double fall = Dsp.decay(length, rate);
      for (int i = Math.max(0, start); i < end; i++) {
        out[i] += (float) (1.8 * gain * palm.step(dice.noise()));
        gain *= fall;
      }
    }
  }
}
