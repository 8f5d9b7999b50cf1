package fieldnotes.label;

import fieldnotes.common.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several sets of labels as one. Where sets give a clip different classes, a rule settles it, or it
 * stays open and has no label. The order of the sets never matters. Clips are the same if file and
 * times, in whole milliseconds, are equal.
 *
 * <p>Sets of different schemes are brought to one first: {@code old.renamed(Map.of("speech",
 * "dialogue"))}.
 *
 * @param labels one label per clip; of several that agree the best known, by ear before others,
 *     then the newest
 * @param conflicts the clips with different classes, in their order
 * @param rule how they were settled
 */
public record Combined(LabelSet labels, List<Conflict> conflicts, Rule rule) {
  /** Copies the list. */
  public Combined {
    conflicts = List.copyOf(conflicts);
  }

  /** How a conflict is settled. */
  public enum Rule {
    /** The newest label; of equally new ones, by ear before by cluster before by model. */
    NEWEST,
    /**
     * What was heard before what was taken over from clusters before predictions; then the newest.
     */
    EAR_FIRST,
    /**
     * The class that most say. The same label in two sets counts once, and of one listener or model
     * only the newest. A tie stays open.
     */
    MAJORITY
  }

  /**
   * A clip with different classes.
   *
   * @param clip the clip
   * @param labels all its labels, the best known first
   * @param chosen the label that it has now; empty if the rule does not settle it
   * @param why what spoke for it
   */
  public record Conflict(Segment clip, List<Label> labels, Optional<Label> chosen, String why) {
    /** Copies the list. */
    public Conflict {
      labels = List.copyOf(labels);
    }

    @Override
    public String toString() {
      return "%s: %s → %s (%s)"
          .formatted(clip, names(labels), chosen.map(Label::name).orElse("open"), why);
    }
  }

  /** Combines sets by a rule. */
  public static Combined of(Collection<LabelSet> sets, Rule rule) {
    Check.that(!sets.isEmpty(), "sets is empty: give at least one set of labels");
    SortedMap<ClipKey, Set<Label>> byClip = new TreeMap<>();
    for (LabelSet set : sets) {
      for (Label label : set.labels()) {
        byClip
            .computeIfAbsent(ClipKey.of(label.clip()), key -> new TreeSet<>(Found.BEST))
            .add(label);
      }
    }
    List<Label> labels = new ArrayList<>();
    List<Conflict> conflicts = new ArrayList<>();
    for (Set<Label> all : byClip.values()) {
      List<Label> best = List.copyOf(all);
      if (classes(best).size() == 1) {
        labels.add(best.getFirst());
      } else {
        Conflict conflict = settled(best, rule);
        conflicts.add(conflict);
        conflict.chosen.ifPresent(labels::add);
      }
    }
    return new Combined(LabelSet.of(labels), conflicts, rule);
  }

  private static Set<String> classes(List<Label> labels) {
    return labels.stream().map(Label::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Conflict settled(List<Label> labels, Rule rule) {
    Segment clip = labels.stream().map(Label::clip).min(Comparator.naturalOrder()).orElseThrow();
    return switch (rule) {
      case NEWEST -> {
        List<Label> newest = most(labels, Label::when);
        List<Label> best = most(newest, Label::how);
        yield conflict(
            clip,
            labels,
            best,
            classes(newest).size() == 1
                ? "newest, " + newest.getFirst().when()
                : "of equally new ones, by " + best.getFirst().how().word());
      }
      case EAR_FIRST -> {
        List<Label> heard = most(labels, Label::how);
        List<Label> best = most(heard, Label::when);
        String by = "by " + heard.getFirst().how().word();
        yield conflict(
            clip, labels, best, by + (classes(heard).size() == 1 ? "" : ", newest of these"));
      }
      case MAJORITY -> majority(clip, labels);
    };
  }

  private static <T extends Comparable<T>> List<Label> most(
      List<Label> labels, Function<Label, T> what) {
    T most = labels.stream().map(what).max(Comparator.naturalOrder()).orElseThrow();
    return labels.stream().filter(label -> what.apply(label).equals(most)).toList();
  }

  private static Conflict conflict(Segment clip, List<Label> labels, List<Label> best, String why) {
    boolean settled = classes(best).size() == 1;
    return new Conflict(
        clip,
        labels,
        settled ? Optional.of(best.getFirst()) : Optional.empty(),
        settled ? why : "equally new and equally known");
  }

  private static Conflict majority(Segment clip, List<Label> labels) {
    record Voter(String who, How how) {}
    Map<Voter, Instant> newest = new LinkedHashMap<>();
    for (Label label : labels) {
      newest.merge(
          new Voter(label.who(), label.how()),
          label.when(),
          (one, other) -> one.isAfter(other) ? one : other);
    }
    SortedMap<String, Integer> votes = new TreeMap<>();
    Set<Object> seen = new HashSet<>();
    for (Label label : labels) {
      Voter voter = new Voter(label.who(), label.how());
      boolean last = label.when().equals(newest.get(voter));
      if (label.who().isEmpty() || (last && seen.add(List.of(voter, label.name())))) {
        votes.merge(label.name(), 1, Integer::sum);
      }
    }
    int all = votes.values().stream().mapToInt(Integer::intValue).sum();
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    List<String> winners = votes.keySet().stream().filter(n -> votes.get(n) == most).toList();
    boolean settled = winners.size() == 1;
    return new Conflict(
        clip,
        labels,
        labels.stream().filter(l -> settled && l.name().equals(winners.getFirst())).findFirst(),
        settled ? most + " of " + all : "a tie of " + String.join(" and ", winners));
  }

  private static String names(List<Label> labels) {
    return labels.stream()
        .map(label -> label.name() + " by " + label.how().word())
        .collect(Collectors.joining(", "));
  }

  /** The conflicts that the rule does not settle; their clips have no label. */
  public List<Conflict> open() {
    return conflicts.stream().filter(c -> c.chosen.isEmpty()).toList();
  }

  /** One row per conflict. */
  public Table toTable() {
    StringColumn file = StringColumn.create("file");
    DoubleColumn start = DoubleColumn.create("start_s");
    DoubleColumn end = DoubleColumn.create("end_s");
    StringColumn all = StringColumn.create("labels");
    StringColumn chosen = StringColumn.create("chosen");
    StringColumn why = StringColumn.create("why");
    for (Conflict conflict : conflicts) {
      file.append(conflict.clip.file());
      start.append(conflict.clip.startSeconds());
      end.append(conflict.clip.endSeconds());
      all.append(names(conflict.labels));
      chosen.append(conflict.chosen.map(Label::name).orElse("(open)"));
      why.append(conflict.why);
    }
    return Table.create("conflicts", file, start, end, all, chosen, why);
  }

  @Override
  public String toString() {
    return "%s; %d %s, %d open (rule: %s)"
        .formatted(
            labels,
            conflicts.size(),
            conflicts.size() == 1 ? "conflict" : "conflicts",
            open().size(),
            rule.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }
}
