package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.CsvDialect;
import fieldnotes.common.CsvDialect.Row;
import fieldnotes.common.Reason;
import fieldnotes.common.TextBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CSV table that lists sound files, with a label and groups for each.
 *
 * <p>Paths are in the column {@code path}, {@code file}, {@code filename}, {@code file_name} or
 * {@code audio}, otherwise in the first column with mostly names of sound files, otherwise in the
 * first. Labels are in the column {@code label}, {@code class}, {@code category} or {@code target},
 * the first of these that is there. The columns {@code recording}, {@code speaker}, {@code group}
 * and {@code fold} have groups. Case does not matter. A table without a header starts with a sound
 * file; of two columns the second has the labels. The separator is a comma, semicolon, tab or
 * {@code |}, lines with {@code #} in front are comments, and the text is UTF-8, UTF-16 or otherwise
 * Windows-1252; {@link ListOptions} sets another form, and a guess that is not plain is printed.
 *
 * @param columns the header in lower case; empty if there is none
 * @param labelled whether there is a column of labels
 * @param entries rows with a path, in order
 */
public record SoundTable(List<String> columns, boolean labelled, List<Entry> entries) {
  /** Columns with the class of a row; the first that a table has is used. */
  public static final List<String> LABELS = List.of("label", "class", "category", "target");

  /** Columns that say which rows belong together. */
  public static final List<String> GROUPS = List.of("recording", "speaker", "group", "fold");

  /** Columns that say which part of a file a row is about. */
  public static final List<String> PARTS =
      List.of("chunk", "start_s", "end_s", "duration_s", "time_s");

  private static final List<String> PATHS =
      List.of("path", "file", "filename", "file_name", "audio");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d+)?");
  private static final Pattern LINE = Pattern.compile("starting at line (\\d+)|line (\\d+)");
  private static final int MOST_BEFORE = 20;
  private static final int HEAD_BYTES = 1 << 20;

  /**
   * One row.
   *
   * @param line its first line in the file, counted from 1
   * @param file path as written
   * @param label its label, or empty
   * @param groups the value of each group column, where it is not empty
   * @param cells all cells of the row by the names of their columns in lower case; none without
   *     header
   */
  public record Entry(
      long line, String file, String label, Map<String, String> groups, Map<String, String> cells) {
    /** The path with forward slashes, composed accents (NFC) and no {@code ./} in front. */
    public String name() {
      String slashes = file.replace('\\', '/').replaceFirst("^(\\./)+", "");
      return Normalizer.normalize(slashes, Normalizer.Form.NFC);
    }
  }

  public SoundTable {
    columns = List.copyOf(columns);
    entries = List.copyOf(entries);
  }

  /**
   * Reads a table. Rows without a path are skipped.
   *
   * @throws IllegalArgumentException if the file cannot be read, is empty, has a quote that is
   *     never closed, or gives a file two labels
   */
  public static SoundTable read(Path csv) {
    SoundTable table = read(csv, ListOptions.of(), new ArrayList<>());
    oneLabel(csv, table.entries);
    return table;
  }

  /**
   * As {@link #read(Path)}, of a table written in this form, which may give a file several labels,
   * for example of its parts.
   */
  public static SoundTable read(Path csv, ListOptions options) {
    List<String> said = new ArrayList<>();
    SoundTable table = read(csv, options, said);
    FileLists.note(csv, said);
    return table;
  }

  /** The same; adds what was guessed. */
  static SoundTable read(Path csv, ListOptions options, List<String> said) {
    TextBytes decoded = FileLists.text(csv, options);
    CsvDialect dialect = dialect(decoded.text(), options);
    List<Row> rows = rows(csv, dialect, decoded.text(), false);
    Check.that(!rows.isEmpty(), "%s is empty: it needs a header, such as path,label", csv);
    int before = before(rows);
    rows = rows.subList(before, rows.size());
    Layout layout = Layout.of(rows);
    List<Entry> entries = new ArrayList<>();
    for (Row row : rows.subList(layout.header.isEmpty() ? 0 : 1, rows.size())) {
      String file = written(csv, row, layout.path);
      if (!file.isEmpty()) {
        Map<String, String> groups = new LinkedHashMap<>();
        layout.groups.forEach((name, column) -> groups.put(name, field(row, column)));
        groups.values().removeIf(String::isEmpty);
        String label = field(row, layout.label);
        Map<String, String> cells = new LinkedHashMap<>();
        for (int j = 0; j < layout.header.size(); j++) {
          cells.putIfAbsent(layout.header.get(j), field(row, j));
        }
        entries.add(new Entry(row.line(), file, label, groups, cells));
      }
    }
    said.addAll(dialect.guessed(options.separator(), options.quote(), options.comment()));
    said.addAll(TextBytes.guessed(options.encoding(), decoded.encoding()));
    if (before > 0) {
      said.add("the names of the columns in line %d".formatted(rows.getFirst().line()));
    }
    if (!layout.guessed().isEmpty()) {
      said.add(layout.guessed());
    }
    return new SoundTable(layout.header, layout.label >= 0, entries);
  }

  /**
   * Whether a CSV file lists sound files, judged by its first megabyte: its column of paths has a
   * name that ends as sound files do. Two kinds of tables are no lists: features measured before
   * (columns {@code file}, {@code start_s} or {@code chunk}, and numbers), and tables whose column
   * of paths is just the first, if none of these files exists.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  public static boolean lists(Path csv) {
    return lists(csv, ListOptions.of());
  }

  /** As {@link #lists(Path)}, of a table written in this form. */
  public static boolean lists(Path csv, ListOptions options) {
    String text = head(csv, options);
    List<Row> rows;
    try {
      rows = rows(csv, dialect(text, options), text, true);
    } catch (IllegalArgumentException e) {
      return false; // no valid CSV: readers of tables say where
    }
    if (rows.isEmpty()) {
      return false;
    }
    rows = rows.subList(before(rows), rows.size());
    Layout layout = Layout.of(rows);
    if (layout.header.isEmpty() && layout.path == 0) {
      return true;
    }
    List<Row> cells = rows.subList(layout.header.isEmpty() ? 0 : 1, rows.size());
    if (layout.measured(cells)) {
      return false;
    }
    Path folder = csv.toAbsolutePath().getParent();
    return cells.stream()
        .map(row -> field(row, layout.path))
        .anyMatch(
            f ->
                SoundFiles.isSound(f) && (layout.named || ListedPath.of(folder, f).path() != null));
  }

  private static String head(Path csv, ListOptions options) {
    try (InputStream in = Files.newInputStream(csv)) {
      byte[] bytes = in.readNBytes(HEAD_BYTES);
      int end = bytes.length;
      if (end == HEAD_BYTES) {
        while (end > 0 && bytes[end - 1] != '\n' && bytes[end - 1] != '\r') {
          end--; // no cut row, and no cut character
        }
      }
      return TextBytes.of(Arrays.copyOf(bytes, end), options.encoding()).text();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(csv, Reason.words(e)), e);
    }
  }

  /** Where the columns are; -1 for none. */
  private record Layout(
      List<String> header, int path, boolean named, int label, Map<String, Integer> groups) {
    static Layout of(List<Row> rows) {
      List<String> header = rows.getFirst().cells().stream().map(SoundTable::name).toList();
      int path = column(header, PATHS);
      int label = column(header, LABELS);
      int likely = path >= 0 ? path : likely(header, rows.subList(1, rows.size()));
      if (path < 0 && label < 0 && SoundFiles.isSound(header.get(likely))) {
        return new Layout(List.of(), likely, false, header.size() == 2 ? 1 - likely : -1, Map.of());
      }
      Map<String, Integer> groups = new LinkedHashMap<>();
      for (String name : GROUPS) {
        if (header.contains(name)) {
          groups.put(name, header.indexOf(name));
        }
      }
      return new Layout(header, likely, path >= 0, label, groups);
    }

    /** The first column whose cells are mostly names of sound files; otherwise the first. */
    private static int likely(List<String> header, List<Row> rows) {
      List<Row> head = rows.subList(0, Math.min(rows.size(), 100));
      for (int j = 0; j < header.size() && !SoundFiles.isSound(header.getFirst()); j++) {
        int column = j;
        long sounds = head.stream().filter(r -> SoundFiles.isSound(field(r, column))).count();
        if (2 * sounds > head.size() || (head.isEmpty() && SoundFiles.isSound(header.get(j)))) {
          return j;
        }
      }
      return 0;
    }

    /** What was guessed of the column of paths. */
    String guessed() {
      if (named || (header.isEmpty() && path == 0)) {
        return "";
      }
      String known = ", as none is named " + PATHS;
      if (header.isEmpty()) {
        return "no names of columns, the paths in column " + (path + 1);
      }
      String name = "'" + FileLists.shown(header.get(path)) + "'";
      return path > 0
          ? "the paths in the column " + name + known
          : "the paths in the first column, "
              + name
              + known
              + "; another separator is given by --separator, in Java ListOptions.withSeparator";
    }

    /** Whether these are features measured before. */
    boolean measured(List<Row> rows) {
      boolean parts = header.contains("start_s") || header.contains("chunk");
      if (!header.contains("file") || !parts) {
        return false;
      }
      for (int j = 0; j < header.size(); j++) {
        String name = header.get(j);
        if (PARTS.contains(name) || LABELS.contains(name) || GROUPS.contains(name)) {
          continue;
        }
        int column = j;
        List<String> cells =
            rows.stream().map(row -> field(row, column)).filter(c -> !c.isEmpty()).toList();
        if (!cells.isEmpty() && cells.stream().allMatch(c -> NUMBER.matcher(c).matches())) {
          return true;
        }
      }
      return false;
    }
  }

  /** The form by which the first row has a known column or starts with a sound file, or a guess. */
  private static CsvDialect dialect(String text, ListOptions options) {
    List<String> lines =
        text.lines()
            .filter(line -> !line.isBlank() && line.charAt(0) != '#')
            .limit(MOST_BEFORE)
            .toList();
    char quote = options.quote() == 0 ? '"' : options.quote();
    char known = options.separator();
    for (int i = 0; i < lines.size() && known == 0; i++) {
      String line = lines.get(i);
      for (String one : List.of(",", ";", "\t", "|")) {
        List<String> header =
            Arrays.stream(line.replace(String.valueOf(quote), "").split(Pattern.quote(one), -1))
                .map(SoundTable::name)
                .toList();
        boolean sound = i == 0 && line.contains(one) && SoundFiles.isSound(header.getFirst());
        if (known == 0 && (sound || column(header, PATHS) >= 0)) {
          known = one.charAt(0);
        }
      }
    }
    return CsvDialect.guess(text, known, quote, options.comment());
  }

  private static List<Row> rows(Path csv, CsvDialect dialect, String text, boolean cut) {
    try {
      return dialect.rows(text, cut);
    } catch (CsvDialect.Malformed e) {
      String why = e.getMessage();
      Matcher line = LINE.matcher(why);
      throw new IllegalArgumentException(
          why.contains("nclosed") && line.find()
              ? "%s: the quote opened in line %s is never closed; close it, or give another quote by --quote, in Java ListOptions.withQuote"
                  .formatted(csv, line.group(1) == null ? line.group(2) : line.group(1))
              : "%s is not a valid CSV file: %s".formatted(csv, why),
          e);
    }
  }

  private static void oneLabel(Path csv, List<Entry> entries) {
    Map<String, Entry> seen = new HashMap<>();
    for (Entry entry : entries) {
      if (!entry.label.isEmpty()) {
        Entry before = seen.putIfAbsent(entry.name(), entry);
        Check.that(
            before == null || before.label.equals(entry.label),
            "%s: %s has the label '%s' in line %d and '%s' in line %d; keep one of them",
            csv,
            FileLists.shown(entry.file),
            before == null ? "" : before.label,
            before == null ? 0 : before.line,
            entry.label,
            entry.line);
      }
    }
  }

  private static int column(List<String> header, List<String> names) {
    return names.stream().mapToInt(header::indexOf).filter(i -> i >= 0).findFirst().orElse(-1);
  }

  private static String field(Row row, int column) {
    boolean there = column >= 0 && column < row.cells().size();
    return there ? TextBytes.withoutMark(row.cells().get(column).strip()) : "";
  }

  /** The path in a row, without blanks around it unless a file has them in its name. */
  private static String written(Path csv, Row row, int column) {
    String bare = field(row, column);
    String cell = bare.isEmpty() ? bare : row.cells().get(column);
    try {
      return !cell.equals(bare) && Files.isRegularFile(csv.resolveSibling(cell)) ? cell : bare;
    } catch (InvalidPathException e) {
      return bare;
    }
  }

  /** The number of rows before one that names a column of paths, if none of these has a sound. */
  private static int before(List<Row> rows) {
    for (int i = 0; i < Math.min(rows.size(), MOST_BEFORE); i++) {
      List<String> cells = rows.get(i).cells().stream().map(SoundTable::name).toList();
      if (cells.stream().anyMatch(SoundFiles::isSound)) {
        break;
      }
      if (column(cells, PATHS) >= 0) {
        return i;
      }
    }
    return 0;
  }

  /** The name of a column as it is compared. */
  private static String name(String cell) {
    return cell.strip().toLowerCase(Locale.ROOT);
  }
}
