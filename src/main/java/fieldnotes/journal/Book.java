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

    /** The number of a run, from 1 for the oldest. */
    public int number(Run run) {
      return runs.indexOf(run) + 1;
    }

    /** A run by number and date, such as {@code run 2, 2026-03-01}. */
    public String label(Run run) {
      return "run " + number(run) + ", " + run.date();
    }

    /** Whether a metric has different values: more than a relative 1e-9 apart, in its unit. */
    public boolean moved(String metric) {
      List<Metric> values = comparable(metric);
      return values.stream().anyMatch(value -> !Metric.same(value.value(), values.get(0).value()));
    }

    /** The values of a metric in its newest unit and direction, oldest first. */
    private List<Metric> comparable(String metric) {
      List<Metric> all = runs.stream().flatMap(run -> run.metric(metric).stream()).toList();
      return all.stream()
          .filter(value -> value.unit().equals(all.getLast().unit()))
          .filter(value -> value.better() == all.getLast().better())
          .toList();
    }

    /**
     * The first run with the best value of a metric, of those in its newest unit; empty if no
     * direction is better or no run has it.
     */
    Optional<Run> best(String metric) {
      Metric best = null;
      for (Metric mine : comparable(metric)) {
        if (!Double.isNaN(mine.value())
            && mine.better() != Better.NEITHER
            && (best == null || mine.betterSince(best) > 0)) {
          best = mine;
        }
      }
      Metric found = best;
      return runs.stream()
          .filter(run -> found != null && run.metric(metric).filter(found::sameAs).isPresent())
          .findFirst();
    }

    /** Whether the run has the best value of a metric and some other run does not. */
    boolean isBest(Run run, String metric) {
      Optional<Metric> best = best(metric).flatMap(b -> b.metric(metric));
      return best.isPresent()
          && moved(metric)
          && run.metric(metric).filter(best.get()::sameAs).isPresent();
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
