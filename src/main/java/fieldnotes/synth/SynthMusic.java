package fieldnotes.synth;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import java.util.Locale;

/**
 * Generates short instrumental pieces in several styles. The same arguments give the same samples
 * on every machine.
 *
 * <p>Chords, bass, rhythm and melody are drawn from lists per style; key, tempo, progression and
 * instruments vary from piece to piece.
 */
final class SynthMusic {
  /**
   * A piece.
   *
   * @param clip the sound, peak −1 dB
   * @param style its style
   * @param beatsPerMinute its tempo
   * @param key its key, as in "A minor"
   * @param instruments the instruments, joined by a plus sign
   */
  public record Piece(
      Clip clip, MusicStyle style, double beatsPerMinute, String key, String instruments) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s in %s, %.0f beats a minute, %s, %.1f s",
          style.label(),
          key,
          beatsPerMinute,
          instruments,
          clip.durationSeconds());
    }
  }

  private static final String[] NOTES = {
    "C", "C sharp", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat", "B"
  };
  private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};
  private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};

  private final int rate;
  private final Dice dice;
  private final float[] out;
  private final float[] room;
  private final double beat;
  private final int tonic;
  private final int[] scale;

  private SynthMusic(int samples, int rate, double bpm, int tonic, boolean minor, Dice dice) {
    this.rate = rate;
    this.dice = dice;
    this.beat = 60 / bpm;
    this.tonic = tonic;
    this.scale = minor ? MINOR : MAJOR;
    this.out = new float[samples];
    this.room = new float[samples];
  }

  /**
   * A piece of this length; it starts with its first bar and ends with a short fade.
   *
   * @param seconds above 0
   * @param sampleRateHz at least 8000; notes stay below half of it
   */
  public static Piece piece(MusicStyle style, double seconds, int sampleRateHz, long seed) {
    Check.positive("seconds", seconds);
    Check.atLeast("sampleRateHz", sampleRateHz, 8000);
    Dice dice = Dice.of(seed, "music " + style.label());
    double bpm =
        switch (style) {
          case AMBIENT -> dice.between(52, 84);
          case DANCE -> dice.between(116, 136);
          case FOLK -> dice.between(84, 126);
          case JAZZ -> dice.between(96, 190);
          case ROCK -> dice.between(98, 152);
        };
    bpm = StrictMath.rint(bpm);
    int tonic = dice.below(12);
    boolean minor =
        dice.chance(
            switch (style) {
              case AMBIENT -> 0.5;
              case DANCE -> 0.8;
              case FOLK -> 0.35;
              case JAZZ -> 0.4;
              case ROCK -> 0.6;
            });
    SynthMusic band =
        new SynthMusic(Dsp.samples(seconds, sampleRateHz), sampleRateHz, bpm, tonic, minor, dice);
    String instruments =
        switch (style) {
          case AMBIENT -> band.ambient();
          case DANCE -> band.dance();
          case FOLK -> band.folk();
          case JAZZ -> band.jazz();
          case ROCK -> band.rock();
        };
    String key = NOTES[tonic] + (minor ? " minor" : " major");
    String name = style.label() + " in " + key;
    return new Piece(Clip.of(name, band.mixed(style), sampleRateHz), style, bpm, key, instruments);
  }

  private float[] mixed(MusicStyle style) {
    double ring =
        switch (style) {
          case AMBIENT -> dice.between(2.5, 4.5);
          case DANCE -> dice.between(0.6, 1.5);
          case FOLK -> dice.between(0.5, 1.8);
          case JAZZ -> dice.between(0.7, 1.6);
          case ROCK -> dice.between(0.5, 1.3);
        };
    Dsp.mix(out, Dsp.room(room, rate, ring, dice.between(0.35, 0.6)), 0, 1);
    Dsp.Filter.highPass(28, 0.7, rate).run(out);
    Dsp.Filter.highShelf(3000, dice.between(-5, 3), rate).run(out);
    return Dsp.toPeak(Dsp.fade(out, Dsp.samples(0.005, rate), Dsp.samples(0.12, rate)), -1);
  }

  private int at(double beats) {
    return Dsp.samples(beats * beat, rate);
  }

  /** The sample index of a beat, with a few milliseconds of human timing error. */
  private int played(double beats) {
    return Math.max(0, at(beats) + Dsp.samples(dice.between(-0.006, 0.006), rate));
  }

  private double beats() {
    return (double) out.length / rate / beat;
  }

  /** The MIDI number of a scale degree, counted from the tonic nearest below {@code base}. */
  private int note(int base, int degree) {
    int octave = Math.floorDiv(degree, scale.length);
    int lowest = base - Math.floorMod(base - tonic, 12);
    return lowest + 12 * octave + scale[Math.floorMod(degree, scale.length)];
  }

  private int[] chord(int base, int degree, int size) {
    int[] notes = new int[size];
    for (int i = 0; i < size; i++) {
      notes[i] = note(base, degree + 2 * i);
    }
    return notes;
  }

  private int[] progression(int[]... choices) {
    return choices[dice.below(choices.length)];
  }

  private static int over(int[] progression, int bar) {
    return progression[bar % progression.length];
  }

  // ------------------------------------------------------------------ ambient

  private String ambient() {
    int[] chords =
        progression(
            new int[] {0, 5, 3, 4},
            new int[] {0, 3},
            new int[] {0, 2, 5, 3},
            new int[] {5, 3, 0, 4},
            new int[] {0, 0, 3, 3});
    double barBeats = dice.oneOf(4.0, 6.0, 8.0);
    double cut = dice.between(500, 2200);
    String pad = dice.oneOf("strings", "organ", "glass");
    String voice = dice.oneOf("piano", "vibraphone", "flute", "none");
    double[] bars = {0.5, 0, 0.9, dice.between(0, 0.5), 0, dice.between(0, 0.3)};
    int bar = 0;
    for (double b = 0; b < beats(); b += barBeats, bar++) {
      int degree = over(chords, bar);
      double seconds = barBeats * beat;
      int low = note(36, degree);
      Instruments.saws(
          room, at(b), Dsp.hz(low), seconds, 0.25, 300, 0.5, 1.2, 0.004, 0, rate, dice);
      for (int n : chord(dice.oneOf(48, 55, 60), degree, dice.chance(0.5) ? 4 : 3)) {
        switch (pad) {
          case "strings" ->
              Instruments.saws(
                  room,
                  at(b),
                  Dsp.hz(n),
                  seconds,
                  0.22,
                  cut,
                  dice.between(0.8, 1.6),
                  1.5,
                  dice.between(0.004, 0.012),
                  0.003,
                  rate,
                  dice);
          case "organ" -> Instruments.organ(room, at(b), Dsp.hz(n), seconds + 0.3, 0.2, bars, rate);
          default ->
              Instruments.vibraphone(
                  room, at(b), Dsp.hz(n + 12), seconds + 2, 0.3, dice.between(0.5, 3), rate);
        }
      }
      for (double m = 0; m < barBeats && !voice.equals("none"); m += dice.oneOf(1.0, 1.5, 2.0)) {
        if (dice.chance(0.45)) {
          double hz = Dsp.hz(note(67, degree + 2 * dice.below(4) + (dice.chance(0.2) ? 1 : 0)));
          double length = beat * dice.oneOf(1.0, 2.0, 3.0);
          double level = dice.between(0.15, 0.35);
          switch (voice) {
            case "piano" -> Instruments.piano(room, played(b + m), hz, length, level, 0.3, rate);
            case "flute" ->
                Instruments.flute(room, played(b + m), hz, length, 0.6 * level, 0.25, rate, dice);
            default -> Instruments.vibraphone(room, played(b + m), hz, length, level, 2, rate);
          }
        }
      }
    }
    if (dice.chance(0.5)) {
      float[] air = Dsp.pink(out.length, dice);
      for (int i = 0; i < air.length; i++) {
        air[i] *= (float) (0.05 * (1 + Dsp.sine(i / (rate * 7.0))));
      }
      Dsp.mix(room, air, 0, 1);
    }
    return voice.equals("none") ? pad : pad + "+" + voice;
  }

  // ------------------------------------------------------------------ dance

  private String dance() {
    int[] chords =
        progression(
            new int[] {0, 5, 2, 6},
            new int[] {0, 3, 5, 4},
            new int[] {0, 0, 5, 6},
            new int[] {5, 6, 0, 0},
            new int[] {0});
    String stab = dice.oneOf("saw stabs", "electric piano", "organ stabs", "strings");
    boolean arpeggio = dice.chance(0.6);
    boolean offBeatBass = dice.chance(0.5);
    double kickHz = dice.between(44, 60);
    double hatHz = dice.between(5500, 7000);
    double open = dice.between(900, 3200);
    int[] pattern = new int[16];
    for (int i = 0; i < 16; i++) {
      pattern[i] = dice.below(8);
    }
    boolean[] hits = new boolean[16];
    for (int i = 0; i < 16; i++) {
      hits[i] = dice.chance(i % 4 == 2 ? 0.8 : 0.3);
    }
    boolean breakdown = dice.chance(0.3);
    int drumsFrom = breakdown ? 8 : 0;
    for (int b = 0; b < beats(); b++) {
      int degree = over(chords, b / 4);
      if (b >= drumsFrom) {
        Instruments.kick(out, at(b), 0.85, kickHz, 0.32, rate);
        if (b % 2 == 1) {
          Instruments.clap(out, at(b), 0.35, 1300, 0.16, 3, rate, dice);
        }
        Instruments.hat(out, at(b + 0.5), 0.3, hatHz, 0.09, rate, dice);
      }
      for (int s = 0; s < 4; s++) {
        double when = b + s / 4.0;
        int step = (4 * b + s) % 16;
        if (b >= drumsFrom && s % 2 == 1) {
          Instruments.hat(out, at(when), 0.1, hatHz, 0.04, rate, dice);
        }
        if (offBeatBass ? s == 2 : s > 0) {
          Instruments.synth(
              out, at(when), Dsp.hz(note(33, degree)), 0.22 * beat, 0.5, 1200, 160, 0.15, rate);
        }
        if (arpeggio) {
          double hz = Dsp.hz(note(64, degree + 2 * (pattern[step] % 4) + 7 * (pattern[step] / 6)));
          Instruments.synth(room, at(when), hz, 0.2 * beat, 0.16, open * 2, 500, 0.2, rate);
        }
        if (hits[step]) {
          for (int n : chord(57, degree, 3)) {
            switch (stab) {
              case "saw stabs" ->
                  Instruments.synth(
                      room, at(when), Dsp.hz(n), 0.24 * beat, 0.2, open * 2, open / 3, 0.25, rate);
              case "electric piano" ->
                  Instruments.electricPiano(room, at(when), Dsp.hz(n), 0.4 * beat, 0.16, 0.7, rate);
              case "organ stabs" ->
                  Instruments.organ(
                      room,
                      at(when),
                      Dsp.hz(n),
                      0.2 * beat,
                      0.25,
                      new double[] {0.6, 0.3, 1, 0.6},
                      rate);
              default -> {
                if (step % 8 == 0) {
                  Instruments.saws(
                      room,
                      at(when),
                      Dsp.hz(n + 12),
                      1.8 * beat,
                      0.2,
                      open,
                      0.2,
                      0.3,
                      0.01,
                      0,
                      rate,
                      dice);
                }
              }
            }
          }
        }
      }
    }
    pump(drumsFrom);
    return "drums+synth bass+" + stab + (arpeggio ? "+arpeggio" : "");
  }

  /** Ducks the reverb input after every kick. */
  private void pump(int fromBeat) {
    double period = beat * rate;
    for (int i = at(fromBeat); i < room.length; i++) {
      double place = i % period / period;
      room[i] *= (float) Math.min(1, 0.35 + 1.3 * place);
    }
  }

  // ------------------------------------------------------------------ folk

  private String folk() {
    boolean waltz = dice.chance(0.35);
    int inBar = waltz ? 3 : 4;
    int[] chords =
        progression(
            new int[] {0, 3, 0, 4},
            new int[] {0, 4, 5, 3},
            new int[] {0, 5, 3, 4},
            new int[] {0, 0, 3, 4},
            new int[] {0, 6, 5, 4});
    String lead = dice.oneOf("flute", "fiddle", "mandolin", "none");
    boolean strummed = dice.chance(0.35);
    boolean shaker = dice.chance(0.3);
    double bright = dice.between(0.35, 0.85);
    double ring = dice.between(2.5, 5);
    int[] order = dice.chance(0.5) ? new int[] {0, 2, 1, 3} : new int[] {0, 1, 2, 3, 2, 1};
    for (int b = 0; b < beats(); b++) {
      int degree = over(chords, b / inBar);
      int[] notes = chord(52, degree, 4);
      notes[3] = notes[0] + 12;
      int place = b % inBar;
      if (place == 0 || (place == 2 && !waltz)) {
        int root = note(40, place == 0 ? degree : degree + 4);
        Instruments.pluck(out, played(b), Dsp.hz(root), 1.8 * beat, 0.45, 0.3, ring, rate, dice);
      }
      if (strummed) {
        double[] strokes = place == 0 ? new double[] {0} : new double[] {0, 0.5};
        for (double stroke : strokes) {
          boolean up = stroke > 0;
          double strum = dice.between(0.012, 0.022);
          for (int s = 0; s < 4; s++) {
            int string = up ? 3 - s : s;
            int start = played(b + stroke) + Dsp.samples(s * strum, rate);
            double level = up ? 0.14 : 0.24;
            Instruments.pluck(
                room, start, Dsp.hz(notes[string]), 0.9 * beat, level, bright, ring, rate, dice);
          }
        }
      } else {
        for (int s = 0; s < 2; s++) {
          int n = notes[order[(2 * b + s) % order.length]] + (dice.chance(0.1) ? 12 : 0);
          Instruments.pluck(
              room,
              played(b + s / 2.0),
              Dsp.hz(n),
              1.6 * beat,
              dice.between(0.2, 0.34),
              bright,
              ring,
              rate,
              dice);
        }
      }
      if (shaker) {
        Instruments.hat(out, at(b), 0.05, 5000, 0.06, rate, dice);
        Instruments.hat(out, at(b + 0.5), 0.09, 5000, 0.05, rate, dice);
      }
    }
    melody(lead, dice.oneOf(new int[] {67, 72}), new double[] {0.5, 1, 1, 1.5, 2}, chords, inBar);
    return (strummed ? "strummed guitar" : "picked guitar")
        + (lead.equals("none") ? "" : "+" + lead)
        + (shaker ? "+shaker" : "");
  }

  /** A melody in steps, with chord tones on the beat and rests between phrases. */
  private void melody(String lead, int base, double[] lengths, int[] chords, int inBar) {
    if (lead.equals("none")) {
      return;
    }
    int step = 2 * dice.below(3);
    double b = dice.below(3);
    while (b < beats()) {
      double length = lengths[dice.below(lengths.length)];
      int degree = over(chords, (int) b / inBar);
      step += dice.below(5) - 2;
      step = Math.max(-3, Math.min(9, step));
      boolean onBeat = b == Math.floor(b);
      int fromChord = Math.floorMod(step - degree, 7);
      int scaleStep = onBeat && fromChord % 2 == 1 ? step + 1 : step;
      if (!dice.chance(0.15)) {
        double hz = Dsp.hz(note(base, scaleStep));
        lead(lead, played(b), hz, 0.92 * length * beat);
      }
      b += length;
    }
  }

  private void lead(String lead, int at, double hz, double seconds) {
    double level = dice.between(0.22, 0.36);
    switch (lead) {
      case "flute" -> Instruments.flute(room, at, hz, seconds, level, 0.2, rate, dice);
      case "fiddle" ->
          Instruments.saws(room, at, hz, seconds, level, 3200, 0.06, 0.08, 0, 0.006, rate, dice);
      case "mandolin" -> {
        for (double t = 0; t < seconds; t += 0.09) {
          int start = at + Dsp.samples(t, rate);
          Instruments.pluck(room, start, hz, 0.15, 0.8 * level, 0.9, 1.5, rate, dice);
        }
      }
      case "horn" ->
          Instruments.saws(
              room, at, hz, seconds, 1.2 * level, 1500, 0.04, 0.06, 0, 0.007, rate, dice);
      case "vibraphone" -> Instruments.vibraphone(room, at, hz, seconds, level, 5, rate);
      case "piano" -> Instruments.piano(room, at, hz, seconds, level, 0.6, rate);
      default ->
          Instruments.overdriven(
              room, at, hz, seconds, level, 9, false, new double[] {1}, rate, dice);
    }
  }

  // ------------------------------------------------------------------ jazz

  private String jazz() {
    int[] chords =
        progression(
            new int[] {1, 4, 0, 0},
            new int[] {0, 5, 1, 4},
            new int[] {2, 5, 1, 4},
            new int[] {0, 3, 1, 4},
            new int[] {0, 0, 3, 3, 1, 4, 0, 4});
    String comping = dice.oneOf("electric piano", "piano", "organ", "guitar");
    String lead = dice.oneOf("horn", "vibraphone", "piano", "flute", "none");
    boolean brushes = dice.chance(0.4);
    double swing = dice.between(0.6, 0.68);
    double rideHz = dice.between(4500, 6500);
    int last = note(36, over(chords, 0));
    for (int b = 0; b < beats(); b++) {
      int bar = b / 4;
      int degree = over(chords, bar);
      int place = b % 4;
      int walk;
      if (place == 0) {
        walk = note(36, degree);
      } else if (place == 3) {
        walk = note(36, over(chords, bar + 1)) + (dice.chance(0.5) ? 1 : -1);
      } else {
        walk = note(36, degree + dice.oneOf(new int[] {2, 4, 1, 3, 6}));
      }
      if (walk - last > 9) {
        walk -= 12;
      } else if (last - walk > 9) {
        walk += 12;
      }
      last = walk;
      Instruments.pluck(out, played(b), Dsp.hz(walk), 0.9 * beat, 0.6, 0.12, 1.6, rate, dice);
      if (brushes) {
        float[] sweep = Dsp.white(at(1), dice);
        Dsp.Filter.bandPass(3500, 0.6, rate).run(sweep);
        Dsp.fade(sweep, sweep.length / 2, sweep.length / 3);
        Dsp.mix(out, sweep, at(b), 0.07);
      } else {
        Instruments.hat(out, played(b), 0.16, rideHz, 0.5, rate, dice);
        if (place % 2 == 1) {
          Instruments.hat(out, played(b + swing), 0.1, rideHz, 0.35, rate, dice);
        }
      }
      if (place % 2 == 1) {
        Instruments.hat(out, at(b), 0.14, 6000, 0.06, rate, dice);
      }
      if (dice.chance(0.12)) {
        Instruments.snare(out, played(b + swing), 0.14, 210, 0.12, rate, dice);
      }
      if (dice.chance(place == 0 ? 0.7 : 0.35)) {
        double when = b + (dice.chance(0.5) ? 0 : swing);
        double length = beat * dice.oneOf(0.4, 0.6, 1.6);
        double level = dice.between(0.12, 0.2);
        int[] notes = chord(55, degree, 4);
        notes[0] = note(55, degree + (dice.chance(0.4) ? 8 : 0));
        for (int n : notes) {
          int start = played(when);
          switch (comping) {
            case "electric piano" ->
                Instruments.electricPiano(room, start, Dsp.hz(n), length, level, 0.5, rate);
            case "piano" -> Instruments.piano(room, start, Dsp.hz(n), length, level, 0.5, rate);
            case "organ" ->
                Instruments.organ(
                    room,
                    start,
                    Dsp.hz(n),
                    length,
                    level,
                    new double[] {0.8, 0.8, 0.8, 0.2, 0.1},
                    rate);
            default ->
                Instruments.pluck(room, start, Dsp.hz(n), length, 1.2 * level, 0.25, 2, rate, dice);
          }
        }
      }
    }
    double[] lengths = {swing, 1 - swing, 1, 1, 2, 1.5};
    melody(lead, dice.oneOf(new int[] {60, 67}), lengths, chords, 4);
    return "bass+"
        + (brushes ? "brushes+" : "cymbal+")
        + comping
        + (lead.equals("none") || lead.equals(comping) ? "" : "+" + lead);
  }

  // ------------------------------------------------------------------ rock

  private String rock() {
    int[] chords =
        progression(
            new int[] {0, 5, 2, 6},
            new int[] {0, 3, 4, 4},
            new int[] {0, 6, 3, 0},
            new int[] {0, 4, 5, 3},
            new int[] {0, 0, 2, 3});
    boolean muted = dice.chance(0.4);
    boolean solo = dice.chance(0.5);
    boolean organ = dice.chance(0.3);
    double drive = dice.between(5, 16);
    double hatRing = dice.oneOf(0.06, 0.25);
    boolean halfTime = dice.chance(0.25);
    double[] fifth = dice.chance(0.5) ? new double[] {1, 1.5, 2} : new double[] {1, 1.5};
    double kickHz = dice.between(55, 72);
    boolean[] kicks = new boolean[8];
    for (int i = 0; i < 8; i++) {
      kicks[i] = i == 0 || dice.chance(i == 4 ? 0.7 : i == 7 || i == 5 || i == 3 ? 0.35 : 0.05);
    }
    for (int b = 0; b < beats(); b++) {
      int degree = over(chords, b / 4);
      int place = b % 4;
      for (int s = 0; s < 2; s++) {
        double when = b + s / 2.0;
        int eighth = 2 * place + s;
        if (kicks[eighth]) {
          Instruments.kick(out, played(when), 0.8, kickHz, 0.24, rate);
        }
        double hat = s == 0 ? 0.2 : 0.13;
        Instruments.hat(out, played(when), hat, 5200, hatRing, rate, dice);
        Instruments.pluck(
            out, played(when), Dsp.hz(note(28, degree)), 0.5 * beat, 0.45, 0.35, 2.5, rate, dice);
        if (muted) {
          boolean accent = eighth == 0 || eighth == 3 || eighth == 6;
          Instruments.overdriven(
              room,
              played(when),
              Dsp.hz(note(40, degree)),
              0.48 * beat,
              0.3,
              drive,
              !accent,
              fifth,
              rate,
              dice);
        }
      }
      if (!muted && (place == 0 || (place == 2 && dice.chance(0.7)) || dice.chance(0.2))) {
        double length = place == 0 ? 2 : 1;
        Instruments.overdriven(
            room,
            played(b),
            Dsp.hz(note(40, degree)),
            length * beat,
            0.34,
            drive,
            false,
            fifth,
            rate,
            dice);
      }
      if (halfTime ? place == 2 : place % 2 == 1) {
        Instruments.snare(out, played(b), 0.6, 185, 0.2, rate, dice);
      }
      if (organ && place == 0) {
        for (int n : chord(60, degree, 3)) {
          Instruments.organ(
              room,
              played(b),
              Dsp.hz(n),
              3.9 * beat,
              0.12,
              new double[] {0.7, 0.5, 0.9, 0.4, 0.2, 0.3},
              rate);
        }
      }
      if (b % 16 == 0) {
        Instruments.hat(out, at(b), 0.3, 3800, 1.6, rate, dice);
      }
    }
    if (solo) {
      melody("overdriven lead", 64, new double[] {0.5, 0.5, 1, 1, 2}, chords, 4);
    }
    return "drums+bass+"
        + (muted ? "muted guitar" : "overdriven guitar")
        + (solo ? "+lead guitar" : "")
        + (organ ? "+organ" : "");
  }
}
