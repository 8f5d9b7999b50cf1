package fieldnotes.audio;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a sound file says of itself, before it is decoded.
 *
 * @param path the file
 * @param container the kind of file, such as {@code wav}, {@code mp3}, {@code flac}, {@code ogg}
 * @param codec how the samples are coded, such as {@code pcm_s16le}, {@code mp3float}, {@code opus}
 * @param sampleRateHz samples a second of each channel, in Hz
 * @param channels the number of channels, at least 1
 * @param frames the number of samples of each channel, or −1 where the file does not say
 * @param exact whether {@code frames} is exact rather than an estimate
 */
public record AudioInfo(
    Path path,
    String container,
    String codec,
    int sampleRateHz,
    int channels,
    long frames,
    boolean exact) {

  /** The length in seconds; NaN where the file does not say. */
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
