package fieldnotes.table;

import fieldnotes.table.CsvSchema.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Reads comma-separated files and says where one is wrong. The text is UTF-8; a byte-order mark at
 * its start is skipped; lines may end in LF, CR LF or CR; cells may be quoted with {@code "} (a
 * quote in them is doubled). Blank lines are skipped. An empty cell is a missing one; a number is
 * written with digits, a point and an exponent, nothing else.
 *
 * @see "RFC 4180"
 */
public final class Csv {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Csv() {}

  /**
   * Reads a file whose columns are not known: a column whose cells are all numbers or empty becomes
   * a column of numbers, any other one of text.
   *
   * @throws CsvException if the file cannot be read or is no table, naming row and column
   */
  public static Table read(Path file) {
    return read(file, null);
  }

  /**
   * Reads a file that must have these columns, in any order; columns beyond them are left out.
   *
   * @throws CsvException if the file cannot be read or a cell is not what the schema says. Rows are
   *     counted from 0, as tables count them; lines of the file from 1
   */
  public static Table read(Path file, CsvSchema schema) {
    String name = String.valueOf(file.getFileName());
    String text;
    try {
      byte[] bytes = Files.readAllBytes(file);
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CsvException(name + ": is not UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new CsvException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
    return parse(name, text, schema);
  }

  /** Reads text in the form of a file; {@code name} stands for the file in messages. */
  public static Table parse(String name, String text, CsvSchema schema) {
    List<String[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    split(name, text.startsWith("\uFEFF") ? text.substring(1) : text, rows, lines);
    if (rows.isEmpty()) {
      throw new CsvException(
          name
              + ": is empty; its first line must name the columns"
              + (schema == null ? "" : " " + schema.names()),
          null);
    }
    String[] header = rows.removeFirst();
    lines.removeFirst();
    Map<String, Integer> places = new HashMap<>();
    for (int j = 0; j < header.length; j++) {
      String column = header[j].strip();
      if (places.putIfAbsent(column, j) != null) {
        throw new CsvException("%s: has two columns '%s'".formatted(name, column), null);
      }
    }
    if (rows.isEmpty()) {
      throw new CsvException(name + ": has a header but no rows", null);
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).length != header.length) {
        throw new CsvException(
            "%s, row %d (line %d): has %d cells, but the header names %d columns"
                .formatted(name, i, lines.get(i), rows.get(i).length, header.length),
            null);
      }
    }
    Table table = Table.create(name.replaceFirst("\\.[^.]*$", ""));
    for (Field field : schema == null ? guess(header, rows) : schema.columns()) {
      Integer place = places.get(field.name());
      if (place == null && !field.mayBeAbsent()) {
        throw new CsvException(
            "%s: has no column '%s'; it has %s".formatted(name, field.name(), List.of(header)),
            null);
      }
      if (field.number()) {
        table.addColumns(numbers(name, field, place, rows, lines));
      } else {
        table.addColumns(texts(name, field, place, rows, lines));
      }
    }
    return table;
  }

  private static List<Field> guess(String[] header, List<String[]> rows) {
    List<Field> fields = new ArrayList<>();
    for (int j = 0; j < header.length; j++) {
      boolean number = true;
      boolean any = false;
      for (String[] row : rows) {
        String cell = row[j].strip();
        any |= !cell.isEmpty();
        number &= cell.isEmpty() || NUMBER.matcher(cell).matches();
      }
      fields.add(new Field(header[j].strip(), number && any, List.of(), false));
    }
    return fields;
  }

  private static DoubleColumn numbers(
      String name, Field field, Integer place, List<String[]> rows, List<Integer> lines) {
    double[] cells = new double[rows.size()];
    for (int i = 0; i < cells.length; i++) {
      String cell = place == null ? "" : rows.get(i)[place].strip();
      if (cell.isEmpty()) {
        cells[i] = Double.NaN;
        continue;
      }
      double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
      if (!Double.isFinite(value)) {
        throw new CsvException(
            "%s, row %d (line %d), column '%s': '%s' is not a %snumber; leave the cell empty if it"
                    .formatted(
                        name,
                        i,
                        lines.get(i),
                        field.name(),
                        cell,
                        Double.isInfinite(value) ? "finite " : "")
                + " is not known",
            null);
      }
      cells[i] = value;
    }
    return DoubleColumn.create(field.name(), cells);
  }

  private static StringColumn texts(
      String name, Field field, Integer place, List<String[]> rows, List<Integer> lines) {
    Set<String> allowed = new HashSet<>(field.values());
    StringColumn column = StringColumn.create(field.name());
    for (int i = 0; i < rows.size(); i++) {
      String cell = place == null ? "" : rows.get(i)[place];
      if (cell.isEmpty()) {
        column.appendMissing();
        continue;
      }
      if (!allowed.isEmpty() && !allowed.contains(cell)) {
        throw new CsvException(
            "%s, row %d (line %d), column '%s': '%s' is none of %s"
                .formatted(name, i, lines.get(i), field.name(), cell, field.values()),
            null);
      }
      column.append(cell);
    }
    return column;
  }

  private static void split(String name, String text, List<String[]> rows, List<Integer> lines) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    int line = 1;
    int startLine = 1;
    int at = 0;
    while (at <= text.length()) {
      boolean over = at == text.length();
      char c = over ? '\n' : text.charAt(at);
      at++;
      if (quoted) {
        if (over) {
          throw new CsvException(
              "%s: the quote opened in line %d is never closed".formatted(name, startLine), null);
        }
        if (c == '"' && at < text.length() && text.charAt(at) == '"') {
          cell.append('"');
          at++;
        } else if (c == '"') {
          quoted = false;
        } else {
          line += c == '\n' ? 1 : 0;
          cell.append(c);
        }
      } else if (c == '"' && cell.isEmpty() && !wasQuoted) {
        quoted = true;
        wasQuoted = true;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
        wasQuoted = false;
      } else if (c == '\n' || c == '\r') {
        if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
          at++;
        }
        if (!cells.isEmpty() || !cell.isEmpty() || wasQuoted) {
          cells.add(cell.toString());
          rows.add(cells.toArray(String[]::new));
          lines.add(startLine);
        }
        cells.clear();
        cell.setLength(0);
        wasQuoted = false;
        line++;
        startLine = line;
      } else {
        cell.append(c);
      }
    }
  }
}
