package fieldnotes.audio;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Format and length of a sound file, from its header.
 *
 * @param path the file
 * @param container container format, such as {@code wav}, {@code mp3}, {@code flac}, {@code ogg}
 * @param codec FFmpeg's codec name, such as {@code pcm_s16le}, {@code mp3float}, {@code opus}
 * @param sampleRateHz sample rate in Hz
 * @param channels number of channels, at least 1
 * @param frames samples per channel, or −1 if unknown
 * @param exact whether {@code frames} is exact; otherwise it is an estimate
 */
public record AudioInfo(
    Path path,
    String container,
    String codec,
    int sampleRateHz,
    int channels,
    long frames,
    boolean exact) {

  /** Duration in seconds; NaN if unknown. */
  public double durationSeconds() {
    return frames < 0 ? Double.NaN : (double) frames / sampleRateHz;
  }

  @Override
  public String toString() {
    String length =
        frames < 0
            ? "length unknown"
            : String.format(Locale.ROOT, "%s%.2f s", exact ? "" : "about ", durationSeconds());
    return "%s: %s in %s, %d Hz, %d channel%s, %s"
        .formatted(
            path.getFileName(),
            codec,
            container,
            sampleRateHz,
            channels,
            channels == 1 ? "" : "s",
            length);
  }
}
