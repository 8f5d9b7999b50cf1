package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sound files in a fixed order: those of a folder, of a pattern, of a playlist, of a table with
 * labels, or several of these. This is the one place that says which files of a folder are sound.
 *
 * <p>A folder that may not be read, a broken link or a bad line of a playlist does not stop the
 * rest: it is one of {@link #failures}. Whether a file really holds sound is found out when it is
 * read.
 */
public final class SoundFiles {
  /** The endings of what {@link AudioFiles} reads. */
  private static final Set<String> ENDINGS =
      Set.of(
          ("wav wave bwf rf64 w64 aif aiff aifc au snd caf voc flac wv ape tta mp3 mp2 mpga aac ac3"
                  + " eac3 ec3 m4a m4b m4r mp4 m4v mov 3gp 3g2 ogg oga ogv opus spx mka mkv webm"
                  + " weba wma wmv asf avi ts mts m2ts amr")
              .split(" "));

  /**
   * One file.
   *
   * @param path where it is
   * @param name what it is called in tables: its path below the folder, or as it is listed
   * @param label the label that a table gives it, or empty
   */
  public record Item(Path path, String name, String label) {}

  /**
   * What could not be read.
   *
   * @param file the file or folder, as it would be called; of a list, the list, line and entry
   * @param reason what is wrong with it
   */
  public record Failure(String file, String reason) {
    @Override
    public String toString() {
      return file + ": " + reason;
    }
  }

  private final String name;
  private final List<Item> items;
  private final List<Failure> failures;
  private final Map<String, Integer> passedOver;

  SoundFiles(
      String name, List<Item> items, List<Failure> failures, Map<String, Integer> passedOver) {
    this.name = name;
    this.items = List.copyOf(items);
    this.failures = List.copyOf(failures);
    this.passedOver = new TreeMap<>(passedOver);
  }

  /**
   * What a word means: a folder, a playlist ({@code .m3u}, {@code .m3u8}, {@code .pls}), a table
   * ({@code .csv}), a sound file, or else a pattern.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static SoundFiles of(String word) {
    try {
      Path path = Path.of(word);
      if (Files.exists(path)) {
        return of(path);
      }
    } catch (InvalidPathException e) {
      return glob(word);
    }
    Check.that(
        word.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0),
        "there is no %s: give a folder, a file, a playlist (.m3u, .pls), a table (.csv) or a"
            + " pattern such as 'talks/*.mp3'",
        word);
    return glob(word);
  }

  /**
   * A folder, a playlist, a table or a sound file, by its ending.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SoundFiles of(Path path) {
    Check.that(
        Files.exists(path),
        "there is no %s: give a folder, a file, a playlist (.m3u, .pls) or a table (.csv)",
        path);
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    return switch (FolderWalk.ending(path)) {
      case "m3u", "m3u8", "pls" -> playlist(path);
      case "csv" -> csv(path);
      default -> files(List.of(path));
    };
  }

  /**
   * All sound files below a folder, by their endings, in the order of their paths. Hidden files and
   * folders are left out.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  public static SoundFiles folder(Path folder) {
    Check.that(Files.isDirectory(folder), "%s is not a folder", folder);
    FolderWalk walk = FolderWalk.of(folder);
    List<Item> items = new ArrayList<>();
    Map<String, Integer> passedOver = new TreeMap<>();
    for (Path file : walk.files()) {
      String ending = FolderWalk.ending(file);
      if (ENDINGS.contains(ending)) {
        items.add(new Item(file, walk.name(file), ""));
      } else {
        passedOver.merge(ending, 1, Integer::sum);
      }
    }
    List<Failure> failures = new ArrayList<>();
    walk.failures().forEach((path, why) -> failures.add(new Failure(walk.name(path), why)));
    return new SoundFiles(folder.toString(), items, failures, passedOver);
  }

  /** As {@link #folder(Path)}. */
  public static SoundFiles folder(String folder) {
    return folder(Path.of(folder));
  }

  /** Files with names and labels of your own, in this order. */
  public static SoundFiles listed(String name, List<Item> items) {
    return new SoundFiles(name, items, List.of(), Map.of());
  }

  /** These files, in this order. */
  public static SoundFiles files(List<Path> files) {
    return listed(
        files.size() + " files", files.stream().map(f -> new Item(f, slashes(f), "")).toList());
  }

  /**
   * The files that match a pattern such as {@code talks/**}{@code /*.mp3}, in the order of their
   * paths: {@code *} is any part of a name, {@code **} any number of folders, {@code ?} one letter,
   * {@code [ab]} one of these, {@code {a,b}} either. Hidden files and folders are left out.
   *
   * @throws IllegalArgumentException if it is no pattern, or begins at something else than a folder
   */
  public static SoundFiles glob(String pattern) {
    int wild = 0;
    while (wild < pattern.length() && "*?[{".indexOf(pattern.charAt(wild)) < 0) {
      wild++;
    }
    int slash = pattern.lastIndexOf('/', Math.min(wild, pattern.length() - 1));
    Path base = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
    Check.that(
        Files.isDirectory(base),
        "the pattern %s begins at %s, which is not a folder",
        pattern,
        base);
    String rest = pattern.substring(slash + 1);
    List<PathMatcher> matchers = new ArrayList<>();
    matchers.add(matcher(pattern, rest));
    if (rest.contains("**/")) {
      matchers.add(matcher(pattern, rest.replace("**/", ""))); // a/**/b is to match a/b, too
    }
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) rest.chars().filter(c -> c == '/').count();
    FolderWalk walk = FolderWalk.of(base, depth);
    List<Item> items = new ArrayList<>();
    for (Path file : walk.files()) {
      Path inside = base.relativize(file);
      if (matchers.stream().anyMatch(m -> m.matches(inside))) {
        items.add(new Item(file, slashes(slash < 0 ? inside : file), ""));
      }
    }
    List<Failure> failures = new ArrayList<>();
    walk.failures().forEach((path, why) -> failures.add(new Failure(slashes(path), why)));
    return new SoundFiles(pattern, items, failures, Map.of());
  }

  private static PathMatcher matcher(String pattern, String rest) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + rest);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern=%s: %s; write \\[ for the letter [, likewise the others"
              .formatted(pattern, e.getDescription()),
          e);
    }
  }

  /**
   * The files of a playlist, in its order: {@code .pls}, or M3U with any other ending. Relative
   * paths begin at the playlist's folder. An entry is looked for as it is written, then with its
   * percent escapes decoded, each also in the other Unicode form of accents (NFC, NFD); {@code
   * file:} addresses are paths. Text is UTF-8 or UTF-16 where it says so, otherwise Windows-1252.
   * An entry with no such file is one of {@link #failures}, with its line.
   *
   * @throws IllegalArgumentException if the playlist itself cannot be read
   */
  public static SoundFiles playlist(Path playlist) {
    return FileLists.playlist(playlist);
  }

  /** As {@link #playlist(Path)}. */
  public static SoundFiles playlist(String playlist) {
    return playlist(Path.of(playlist));
  }

  /**
   * The files of a CSV with a heading, in its order. The column {@code path}, {@code file}, {@code
   * filename} or {@code audio}, or else the first, has the paths, which are looked for as in a
   * {@link #playlist(Path)}; the column {@code label}, {@code class}, {@code category} or {@code
   * target}, where there is one, has the labels. Separated by commas, semicolons or tabs.
   *
   * @throws IllegalArgumentException if it cannot be read or has no heading
   */
  public static SoundFiles csv(Path csv) {
    return FileLists.csv(csv);
  }

  /** As {@link #csv(Path)}. */
  public static SoundFiles csv(String csv) {
    return csv(Path.of(csv));
  }

  /** Several of these, one behind the other. */
  public static SoundFiles all(List<SoundFiles> several) {
    if (several.size() == 1) {
      return several.getFirst();
    }
    Map<String, Integer> passedOver = new TreeMap<>();
    several.forEach(s -> s.passedOver.forEach((e, n) -> passedOver.merge(e, n, Integer::sum)));
    return new SoundFiles(
        several.stream().map(s -> s.name).collect(Collectors.joining(", ")),
        several.stream().flatMap(s -> s.items.stream()).toList(),
        several.stream().flatMap(s -> s.failures.stream()).toList(),
        passedOver);
  }

  /** The same under another name. */
  public SoundFiles withName(String newName) {
    return new SoundFiles(newName, items, failures, passedOver);
  }

  /** The same files with these labels; empty text where nothing is known. */
  public SoundFiles withLabels(Function<Item, String> label) {
    List<Item> labelled =
        items.stream().map(i -> new Item(i.path(), i.name(), label.apply(i))).toList();
    return new SoundFiles(name, labelled, failures, passedOver);
  }

  /** The folder, pattern or list, as it was given. */
  public String name() {
    return name;
  }

  /** The files, in order. */
  public List<Item> items() {
    return items;
  }

  /** What could not be read, with the reason; empty where all was well. */
  public List<Failure> failures() {
    return failures;
  }

  /** What of a folder was taken as no sound, such as {@code 3 .txt, 1 .pdf}; mostly empty. */
  public String passedOver() {
    return passedOver.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(e -> e.getValue() + (e.getKey().isEmpty() ? " without ending" : " ." + e.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** Whether any file has a label. */
  public boolean labelled() {
    return items.stream().anyMatch(i -> !i.label().isEmpty());
  }

  /** Whether a name ends as the name of a sound file does. */
  public static boolean isSound(String name) {
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  @Override
  public String toString() {
    return Stream.of(
            "%s: %d files".formatted(name, items.size()),
            failures.isEmpty()
                ? ""
                : failures.size()
                    + (failures.size() == 1 ? " entry" : " entries")
                    + " that cannot be read",
            passedOver.isEmpty() ? "" : "passed over: " + passedOver())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
