package fieldnotes.journal;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import fieldnotes.common.TextBytes;
import fieldnotes.common.WholeFile;
import fieldnotes.table.Csv;
import fieldnotes.table.CsvSchema;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The work log: one line per piece of work with date, hours and description, in the CSV file {@code
 * data/worklog.csv}.
 */
public final class WorkLog {
  private static final CsvSchema SCHEMA =
      CsvSchema.of().withText("date").withNumbers("hours").withText("what");

  private final Path root;

  private WorkLog(Path root) {
    this.root = root;
  }

  /** What was done on a day, and for how many hours. */
  public record Line(LocalDate date, double hours, String what) {}

  /** The project's work log. */
  public static WorkLog open() {
    return at(Home.journal());
  }

  /** The work log of the journal in this folder. */
  public static WorkLog at(Path folder) {
    return new WorkLog(folder.toAbsolutePath().normalize());
  }

  /** See {@link #at(Path)}. */
  public static WorkLog at(String folder) {
    return at(Path.of(folder));
  }

  private Path file() {
    return root.resolve("data/worklog.csv");
  }

  /**
   * Adds a line. Safe for several writers at once.
   *
   * @param hours above 0, at most 24
   * @param what a short description
   */
  public void add(LocalDate date, double hours, String what) {
    Check.that(
        hours > 0 && hours <= 24,
        "hours=%s: must be above 0 and at most 24, for example 1.5",
        hours);
    String words = what.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    Check.that(!words.isEmpty(), "the log needs a few words on what was done");
    try {
      new Ledger(root)
          .locked(
              () -> {
                boolean begun = !isBlank();
                StringBuilder all = new StringBuilder();
                List<String> columns = SCHEMA.names();
                if (begun) {
                  lines(); // a file that cannot be read is not written on
                  columns = Csv.read(file(), name -> false).columnNames();
                  all.append(text());
                  Check.that(
                      all.toString().lines().findFirst().orElse("").contains(","),
                      "%s: has no comma between cells; save it with commas to add a line",
                      file());
                  all.append(all.charAt(all.length() - 1) == '\n' ? "" : "\n");
                } else {
                  all.append(Csv.line(columns.toArray(String[]::new)));
                }
                String[] cells =
                    columns.stream()
                        .map(
                            name ->
                                switch (name) {
                                  case "date" -> date.toString();
                                  case "hours" -> Numbers.text(hours);
                                  case "what" -> words;
                                  default -> "";
                                })
                        .toArray(String[]::new);
                all.append(Csv.line(cells));
                WholeFile.writeDurably(file(), all.toString().getBytes(StandardCharsets.UTF_8));
                return null;
              });
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the work log " + file(), e);
    }
  }

  /**
   * All lines, by date.
   *
   * @throws IllegalArgumentException naming the first malformed row
   */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    try {
      if (isBlank()) {
        return lines;
      }
    } catch (IOException e) {
      throw Reason.unchecked("cannot read the work log " + file(), e);
    }
    Table table = Csv.read(file(), SCHEMA);
    for (int i = 0; i < table.rowCount(); i++) {
      String date = table.stringColumn("date").get(i).strip();
      double hours = table.doubleColumn("hours").getDouble(i);
      Check.that(
          hours >= 0,
          "worklog.csv, row %d, column 'hours': is %s; must be a number of hours, for example 1.5",
          i,
          Double.isNaN(hours) ? "missing" : Numbers.text(hours));
      lines.add(new Line(date(date, i), hours, table.stringColumn("what").get(i).strip()));
    }
    lines.sort(Comparator.comparing(Line::date));
    return lines;
  }

  private static LocalDate date(String text, int row) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "worklog.csv, row %d, column 'date': '%s' must be a date such as 2026-03-01"
              .formatted(row, text),
          e);
    }
  }

  private boolean isBlank() throws IOException {
    return !WholeFile.isFile(file()) || text().isBlank();
  }

  private String text() throws IOException {
    return TextBytes.of(Files.readAllBytes(file())).text();
  }

  /** The sum of all hours. */
  public double totalHours() {
    return lines().stream().mapToDouble(Line::hours).sum();
  }

  /** The hours per month, without empty months. */
  public Map<YearMonth, Double> hoursByMonth() {
    Map<YearMonth, Double> months = new TreeMap<>();
    lines().forEach(l -> months.merge(YearMonth.from(l.date()), l.hours(), Double::sum));
    return months;
  }

  /** The lines as a table: date, hours, what. */
  public Table table() {
    DateColumn date = DateColumn.create("date");
    DoubleColumn hours = DoubleColumn.create("hours");
    StringColumn what = StringColumn.create("what");
    for (Line line : lines()) {
      date.append(line.date());
      hours.append(line.hours());
      what.append(line.what());
    }
    return Table.create("work log", date, hours, what);
  }

  @Override
  public String toString() {
    List<Line> lines = lines();
    return "work log: %d line%s, %s hours"
        .formatted(lines.size(), lines.size() == 1 ? "" : "s", Numbers.text(totalHours()));
  }
}
