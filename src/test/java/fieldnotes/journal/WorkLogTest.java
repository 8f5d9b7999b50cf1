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

class WorkLogTest {
  @TempDir Path folder;

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
  @DisplayName("a file that a spreadsheet wrote is read, and a line that is none is named")
  void foreign() throws Exception {
    Path file = Files.createDirectories(folder.resolve("data")).resolve("worklog.csv");
    Files.writeString(file, "date,hours,what\r\n2026-03-02,1,a\r\n2026-03-03,2,b");
    WorkLog log = WorkLog.at(folder);
    log.add(LocalDate.parse("2026-03-04"), 3, "c");
    assertThat(log.totalHours()).isEqualTo(6);
    Files.writeString(file, "2026-03-02,one,a");
    assertThatThrownBy(log::lines)
        .hasMessage(
            "data/worklog.csv, line 1: '2026-03-02,one,a' must be date,hours,what, for example"
                + " 2026-03-01,1.5,\"what\"");
    assertThatThrownBy(() -> log.add(LocalDate.EPOCH, 25, "x"))
        .hasMessage("hours=25.0: must be above 0 and at most 24, for example 1.5");
    assertThatThrownBy(() -> log.add(LocalDate.EPOCH, 1, " "))
        .hasMessage("the log needs a few words on what was done");
  }
}
