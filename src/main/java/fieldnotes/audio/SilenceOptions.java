package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * What counts as silence.
 *
 * @param topDb a frame is silent if its level is at least so far below the loudest frame, above 0
 * @param frameLength of a frame in samples, at least 1
 * @param hop samples between frames, at least 1
 */
public record SilenceOptions(double topDb, int frameLength, int hop) {
  public SilenceOptions {
    Check.positive("topDb", topDb);
    Check.atLeast("frameLength", frameLength, 1);
    Check.atLeast("hop", hop, 1);
  }

  /** librosa's: 60 dB, frames of 2048 samples, 512 apart. */
  public static SilenceOptions of() {
    return of(60);
  }

  /** As {@link #of()} with another level in dB; 30 to 40 suits recordings with some noise. */
  public static SilenceOptions of(double topDb) {
    return new SilenceOptions(topDb, 2048, 512);
  }

  /** Returns options with other frames. */
  public SilenceOptions withFrames(int frameLength, int hop) {
    return new SilenceOptions(topDb, frameLength, hop);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "silence from %s dB below the loudest of frames of %d samples, %d apart",
        AugmentWords.number(topDb),
        frameLength,
        hop);
  }
}
