package fieldnotes.feature;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import fieldnotes.common.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which sound files a table is made of, in a fixed order: a folder, a pattern, a playlist, a list
 * with labels, or several of these.
 */
public final class Source {
  private static final Set<String> SOUND =
      Set.of(
          "wav", "wave", "mp3", "flac", "ogg", "oga", "opus", "m4a", "mp4", "aac", "aif", "aiff",
          "au", "wma", "webm", "mka", "caf", "w64", "rf64", "amr", "gsm", "ac3", "mp2");

  /**
   * One file.
   *
   * @param path where it is
   * @param name what it is called in the table: its path below the folder, or as it was listed
   * @param label what a list says it is, or empty
   */
  public record Item(Path path, String name, String label) {}

  private final String name;
  private final List<Item> items;

  private Source(String name, List<Item> items) {
    this.name = name;
    this.items = List.copyOf(items);
  }

  /**
   * All sound files below a folder, by their endings, in the order of their paths. Hidden files and
   * folders are left out.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  public static Source folder(Path folder) {
    Check.that(Files.isDirectory(folder), "%s is not a folder", folder);
    List<Item> items = new ArrayList<>();
    for (Path file : below(folder)) {
      if (SOUND.contains(ending(file))) {
        items.add(new Item(file, slashes(folder.relativize(file)), ""));
      }
    }
    return new Source(folder.toString(), items);
  }

  /** Files with names and labels of your own, in this order. */
  public static Source list(String name, List<Item> items) {
    return new Source(name, items);
  }

  /** These files, in this order. */
  public static Source files(List<Path> files) {
    return new Source(
        files.size() + " files", files.stream().map(f -> new Item(f, slashes(f), "")).toList());
  }

  /**
   * The files that match a pattern such as {@code talks/**}{@code /*.mp3}, in the order of their
   * paths: {@code *} is any part of a name, {@code **} any number of folders, {@code ?} one letter,
   * {@code [ab]} one of these, {@code {a,b}} either.
   */
  public static Source glob(String pattern) {
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
    // "a/**/b" is meant to match "a/b", too.
    List<PathMatcher> matchers = new ArrayList<>();
    matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + rest));
    if (rest.contains("**/")) {
      matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + rest.replace("**/", "")));
    }
    List<Item> items = new ArrayList<>();
    for (Path file : below(base)) {
      Path inside = base.relativize(file);
      if (matchers.stream().anyMatch(m -> m.matches(inside))) {
        items.add(new Item(file, slashes(slash < 0 ? inside : file), ""));
      }
    }
    return new Source(pattern, items);
  }

  /**
   * The files of an M3U playlist, in its order. Relative paths begin at the playlist's folder.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static Source playlist(Path m3u) {
    List<Item> items = new ArrayList<>();
    for (String line : lines(m3u)) {
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        items.add(new Item(beside(m3u, entry), entry, ""));
      }
    }
    return new Source(m3u.toString(), items);
  }

  /**
   * The files of a CSV with a heading, in its order. The column {@code path}, {@code file} or
   * {@code filename}, or else the first, has the paths, which begin at the CSV's folder unless they
   * are absolute; the column {@code label}, {@code class} or {@code category}, where there is one,
   * has the labels.
   *
   * @throws IllegalArgumentException if it cannot be read or has no heading
   */
  public static Source csv(Path csv) {
    List<List<String>> rows =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(String.join("\n", lines(csv)))
            .stream()
            .map(CsvRecord::getFields)
            .toList();
    Check.that(!rows.isEmpty(), "%s is empty: it needs a heading, such as path,label", csv);
    List<String> heading =
        rows.getFirst().stream().map(h -> h.strip().toLowerCase(Locale.ROOT)).toList();
    int path = column(heading, List.of("path", "file", "filename", "file_name", "audio"));
    int label = column(heading, List.of("label", "class", "category", "target"));
    int from =
        path < 0 && label < 0 && heading.size() == 1 && looksLikeSound(heading.getFirst()) ? 0 : 1;
    if (path < 0) {
      path = 0;
    }
    List<Item> items = new ArrayList<>();
    for (List<String> row : rows.subList(from, rows.size())) {
      if (path < row.size() && !row.get(path).isBlank()) {
        String entry = row.get(path).strip();
        String said = label >= 0 && label < row.size() ? row.get(label).strip() : "";
        items.add(new Item(beside(csv, entry), entry, said));
      }
    }
    return new Source(csv.toString(), items);
  }

  /**
   * What a word on the command line means: a folder, a playlist ({@code .m3u}, {@code .m3u8}), a
   * list ({@code .csv}), a sound file, or else a pattern.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Source of(String word) {
    Path path;
    try {
      path = Path.of(word);
    } catch (InvalidPathException e) {
      return glob(word);
    }
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (Files.exists(path)) {
      return switch (ending(path)) {
        case "m3u", "m3u8" -> playlist(path);
        case "csv" -> csv(path);
        default -> files(List.of(path));
      };
    }
    boolean wild = word.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    Check.that(
        wild,
        "there is no %s: give a folder, a file, a playlist (.m3u), a list (.csv) or a pattern"
            + " such as 'talks/*.mp3'",
        word);
    return glob(word);
  }

  /** Several sources, one behind the other. */
  public static Source all(List<Source> sources) {
    if (sources.size() == 1) {
      return sources.getFirst();
    }
    List<Item> items = new ArrayList<>();
    sources.forEach(s -> items.addAll(s.items));
    return new Source(String.join(", ", sources.stream().map(s -> s.name).toList()), items);
  }

  /** The files, in order. */
  public List<Item> items() {
    return items;
  }

  /** Whether any file has a label. */
  boolean labelled() {
    return items.stream().anyMatch(i -> !i.label().isEmpty());
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(p -> !hidden(folder, p) && Files.isRegularFile(p))
          .sorted(Comparator.comparing(p -> slashes(folder.relativize(p))))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException("%s cannot be listed: %s".formatted(folder, e), e);
    }
  }

  private static boolean hidden(Path folder, Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".") && !part.toString().equals(".")) {
        return true;
      }
    }
    return false;
  }

  private static List<String> lines(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.replace("\uFEFF", "").lines().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static Path beside(Path list, String entry) {
    Path folder = list.toAbsolutePath().getParent();
    try {
      if (entry.startsWith("file:")) {
        return Path.of(URI.create(entry.replace(" ", "%20")));
      }
      return folder.resolve(entry.replace('\\', '/'));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s lists '%s', which is no path".formatted(list, entry), e);
    }
  }

  private static int column(List<String> heading, List<String> names) {
    for (String one : names) {
      if (heading.contains(one)) {
        return heading.indexOf(one);
      }
    }
    return -1;
  }

  private static boolean looksLikeSound(String entry) {
    return SOUND.contains(entry.substring(entry.lastIndexOf('.') + 1));
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  @Override
  public String toString() {
    return "%s: %d files".formatted(name, items.size());
  }
}
