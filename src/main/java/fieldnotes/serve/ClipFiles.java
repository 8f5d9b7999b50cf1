package fieldnotes.serve;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioInfo;
import fieldnotes.audio.ReadOptions;
import fieldnotes.common.Reason;
import fieldnotes.label.ClipList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;

/** The files behind the clips: whether they may be sent, and what is in them. */
final class ClipFiles {
  /** A part of a file that is not shorter than this is opened. */
  private static final double SHORTEST = 1e-3;

  private final ClipList clips;
  private final Recent<Seen, AudioInfo> probed = new Recent<>(4096);

  /** A file as it was; another time or size makes it another. */
  record Seen(Path file, FileTime modified, long size) {}

  ClipFiles(ClipList clips) {
    this.clips = clips;
  }

  ClipList clips() {
    return clips;
  }

  /**
   * The file of a clip as it really lies, if it is still a regular file in the folder that was
   * listed.
   */
  Path file(int clip) {
    if (clip < 0 || clip >= clips.size()) {
      throw Refusal.missing(
          "there is no clip %d; they are numbered from 0 to %d".formatted(clip, clips.size() - 1));
    }
    Path file = clips.file(clip);
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(clips.root(clip).toRealPath())) {
        throw Refusal.missing(clips.fileName(clip) + ": is a link out of its folder");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw Refusal.missing(clips.fileName(clip) + ": is no longer a regular file");
      }
      return real;
    } catch (IOException e) {
      throw Refusal.missing(clips.fileName(clip) + ": " + Reason.words(e));
    }
  }

  /** The file of a clip and its state. */
  Seen seen(int clip) {
    Path file = file(clip);
    try {
      return new Seen(file, Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      throw Refusal.missing(clips.fileName(clip) + ": " + Reason.words(e));
    }
  }

  /** Format and length of a clip's file. */
  AudioInfo info(int clip) {
    return probed.get(
        seen(clip), one -> readable(clip, () -> AudioFiles.probe(one.file(), tolerant())));
  }

  /** Damaged files are heard as far as they go. */
  static ReadOptions tolerant() {
    return ReadOptions.all().withTolerateDamage(true);
  }

  /** The clip's length in seconds, estimated where the file does not say it; NaN if not known. */
  double seconds(int clip) {
    double said = clips.seconds(clip);
    return Double.isNaN(said)
        ? Math.max(info(clip).durationSeconds() - clips.startSeconds(clip), SHORTEST)
        : said;
  }

  /** Whether the sound of the clip is all of its file. */
  boolean isWhole(int clip) {
    return clips.startSeconds(clip) == 0 && Double.isNaN(clips.seconds(clip));
  }

  /** The type by which a browser plays the file as it is; empty if most do not. */
  String playable(int clip) {
    AudioInfo info = info(clip);
    Set<String> pcm = Set.of("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le");
    boolean loose = info.codec().equals("vorbis") || info.codec().equals("opus");
    return switch (info.container()) {
      case "wav" -> pcm.contains(info.codec()) ? "audio/wav" : "";
      case "mp3" -> info.codec().startsWith("mp3") ? "audio/mpeg" : "";
      case "flac" -> "audio/flac";
      case "ogg" -> loose || info.codec().equals("flac") ? "audio/ogg" : "";
      case "mov", "mp4", "m4a" -> info.codec().equals("aac") ? "audio/mp4" : "";
      case "matroska", "webm" -> loose ? "audio/webm" : "";
      default -> "";
    };
  }

  /** What reads a clip's file; what is wrong with the file is said to the page. */
  interface Reading<T> {
    T get();
  }

  <T> T readable(int clip, Reading<T> reading) {
    try {
      return reading.get();
    } catch (AudioException e) {
      throw Refusal.missing(clips.fileName(clip) + ": " + e.reason());
    }
  }
}
