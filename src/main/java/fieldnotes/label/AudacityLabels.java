package fieldnotes.label;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Warnings;
import fieldnotes.label.LabelFiles.Origin;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Audacity's label tracks: a text file per sound file, with start, end and class between tabs, and
 * lines of frequencies that begin with a backslash.
 *
 * @see "Importing and Exporting Labels, in the manual of Audacity"
 */
final class AudacityLabels {
  /** A part up to here from the end of the file ends with it, in seconds. */
  private static final double TOLERANCE = 0.01;

  private static final Pattern TIMES = Pattern.compile("\\s*[\\d.,]+\\t\\s*[\\d.,]+\\s*(\\t|$)");

  private AudacityLabels() {}

  static List<Path> write(LabelSet labels, Path sounds, Path folder) {
    SortedMap<String, StringBuilder> tracks = new TreeMap<>();
    for (Label label : labels.labels()) {
      Segment clip = label.clip();
      Check.that(
          label.name().chars().noneMatch(Character::isISOControl),
          "%s: the class '%s' has a tab or line feed, which a label track cannot hold",
          clip,
          Sources.shown(label.name()));
      double end = Double.isNaN(clip.endSeconds()) ? length(sounds, clip) : clip.endSeconds();
      tracks
          .computeIfAbsent(clip.file(), file -> new StringBuilder())
          .append(time(clip.startSeconds()) + "\t" + time(end) + "\t" + label.name() + "\n");
    }
    tracks.keySet().forEach(file -> track(folder, file));
    List<Path> written = new ArrayList<>();
    tracks.forEach((file, text) -> written.add(Sources.write(track(folder, file), text + "")));
    return List.copyOf(written);
  }

  /** The track of a sound file, which may lie in a folder below. */
  private static Path track(Path folder, String file) {
    Path home = folder.toAbsolutePath().normalize();
    Path track = Playlists.path(home, file + ".txt").normalize();
    Check.that(
        track.startsWith(home),
        "%s: lies outside of the folder of the sounds, so its track would lie outside of %s",
        Sources.shown(file),
        folder);
    return track;
  }

  /** Exact, with six decimals or more, as Audacity writes them. */
  private static String time(double seconds) {
    BigDecimal exact = new BigDecimal(Double.toString(seconds));
    return exact.setScale(Math.max(6, exact.scale())).toPlainString();
  }

  private static double length(Path sounds, Segment clip) {
    Path file = Playlists.path(sounds, clip.file());
    Check.that(
        Files.isRegularFile(file),
        "%s: a label track needs the length of the file, but there is no %s",
        clip,
        file);
    try {
      return AudioFiles.probe(file, ReadOptions.all().withTolerateDamage(true)).durationSeconds();
    } catch (AudioException e) {
      throw new IllegalArgumentException(
          "%s: a label track needs the length of the file, which cannot be read: %s; write the"
                  .formatted(clip, e.reason())
              + " other labels only, or a table (.csv)",
          e);
    }
  }

  /** The tracks below a folder, or one track. */
  static List<Found> read(Path source, Path sounds, Origin origin) {
    List<Found> found = new ArrayList<>();
    if (!Files.isDirectory(source)) {
      Path folder = source.toAbsolutePath().getParent();
      track(source, folder.relativize(source.toAbsolutePath()), sounds, origin, found);
      return found;
    }
    for (Path file : FolderWalk.of(source).files()) {
      if (FolderWalk.ending(file).equals("txt")) {
        if (isTrack(file)) {
          track(file, source.relativize(file), sounds, origin, found);
        } else {
          Warnings.warn(file + ": left out, as its first line is no start, end and label");
        }
      }
    }
    return found;
  }

  /** Whether a text begins as a track does; one without lines is a track without labels. */
  private static boolean isTrack(Path file) {
    String first =
        Sources.decoded(file).text().lines().filter(l -> !l.isBlank()).findFirst().orElse("0\t1");
    return TIMES.matcher(first).lookingAt();
  }

  private static void track(
      Path track, Path inside, Path sounds, Origin origin, List<Found> found) {
    List<String> lines = Sources.text(track).lines().toList();
    String file = sound(track, inside, sounds);
    double length = Double.NaN;
    Path sound = Playlists.path(sounds, file);
    if (Files.isRegularFile(sound)) {
      length =
          AudioFiles.probe(sound, ReadOptions.all().withTolerateDamage(true)).durationSeconds();
    }
    List<Integer> points = new ArrayList<>();
    List<Integer> unnamed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("\\")) {
        continue;
      }
      String place = "%s, line %d".formatted(track, i + 1);
      String[] cells = line.split("\t", -1);
      Check.that(
          cells.length >= 2,
          "%s: '%s': must be start, end and label, with tabs between",
          place,
          Sources.shown(line));
      double start = Sources.number(place, "start", cells[0]);
      double end = Sources.number(place, "end", cells[1]);
      if (cells.length == 2 || cells[2].isBlank()) {
        unnamed.add(i + 1);
      } else if (start == end) {
        points.add(i + 1);
      } else {
        boolean whole = start == 0 && Math.abs(end - length) <= TOLERANCE;
        Segment clip =
            whole ? Segment.of(file) : Sources.part(place, file, "start", start, "end", end);
        Label label = Sources.at(place, () -> origin.label(clip, cells[2]));
        found.add(new Found(label, place));
      }
    }
    leftOut(track, "points in time", points);
    leftOut(track, "without text", unnamed);
  }

  private static void leftOut(Path track, String what, List<Integer> lines) {
    if (!lines.isEmpty()) {
      Warnings.warn(
          "%s: labels %s are left out, of parts only: %d, first in line %d"
              .formatted(track, what, lines.size(), lines.getFirst()));
    }
  }

  /** The name of the sound file of a track: {@code a.wav} of a.wav.txt, or of a.txt beside it. */
  private static String sound(Path track, Path inside, Path sounds) {
    String name = FolderWalk.slashes(inside);
    String stem = name.substring(0, name.length() - ".txt".length());
    if (SoundFiles.isSound(stem)) {
      return stem;
    }
    Path folder = Playlists.path(sounds, stem).toAbsolutePath().normalize().getParent();
    String prefix = stem.substring(stem.lastIndexOf('/') + 1) + ".";
    List<String> alike =
        Stream.of(folder)
            .filter(Files::isDirectory)
            .flatMap(f -> Sources.files(f).stream())
            .map(f -> FolderWalk.slashes(f.getFileName()))
            .filter(f -> SoundFiles.isSound(f) && f.lastIndexOf('.') == prefix.length() - 1)
            .filter(f -> f.startsWith(prefix))
            .toList();
    Check.that(
        alike.size() == 1,
        "%s: which sound file is it about? %s in %s; name the track after the file, for example"
            + " %s.wav.txt",
        track,
        alike.isEmpty() ? "there is no " + prefix + "wav or the like" : "there are " + alike,
        folder,
        track.getFileName().toString().replaceFirst("\\.txt$", ""));
    return stem.substring(0, stem.lastIndexOf('/') + 1) + alike.getFirst();
  }
}
