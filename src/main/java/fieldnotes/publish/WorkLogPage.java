package fieldnotes.publish;

import fieldnotes.journal.WorkLog;
import java.util.List;

/**
 * What {@code worklog.mustache} shows: the hours of each month, and the days, newest first.
 *
 * @param count how many lines, in words
 */
record WorkLogPage(String count, double hours, List<Month> months, List<WorkLog.Line> lines) {
  /** The hours of a month. */
  record Month(String month, double hours) {}

  static WorkLogPage of(WorkLog log) {
    List<WorkLog.Line> lines = log.lines();
    return new WorkLogPage(
        IndexPage.count(lines.size(), "line", "lines"),
        log.totalHours(),
        log.hoursByMonth().entrySet().stream()
            .map(m -> new Month(m.getKey().toString(), m.getValue()))
            .toList(),
        lines.reversed());
  }
}
