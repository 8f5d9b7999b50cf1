package fieldnotes.publish;

import fieldnotes.draw.Figure;
import fieldnotes.journal.Block;
import fieldnotes.journal.Book;
import fieldnotes.journal.Comparison;
import fieldnotes.journal.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What {@code runs.mustache} shows: the runs of an entry side by side, newest first.
 *
 * @param count how many runs
 * @param labels number and date of each
 * @param entryPage the entry's address
 * @param lines the settings that differ, and the metrics
 * @param courses a chart of each metric that changed
 * @param figures the runs' figures of one name next to each other
 */
record RunsPage(
    String title,
    String chapter,
    String entryPage,
    int count,
    List<String> labels,
    List<Line> lines,
    List<Shown> courses,
    List<Figures> figures) {
  private static final int SIDE_BY_SIDE = 6;

  /** A setting or a metric with its value in each run. */
  record Line(String name, List<Value> values) {}

  /**
   * A value.
   *
   * @param arrow which way it went since the run before; may be empty
   * @param best whether it is the best of all runs
   */
  record Value(String text, String arrow, boolean best) {}

  /** Figures of one name. */
  record Figures(String name, List<Shown> shown) {}

  /** Draws the courses of the metrics into the folder. */
  static RunsPage of(Book.Story story, String entryPage, SiteFolder folder) throws IOException {
    List<Run> runs = story.runs().reversed();
    Comparison comparison = story.comparison();
    return new RunsPage(
        story.title(),
        story.chapter(),
        entryPage,
        runs.size(),
        runs.stream().map(story::label).toList(),
        comparison.lines().stream().map(RunsPage::line).toList(),
        courses(story, comparison.metrics(), folder),
        figures(story, runs, folder));
  }

  private static Line line(Comparison.Line line) {
    return new Line(
        line.name(),
        IntStream.range(0, line.values().size())
            .mapToObj(
                i -> new Value(line.values().get(i), line.arrows().get(i), line.best().get(i)))
            .toList());
  }

  private static List<Shown> courses(Book.Story story, List<String> metrics, SiteFolder folder)
      throws IOException {
    List<Shown> courses = new ArrayList<>();
    for (String metric : metrics) {
      if (story.moved(metric)) {
        // A number, as two metrics may be named as alike as "R²" and "r2".
        String file = "assets/course-" + story.anchor() + "-" + (courses.size() + 1) + ".png";
        Figure figure = story.chart(metric);
        folder.put(file, figure.png());
        String name = metric + " over the runs";
        courses.add(new Shown(name, figure.alt(), name, file, figure.width(), figure.height(), ""));
      }
    }
    return courses;
  }

  private static List<Figures> figures(Book.Story story, List<Run> runs, SiteFolder folder) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(r -> r.pictures().forEach(p -> names.add(p.name())));
    List<Figures> figures = new ArrayList<>();
    for (String name : names) {
      List<Shown> shown = new ArrayList<>();
      for (Run run : runs) {
        for (Block.Picture picture : run.pictures()) {
          if (picture.name().equals(name) && shown.size() < SIDE_BY_SIDE) {
            shown.add(Shown.of(picture, story.label(run) + difference(story, run), folder));
          }
        }
      }
      figures.add(new Figures(name, shown));
    }
    return figures;
  }

  private static String difference(Book.Story story, Run run) {
    StringBuilder out = new StringBuilder();
    for (String option : story.differingOptions()) {
      out.append(", ").append(option).append(" = ").append(run.options().getOrDefault(option, "–"));
    }
    return out.toString();
  }
}
