package fieldnotes.synth;

import java.util.Locale;

/** The styles that {@link SynthMusic} plays. */
enum MusicStyle {
  /** Slow pads and drones with a sparse bell or piano; no drums. */
  AMBIENT,
  /** Four-on-the-floor kick, claps, off-beat bass, stabs and arpeggios. */
  DANCE,
  /** Picked or strummed guitar, sometimes with flute or fiddle; no drums except a shaker. */
  FOLK,
  /** Walking bass, swung cymbal, seventh chords, horn or vibraphone. */
  JAZZ,
  /** Overdriven power chords, root-note bass, backbeat. */
  ROCK;

  /** The name used in tables, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
