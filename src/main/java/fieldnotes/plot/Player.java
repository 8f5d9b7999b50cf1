package fieldnotes.plot;

import fieldnotes.audio.Clip;
import fieldnotes.audio.Mp3;
import fieldnotes.common.Check;
import fieldnotes.draw.Axis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A clip encoded for an audio player in a page: MP3 if an encoder is available, otherwise 16-bit
 * WAV. Long clips are truncated.
 *
 * @param clip the clip, already truncated
 * @param mimeType {@code audio/mpeg} or {@code audio/wav}
 * @param extension file extension without the dot
 * @param sound contents of the file
 * @param note what was truncated, or empty
 */
public record Player(Clip clip, String mimeType, String extension, byte[] sound, String note) {
  /** Default maximum duration in seconds. */
  public static final int SECONDS = 30;

  private static final int WAV_BYTES = 480_000;

  /** The first {@value #SECONDS} seconds of a clip. */
  public static Player of(Clip clip) {
    return of(clip, SECONDS);
  }

  /** The first seconds of a clip. */
  public static Player of(Clip clip, double seconds) {
    Check.positive("seconds", seconds);
    Clip cut = cut(clip, seconds);
    byte[] mp3 = Mp3.encode(cut).orElse(null);
    if (mp3 == null) {
      cut = cut(cut, Math.max(1, WAV_BYTES / 2.0 / clip.sampleRateHz()));
    }
    String note =
        cut.length() == clip.length()
            ? ""
            : String.format(
                Locale.ROOT,
                "the first %s of %.1f s",
                Axis.text(cut.durationSeconds(), cut.durationSeconds() < 10 ? 0.1 : 1),
                clip.durationSeconds());
    return mp3 != null
        ? new Player(cut, "audio/mpeg", "mp3", mp3, note)
        : new Player(cut, "audio/wav", "wav", wav(cut), note);
  }

  private static Clip cut(Clip clip, double seconds) {
    int most = (int) Math.min(Integer.MAX_VALUE, Math.round(seconds * clip.sampleRateHz()));
    return clip.length() <= most
        ? clip
        : Clip.of(clip.name(), Arrays.copyOf(clip.samples(), most), clip.sampleRateHz());
  }

  private static byte[] wav(Clip clip) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * clip.length()).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * clip.length());
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(clip.sampleRateHz());
    wav.putInt(2 * clip.sampleRateHz()).putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * clip.length());
    for (float sample : clip.samples()) {
      wav.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * 32_767));
    }
    return wav.array();
  }

  @Override
  public String toString() {
    return clip + (note.isEmpty() ? "" : " (" + note + ")");
  }
}
