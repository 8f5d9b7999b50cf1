package fieldnotes.synth;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;

/**
 * Synthesizes everyday sounds in ten classes. The same arguments give the same samples on every
 * machine; another seed gives another sound of the class.
 *
 * <p>These are physical caricatures (noise bursts for claps, resonated pulses for an engine), not
 * recordings: a classifier trained on them is not tested on real sounds.
 */
final class SynthSounds {
  private final int rate;
  private final Dice dice;
  private final float[] out;

  private SynthSounds(int samples, int rate, Dice dice) {
    this.rate = rate;
    this.dice = dice;
    this.out = new float[samples];
  }

  /**
   * One sound of a class, with reverberation and a little noise.
   *
   * @param seconds above 0
   * @param sampleRateHz at least 8000
   * @return peak between −14 and −1 dB
   */
  public static Clip sound(EverydaySound what, double seconds, int sampleRateHz, long seed) {
    Check.positive("seconds", seconds);
    Check.atLeast("sampleRateHz", sampleRateHz, 8000);
    Dice dice = Dice.of(seed, "sound " + what.label());
    SynthSounds one = new SynthSounds(Dsp.samples(seconds, sampleRateHz), sampleRateHz, dice);
    switch (what) {
      case CLAP -> one.clap();
      case SIREN -> one.siren();
      case ENGINE -> one.engine();
      case RAIN -> one.rain();
      case BELL -> one.bell();
      case ALARM -> one.alarm();
      case FOOTSTEPS -> one.footsteps();
      case HUM -> one.hum();
      case WHISTLE -> one.whistle();
      case TYPING -> one.typing();
    }
    float[] wet = Dsp.room(one.out, sampleRateHz, dice.between(0.2, 1.1), dice.between(0.03, 0.35));
    Dsp.toPeak(wet, -1);
    float[] floor = Dsp.toRms(Dsp.pink(wet.length, dice), dice.between(-66, -42));
    Dsp.mix(wet, floor, 0, 1);
    int edge = Dsp.samples(0.01, sampleRateHz);
    Dsp.toPeak(Dsp.fade(wet, edge, edge), dice.between(-14, -1));
    return Clip.of(what.label(), wet, sampleRateHz);
  }

  private double seconds() {
    return (double) out.length / rate;
  }

  private int at(double seconds) {
    return Dsp.samples(seconds, rate);
  }

  private void clap() {
    double hz = dice.between(800, 1700);
    double ring = dice.between(0.05, 0.16);
    if (dice.chance(0.3)) { // an audience
      int hands = 8 + dice.below(30);
      for (int h = 0; h < hands; h++) {
        double own = hz * dice.between(0.7, 1.5);
        double every = dice.between(0.19, 0.34);
        double level = dice.between(0.1, 0.6);
        for (double t = dice.between(0, every); t < seconds(); t += every) {
          int start = at(t + dice.between(-0.03, 0.03));
          Instruments.clap(out, start, level, own, ring, 2, rate, dice);
        }
      }
      return;
    }
    double every = dice.between(0.28, 0.9);
    double t = dice.between(0.05, 0.3);
    while (t < seconds() - 0.1) {
      double level = dice.between(0.6, 1);
      double own = hz * dice.between(0.93, 1.07);
      Instruments.clap(out, at(t), level, own, ring, 1 + dice.below(3), rate, dice);
      t += every * dice.between(0.93, 1.07);
    }
  }

  private void siren() {
    double low = dice.between(420, 700);
    double high = low * dice.between(1.35, 2.6);
    int kind = dice.below(3);
    double period =
        switch (kind) {
          case 0 -> dice.between(2.2, 5); // wail
          case 1 -> dice.between(0.22, 0.5); // yelp
          default -> dice.between(0.8, 1.6); // two tones
        };
    double harsh = dice.between(1, 4);
    double passes = dice.between(0.2, 0.8) * seconds();
    double nearness = dice.between(0.8, 3);
    double offset = dice.uniform();
    double phase = 0;
    double hz = low;
    for (int i = 0; i < out.length; i++) {
      double t = (double) i / rate;
      double place = t / period + offset;
      place -= Math.floor(place);
      double aim =
          switch (kind) {
            case 0 -> low + (high - low) * (0.5 - 0.5 * Dsp.sine(place + 0.25));
            case 1 -> low + (high - low) * (place < 0.7 ? place / 0.7 : (1 - place) / 0.3);
            default -> place < 0.5 ? low : low * 1.335;
          };
      hz += 0.01 * (aim - hz);
      double away = (t - passes) / nearness;
      double speed = away / Math.sqrt(1 + away * away);
      phase += hz * (1 - 0.03 * speed) / rate;
      double x = harsh * Dsp.sine(phase);
      double level = 0.35 + 0.65 / (1 + away * away);
      out[i] = (float) (level * x / (1 + Math.abs(x)));
    }
  }

