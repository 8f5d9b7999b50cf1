package fieldnotes.label;

import fieldnotes.audio.ListOptions;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Reads and writes labels in the forms of other programs. What a form cannot hold is refused, never
 * dropped: a label that is written is read back, with what the form has of how it is known.
 *
 * <p>Names of files are kept as text; they need not exist, except for playlists and for lengths in
 * label tracks.
 */
public final class LabelFiles {
  private LabelFiles() {}

  /** A form of a file, or of a folder of files. */
  public enum Form {
    /**
     * A table with the columns {@code file,start_s,end_s,label,how,sure,agreeing,heard,who,when};
     * holds everything. The times of a whole file are empty. Other tables are read as {@link
     * fieldnotes.audio.SoundTable} describes, with any of these columns and {@code duration_s}.
     */
    CSV,
    /** JSON of files with a class each: {@code {"a.wav": "music"}}. Whole files and classes. */
    FLAT,
    /**
     * Label Studio's JSON, with its local files as {@code audio}. Holds everything but by which
     * cluster; what was not heard are predictions. Its labelling interface needs {@code <Choices
     * name="class" toName="audio">} and {@code <Labels name="label" toName="audio">} around {@code
     * <Audio name="audio" value="$audio"/>}. Read are completed annotations, and predictions of
     * clips without.
     */
    LABEL_STUDIO,
    /**
     * A folder of Audacity's label tracks, {@code a.wav.txt} of {@code a.wav}. Clips and classes. A
     * whole file is a label over its length. Labels that are points in time or without text are
     * left out with a warning.
     */
    AUDACITY,
    /**
     * A folder with an M3U playlist per class, named by the class. Clips and classes. Entries
     * without a file are left out with a warning.
     */
    PLAYLISTS;

    /** The word on the command line, such as {@code label-studio}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What is taken of labels whose form does not say it.
   *
   * @param who the listener or model; may be empty
   * @param how by ear, unless they were predicted
   * @param when the time; {@link Instant#EPOCH} if it is not known, so that any other is newer.
   *     Files leave it out then
   */
  public record Origin(String who, How how, Instant when) {
    /** Heard by nobody in particular at an unknown time. */
    public static Origin unknown() {
      return new Origin("", How.EAR, Sources.UNKNOWN_TIME);
    }

    /** Heard by this listener at this time. */
    public static Origin of(String who, Instant when) {
      return new Origin(who, How.EAR, when);
    }

    Label label(Segment clip, String name) {
      return new Label(clip, name, how, 1, 0, 0, who, when);
    }
  }

  /**
   * Labels from a file or folder, whose form is told by its name and content; also from the file of
   * a {@link LabelStore}. Files are named from the {@link #home} of the source.
   *
   * @throws IllegalArgumentException naming file and line, if a label is invalid or a clip has two
   *     classes
   */
  public static LabelSet read(Path source) {
    return read(source, home(source), Origin.unknown());
  }

  /** As {@link #read(Path, Path, Origin, ListOptions)}; how tables are written is guessed. */
  static LabelSet read(Path source, Path sounds, Origin origin) {
    return read(source, sounds, origin, ListOptions.of());
  }

  /**
   * Labels from a file or folder.
   *
   * @param sounds the folder from which files are named
   * @param origin what is taken where the form does not say it
   * @param form how tables are written, as far as it is known
   */
  public static LabelSet read(Path source, Path sounds, Origin origin, ListOptions form) {
    return Found.set(all(source, sounds, origin, form));
  }

  /** The labels of each listener or model by its name, of which several may label the same clip. */
  public static SortedMap<String, LabelSet> readByListener(
      Path source, Path sounds, Origin origin, ListOptions form) {
    return Found.byListener(all(source, sounds, origin, form));
  }

  private static List<Found> all(Path source, Path sounds, Origin origin, ListOptions written) {
    return switch (form(source)) {
      case CSV -> CsvLabels.read(source, origin, written);
      case FLAT, LABEL_STUDIO -> JsonLabels.read(source, origin);
      case AUDACITY -> AudacityLabels.read(source, sounds, origin);
      case PLAYLISTS -> PlaylistLabels.read(source, sounds, origin);
    };
  }

  private static Form form(Path source) {
    Check.that(Files.exists(source), "%s: there is no such file or folder", source);
    if (Files.isDirectory(source)) {
      Set<String> endings =
          FolderWalk.of(source).files().stream()
              .map(FolderWalk::ending)
              .collect(Collectors.toSet());
      boolean tracks = endings.contains("txt");
      boolean lists = endings.contains("m3u") || endings.contains("m3u8");
      Check.that(
          tracks != lists,
          "%s: %s; give a folder of label tracks or one of playlists",
          source,
          tracks ? "has both .txt and .m3u files" : "has no .txt and no .m3u file");
      return tracks ? Form.AUDACITY : Form.PLAYLISTS;
    }
    return switch (FolderWalk.ending(source)) {
      case "csv", "tsv" -> Form.CSV;
      case "json" -> Form.FLAT;
      case "txt" -> Form.AUDACITY;
      case "m3u", "m3u8" -> Form.PLAYLISTS;
      default ->
          throw new IllegalArgumentException(
              "%s: labels are read from .csv, .json, .txt or .m3u files, or a folder of the last two"
                  .formatted(source));
    };
  }

  /** The folder from which a source names files: its own, or the folder that it is. */
  public static Path home(Path source) {
    Path whole = source.toAbsolutePath();
    return Files.isDirectory(whole) || whole.getParent() == null ? whole : whole.getParent();
  }

  /**
   * Writes labels.
   *
   * @param target a file, or for label tracks and playlists a folder, created if missing
   * @param sounds the folder from which files are named; used by label tracks and playlists
   * @return what was written
   * @throws IllegalArgumentException naming the first label that the form cannot hold, before
   *     anything is written
   */
  public static List<Path> write(LabelSet labels, Form form, Path target, Path sounds) {
    return switch (form) {
      case CSV -> List.of(CsvLabels.write(labels, ending(target, "csv")));
      case FLAT -> List.of(JsonLabels.write(labels, ending(target, "json")));
      case LABEL_STUDIO -> List.of(LabelStudioTask.write(labels, ending(target, "json")));
      case AUDACITY -> AudacityLabels.write(labels, sounds, target);
      case PLAYLISTS ->
          List.copyOf(PlaylistLabels.write(labels, sounds, target, "%s.m3u").values());
    };
  }

  private static Path ending(Path target, String ending) {
    Check.that(
        FolderWalk.ending(target).equals(ending),
        "%s: the name must end in .%s, by which it is read again",
        target,
        ending);
    return target;
  }
}
