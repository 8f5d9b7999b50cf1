package fieldnotes.journal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A difference between two runs.
 *
 * @param what the metric, option, data set or figure
 * @param before old value; empty if there was none
 * @param after new value; empty if there is none
 * @param direction 1 if the number grew, −1 if it fell, 0 if it is not a number
 * @param better 1 if better, −1 if worse, 0 if neither is known
 */
public record Change(String what, String before, String after, int direction, int better) {
  /** The differences from {@code before} to {@code after}: options, metrics, then the rest. */
  static List<Change> between(Run before, Run after) {
    List<Change> changes = new ArrayList<>();
    maps(changes, "", before.options(), after.options());
    maps(changes, "data ", before.data(), after.data());
    if (!before.seed().equals(after.seed())) {
      changes.add(new Change("seed", before.seed(), after.seed(), 0, 0));
    }
    Set<String> names = new LinkedHashSet<>();
    before.metrics().forEach(m -> names.add(m.name()));
    after.metrics().forEach(m -> names.add(m.name()));
    for (String name : names) {
      Optional<Metric> from = before.metric(name);
      Optional<Metric> to = after.metric(name);
      boolean both = from.isPresent() && to.isPresent();
      if (both && to.get().sameAs(from.get())) {
        continue;
      }
      int better = both ? to.get().betterSince(from.get()) : 0;
      int direction = both ? to.get().directionSince(from.get()) : 0;
      String was = from.map(Metric::text).orElse("");
      String is = to.map(Metric::text).orElse("");
      if (was.equals(is) && both) {
        was = from.get().value() + unit(from.get());
        is = to.get().value() + unit(to.get());
      }
      if (both && was.equals(is)) {
        was += ", " + which(from.get());
        is += ", " + which(to.get());
      }
      changes.add(new Change(name, was, is, direction, better));
    }
    pictures(changes, before, after);
    if (!tables(before).equals(tables(after))) {
      changes.add(new Change("tables", "", "", 0, 0));
    }
    if (!words(before).equals(words(after))) {
      changes.add(new Change("words", "", "", 0, 0));
    }
    return changes;
  }

  private static String which(Metric metric) {
    return switch (metric.better()) {
      case HIGHER -> "higher is better";
      case LOWER -> "lower is better";
      case NEITHER -> "neither way is better";
    };
  }

  private static String unit(Metric metric) {
    return metric.unit().isEmpty() ? "" : " " + metric.unit();
  }

  private static void maps(
      List<Change> changes, String prefix, Map<String, String> before, Map<String, String> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String was = before.getOrDefault(name, "");
      String is = after.getOrDefault(name, "");
      if (!was.equals(is)) {
        changes.add(new Change(prefix + name, was, is, 0, 0));
      }
    }
  }

  private static void pictures(List<Change> changes, Run before, Run after) {
    Set<String> names = new LinkedHashSet<>();
    before.pictures().forEach(p -> names.add(p.name()));
    after.pictures().forEach(p -> names.add(p.name()));
    for (String name : names) {
      if (!shows(before, name).equals(shows(after, name))) {
        boolean both = !shows(before, name).isEmpty() && !shows(after, name).isEmpty();
        String was = both || shows(before, name).isEmpty() ? "" : "there";
        String is = both || shows(after, name).isEmpty() ? "" : "there";
        changes.add(new Change("figure " + name, was, is, 0, 0));
      }
    }
  }

  private static String shows(Run run, String name) {
    return run.pictures().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .map(Block.Picture::shows)
        .orElse("");
  }

  private static List<Block> tables(Run run) {
    return run.blocks().stream().filter(Block.Grid.class::isInstance).toList();
  }

  private static List<Object> words(Run run) {
    List<Object> words = new ArrayList<>();
    run.blocks().stream().filter(Block.Text.class::isInstance).forEach(words::add);
    words.add(run.conclusion());
    words.add(run.next());
    return words;
  }

  /** The direction: ↑, ↓, or → if not a number. */
  public String arrow() {
    return direction > 0 ? "↑" : direction < 0 ? "↓" : "→";
  }

  /** {@code better}, {@code worse}, or empty. */
  public String verdict() {
    return better > 0 ? "better" : better < 0 ? "worse" : "";
  }

  @Override
  public String toString() {
    if (before.isEmpty() && after.isEmpty()) {
      return what + " changed";
    }
    return what
        + " "
        + (before.isEmpty() ? "none" : before)
        + " "
        + arrow()
        + " "
        + (after.isEmpty() ? "none" : after)
        + (better == 0 ? "" : " (" + verdict() + ")");
  }
}