  private void engine() {
    double idle = dice.between(18, 45);
    double top = idle * dice.between(1.2, 3.2);
    double revs = dice.between(0.15, 0.7);
    double offset = dice.uniform();
    int cylinders = 2 + dice.below(5);
    double[] uneven = new double[cylinders];
    for (int c = 0; c < cylinders; c++) {
      uneven[c] = dice.between(0.6, 1);
    }
    Dsp.Filter pipe = Dsp.Filter.bandPass(dice.between(70, 160), 2, rate);
    Dsp.Filter box = Dsp.Filter.bandPass(dice.between(250, 600), 3, rate);
    Dsp.Filter air = Dsp.Filter.bandPass(dice.between(900, 2500), 0.8, rate);
    double hiss = dice.between(0.05, 0.3);
    double phase = 0;
    int stroke = 0;
    double pulse = 0;
    double fall = Dsp.decay(0.025, rate);
    for (int i = 0; i < out.length; i++) {
      double t = (double) i / rate;
      double throttle = 0.5 - 0.5 * Dsp.sine(revs * t + offset);
      double hz = idle + (top - idle) * throttle * throttle;
      phase += hz / rate;
      if (phase >= 1) {
        phase -= 1;
        stroke = (stroke + 1) % cylinders;
        pulse += uneven[stroke] * dice.between(0.85, 1.15);
      }
      double noise = dice.noise();
      double x = pulse * (0.8 + 0.2 * noise) - 0.2;
      pulse *= fall;
      double low = 1.6 * pipe.step(x) + 1.2 * box.step(x);
      out[i] = (float) (low + hiss * (0.3 + pulse) * air.step(noise));
    }
  }

  private void rain() {
    double heavy = dice.uniform();
    float[] far = Dsp.white(out.length, dice);
    Dsp.Filter.highPass(dice.between(300, 1500), 0.6, rate).run(far);
    Dsp.Filter.highShelf(4000, dice.between(-8, 4), rate).run(far);
    double gust = dice.between(0.1, 0.5);
    for (int i = 0; i < far.length; i++) {
      far[i] *= (float) (1 + 0.35 * Dsp.sine(gust * i / rate));
    }
    Dsp.mix(out, far, 0, 0.08 + 0.25 * heavy);
    int drops = (int) (seconds() * (40 + 500 * heavy));
    boolean roof = dice.chance(0.4);
    for (int d = 0; d < drops; d++) {
      int start = dice.below(out.length);
      double hz = roof ? dice.between(500, 2500) : dice.between(1500, 7500);
      double level = dice.between(0.05, 0.4) * dice.uniform();
      double fall = Dsp.decay(dice.between(0.006, 0.04), rate);
      double bend = dice.between(1, 1.00004);
      int end = Math.min(out.length, start + at(0.05));
      double phase = 0;
      for (int i = start; i < end; i++) {
        phase += hz / rate;
        hz *= bend;
        out[i] += (float) (level * (0.7 * Dsp.sine(phase) + 0.3 * dice.noise()));
        level *= fall;
      }
    }
  }

