package fieldnotes.synth;

import fieldnotes.synth.SynthSpeech.Speaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A radio programme: its sound and its labelled segments. */
final class Episode {
  static final int RATE = SynthSpeech.SAMPLE_RATE_HZ;

  /**
   * A segment of a programme; fields that do not apply are null or NaN.
   *
   * @param what speech, music, both or silence
   * @param speechAboveMusicDb level of speech relative to music, in dB, where both sound
   */
  record Part(
      int from,
      int to,
      String what,
      Speaker speaker,
      boolean telephone,
      MusicStyle style,
      double beatsPerMinute,
      double speechAboveMusicDb) {}

  /** Structure of a programme: one letter per segment. */
  private enum Format {
    NEWS("m.12 s.40 - t.25 m.17"),
    TALK("m.12 b.22 s.40 b.12 m.12"),
    CONCERT("s.20 m.60 - b.15"),
    MAGAZINE("s.22 - m.26 b.26 m.14"),
    INTERVIEW("m.08 s.20 t.30 - s.20 m.18"),
    REQUESTS("b.30 m.42 b.22"),
    NIGHT("m.42 _ b.30 _"),
    READING("s.46 _ s.34"),
    LIVE("m.46 _ m.32");

    private final String plan;

    Format(String plan) {
      this.plan = plan;
    }
  }

  private static final List<Format> FORMATS = List.of(Format.values());

  private final Dice dice;
  private final List<Part> parts = new ArrayList<>();
  private final float[] sound = new float[60 * RATE];
  private final List<String> unsaid = new ArrayList<>(SynthSpeech.sentences());
  private int now;

  private Episode(Dice dice) {
    this.dice = dice;
  }

  /** The segments in order, covering the whole sound without gaps. */
  List<Part> parts() {
    return parts;
  }

  /** Mono samples at 16 kHz. */
  float[] sound() {
    return Arrays.copyOf(sound, now);
  }

  /** Programme number {@code index} of a seed, 30 to 60 s long. */
  static Episode of(long seed, int index) {
    Episode episode = new Episode(Dice.of(seed, "episode " + index));
    episode.compose(FORMATS.get(index % FORMATS.size()));
    return episode;
  }

  private void compose(Format format) {
    double seconds = dice.between(37.5, 46.5);
    Speaker host = speaker();
    Speaker guest = speaker();
    boolean guestOnTheLine = dice.chance(0.5);
    MusicStyle style = dice.oneOf(MusicStyle.values());
    SynthMusic.Piece theme = SynthMusic.piece(style, 34, RATE, dice.next());
    double hostDb = dice.between(-25, -19);
    double themeDb = dice.between(-27, -18);
    String[] plan = format.plan.split(" ");
    double planned = 0;
    for (int p = 0; p < plan.length; p++) {
      char kind = plan[p].charAt(0);
      double share = plan[p].length() > 1 ? Double.parseDouble(plan[p].substring(1)) : 0;
      double length = share * seconds;
      planned += length;
      switch (kind) {
        case 's' -> speak(host, false, hostDb, length, null, 0);
        case 't' -> speak(guest, guestOnTheLine, hostDb + dice.between(-7, 2), length, null, 0);
        case 'b' -> speak(host, false, hostDb, length, theme, dice.between(2, 15));
        case 'm' -> {
          // Adjust music for speech that was longer or shorter than planned.
          double left = Math.max(3, length + 0.5 * (planned - length - (double) now / RATE));
          play(theme, themeDb, left, p == 0 ? 0 : dice.between(0, 12));
        }
        case '-' -> pause(dice.between(0.8, 2.5));
        default -> pause(dice.between(2.5, 6.5));
      }
    }
    finish();
  }

  private Speaker speaker() {
    double pitch = dice.between(78, 235);
    double tract = 0.84 + 0.34 * (pitch - 78) / 157 + dice.between(-0.06, 0.06);
    return new Speaker(
        StrictMath.rint(pitch),
        StrictMath.rint(dice.between(8, 34)),
        StrictMath.rint(dice.between(125, 205)),
        StrictMath.rint(100 * tract) / 100);
  }

