package fieldnotes.audio;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads playlists and CSV tables of sound files. An invalid entry affects only its own row. */
final class FileLists {
  private static final List<String> PATHS =
      List.of("path", "file", "filename", "file_name", "audio");
  private static final List<String> LABELS = List.of("label", "class", "category", "target");
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

  static SoundFiles playlist(Path playlist) {
    List<String> lines = text(playlist).lines().toList();
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
    entries.forEach(entry -> lists.add(entry.line(), entry.text(), ""));
    return lists.done();
  }

  static SoundFiles csv(Path csv) {
    String text = text(csv);
    List<CsvRecord> rows = rows(csv, text, separator(text));
    Check.that(!rows.isEmpty(), "%s is empty: it needs a heading, such as path,label", csv);
    List<String> heading = heading(rows.getFirst().getFields());
    int path = column(heading, PATHS);
    int label = column(heading, LABELS);
    boolean bare =
        path < 0 && label < 0 && heading.size() == 1 && SoundFiles.isSound(heading.get(0));
    FileLists lists = new FileLists(csv);
    for (CsvRecord row : rows.subList(bare ? 0 : 1, rows.size())) {
      String entry = field(row, Math.max(0, path));
      if (!entry.isEmpty()) {
        lists.add(row.getStartingLineNumber(), entry, field(row, label));
      }
    }
    return lists.done();
  }

  private static List<CsvRecord> rows(Path csv, String text, char separator) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .trimWhitespacesAroundQuotes(true)
            .ofCsvRecord(text)) {
      return reader.stream().toList();
    } catch (CsvParseException | IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          "%s is not a valid CSV file: %s".formatted(csv, e.getMessage()), e);
    }
  }

  /** The separator that gives a header with a known column; a comma if none does. */
  private static char separator(String text) {
    String first = text.lines().findFirst().orElse("");
    for (String other : List.of(";", "\t")) {
      if (!first.contains(",")
          && first.contains(other)
          && column(heading(List.of(first.replace("\"", "").split(other, -1))), PATHS) >= 0) {
        return other.charAt(0);
      }
    }
    return ',';
  }

  private static List<String> heading(List<String> fields) {
    return fields.stream().map(h -> h.strip().toLowerCase(Locale.ROOT)).toList();
  }

  private static int column(List<String> heading, List<String> names) {
    return names.stream().mapToInt(heading::indexOf).filter(i -> i >= 0).findFirst().orElse(-1);
  }

  private static String field(CsvRecord row, int column) {
    return column >= 0 && column < row.getFieldCount() ? row.getField(column).strip() : "";
  }

  private void add(long line, String entry, String label) {
    ListedPath found = ListedPath.of(list.toAbsolutePath().getParent(), entry);
    if (found.path() != null) {
      items.add(new SoundFiles.Item(found.path(), entry, label));
    } else {
      String where = "%s, line %d: %s".formatted(list, line, shown(entry));
      failures.add(new SoundFiles.Failure(where, found.reason()));
    }
  }

  /** An entry for a message: on one line, control characters visible, length limited. */
  private static String shown(String entry) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(entry.length(), 200); i++) {
      char c = entry.charAt(i);
      text.append(Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
    }
    return text.append(entry.length() > 200 ? "…" : "").toString();
  }

  private SoundFiles done() {
    return new SoundFiles(list.toString(), items, failures, Map.of());
  }

  private static String text(Path file) {
    try {
      Check.that(
          Files.size(file) <= MOST_BYTES,
          "%s has %d bytes: a list of files has at most %d",
          file,
          Files.size(file),
          MOST_BYTES);
      return ListedPath.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e), e);
    }
  }
}
