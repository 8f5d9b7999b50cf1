package fieldnotes.label;

import fieldnotes.audio.Playlist;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Warnings;
import fieldnotes.label.LabelFiles.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels as a playlist per class, whose title is the class. */
final class PlaylistLabels {
  private static final Pattern REFINED = Pattern.compile("00_refined_(.+)_playlist");
  private static final int MOST_TOLD = 5;

  private PlaylistLabels() {}

  /**
   * Writes a playlist per class.
   *
   * @param form the name of a file, with %s for the class
   */
  static Map<String, Path> write(LabelSet labels, Path sounds, Path folder, String form) {
    Map<String, String> names = FileNames.of(labels.counts().keySet());
    Map<String, List<Playlist.Entry>> entries = new LinkedHashMap<>();
    for (Label label : labels.labels()) {
      Segment clip = label.clip();
      Check.that(
          label.name().equals(label.name().strip())
              && label.name().chars().noneMatch(Character::isISOControl),
          "the class '%s' has blanks around it or a control character, which a playlist cannot"
              + " hold; rename it",
          Sources.shown(label.name()));
      Check.that(
          clip.file().indexOf('\n') < 0 && clip.file().indexOf('\r') < 0,
          "%s: the name has a line feed, which a playlist cannot hold; rename the file",
          Sources.shown(clip.file()));
      Playlist.Entry whole = Playlist.Entry.of(Playlists.path(sounds, clip.file()));
      entries
          .computeIfAbsent(label.name(), name -> new ArrayList<>())
          .add(
              clip.isWhole()
                  ? whole
                  : whole
                      .withPart(clip.startSeconds(), clip.endSeconds())
                      .withTitle(clip.toString(), clip.endSeconds() - clip.startSeconds()));
    }
    Map<String, Path> written = new LinkedHashMap<>();
    names.forEach(
        (name, safe) ->
            written.put(
                name,
                Playlist.of(entries.get(name))
                    .withTitle(name)
                    .write(folder.resolve(form.replace("%s", safe)))));
    return written;
  }

  /** The playlists in a folder, or one. */
  static List<Found> read(Path source, Path sounds, Origin origin) {
    List<Found> found = new ArrayList<>();
    for (Path file : Files.isDirectory(source) ? Sources.files(source) : List.of(source)) {
      if (List.of("m3u", "m3u8").contains(FolderWalk.ending(file))) {
        Playlist playlist = Playlist.read(file);
        String name = playlist.title().isBlank() ? named(file) : playlist.title();
        for (Playlist.Entry entry : playlist.entries()) {
          Segment clip =
              new Segment(
                  inside(sounds, entry.file().path()), entry.startSeconds(), entry.endSeconds());
          found.add(new Found(origin.label(clip, name), file.toString()));
        }
        playlist.failures().stream().limit(MOST_TOLD).forEach(f -> Warnings.warn(f.toString()));
        if (playlist.failures().size() > MOST_TOLD) {
          Warnings.warn(
              "%s: %d more entries name no file"
                  .formatted(file, playlist.failures().size() - MOST_TOLD));
        }
      }
    }
    return found;
  }

  private static String named(Path file) {
    String name = FolderWalk.slashes(file.getFileName());
    String stem = name.substring(0, name.lastIndexOf('.'));
    Matcher refined = REFINED.matcher(stem);
    return refined.matches() ? refined.group(1) : stem;
  }

  private static String inside(Path sounds, Path file) {
    Path home = sounds.toAbsolutePath().normalize();
    Path whole = file.toAbsolutePath().normalize();
    return FolderWalk.slashes(whole.startsWith(home) ? home.relativize(whole) : whole);
  }
}
