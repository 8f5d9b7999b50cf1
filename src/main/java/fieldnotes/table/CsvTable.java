package fieldnotes.table;

import fieldnotes.common.CsvDialect;
import fieldnotes.common.CsvDialect.Row;
import fieldnotes.common.TextBytes;
import fieldnotes.table.CsvSchema.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Makes a table of the text of a CSV file. */
final class CsvTable {
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  /** Which columns are read, by the header; null to infer them. */
  interface Fields {
    List<Field> of(List<String> header);
  }

  private final String name;
  private final CsvOptions options;
  private final Fields fields;
  private final CsvDialect dialect;
  private final List<String> notes = new ArrayList<>();
  private final List<String> header = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private CsvGuess guess;

  private CsvTable(String name, String text, CsvOptions options, Fields fields) {
    this.name = name;
    this.options = options;
    this.fields = fields;
    dialect = CsvDialect.guess(text, options.separator(), options.quote(), options.comment());
  }

  /**
   * A table and what was guessed.
   *
   * @param notes one line each; empty for a plain file
   */
  record Read(Table table, List<String> notes) {}

  /** Reads a text without a byte-order mark; {@code name} stands for the file in messages. */
  static Read of(String name, String text, String encoding, CsvOptions options, Fields fields) {
    CsvTable made = new CsvTable(name, text, options, fields);
    made.split(text);
    made.checkHeader();
    made.checkWidth();
    made.guess = new CsvGuess(options, made.dialect.separator() == ';', made.header, made.rows);
    Table table = made.table();
    made.sayDialect(encoding);
    return new Read(table, List.copyOf(made.notes));
  }

  private CsvException error(String message, Object... values) {
    return new CsvException(message.formatted(values), null);
  }

  private void split(String text) {
    try {
      rows.addAll(dialect.rows(text, false));
    } catch (CsvDialect.Malformed e) {
      Matcher line = LINE.matcher(e.getMessage());
      String where = line.find() ? line.group(1) : "?";
      String why = e.getMessage().replaceFirst(" \\(record .*", "");
      throw new CsvException(
          why.startsWith("Unclosed")
              ? "%s: the quote opened in line %s is never closed; close it, or give another quote by CsvOptions.withQuote"
                  .formatted(name, where)
              : "%s, line %s: %s; a quote in a quoted cell must be doubled"
                  .formatted(name, where, why),
          e);
    }
  }

  private void checkHeader() {
    if (rows.isEmpty()) {
      List<String> wanted =
          fields == null ? List.of() : fields.of(List.of()).stream().map(Field::name).toList();
      throw error(
          "%s: is empty; its first line must name the columns%s",
          name, wanted.isEmpty() ? "" : " " + wanted);
    }
    int wide = rows.getFirst().cells().size();
    if (options.header()) {
      rows.removeFirst().cells().forEach(cell -> header.add(cell.strip()));
      while (header.size() > 1 && header.getLast().isEmpty() && noneBelow(header.size() - 1)) {
        header.removeLast(); // separators at the ends of lines
      }
    } else {
      for (int j = 0; j < wide; j++) {
        header.add("");
      }
    }
    boolean numbers = !header.stream().allMatch(String::isEmpty);
    Map<String, String> seen = new HashMap<>(); // a table compares names without case
    for (int j = 0; j < header.size(); j++) {
      String column = header.get(j);
      numbers &= CsvNumbers.PLAIN.matches(CsvNumbers.clean(column));
      if (column.isEmpty()) {
        header.set(j, "column " + (j + 1));
        if (options.header()) {
          notes.add("column %d has no name; it is '%s'".formatted(j + 1, header.get(j)));
        }
      }
      if (fields == null) {
        distinguish(j, seen);
      } else if (seen.put(header.get(j), "") != null) {
        throw error("%s: has two columns '%s'; rename one", name, header.get(j));
      }
    }
    if (numbers && fields == null && !rows.isEmpty()) {
      notes.add(
          "the first line has only numbers and was taken for the names of the columns; if it is a"
              + " row, read with CsvOptions.withoutHeader");
    }
  }

  /** Numbers a name that stands there already, as pandas does. */
  private void distinguish(int j, Map<String, String> seen) {
    String column = header.get(j);
    String before = seen.get(column.toLowerCase(Locale.ROOT));
    for (int k = 1; seen.containsKey(header.get(j).toLowerCase(Locale.ROOT)); k++) {
      header.set(j, column + "." + k);
    }
    seen.put(header.get(j).toLowerCase(Locale.ROOT), header.get(j));
    if (before != null) {
      notes.add(
          column.equals(before)
              ? "another column is named '%s'; it is '%s'".formatted(column, header.get(j))
              : "columns '%s' and '%s' differ only in case; the second is '%s'"
                  .formatted(before, column, header.get(j)));
    }
  }

  private boolean noneBelow(int column) {
    return rows.stream()
        .allMatch(row -> row.cells().size() <= column || row.cells().get(column).isBlank());
  }