  private void speak(
      Speaker who,
      boolean telephone,
      double db,
      double seconds,
      SynthMusic.Piece bed,
      double over) {
    int from = now;
    int room = Math.min(sound.length - from, Dsp.samples(seconds + 8, RATE));
    float[] talk = new float[room];
    int at = Dsp.samples(dice.between(0.05, 0.25), RATE);
    int enough = Dsp.samples(seconds - 1.5, RATE);
    do {
      String sentence = unsaid.remove(dice.below(unsaid.size()));
      float[] said = trimmed(SynthSpeech.say(sentence, who).samples());
      if (at + said.length > room) {
        break;
      }
      Dsp.mix(talk, said, at, dice.between(0.85, 1.15));
      at += said.length + Dsp.samples(dice.between(0.12, 0.55), RATE);
    } while (at < enough);
    talk = Arrays.copyOf(talk, Math.min(at, room));
    Dsp.Filter.highShelf(2500, dice.between(-4, 6), RATE).run(talk);
    if (telephone) {
      for (int pass = 0; pass < 2; pass++) {
        Dsp.Filter.highPass(320, 0.7, RATE).run(talk);
        Dsp.Filter.lowPass(3300, 0.7, RATE).run(talk);
      }
    }
    talk = Dsp.room(talk, RATE, dice.between(0.15, 0.7), dice.between(0.02, 0.3));
    Dsp.toRms(talk, db);
    Dsp.mix(sound, talk, from, 1);
    if (bed == null) {
      add(
          new Part(
              from, from + talk.length, "speech", who, telephone, null, Double.NaN, Double.NaN));
      return;
    }
    float[] music = excerpt(bed, talk.length, dice.between(0, 8));
    Dsp.toRms(music, db - over);
    Dsp.mix(sound, Dsp.fade(music, RATE / 4, RATE / 3), from, 1);
    add(
        new Part(
            from,
            from + talk.length,
            "both",
            who,
            telephone,
            bed.style(),
            bed.beatsPerMinute(),
            over));
  }

  /** Removes the silence that FreeTTS adds at both ends. */
  private static float[] trimmed(float[] x) {
    int from = 0;
    int to = x.length;
    while (from < to && Math.abs(x[from]) < 0.004) {
      from++;
    }
    while (to > from && Math.abs(x[to - 1]) < 0.004) {
      to--;
    }
    return Arrays.copyOfRange(x, from, to);
  }

  private void play(SynthMusic.Piece piece, double db, double seconds, double skip) {
    int length = Math.min(sound.length - now, Dsp.samples(seconds, RATE));
    if (length < RATE) {
      return;
    }
    float[] music = Dsp.toRms(excerpt(piece, length, skip), db);
    Dsp.fade(
        music,
        Dsp.samples(dice.between(0.01, 0.4), RATE),
        Dsp.samples(dice.between(0.05, 1.2), RATE));
    Dsp.mix(sound, music, now, 1);
    add(
        new Part(
            now,
            now + length,
            "music",
            null,
            false,
            piece.style(),
            piece.beatsPerMinute(),
            Double.NaN));
  }

  /** An excerpt of the piece from {@code skipSeconds}, or earlier if it would run past the end. */
  private static float[] excerpt(SynthMusic.Piece piece, int length, double skipSeconds) {
    float[] all = piece.clip().samples();
    int from = Math.max(0, Math.min(Dsp.samples(skipSeconds, RATE), all.length - length));
    float[] some = new float[length];
    System.arraycopy(all, from, some, 0, Math.min(length, all.length - from));
    return some;
  }

  private void pause(double seconds) {
    int length = Math.min(sound.length - now, Dsp.samples(seconds, RATE));
    if (length > 0) {
      add(new Part(now, now + length, "silence", null, false, null, Double.NaN, Double.NaN));
    }
  }

  private void add(Part part) {
    parts.add(part);
    now = part.to();
  }

  /** Adds background noise, hum and slow level changes, and sets the peak level. */
  private void finish() {
    float[] noise = dice.chance(0.5) ? Dsp.pink(now, dice) : Dsp.white(now, dice);
    Dsp.Filter.lowPass(dice.between(1500, 7000), 0.7, RATE).run(noise);
    double db = dice.between(-68, -46);
    Dsp.mix(sound, Dsp.toRms(noise, db), 0, 1);
    if (dice.chance(0.4)) {
      double hum = Dsp.gain(db + dice.between(-6, 4));
      double mains = dice.chance(0.5) ? 50 : 60;
      for (int i = 0; i < now; i++) {
        double t = (double) i / RATE;
        sound[i] += (float) (hum * (Dsp.sine(mains * t) + 0.5 * Dsp.sine(3 * mains * t)));
      }
    }
    double depth = dice.between(0, 4);
    double turns = dice.between(0.01, 0.06);
    double start = dice.uniform();
    double level = 0;
    for (int i = 0; i < now; i++) {
      if (i % 160 == 0) {
        level = Dsp.gain(depth * Dsp.sine(start + turns * i / RATE));
      }
      sound[i] *= (float) level;
    }
    double peak = Dsp.peak(sound);
    double aim = Dsp.gain(dice.between(-9, -1));
    Dsp.scale(sound, aim / peak);
  }
}
