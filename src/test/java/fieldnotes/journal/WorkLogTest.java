package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkLogTest {
  @TempDir Path folder;

  @Test
  @DisplayName("a byte-order mark, semicolons and decimal commas of a spreadsheet are read")
  void ofASpreadsheet() throws Exception {
    Path file = Files.createDirectories(folder.resolve("data")).resolve("worklog.csv");
    Files.writeString(file, "\uFEFFdate,hours,what\n2026-03-01,2,read\n");
    WorkLog.at(folder).add(LocalDate.of(2026, 3, 2), 1, "wrote");
    assertThat(WorkLog.at(folder).totalHours()).isEqualTo(3);
    Files.writeString(file, "\uFEFFdate;hours;what\n2026-03-01;1,5;read\n");
    assertThat(WorkLog.at(folder).totalHours()).isEqualTo(1.5);
    assertThatThrownBy(() -> WorkLog.at(folder).add(LocalDate.of(2026, 3, 2), 1, "wrote"))
        .hasMessageContaining("save it with commas to add a line");
  }

  @Test
  @DisplayName("lines come back by date, with their totals")
  void totals() throws Exception {
    WorkLog log = WorkLog.at(folder);
    assertThat(log).hasToString("work log: 0 lines, 0 hours");
    log.add(LocalDate.parse("2026-03-02"), 1.5, "Said \"no\", then\nyes");
    log.add(LocalDate.parse("2026-02-27"), 2.25, "Listened");
    assertThat(folder.resolve("data/worklog.csv"))
        .hasContent(
            """
            date,hours,what
            2026-03-02,1.5,"Said ""no"", then yes"
            2026-02-27,2.25,Listened
            """);
    assertThat(log.lines())
        .containsExactly(
            new WorkLog.Line(LocalDate.parse("2026-02-27"), 2.25, "Listened"),
            new WorkLog.Line(LocalDate.parse("2026-03-02"), 1.5, "Said \"no\", then yes"));
    assertThat(log.totalHours()).isEqualTo(3.75);
    assertThat(log.hoursByMonth())
        .containsExactly(
            Map.entry(YearMonth.parse("2026-02"), 2.25),
            Map.entry(YearMonth.parse("2026-03"), 1.5));
    assertThat(log.table().columnNames()).containsExactly("date", "hours", "what");
    assertThat(log).hasToString("work log: 2 lines, 3.75 hours");
  }

  @Test
  @DisplayName("a file that a spreadsheet wrote is read, and and bad input is named")
  void foreign() throws Exception {
    Path file = Files.createDirectories(folder.resolve("data")).resolve("worklog.csv");
    Files.writeString(file, "date,hours,what\r\n2026-03-02,1,a\r\n2026-03-03,2,b");
    WorkLog log = WorkLog.at(folder);
    log.add(LocalDate.parse("2026-03-04"), 3, "c");
    assertThat(log.totalHours()).isEqualTo(6);
    assertThatThrownBy(() -> log.add(LocalDate.EPOCH, 25, "x"))
        .hasMessage("hours=25.0: must be above 0 and at most 24, for example 1.5");
    assertThatThrownBy(() -> log.add(LocalDate.EPOCH, 1, " "))
        .hasMessage("the log needs a few words on what was done");
  }

  @Test
  @DisplayName("a byte-order mark, quoted cells, columns in another order, and one more")
  void otherForms() throws Exception {
    Path file = Files.createDirectories(folder.resolve("data")).resolve("worklog.csv");
    Files.writeString(
        file,
        "\uFEFF\"hours\",\"who\",\"date\",\"what\"\r\n\"1.5\",\"me\",\"2026-03-02\",\"a, b\"\r\n");
    WorkLog log = WorkLog.at(folder.toString());
    log.add(LocalDate.parse("2026-03-04"), 3, "c, d");
    assertThat(log.lines())
        .containsExactly(
            new WorkLog.Line(LocalDate.parse("2026-03-02"), 1.5, "a, b"),
            new WorkLog.Line(LocalDate.parse("2026-03-04"), 3, "c, d"));
    assertThat(Files.readString(file)).endsWith("\r\n3,,2026-03-04,\"c, d\"\n");
    Files.writeString(file, "date,hours,what\n");
    assertThat(log.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date,hours,what;2026-03-02,one,a|worklog.csv, row 0 (line 2), column 'hours': 'one' is not a",
        "date,hours,what;2026-03-02,,a|worklog.csv, row 0, column 'hours': is missing; must be a",
        "date,hours,what;2026-03-02,-1,a|worklog.csv, row 0, column 'hours': is -1; must be a number",
        "date,hours,what;2.3.2026,1,a|worklog.csv, row 0, column 'date': '2.3.2026' must be a date",
        "2026-03-02,1,a|worklog.csv: has no column 'date'; it has [2026-03-02, 1, a]",
      })
  void whatIsWrongIsNamed(String lines, String message) throws Exception {
    Path file = Files.createDirectories(folder.resolve("data")).resolve("worklog.csv");
    Files.writeString(file, lines.replace(';', '\n'));
    WorkLog log = WorkLog.at(folder);
    assertThatThrownBy(log::lines)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> log.add(LocalDate.EPOCH, 1, "x")).hasMessageStartingWith(message);
    assertThat(file).hasContent(lines.replace(';', '\n'));
  }
}
