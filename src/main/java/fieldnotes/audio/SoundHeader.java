package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The header of a WAVE, Wave64, AIFF, AU, CAF, SoX or VOC file, compared with itself and with the
 * file. FFmpeg believes it: it stops where a length says, or reads samples of the wrong size.
 *
 * @param from position where the file proper begins, behind tags
 * @param to position after the last byte that FFmpeg may read
 * @param data bytes of samples, and what is wrong with their number
 * @param contradiction fields that contradict each other, or empty
 * @param patches corrected fields, for FFmpeg
 * @param pcm the samples if they are plain numbers, else null
 * @param frames samples per channel that FFmpeg decodes, −1 if the header does not say, or {@link
 *     FileEnd#NOT_KNOWN} if what it says is not so
 */
record SoundHeader(
    long from,
    long to,
    DataLength data,
    String contradiction,
    List<Patch> patches,
    Pcm pcm,
    long frames) {
  private static final int LEAST_RATE = 100;
  private static final int MOST_RATE = 1_000_000;
  private static final int MOST_CHANNELS = 65_535;

  /** What says nothing about a file. */
  static final SoundHeader NONE = coded(0, new DataLength(-1, "", ""), List.of());

  /** A header of samples that FFmpeg decodes, without contradictions. */
  static SoundHeader coded(long from, DataLength data, List<Patch> patches) {
    return new SoundHeader(from, Long.MAX_VALUE, data, "", List.copyOf(patches), null, -1);
  }

  /**
   * The header of a file; {@link #NONE} for other formats.
   *
   * @throws AudioException if it has no channels, an impossible sample rate, or no samples
   */
  static SoundHeader of(Path path, FileChannel channel) throws IOException {
    long from = FileChunk.start(channel);
    ByteBuffer start = FileChunk.bytes(channel, from, 40);
    return switch (FileChunk.text(start, 0, 4)) {
      case "RIFF", "RIFX", "RF64", "BW64", "riff" -> WavHeader.of(path, channel, from);
      case "FORM" -> AiffHeader.of(path, channel, from);
      case ".snd", "dns.", ".sd\0", "\0ds." -> AuHeader.of(path, channel, from);
      case "caff" -> CafHeader.of(path, channel, from);
      case ".SoX", "XoS." -> SoxHeader.of(path, channel);
      case "Crea" -> VocLengths.of(channel, start);
      default -> NONE;
    };
  }

  /**
   * Refuses a header without channels or with an impossible rate.
   *
   * @param rateHz sample rate, NaN if the header's is no number
   */
  static void check(Path path, long channels, double rateHz) {
    if (channels < 1 || channels > MOST_CHANNELS) {
      throw new AudioException(
          path,
          "its header says %d channels".formatted(channels)
              + (channels == 0 ? "" : ": allowed are 1 to " + MOST_CHANNELS));
    }
    if (!(rateHz >= LEAST_RATE && rateHz <= MOST_RATE)) {
      boolean whole = rateHz == Math.rint(rateHz) && Math.abs(rateHz) < 1e15;
      throw new AudioException(
          path,
          "its header says %s samples a second: allowed are %d to %d"
              .formatted(
                  whole ? Long.toString((long) rateHz) : Double.toString(rateHz),
                  LEAST_RATE,
                  MOST_RATE));
    }
  }

  /** The contradiction between channels and bits, and what is said of a frame elsewhere. */
  static String contradiction(long channels, String size, long frameBytes, String but) {
    return "its header contradicts itself: %d channel%s of %s make %s per frame, but %s"
        .formatted(channels, channels == 1 ? "" : "s", size, DataLength.bytes(frameBytes), but);
  }

  /** A number of bits, in words. */
  static String bits(long n) {
    return n == 1 ? "1 bit" : n + " bits";
  }
}
