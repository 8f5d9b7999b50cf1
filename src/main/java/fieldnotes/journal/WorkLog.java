package fieldnotes.journal;

import fieldnotes.common.Check;
import fieldnotes.common.WholeFile;
import fieldnotes.table.Csv;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private static final String HEAD = "date,hours,what";

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
                String before =
                    Files.exists(file()) ? Files.readString(file(), StandardCharsets.UTF_8) : "";
                StringBuilder all = new StringBuilder(before.isBlank() ? HEAD + "\n" : before);
                if (all.charAt(all.length() - 1) != '\n') {
                  all.append('\n');
                }
                all.append(Csv.line(date.toString(), Numbers.text(hours), words));
                WholeFile.writeDurably(file(), all.toString().getBytes(StandardCharsets.UTF_8));
                return null;
              });
    } catch (IOException e) {
      throw new UncheckedIOException(file() + ": cannot be written", e);
    }
  }

  /**
   * All lines, by date.
   *
   * @throws IllegalArgumentException naming the first malformed line
   */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    try {
      if (!Files.exists(file())) {
        return lines;
      }
      int number = 0;
      for (String text : Files.readString(file(), StandardCharsets.UTF_8).split("\r?\n")) {
        number++;
        if (!text.isBlank() && !text.strip().equals(HEAD)) {
          lines.add(line(text, number));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file() + ": cannot be read", e);
    }
    lines.sort(Comparator.comparing(Line::date));
    return lines;
  }

  private static Line line(String text, int number) {
    String[] parts = text.split(",", 3);
    try {
      String what = parts[2].strip();
      if (what.length() > 1 && what.startsWith("\"") && what.endsWith("\"")) {
        what = what.substring(1, what.length() - 1).replace("\"\"", "\"");
      }
      return new Line(LocalDate.parse(parts[0].strip()), Double.parseDouble(parts[1]), what);
    } catch (DateTimeParseException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "data/worklog.csv, line %d: '%s' must be date,hours,what, for example 2026-03-01,1.5,\"what\""
              .formatted(number, text),
          e);
    }
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