  private void bell() {
    double hz = dice.chance(0.5) ? dice.between(180, 480) : dice.between(500, 1500);
    double[] ratios =
        dice.chance(0.6)
            ? new double[] {0.5, 1, 1.19, 1.5, 2, 2.52, 2.66, 3.01, 4.1, 5.4}
            : new double[] {1, 2.76, 5.4, 8.93};
    double ring = dice.between(1.2, 4.5) * Math.min(1.3, Math.sqrt(500 / hz));
    double every = dice.oneOf(0.5, 0.9, 1.4, 9.0);
    for (double t = dice.between(0.02, 0.15); t < seconds() - 0.1; t += every) {
      double strike = dice.between(0.7, 1);
      for (double ratio : ratios) {
        for (int twin = 0; twin < 2; twin++) { // partials of a real bell beat
          double step = hz * ratio * (twin == 0 ? 1 : 1.0007 + 0.0008 * dice.uniform()) / rate;
          if (step > 0.45) {
            continue;
          }
          double level = strike * dice.between(0.3, 1) / (0.8 + 0.6 * ratio);
          double fall = Dsp.decay(ring / (0.5 + 0.5 * ratio), rate);
          double phase = dice.uniform();
          for (int i = at(t); i < out.length; i++) {
            out[i] += (float) (level * Dsp.sine(phase));
            phase += step;
            level *= fall;
          }
        }
      }
      Instruments.hat(out, at(t), 0.4 * strike, 3000, 0.03, rate, dice);
    }
  }

  private void alarm() {
    double hz = dice.between(700, 3300);
    int kind = dice.below(3);
    int beeps = kind == 0 ? 2 + dice.below(3) : 1;
    double on = kind == 2 ? dice.between(0.25, 0.5) : dice.between(0.05, 0.2);
    double gap = kind == 2 ? 0 : on * dice.between(0.5, 1.2);
    double rest = kind == 0 ? dice.between(0.3, 0.7) : gap;
    double second = kind == 2 ? dice.between(0.7, 0.85) : 1;
    double square = dice.between(0, 1);
    double t = dice.between(0, 0.3);
    boolean other = false;
    while (t < seconds()) {
      for (int b = 0; b < beeps; b++) {
        int start = at(t);
        int length = at(on);
        double step = hz * (other ? second : 1) / rate;
        for (int i = 0; i < length && start + i < out.length; i++) {
          double edges = Math.min(1, Math.min(i, length - i) / (0.002 * rate));
          double s = Dsp.sine(i * step);
          double odd =
              (3 * step < 0.45 ? Dsp.sine(3 * i * step) / 3 : 0)
                  + (5 * step < 0.45 ? Dsp.sine(5 * i * step) / 5 : 0);
          out[start + i] += (float) (edges * 0.7 * (s + square * odd));
        }
        t += on + gap;
        other = !other;
      }
      t += rest - gap;
    }
  }

  private void footsteps() {
    double every = dice.between(0.38, 0.75);
    int ground = dice.below(3); // stone, wood, gravel
    double thump = dice.between(55, 130);
    double hard =
        switch (ground) {
          case 0 -> dice.between(1800, 3200);
          case 1 -> dice.between(350, 800);
          default -> dice.between(2500, 4500);
        };
    double t = dice.between(0.05, 0.3);
    boolean left = true;
    while (t < seconds() - 0.15) {
      double level = dice.between(0.6, 1);
      double foot = left ? 1 : dice.between(0.92, 1.06);
      Instruments.kick(out, at(t), 0.6 * level, thump * foot, 0.12, rate);
      step(t, level, hard * foot, ground);
      step(t + dice.between(0.07, 0.13), 0.5 * level, hard * foot * 1.2, ground);
      t += every * dice.between(0.95, 1.05);
      left = !left;
    }
  }

  private void step(double t, double level, double hz, int ground) {
    if (ground == 2) {
      int grains = 12 + dice.below(25);
      for (int g = 0; g < grains; g++) {
        int start = at(t + 0.12 * dice.uniform() * dice.uniform());
        burst(start, 0.5 * level * dice.uniform(), hz * dice.between(0.5, 1.6), 2, 0.012);
      }
    } else {
      burst(at(t), level, hz, ground == 1 ? 4 : 1.2, ground == 1 ? 0.09 : 0.035);
    }
  }

  /** A short noise burst through a resonance. */
  private void burst(int start, double level, double hz, double q, double ring) {
    Dsp.Filter body = Dsp.Filter.bandPass(hz, q, rate);
    double fall = Dsp.decay(ring, rate);
    double loud = level * Math.sqrt(q) * 1.5;
    int end = Math.min(out.length, start + at(2 * ring));
    for (int i = Math.max(0, start); i < end; i++) {
      out[i] += (float) body.step(loud * dice.noise());
      loud *= fall;
    }
  }

