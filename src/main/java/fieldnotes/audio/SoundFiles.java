package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of sound files in a fixed order: from a folder, a glob pattern, a playlist, a CSV table
 * with labels, or several of these.
 *
 * <p>Unreadable folders, broken links and invalid playlist entries do not stop the listing; they
 * are reported in {@link #failures}. Whether a file can be decoded is only checked when it is read.
 */
public final class SoundFiles {
  /** File extensions that count as sound. */
  private static final Set<String> ENDINGS =
      Set.of(
          ("wav wave bwf rf64 w64 aif aiff aifc au snd caf voc flac wv ape tta mp3 mp2 mpga aac ac3"
                  + " eac3 ec3 m4a m4b m4r mp4 m4v mov 3gp 3g2 ogg oga ogv opus spx mka mkv webm"
                  + " weba wma wmv asf avi ts mts m2ts amr")
              .split(" "));

  /**
   * One file.
   *
   * @param path path of the file
   * @param name name in tables: the path relative to the folder, or as listed
   * @param label label from a table, or empty
   * @param groups values of the group columns of a table, such as {@code speaker}; may be empty
   */
  public record Item(Path path, String name, String label, Map<String, String> groups) {
    public Item {
      groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** A file without groups. */
    public Item(Path path, String name, String label) {
      this(path, name, label, Map.of());
    }
  }

  /**
   * A file, folder or entry that could not be read.
   *
   * @param file name of the file or folder; for a list, the list, line and entry
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
   * Interprets a word as a folder, a playlist ({@code .m3u}, {@code .m3u8}, {@code .pls}), a table
   * ({@code .csv}), a sound file, or otherwise a glob pattern.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static SoundFiles of(String word) {
    return of(word, ListOptions.of());
  }

  /** As {@link #of(String)}, with playlists and tables written in this form. */
  public static SoundFiles of(String word, ListOptions options) {
    Check.that(!word.isEmpty(), "the source is empty; the current folder is '.'");
    try {
      Path path = Path.of(word);
      if (Files.exists(path)) {
        return of(path, options);
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
   * A folder, playlist, table or sound file, depending on the extension.
   *
   * @throws IllegalArgumentException if it does not exist
   */
  public static SoundFiles of(Path path) {
    return of(path, ListOptions.of());
  }

  /** As {@link #of(Path)}, with playlists and tables written in this form. */
  public static SoundFiles of(Path path, ListOptions options) {
    Check.that(
        Files.exists(path),
        "there is no %s: give a folder, a file, a playlist (.m3u, .pls) or a table (.csv)",
        path);
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    return switch (FolderWalk.ending(path)) {
      case "m3u", "m3u8", "pls" -> playlist(path, options);
      case "csv" -> FileLists.csv(path, options);
      default -> files(List.of(path));
    };
  }

  /**
   * All files below a folder with a sound file's extension, sorted by path. Hidden files and
   * folders are skipped.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  public static SoundFiles folder(Path folder) {
    try {
      Check.that(
          !WholeFile.isFile(folder) && Files.isDirectory(folder), "%s is not a folder", folder);
    } catch (IOException e) {
      throw Reason.unchecked("cannot read the folder", e);
    }
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
    walk.failures()
        .forEach(
            (path, why) -> {
              String inside = walk.name(path);
              failures.add(new Failure(inside.isEmpty() ? folder.toString() : inside, why));
            });
    return new SoundFiles(folder.toString(), items, failures, passedOver);
  }

  /** As {@link #folder(Path)}. */
  public static SoundFiles folder(String folder) {
    return folder(Path.of(folder));
  }

  /** Files with given names and labels, in this order. */
  public static SoundFiles listed(String name, List<Item> items) {
    return new SoundFiles(name, items, List.of(), Map.of());
  }

  /** These files, in this order. */
  public static SoundFiles files(List<Path> files) {
    return listed(
        files.size() == 1 ? "1 file" : files.size() + " files",
        files.stream().map(f -> new Item(f, FolderWalk.slashes(f), "")).toList());
  }

  /**
   * The files that match a glob pattern such as {@code talks/**}{@code /*.mp3}, sorted by path:
   * {@code *} matches any part of a name, {@code **} any number of folders, {@code ?} one
   * character, {@code [ab]} one of these, {@code {a,b}} either. Hidden files and folders are
   * skipped.
   *
   * @throws IllegalArgumentException if the pattern is invalid or its folder does not exist
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
    Check.that(
        rest.split(Pattern.quote("**/"), -1).length <= 9,
        "pattern=%s: at most eight '**/' are allowed; drop some",
        pattern);
    List<PathMatcher> matchers =
        withoutFolders(rest).stream().map(one -> matcher(pattern, one)).toList();
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) rest.chars().filter(c -> c == '/').count();
    FolderWalk walk = FolderWalk.of(base, depth);
    List<Item> items = new ArrayList<>();
    for (Path file : walk.files()) {
      Path inside = base.relativize(file);
      if (matchers.stream().anyMatch(m -> m.matches(inside))) {
        items.add(new Item(file, FolderWalk.slashes(slash < 0 ? inside : file), ""));
      }
    }
    List<Failure> failures = new ArrayList<>();
    walk.failures()
        .forEach((path, why) -> failures.add(new Failure(FolderWalk.slashes(path), why)));
    return new SoundFiles(pattern, items, failures, Map.of());
  }

  /**
   * The pattern with and without each of its {@code **}{@code /}: that is any number of folders.
   */
  private static Set<String> withoutFolders(String pattern) {
    int at = pattern.indexOf("**/");
    while (at > 0 && "/{,".indexOf(pattern.charAt(at - 1)) < 0) {
      at = pattern.indexOf("**/", at + 1); // a part of a name
    }
    if (at < 0) {
      return Set.of(pattern);
    }
    String before = pattern.substring(0, at);
    String after = pattern.substring(at + 3);
    while (after.startsWith("**/")) {
      after = after.substring(3);
    }
    Set<String> all = new LinkedHashSet<>();
    for (String end : withoutFolders(after)) {
      all.add(before + "**/" + end);
      all.add(before + end);
    }
    return all;
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
   * The files of a playlist, in order: PLS or M3U by its content. Relative paths start at the
   * playlist's folder. Each entry is tried as written, then with percent escapes decoded, each also
   * in the other Unicode normal form (NFC, NFD); {@code file:} URLs are accepted. Text is UTF-8,
   * UTF-16 with a byte-order mark, or otherwise Windows-1252, which is printed. Entries without a
   * file are reported in {@link #failures} with their line.
   *
   * @throws IllegalArgumentException if the playlist cannot be read
   */
  public static SoundFiles playlist(Path playlist) {
    return playlist(playlist, ListOptions.of());
  }

  private static SoundFiles playlist(Path playlist, ListOptions options) {
    Playlist read = FileLists.playlist(playlist, options);
    return new SoundFiles(
        playlist.toString(),
        read.entries().stream().map(Playlist.Entry::file).toList(),
        read.failures(),
        Map.of());
  }

  /** As {@link #playlist(Path)}. */
  public static SoundFiles playlist(String playlist) {
    return playlist(Path.of(playlist));
  }

  /**
   * The files of a CSV table, in order, with labels and groups as described in {@link SoundTable}.
   * Paths are resolved as in {@link #playlist(Path)}.
   *
   * <p>A file with two labels is a failure of each of its rows, also if it is written in several
   * ways.
   *
   * @throws IllegalArgumentException if the file cannot be read, is empty, or has a quote that is
   *     never closed
   */
  public static SoundFiles csv(Path csv) {
    return FileLists.csv(csv, ListOptions.of());
  }

  /** As {@link #csv(Path)}. */
  public static SoundFiles csv(String csv) {
    return csv(Path.of(csv));
  }

  /** A source that could not be read, for {@link #all} with others. */
  public static SoundFiles unread(String name, String reason) {
    return new SoundFiles(name, List.of(), List.of(new Failure(name, reason)), Map.of());
  }

  /** Concatenates several lists. */
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

  /** Returns a copy with another name. */
  public SoundFiles withName(String newName) {
    return new SoundFiles(newName, items, failures, passedOver);
  }

  /** Returns a copy with each file replaced, for example to give it another name or label. */
  public SoundFiles withItems(UnaryOperator<Item> change) {
    return new SoundFiles(name, items.stream().map(change).toList(), failures, passedOver);
  }

  /** The folder, pattern or list as given. */
  public String name() {
    return name;
  }

  /** The files, in order. */
  public List<Item> items() {
    return items;
  }

  /** What could not be read, with reasons. */
  public List<Failure> failures() {
    return failures;
  }

  /**
   * Counts of files in a folder that are not sound, for example {@code 3 .txt, 1 .pdf}; may be
   * empty.
   */
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

  /** Whether a file name has the extension of a sound file. */
  public static boolean isSound(String name) {
    return ENDINGS.contains(FolderWalk.ending(name));
  }

  @Override
  public String toString() {
    return Stream.of(
            "%s: %d %s".formatted(name, items.size(), items.size() == 1 ? "file" : "files"),
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
