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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves playlists and tables of sound files. An invalid entry affects only its own row. */
final class FileLists {
  private static final Pattern PLS_FILE =
      Pattern.compile("file(\\d{1,9})\\s*=(.*)", Pattern.CASE_INSENSITIVE);
  private static final long MOST_BYTES = 1 << 28;

  private final Path list;
  private final List<SoundFiles.Item> items = new ArrayList<>();
  private final List<SoundFiles.Failure> failures = new ArrayList<>();

  private FileLists(Path list) {
    this.list = list;
  }

  /** An entry of a list and its first line, counted from 1. */
  private record Entry(int order, long line, String text) {}

  static SoundFiles playlist(Path playlist, ListOptions options) {
    TextBytes text = text(playlist, options);
    List<String> lines = text.text().lines().toList();
    boolean pls = FolderWalk.ending(playlist).equals("pls");
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (pls) {
        Matcher file = PLS_FILE.matcher(line);
        if (file.matches()) {
          entries.add(new Entry(Integer.parseInt(file.group(1)), i + 1, file.group(2).strip()));
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(new Entry(i, i + 1, line));
      }
    }
    entries.sort(Comparator.comparingInt(Entry::order));
    FileLists lists = new FileLists(playlist);
    entries.forEach(entry -> lists.add(entry.line(), entry.text(), "", Map.of()));
    note(playlist, TextBytes.guessed(options.encoding(), text.encoding()));
    return lists.done();
  }

  static SoundFiles csv(Path csv, ListOptions options) {
    FileLists lists = new FileLists(csv);
    List<String> said = new ArrayList<>();
    for (SoundTable.Entry entry : SoundTable.read(csv, options, said).entries()) {
      lists.add(entry.line(), entry.file(), entry.label(), entry.groups());
    }
    note(csv, said);
    return lists.done();
  }

  private void add(long line, String entry, String label, Map<String, String> groups) {
    ListedPath found = ListedPath.of(list.toAbsolutePath().getParent(), entry);
    if (found.path() != null) {
      items.add(new SoundFiles.Item(found.path(), entry, label, groups));
    } else {
      String where = "%s, line %d: %s".formatted(list, line, shown(entry));
      failures.add(new SoundFiles.Failure(where, found.reason()));
    }
  }

  /** An entry for a message: on one line, control characters visible, length limited. */
  static String shown(String entry) {
    return Quoted.line(entry.length() > 200 ? entry.substring(0, 200) + "…" : entry);
  }

  private SoundFiles done() {
    return new SoundFiles(list.toString(), items, failures, Map.of());
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
      return TextBytes.of(Files.readAllBytes(file), options.encoding());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, Reason.words(e)), e);
    }
  }
}
