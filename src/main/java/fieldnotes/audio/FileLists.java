package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import fieldnotes.common.TextBytes;
import fieldnotes.common.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves playlists and tables of sound files. An invalid entry affects only its own row. */
final class FileLists {
  private static final Pattern PLS_KEY =
      Pattern.compile("\\s*(file|title|length)(\\d{1,9})\\s*=(.*)", Pattern.CASE_INSENSITIVE);
  private static final long MOST_BYTES = 1 << 28;

  private final Path list;
  private final SortedMap<Place, SoundFiles.Item> items = new TreeMap<>();
  private final SortedMap<Place, SoundFiles.Failure> failures = new TreeMap<>();

  private FileLists(Path list) {
    this.list = list;
  }

  /** An entry of a list: its place among the others, and its first line, counted from 1. */
  private record Place(int order, long line) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int first = Integer.compare(order, other.order);
      return first != 0 ? first : Long.compare(line, other.line);
    }
  }

  static Playlist playlist(Path playlist, ListOptions options) {
    TextBytes text = text(playlist, options);
    List<String> lines = text.text().lines().map(TextBytes::withoutMark).toList();
    boolean named = FolderWalk.ending(playlist).equals("pls");
    boolean pls = isPls(lines, named);
    FileLists lists = new FileLists(playlist);
    Map<Integer, EntryNotes> notes = new HashMap<>();
    String title = pls ? lists.pls(lines, notes) : lists.m3u(lines, notes);
    List<String> said = new ArrayList<>(TextBytes.guessed(options.encoding(), text.encoding()));
    if (pls != named && !lines.isEmpty()) {
      said.add(pls ? "File1=… on its lines, as in .pls" : "one file a line, as in .m3u");
    }
    note(playlist, said);
    List<Playlist.Entry> entries = new ArrayList<>();
    lists.items.forEach(
        (place, item) -> entries.add(notes.getOrDefault(place.order, new EntryNotes()).of(item)));
    return new Playlist(title, entries, List.copyOf(lists.failures.values()));
  }

  /** Adds the entries, and what is said about each, by its place; returns the title. */
  private String m3u(List<String> lines, Map<Integer, EntryNotes> notes) {
    String title = "";
    EntryNotes next = new EntryNotes();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith("#PLAYLIST:")) {
        title = line.strip().substring("#PLAYLIST:".length()).strip();
      } else if (line.strip().startsWith("#")) {
        next.take(line);
      } else if (!line.isBlank()) {
        notes.put(i, next);
        next = new EntryNotes();
        add(new Place(i, i + 1), line, "", Map.of());
      }
    }
    return title;
  }

  private String pls(List<String> lines, Map<Integer, EntryNotes> notes) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = PLS_KEY.matcher(lines.get(i));
      if (key.matches()) {
        int order = Integer.parseInt(key.group(2));
        EntryNotes about = notes.computeIfAbsent(order, n -> new EntryNotes());
        switch (key.group(1).toLowerCase(Locale.ROOT)) {
          case "file" -> add(new Place(order, i + 1), key.group(3), "", Map.of());
          case "title" -> about.title(key.group(3));
          default -> about.length(key.group(3));
        }
      }
    }
    return "";
  }

  /** Whether the lines are those of a {@code .pls}; the name decides where they may be either. */
  private static boolean isPls(List<String> lines, boolean named) {
    List<String> filled = lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return !filled.isEmpty()
        && (filled.getFirst().equalsIgnoreCase("[playlist]")
            || (named
                && filled.stream()
                    .anyMatch(l -> l.startsWith("[") || l.matches("(?i)[a-z]+\\d*\\s*=.*"))));
  }

  static SoundFiles csv(Path csv, ListOptions options) {
    FileLists lists = new FileLists(csv);
    List<String> said = new ArrayList<>();
    for (SoundTable.Entry entry : SoundTable.read(csv, options, said).entries()) {
      Place place = new Place(lists.items.size() + lists.failures.size(), entry.line());
      lists.add(place, entry.file(), entry.label(), entry.groups());
    }
    lists.oneLabel();
    note(csv, said);
    return lists.done();
  }

  private void add(Place place, String written, String label, Map<String, String> groups) {
    Path folder = list.toAbsolutePath().getParent();
    String entry = written.strip();
    ListedPath found = ListedPath.of(folder, written);
    if (found.path() != null) {
      items.put(place, new SoundFiles.Item(found.path(), written, label, groups));
      return;
    }
    found = written.equals(entry) ? found : ListedPath.of(folder, entry);
    if (found.path() != null) {
      items.put(place, new SoundFiles.Item(found.path(), entry, label, groups));
    } else {
      fail(place, entry, found.reason());
    }
  }

  private void fail(Place place, String entry, String reason) {
    String where = "%s, line %d".formatted(list, place.line);
    String name = entry.isEmpty() ? where : where + ": " + shown(entry);
    failures.put(place, new SoundFiles.Failure(name, reason));
  }

  /** A file with several labels, also under several spellings: none of its rows is taken. */
  private void oneLabel() {
    Map<Path, List<Place>> rows = new LinkedHashMap<>();
    if (items.values().stream().map(SoundFiles.Item::label).distinct().limit(2).count() > 1) {
      items.forEach(
          (place, item) -> {
            if (!item.label().isEmpty()) {
              rows.computeIfAbsent(real(item.path()), x -> new ArrayList<>()).add(place);
            }
          });
    }
    for (List<Place> same : rows.values()) {
      SoundFiles.Item first = items.get(same.getFirst());
      for (Place other : same) {
        if (!items.get(other).label().equals(first.label())) {
          refuse(same, same.getFirst(), other);
          break;
        }
      }
    }
  }

  private void refuse(List<Place> same, Place one, Place other) {
    SoundFiles.Item first = items.get(one);
    SoundFiles.Item second = items.get(other);
    String name = second.name().equals(first.name()) ? "" : " (" + shown(second.name()) + ")";
    String reason =
        "has the label '%s' in line %d and '%s' in line %d%s; keep one of them"
            .formatted(first.label(), one.line, second.label(), other.line, name);
    same.forEach(place -> fail(place, items.remove(place).name(), reason));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // vanished: told when it is read
    }
  }

  /** An entry for a message: on one line, control characters visible, length limited. */
  static String shown(String entry) {
    return Quoted.line(entry.length() > 200 ? entry.substring(0, 200) + "…" : entry);
  }

  private SoundFiles done() {
    return new SoundFiles(
        list.toString(), List.copyOf(items.values()), List.copyOf(failures.values()), Map.of());
  }

  /** Says what was guessed. */
  static void note(Path list, List<String> said) {
    if (!said.isEmpty()) {
      Warnings.note(String.valueOf(list.getFileName()), "read with " + String.join(", ", said));
    }
  }

  /** The text of a list. */
  static TextBytes text(Path file, ListOptions options) {
    try {
      Check.that(
          Files.size(file) <= MOST_BYTES,
          "%s has %d bytes: a list of files has at most %d",
          file,
          Files.size(file),
          MOST_BYTES);
      TextBytes text = TextBytes.of(Files.readAllBytes(file), options.encoding());
      Check.that(!text.isWebPage(), "%s is a web page, not a list; get the list itself", file);
      return text;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, Reason.words(e)), e);
    }
  }
}
