package fieldnotes.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Compares a rerun with the journal: entry by entry, metric by metric, within a relative 1e-9.
 * Metrics and tables decide; other differences in figures and text are only reported.
 *
 * @param outcomes in journal order, then entries the journal does not have, by notebook
 */
public record Reproduction(List<Outcome> outcomes) {
  /** The result of comparing an entry. */
  public enum State {
    /** All metrics and tables are equal. */
    SAME,
    /** A metric, a table or a setting differs. */
    DIFFERS,
    /** Written by the notebook, but not in the journal. */
    NEW,
    /** Its notebook ran but did not write it. */
    MISSING,
    /** Its notebook did not run. */
    NOT_RUN
  }

  /**
   * A metric in the journal and in the rerun.
   *
   * @param kept in the journal; empty if absent
   * @param fresh in the rerun; empty if absent
   */
  public record Line(String name, Optional<Metric> kept, Optional<Metric> fresh) {
    /** Whether both are equal within a relative 1e-9, with the same unit. */
    public boolean same() {
      return kept.isPresent()
          && fresh.isPresent()
          && Metric.same(kept.get().value(), fresh.get().value())
          && kept.get().unit().equals(fresh.get().unit());
    }

    @Override
    public String toString() {
      if (same()) {
        return "= " + kept.orElseThrow();
      }
      String line = "≠ " + name + " " + full(kept) + " → " + full(fresh);
      if (kept.isPresent() && fresh.isPresent()) {
        double difference = fresh.get().value() - kept.get().value();
        line += String.format(Locale.ROOT, " (by %.3g)", difference);
      }
      return line;
    }

    private static String full(Optional<Metric> metric) {
      return metric.map(m -> m.value() + (m.unit().isEmpty() ? "" : " " + m.unit())).orElse("none");
    }
  }

  /**
   * The result for one entry, or for one of its settings.
   *
   * @param metrics all metrics, in order
   * @param notes other differences, one per line
   */
  public record Outcome(
      String chapter, String title, State state, List<Line> metrics, List<String> notes) {
    @Override
    public String toString() {
      long equal = metrics.stream().filter(Line::same).count();
      String counts = equal + " of " + metrics.size() + " metrics equal";
      return chapter
          + ": "
          + title
          + ": "
          + switch (state) {
            case SAME -> (notes.isEmpty() ? "the same (" : "the same numbers (") + counts + ")";
            case DIFFERS -> "differs (" + counts + ")";
            case NEW -> "not in the journal yet";
            case MISSING -> "not written by its notebook";
            case NOT_RUN -> "not run";
          };
    }
  }

