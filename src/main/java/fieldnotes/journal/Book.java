package fieldnotes.journal;

import fieldnotes.draw.Figure;
import fieldnotes.evaluate.Better;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs as chapters and entries, each ordered by their first run. Independent of the order of
 * lines in the record.
 *
 * @param chapters in order
 */
public record Book(List<Chapter> chapters) {

  /**
   * A chapter and its entries, ordered by first run.
   *
   * @param anchor unique id in links
   */
  public record Chapter(String name, String anchor, List<Story> stories) {}

  /**
   * An entry with all its runs, oldest first.
   *
   * @param anchor unique id in links
   */
  public record Story(String chapter, String title, String anchor, List<Run> runs) {
    /** The newest run. */
    public Run latest() {
      return runs.getLast();
    }

    /** The run before the latest, to compare it with. */
    public Optional<Run> before() {
      return runs.size() < 2 ? Optional.empty() : Optional.of(runs.get(runs.size() - 2));
    }

    /** The changes of the latest run; empty for a first run. */
    public List<Change> changes() {
      return before().map(run -> Change.between(run, latest())).orElse(List.of());
    }

    /** A comparison of all runs, newest first. */
    public Comparison comparison() {
      return Comparison.of(this);
    }

    /** A chart of a metric over the runs; at least one run must have it. */
    public Figure chart(String metric) {
      return Course.of(metric, runs);
    }

    /** The options whose values differ between runs, in order of first use. */
    public List<String> differingOptions() {
      Set<String> names = new LinkedHashSet<>();
      runs.forEach(run -> names.addAll(run.options().keySet()));
      return names.stream()
          .filter(
              name -> {
                Set<String> values = new HashSet<>();
                runs.forEach(run -> values.add(run.options().getOrDefault(name, "")));
                return values.size() > 1;
              })
          .toList();
    }

    /** The best run by a metric; empty if no direction is better or no run has it. */
    Optional<Run> best(String metric) {
      Run best = null;
      for (Run run : runs) {
        Metric mine = run.metric(metric).orElse(null);
        if (mine == null || mine.better() == Better.NEITHER || Double.isNaN(mine.value())) {
          continue;
        }
        if (best == null
            || mine.better().compare(best.metric(metric).orElseThrow().value(), mine.value()) > 0) {
          best = run;
        }
      }
      return Optional.ofNullable(best);
    }

    /** Whether the run has the best value of a metric and some other run does not. */
    boolean isBest(Run run, String metric) {
      Optional<Run> best = best(metric);
      return best.isPresent()
          && run.metric(metric).isPresent()
          && run.metric(metric).get().value() == best.get().metric(metric).orElseThrow().value()
          && runs.stream()
              .anyMatch(
                  r ->
                      r.metric(metric).isPresent()
                          && r.metric(metric).get().value()
                              != best.get().metric(metric).orElseThrow().value());
    }
  }

  static Book of(List<Run> runs) {
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparing(Run::time).thenComparing(Run::id));
    Map<String, Map<String, List<Run>>> chapters = new LinkedHashMap<>();
    for (Run run : sorted) {
      chapters
          .computeIfAbsent(run.chapter(), name -> new LinkedHashMap<>())
          .computeIfAbsent(run.title(), title -> new ArrayList<>())
          .add(run);
    }
    Set<String> anchors = new HashSet<>();
    List<Chapter> ordered = new ArrayList<>();
    chapters.forEach(
        (name, entries) -> {
          String anchor = unused(anchors, "chapter-" + Slug.of(name));
          List<Story> stories = new ArrayList<>();
          entries.forEach(
              (title, entryRuns) ->
                  stories.add(
                      new Story(
                          name, title, unused(anchors, Slug.of(title)), List.copyOf(entryRuns))));
          ordered.add(new Chapter(name, anchor, List.copyOf(stories)));
        });
    return new Book(List.copyOf(ordered));
  }

  private static String unused(Set<String> anchors, String wish) {
    String anchor = wish;
    for (int i = 2; !anchors.add(anchor); i++) {
      anchor = wish + "-" + i;
    }
    return anchor;
  }

  /** All entries in order. */
  public List<Story> stories() {
    return chapters.stream().flatMap(c -> c.stories().stream()).toList();
  }
}
