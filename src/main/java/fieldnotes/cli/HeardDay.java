package fieldnotes.cli;

import fieldnotes.common.Reason;
import fieldnotes.detect.ListenOptions;
import fieldnotes.detect.SoundEvent;
import fieldnotes.detect.SoundModel;
import fieldnotes.detect.SoundStream;
import fieldnotes.journal.Entry;
import fieldnotes.journal.Journal;
import fieldnotes.plot.EventPlot;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was heard on a day, for the journal. */
final class HeardDay {
  /** Sounds that the list of an entry has; all are counted. */
  private static final int LISTED = 500;

  /** Sounds that its chart has. */
  private static final int DRAWN = 5000;

  private final Journal journal;
  private final String what;
  private final SoundModel model;
  private final ListenOptions options;
  private final Map<String, double[]> byLabel = new TreeMap<>();
  private final List<String[]> list = new ArrayList<>();
  private final List<SoundEvent> drawn = new ArrayList<>();
  private final Clock clock;
  private final Consumer<String> log;

  /** The first day of the entry. */
  private LocalDate date;

  private LocalDate today;
  private double seconds;
  private int parts;
  private int events;

  /** Where the samples of this part begin on the time axis of the day. */
  private double partFrom;

  /**
   * @param clock says which day it is
   * @param log takes why a day could not be written at midnight; then it goes on
   */
  HeardDay(
      Journal journal,
      String what,
      SoundModel model,
      ListenOptions options,
      Clock clock,
      Consumer<String> log) {
    this.clock = clock;
    this.log = log;
    date = LocalDate.now(clock);
    today = date;
    this.journal = journal;
    this.what = what;
    this.model = model;
    this.options = options;
  }

  void part(SoundStream.Part part) {
    parts++;
    partFrom = seconds - part.startSeconds();
  }

  /** So much more was heard. */
  void heardTo(double more) {
    seconds += more;
    LocalDate now = LocalDate.now(clock);
    if (!now.equals(today)) {
      today = now;
      try {
        save();
      } catch (RuntimeException e) {
        log.accept(Reason.of(e) + "; the day is written with the next one");
        return;
      }
      date = now;
      partFrom -= seconds;
      seconds = 0;
      parts = 1;
      events = 0;
      byLabel.clear();
      list.clear();
      drawn.clear();
    }
  }

  /**
   * @param time when it began, or null if the sound is not live
   */
  void event(SoundStream.Part part, SoundEvent event, ZonedDateTime time) {
    events++;
    double[] sums = byLabel.computeIfAbsent(event.label(), label -> new double[3]);
    sums[0]++;
    sums[1] += event.durationSeconds();
    sums[2] += event.confidence();
    if (drawn.size() < DRAWN) {
      double start = Math.max(0, partFrom + event.startSeconds());
      double end = Math.max(start, partFrom + event.endSeconds());
      drawn.add(new SoundEvent(start, end, event.label(), event.confidence()));
    }
    if (list.size() < LISTED) {
      list.add(
          new String[] {
            time == null
                ? LiveView.clock(event.startSeconds())
                : time.toLocalTime().withNano(0).toString(),
            part.name(),
            event.label(),
            String.format(Locale.ROOT, "%.2f", event.durationSeconds()),
            String.format(Locale.ROOT, "%.2f", event.confidence())
          });
    }
  }

  /** Writes the entry; returns a line that says so. */
  Optional<String> save() {
    Table sums =
        Table.create(
            "By class",
            StringColumn.create("class"),
            IntColumn.create("sounds"),
            DoubleColumn.create("seconds"),
            DoubleColumn.create("mean confidence"));
    byLabel.forEach(
        (label, sum) -> {
          sums.stringColumn(0).append(label);
          sums.intColumn(1).append((int) sum[0]);
          sums.doubleColumn(2).append(Math.round(100 * sum[1]) / 100.0);
          sums.doubleColumn(3).append(Math.round(100 * sum[2] / sum[0]) / 100.0);
        });
    Table timeline = Table.create("Timeline");
    String[] columns = {"at", "source", "class", "seconds", "confidence"};
    for (int c = 0; c < columns.length; c++) {
      int column = c;
      timeline.addColumns(
          StringColumn.create(columns[c], list.stream().map(row -> row[column]).toList()));
    }
    Entry entry =
        journal
            .newEntry("Sound", "Heard on " + date)
            .text(
                String.format(
                    Locale.ROOT,
                    "Listened to %s for %.1f minutes%s; %,d sound%s.%s",
                    what,
                    seconds / 60,
                    parts > 1 ? " in " + parts + " parts" : "",
                    events,
                    events == 1 ? "" : "s",
                    events > list.size() ? " The timeline has the first " + LISTED + "." : ""))
            .option("model", model.toString())
            .options(options)
            .metric("sounds", events)
            .metric("minutes heard", seconds / 60);
    if (events > 0) {
      String title = "Heard on " + date;
      entry
          .figure("Sounds", EventPlot.of(title, List.of(), drawn, Math.max(seconds, 1)))
          .table("By class", sums)
          .table("Timeline", timeline);
    }
    entry.save();
    return Optional.of("journal: Heard on " + date);
  }
}
