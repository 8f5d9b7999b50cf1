package fieldnotes.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fieldnotes.table.CsvSchema.Field;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Reads and writes comma-separated files, and says where one is wrong. The text is UTF-8; a
 * byte-order mark at its start is skipped; lines may end in LF, CR LF or CR; cells may be quoted
 * with {@code "} (a quote in them is doubled). Blank lines are skipped. An empty cell is a missing
 * one; a number is written with digits, a point and an exponent, nothing else. FastCSV splits and
 * quotes.
 *
 * @see "RFC 4180"
 */
public final class Csv {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  /** How the columns of a file are to be read. */
  private interface Fields {
    List<Field> of(List<String> header, List<String[]> rows);
  }

  private Csv() {}

  /** {@link #read(Path)} by the file's name. */
  public static Table read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads a file whose columns are not known: a column whose cells are all numbers or empty becomes
   * a column of numbers, any other one of text.
   *
   * @throws CsvException if the file cannot be read or is no table, naming row and column
   */
  public static Table read(Path file) {
    return read(file, Csv::guess);
  }

  /**
   * Reads a file of which it is known what columns hold, but not which it has.
   *
   * @param number whether the column of this name holds numbers; otherwise text
   * @throws CsvException if the file cannot be read, is no table, or has other than a number where
   *     one must be
   */
  public static Table read(Path file, Predicate<String> number) {
    return read(
        file,
        (header, rows) ->
            header.stream()
                .map(name -> new Field(name, number.test(name), List.of(), false))
                .toList());
  }

  /** {@link #read(Path, CsvSchema)} by the file's name. */
  public static Table read(String file, CsvSchema schema) {
    return read(Path.of(file), schema);
  }

  /**
   * Reads a file that must have these columns, in any order; columns beyond them are left out.
   *
   * @throws CsvException if the file cannot be read or a cell is not what the schema says. Rows are
   *     counted from 0, as tables count them; lines of the file from 1
   */
  public static Table read(Path file, CsvSchema schema) {
    return read(file, (header, rows) -> schema.columns());
  }

  private static Table read(Path file, Fields fields) {
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
    return parse(name, text, fields);
  }

  /** {@link #write(Table, Path)} by the file's name. */
  public static void write(Table table, String file) {
    write(table, Path.of(file));
  }

  /**
   * Writes a table; the file appears whole or not at all. Numbers are written with the fewest
   * digits that are read back to the last bit, whatever format their column is shown in; a missing
   * cell is empty.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Table table, Path file) {
    TableWriter.write(table, file, false);
  }

  /** A line of such a file with its end: cells that need it are quoted. */
  public static String line(String... cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
      csv.writeRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text cannot fail to be written
    }
    return line.toString();
  }

  /** Reads text in the form of a file; {@code name} stands for the file in messages. */
  static Table parse(String name, String text, CsvSchema schema) {
    return parse(name, text, schema == null ? Csv::guess : (header, rows) -> schema.columns());
  }

  private static Table parse(String name, String text, Fields fields) {
    List<String[]> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    split(name, text.startsWith("\uFEFF") ? text.substring(1) : text, rows, lines);
    if (rows.isEmpty()) {
      List<String> wanted = fields.of(List.of(), rows).stream().map(Field::name).toList();
      throw new CsvException(
          name
              + ": is empty; its first line must name the columns"
              + (wanted.isEmpty() ? "" : " " + wanted),
          null);
    }
    List<String> header = Arrays.stream(rows.removeFirst()).map(String::strip).toList();
    lines.removeFirst();
    Map<String, Integer> places = new HashMap<>();
    for (int j = 0; j < header.size(); j++) {
      String column = header.get(j);
      if (places.putIfAbsent(column, j) != null) {
        throw new CsvException("%s: has two columns '%s'".formatted(name, column), null);
      }
    }
    if (rows.isEmpty()) {
      throw new CsvException(name + ": has a header but no rows", null);
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).length != header.size()) {
        throw new CsvException(
            "%s, row %d (line %d): has %d cells, but the header names %d columns"
                .formatted(name, i, lines.get(i), rows.get(i).length, header.size()),
            null);
      }
    }
    Table table = Table.create(name.replaceFirst("\\.[^.]*$", ""));
    for (Field field : fields.of(header, rows)) {
      Integer place = places.get(field.name());
      if (place == null && !field.mayBeAbsent()) {
        throw new CsvException(
            "%s: has no column '%s'; it has %s".formatted(name, field.name(), header), null);
      }
      if (field.number()) {
        table.addColumns(numbers(name, field, place, rows, lines));
      } else {
        table.addColumns(texts(name, field, place, rows, lines));
      }
    }
    return table;
  }

  private static List<Field> guess(List<String> header, List<String[]> rows) {
    List<Field> fields = new ArrayList<>();
    for (int j = 0; j < header.size(); j++) {
      boolean number = true;
      boolean any = false;
      for (String[] row : rows) {
        String cell = row[j].strip();
        any |= !cell.isEmpty();
        number &= cell.isEmpty() || NUMBER.matcher(cell).matches();
      }
      fields.add(new Field(header.get(j), number && any, List.of(), false));
    }
    return fields;
  }

  private static DoubleColumn numbers(
      String name, Field field, Integer place, List<String[]> rows, List<Long> lines) {
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
      String name, Field field, Integer place, List<String[]> rows, List<Long> lines) {
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

  /** The rows without blank lines, and the line that each begins in, counted from 1. */
  private static void split(String name, String text, List<String[]> rows, List<Long> lines) {
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(text)) {
      for (CsvRecord record : records) {
        rows.add(record.getFields().toArray(String[]::new));
        lines.add(record.getStartingLineNumber());
      }
    } catch (CsvParseException e) {
      Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
      String where = line.find() ? line.group(1) : "?";
      String why = String.valueOf(e.getMessage()).replaceFirst(" \\(record .*", "");
      throw new CsvException(
          why.startsWith("Unclosed")
              ? "%s: the quote opened in line %s is never closed".formatted(name, where)
              : "%s, line %s: %s; a quote in a quoted cell must be doubled"
                  .formatted(name, where, why),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text cannot fail to be read
    }
  }
}
