package fieldnotes.synth;

import java.util.Locale;

/** The styles that {@link SynthMusic} plays. */
enum MusicStyle {
  /** Slow pads and drones with a bell or a piano far apart; no drums. */
  AMBIENT,
  /** Four beats on the floor, claps, an off-beat bass, stabs and arpeggios. */
  DANCE,
  /** A picked guitar, sometimes a flute or a fiddle above it, no drums but a shaker. */
  FOLK,
  /** A walking bass, a swung cymbal, seventh chords, a horn or a vibraphone. */
  JAZZ,
  /** Overdriven fifths, a bass on the roots, a back beat. */
  ROCK;

  /** The name as it stands in the tables: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