  private void hum() {
    double mains = dice.oneOf(50.0, 60.0) * (1 + dice.between(-0.002, 0.002));
    int first = 1 + dice.below(2);
    int partials = 4 + dice.below(14);
    double tilt = dice.between(0.5, 1.6);
    for (int p = 1; p <= partials; p++) {
      double step = mains * first * p / rate;
      double level = dice.between(0.2, 1) / StrictMath.pow(p, tilt);
      double swell = dice.between(0.1, 0.9);
      double depth = dice.between(0, 0.3);
      double phase = dice.uniform();
      for (int i = 0; i < out.length; i++) {
        double slow = 1 + depth * Dsp.sine(swell * i / rate + phase);
        out[i] += (float) (level * slow * Dsp.sine(phase + i * step));
      }
    }
    float[] fan = Dsp.pink(out.length, dice);
    Dsp.Filter.lowPass(dice.between(300, 2500), 0.7, rate).run(fan);
    Dsp.mix(out, fan, 0, dice.between(0.05, 0.8));
  }

  private void whistle() {
    int kind = dice.below(3);
    double breath = dice.between(0.02, 0.15);
    Dsp.Filter air = Dsp.Filter.bandPass(2600, 0.8, rate);
    double t = dice.between(0.02, 0.2);
    double base = kind == 1 ? dice.between(2400, 3600) : dice.between(800, 1700);
    int[] steps = {-3, 0, 2, 4, 5, 7, 9, 12};
    while (t < seconds() - 0.1) {
      double length = kind == 1 ? dice.between(0.4, 1.2) : dice.between(0.18, 0.7);
      double from = base;
      double to = base;
      if (kind == 0) { // a tune
        from = base * StrictMath.pow(2, dice.oneOf(steps) / 12.0);
        to = from * dice.between(0.98, 1.02);
      } else if (kind == 2) { // a slide up, or up and down
        from = base * dice.between(0.6, 0.8);
        to = base * dice.between(1.3, 1.9);
      }
      double trill = kind == 1 ? dice.between(18, 32) : dice.between(4, 6.5);
      double depth = kind == 1 ? 0.03 : 0.006;
      int start = at(t);
      int n = at(length);
      double phase = 0;
      double level = dice.between(0.6, 1);
      for (int i = 0; i < n && start + i < out.length; i++) {
        double place = (double) i / n;
        double glide = 0.5 - 0.5 * Dsp.sine(0.25 + 0.5 * place);
        double wobble = Dsp.sine(trill * i / rate);
        double hz = (from + (to - from) * glide) * (1 + depth * wobble);
        phase += Math.min(hz / rate, 0.45);
        double edges = Math.min(1, Math.min(i, n - i) / (0.03 * rate));
        double loud = kind == 1 ? 0.8 + 0.2 * wobble : 1;
        double body = Dsp.sine(phase) + 0.04 * Dsp.sine(2 * phase);
        out[start + i] += (float) (level * edges * (loud * body + breath * air.step(dice.noise())));
      }
      t += length + (kind == 0 ? dice.between(0.01, 0.15) : dice.between(0.15, 0.6));
    }
  }

  private void typing() {
    double keysASecond = dice.between(3.5, 10);
    double hz = dice.between(1500, 3800);
    double thock = dice.between(180, 420);
    boolean clicky = dice.chance(0.5);
    double t = dice.between(0.03, 0.3);
    int untilSpace = 2 + dice.below(7);
    while (t < seconds() - 0.05) {
      boolean space = untilSpace-- == 0;
      double own = (space ? 0.6 : 1) * hz * dice.between(0.85, 1.15);
      double level = (space ? 1 : 0.75) * dice.between(0.6, 1);
      burst(at(t), level, own, clicky ? 3 : 1.3, clicky ? 0.012 : 0.02);
      burst(at(t + 0.004), 0.7 * level, thock * dice.between(0.9, 1.1), 3, 0.04);
      double up = t + dice.between(0.06, 0.11);
      burst(at(up), 0.35 * level, own * 1.3, 2, 0.01);
      t += dice.between(0.6, 1.4) / keysASecond;
      if (space) {
        untilSpace = 2 + dice.below(7);
        t += dice.chance(0.25) ? dice.between(0.2, 0.6) : 0;
      }
    }
  }
}