  /**
   * Compares the runs of two journals.
   *
   * @param alike whether a picture of the first shows the same as one of the second
   */
  static Reproduction of(
      List<Run> kept, List<Run> fresh, BiPredicate<Block.Picture, Block.Picture> alike) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Run> latest = new ArrayList<>();
    // notebooks that run at a time write in any order
    for (Run run : fresh.stream().sorted(Comparator.comparing(Run::notebook)).toList()) {
      latest.removeIf(run::triesTheSameAs);
      latest.add(run);
    }
    Set<String> ran = new LinkedHashSet<>();
    fresh.forEach(run -> ran.add(run.notebook()));
    Set<Run> left = new LinkedHashSet<>(latest);
    for (Book.Story story : Book.of(kept).stories()) {
      List<Run> again =
          latest.stream()
              .filter(r -> r.chapter().equals(story.chapter()) && r.title().equals(story.title()))
              .toList();
      again.forEach(run -> outcomes.add(outcome(story, run, alike)));
      again.forEach(left::remove);
      if (again.isEmpty()) {
        String notebook = story.latest().notebook();
        State state = !notebook.isEmpty() && ran.contains(notebook) ? State.MISSING : State.NOT_RUN;
        List<String> notes = notebook.isEmpty() ? List.of() : List.of("notebook: " + notebook);
        outcomes.add(new Outcome(story.chapter(), story.title(), state, List.of(), notes));
      }
    }
    for (Run run : left) {
      List<String> notes =
          run.notebook().isEmpty() ? List.of() : List.of("notebook: " + run.notebook());
      outcomes.add(new Outcome(run.chapter(), run.title(), State.NEW, List.of(), notes));
    }
    return new Reproduction(List.copyOf(outcomes));
  }

  private static Outcome outcome(
      Book.Story story, Run fresh, BiPredicate<Block.Picture, Block.Picture> alike) {
    Optional<Run> same =
        story.runs().stream().filter(fresh::triesTheSameAs).reduce((first, second) -> second);
    Run kept = same.orElse(story.latest());
    List<String> notes = new ArrayList<>();
    boolean equal = true;
    if (same.isEmpty()) {
      equal = false;
      notes.add("no run in the journal has these settings; changes since the latest:");
      differing("", kept.options(), fresh.options(), notes);
      differing("data ", kept.data(), fresh.data(), notes);
      differing("", Map.of("seed", kept.seed()), Map.of("seed", fresh.seed()), notes);
    }
    Set<String> names = new LinkedHashSet<>();
    kept.metrics().forEach(m -> names.add(m.name()));
    fresh.metrics().forEach(m -> names.add(m.name()));
    List<Line> lines =
        names.stream().map(n -> new Line(n, kept.metric(n), fresh.metric(n))).toList();
    equal &= lines.stream().allMatch(Line::same);
    Map<String, List<Block.Grid>> tables = grids(kept);
    Map<String, List<Block.Grid>> again = grids(fresh);
    for (String name : union(tables, again)) {
      if (!Objects.equals(tables.get(name), again.get(name))) {
        equal = false;
        notes.add("table '" + name + "' differs");
      }
    }
    Map<String, Block.Picture> figures = figures(kept);
    Map<String, Block.Picture> drawn = figures(fresh);
    List<String> redrawn = new ArrayList<>();
    for (String name : union(figures, drawn)) {
      Block.Picture was = figures.get(name);
      Block.Picture is = drawn.get(name);
      if (was == null || is == null || !alike.test(was, is)) {
        redrawn.add("'" + name + "'");
      }
    }
    if (!redrawn.isEmpty()) {
      notes.add("figures show something else: " + String.join(", ", redrawn));
    }
    if (!kept.conclusion().equals(fresh.conclusion())) {
      notes.add("the text of the conclusion differs");
    }
    if (!equal) {
      Map<String, String> before = new LinkedHashMap<>(kept.made());
      Map<String, String> after = new LinkedHashMap<>(fresh.made());
      before.keySet().removeIf(Reproduction::passing);
      after.keySet().removeIf(Reproduction::passing);
      differing("made with ", before, after, notes);
    }
    return new Outcome(
        fresh.chapter(), fresh.title(), equal ? State.SAME : State.DIFFERS, lines, notes);
  }

  private static boolean passing(String name) {
    return name.equals("seconds") || name.startsWith("took ");
  }

  private static void differing(
      String lead, Map<String, String> before, Map<String, String> after, List<String> notes) {
    for (String name : union(before, after)) {
      String was = before.getOrDefault(name, "none");
      String is = after.getOrDefault(name, "none");
      if (!was.equals(is)) {
        notes.add(lead + name + ": " + was + " → " + is);
      }
    }
  }

  private static Set<String> union(Map<String, ?> first, Map<String, ?> second) {
    Set<String> names = new LinkedHashSet<>(first.keySet());
    names.addAll(second.keySet());
    return names;
  }

  private static Map<String, List<Block.Grid>> grids(Run run) {
    Map<String, List<Block.Grid>> grids = new LinkedHashMap<>();
    for (Block block : run.blocks()) {
      if (block instanceof Block.Grid grid) {
        grids.computeIfAbsent(grid.name(), name -> new ArrayList<>()).add(grid);
      }
    }
    return grids;
  }

  private static Map<String, Block.Picture> figures(Run run) {
    Map<String, Block.Picture> figures = new TreeMap<>();
    run.pictures().forEach(p -> figures.put(p.name(), p));
    return figures;
  }

  /** The number of entries in this state. */
  public long count(State state) {
    return outcomes.stream().filter(o -> o.state() == state).count();
  }

  /** Whether at least one entry ran and all that ran are the same. */
  public boolean holds() {
    return count(State.SAME) > 0
        && count(State.DIFFERS) + count(State.NEW) + count(State.MISSING) == 0;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, State.SAME, "the same");
    add(parts, State.DIFFERS, "differ");
    add(parts, State.NEW, "not in the journal yet");
    add(parts, State.MISSING, "not written");
    add(parts, State.NOT_RUN, "not run");
    return "reproduction: " + (parts.isEmpty() ? "no entry" : String.join(", ", parts));
  }

  private void add(List<String> parts, State state, String words) {
    if (count(state) > 0) {
      parts.add(count(state) + " " + words);
    }
  }
}
