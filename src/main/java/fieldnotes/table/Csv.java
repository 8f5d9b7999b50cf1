package fieldnotes.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fieldnotes.common.Reason;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Reads and writes CSV files. Text is UTF-8, with or without a byte-order mark; lines end in LF, CR
 * LF or CR; cells may be quoted with {@code "} (doubled inside a quoted cell). Blank lines are
 * skipped, an empty cell is a missing value, numbers are decimal with a point and optionally an
 * exponent. A file with only a header is a table without rows.
 *
 * @see "RFC 4180"
 */
public final class Csv {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final List<String> INFINITE = List.of("Infinity", "-Infinity");

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  /** How the columns of a file are read. */
  private interface Fields {
    List<Field> of(List<String> header, List<String[]> rows);
  }

  private Csv() {}

  /** Reads a file given by name; see {@link #read(Path)}. */
  public static Table read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads a file and infers its columns: numeric if all cells are numbers, {@code Infinity}, {@code
   * -Infinity} or empty, otherwise text.
   *
   * @throws CsvException if the file cannot be read or is malformed, naming row and column
   */
  public static Table read(Path file) {
    return read(file, Csv::guess);
  }

  /**
   * Reads a file with known column types but unknown columns.
   *
   * @param number whether the column of this name is numeric; otherwise it is text
   * @throws CsvException if the file cannot be read, is malformed, or has another value where a
   *     number is required
   */
  public static Table read(Path file, Predicate<String> number) {
    return read(
        file,
        (header, rows) ->
            header.stream().map(name -> new Field(name, number.test(name), List.of())).toList());
  }

  /** Reads a file given by name; see {@link #read(Path, Predicate)}. */
  public static Table read(String file, Predicate<String> number) {
    return read(Path.of(file), number);
  }

  /** Reads a file given by name; see {@link #read(Path, CsvSchema)}. */
  public static Table read(String file, CsvSchema schema) {
    return read(Path.of(file), schema);
  }

  /**
   * Reads the columns of a schema, in any order; other columns are ignored.
   *
   * @throws CsvException if the file cannot be read or a cell does not match the schema; rows are
   *     counted from 0, lines from 1
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
      throw new CsvException("%s: cannot be read (%s)".formatted(file, Reason.words(e)), e);
    }
    return parse(name, text, fields);
  }

  /** Writes to a file given by name; see {@link #write(Table, Path)}. */
  public static void write(Table table, String file) {
    write(table, Path.of(file));
  }

  /**
   * Writes a table atomically. Numbers have the fewest digits that restore the exact double,
   * whatever their print format; a missing cell is empty.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Table table, Path file) {
    TableWriter.write(table, file, false);
  }

  /** A CSV line with its line end; cells are quoted where needed. */
  public static String line(String... cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
      csv.writeRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return line.toString();
  }

  /** Parses CSV text; {@code name} stands for the file in messages. */
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
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).length != header.size()) {
        throw new CsvException(
            "%s, row %d (line %d): has %d cells, but the header names %d columns"
                .formatted(name, i, lines.get(i), rows.get(i).length, header.size()),
            null);
      }
    }
    Table table = Table.create(name.replaceFirst("\\.[^.]*$", ""));
    Map<String, String> inTable = new HashMap<>(); // which compares names without case
    for (Field field : fields.of(header, rows)) {
      String before = inTable.put(field.name().toLowerCase(Locale.ROOT), field.name());
      if (before != null) {
        throw new CsvException(
            "%s: columns '%s' and '%s' differ only in case; rename one"
                .formatted(name, before, field.name()),
            null);
      }
      Integer place = places.get(field.name());
      if (place == null) {
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
        number &= cell.isEmpty() || NUMBER.matcher(cell).matches() || INFINITE.contains(cell);
      }
      boolean numbers = number && any;
      fields.add(new Field(header.get(j), numbers, numbers ? INFINITE : List.of()));
    }
    return fields;
  }

  private static DoubleColumn numbers(
      String name, Field field, int place, List<String[]> rows, List<Long> lines) {
    double[] cells = new double[rows.size()];
    for (int i = 0; i < cells.length; i++) {
      String cell = rows.get(i)[place].strip();
      if (cell.isEmpty()) {
        cells[i] = Double.NaN;
        continue;
      }
      boolean infinite = INFINITE.contains(cell);
      double value =
          infinite || NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
      if (!Double.isFinite(value) && !(infinite && field.values().contains(cell))) {
        throw new CsvException(
            "%s, row %d (line %d), column '%s': '%s' is not a %snumber; leave the cell empty if"
                    .formatted(
                        name,
                        i,
                        lines.get(i),
                        field.name(),
                        cell,
                        Double.isInfinite(value) ? "finite " : "")
                + " the value is missing",
            null);
      }
      cells[i] = value;
    }
    return DoubleColumn.create(field.name(), cells);
  }

  private static StringColumn texts(
      String name, Field field, int place, List<String[]> rows, List<Long> lines) {
    Set<String> allowed = new HashSet<>(field.values());
    StringColumn column = StringColumn.create(field.name());
    for (int i = 0; i < rows.size(); i++) {
      String cell = rows.get(i)[place];
      if (cell.isEmpty()) {
        column.appendMissing();
        continue;
      }
      if (!allowed.isEmpty() && !allowed.contains(cell)) {
        throw new CsvException(
            "%s, row %d (line %d), column '%s': '%s' must be one of %s"
                .formatted(name, i, lines.get(i), field.name(), cell, field.values()),
            null);
      }
      column.append(cell);
    }
    return column;
  }

  /** Collects the non-blank rows and the line each begins on, counted from 1. */
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
      throw new UncheckedIOException(e); // a string does not fail to be read
    }
  }
}
