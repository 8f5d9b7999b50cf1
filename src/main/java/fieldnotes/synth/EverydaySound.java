package fieldnotes.synth;

import java.util.Locale;

/** The ten classes of sound that {@link SynthSounds} makes. */
enum EverydaySound {
  CLAP,
  SIREN,
  ENGINE,
  RAIN,
  BELL,
  ALARM,
  FOOTSTEPS,
  HUM,
  WHISTLE,
  TYPING;

  /** The name used in tables, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