  /** Drops empty cells after the last column; rows of another width are left out or an error. */
  private void checkWidth() {
    int width = header.size();
    List<Row> kept = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int cells = CsvDialect.filled(row.cells(), width);
      if (cells == width) {
        kept.add(
            row.cells().size() == width ? row : new Row(row.line(), row.cells().subList(0, width)));
        continue;
      }
      bad.add("line %d has %d cells".formatted(row.line(), cells));
      if (fields != null) {
        throw error(
            "%s, row %d (line %d): has %d cells, but the header names %d columns%s",
            name, i, row.line(), cells, width, between());
      }
    }
    if (!bad.isEmpty()) {
      if (kept.size() < bad.size()) {
        throw error(
            "%s, %s, but the header names %d columns%s; there are %d such rows: if something else"
                + " stands between the cells, say so by CsvOptions.withSeparator%s",
            name, bad.getFirst(), width, between(), bad.size(), before(width));
      }
      notes.add(
          "%d row%s left out, as the header names %d columns: %s%s"
              .formatted(
                  bad.size(),
                  bad.size() == 1 ? "" : "s",
                  width,
                  String.join(", ", bad.subList(0, Math.min(3, bad.size()))),
                  bad.size() > 3 ? ", …" : ""));
      rows.clear();
      rows.addAll(kept);
    } else {
      rows.clear();
      rows.addAll(kept);
    }
  }

  /** What to do if other lines stand before the header, as most rows agree in another width. */
  private String before(int width) {
    Map<Integer, Integer> widths = new HashMap<>();
    rows.forEach(row -> widths.merge(row.cells().size(), 1, Integer::sum));
    int most = Collections.max(widths.entrySet(), Map.Entry.comparingByValue()).getKey();
    boolean begun = header.getFirst().equals("column 1"); // the header begins with a separator
    if (most == width || (most == 1 && !begun)) {
      return "";
    }
    Row first = rows.stream().filter(row -> row.cells().size() == most).findFirst().orElseThrow();
    return "; if line %d is the header, delete the lines before it, or skip them by CsvOptions.withComment if they begin with a sign"
        .formatted(first.line());
  }

  private String between() {
    return dialect.separator() == ','
        ? ""
        : " (read with %s between cells)".formatted(dialect.between());
  }

  private Table table() {
    Map<String, Integer> places = new HashMap<>();
    header.forEach(column -> places.put(column, places.size()));
    List<Field> wanted = new ArrayList<>();
    if (fields == null) {
      for (int j = 0; j < header.size(); j++) {
        wanted.add(new Field(header.get(j), guess.format(j) != null, List.of()));
      }
    } else {
      wanted.addAll(fields.of(header));
    }
    Table table = Table.create(name.replaceFirst("\\.[^.]*$", ""));
    Map<String, String> inTable = new HashMap<>(); // which compares names without case
    for (Field field : wanted) {
      String before = inTable.put(field.name().toLowerCase(Locale.ROOT), field.name());
      if (before != null) {
        throw error(
            "%s: columns '%s' and '%s' differ only in case; rename one",
            name, before, field.name());
      }
      Integer place = places.get(field.name());
      if (place == null) {
        throw error("%s: has no column '%s'; it has %s", name, field.name(), header);
      }
      table.addColumns(field.number() ? numbers(field, place) : texts(field, place));
    }
    return table;
  }

  private DoubleColumn numbers(Field field, int place) {
    CsvNumbers found = guess.format(place);
    CsvNumbers format = found == null ? CsvNumbers.PLAIN : found;
    double[] cells = new double[rows.size()];
    for (int i = 0; i < cells.length; i++) {
      String cell = CsvNumbers.clean(rows.get(i).cells().get(place));
      boolean missing = fields == null ? guess.isMissing(i, place) : given(cell);
      if (missing) {
        cells[i] = Double.NaN;
        continue;
      }
      boolean infinite = CsvNumbers.isInfinite(cell);
      double value = infinite || format.matches(cell) ? format.value(cell) : Double.NaN;
      boolean allowed = fields == null || field.values().contains(cell);
      if (!Double.isFinite(value) && !(infinite && allowed)) {
        throw error(
            "%s, row %d (line %d), column '%s': '%s' is not a %snumber; leave the cell empty if"
                + " the value is missing",
            name,
            i,
            rows.get(i).line(),
            field.name(),
            cell,
            Double.isInfinite(value) ? "finite " : "");
      }
      cells[i] = value;
    }
    return DoubleColumn.create(field.name(), cells);
  }

  private boolean given(String cell) {
    return cell.isEmpty() || options.missing().contains(cell);
  }

  private StringColumn texts(Field field, int place) {
    Set<String> allowed = new HashSet<>(field.values());
    StringColumn column = StringColumn.create(field.name());
    for (int i = 0; i < rows.size(); i++) {
      String cell = rows.get(i).cells().get(place);
      if (cell.isEmpty()
          || options.missing().contains(cell.strip())
          || (fields == null && guess.isMissing(i, place) && !cell.isBlank())) {
        column.appendMissing();
        continue;
      }
      if (!allowed.isEmpty() && !allowed.contains(cell)) {
        throw error(
            "%s, row %d (line %d), column '%s': '%s' must be one of %s",
            name, i, rows.get(i).line(), field.name(), cell, field.values());
      }
      column.append(cell);
    }
    return column;
  }

  /** Says what was guessed and is not plain; the dialect first. */
  private void sayDialect(String encoding) {
    List<String> said = dialect.guessed(options.separator(), options.quote(), options.comment());
    said.addAll(TextBytes.guessed(options.encoding(), encoding));
    List<String> columns = fields == null ? guess.said() : List.of();
    List<String> all = new ArrayList<>();
    if (!columns.isEmpty() && columns.getFirst().startsWith("decimal comma")) {
      said.add("a " + columns.getFirst());
      columns = columns.subList(1, columns.size());
    }
    if (!said.isEmpty()) {
      all.add("read with " + String.join(", ", said));
    }
    all.addAll(notes);
    all.addAll(columns);
    notes.clear();
    notes.addAll(all);
  }
}
