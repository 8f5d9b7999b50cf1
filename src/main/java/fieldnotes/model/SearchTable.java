package fieldnotes.model;

import fieldnotes.evaluate.Better;
import fieldnotes.model.Search.Candidate;
import fieldnotes.table.Describe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The settings of a search with their scores, as a table. */
final class SearchTable {
  private static final List<String> RANKED = List.of("std", "rank");

  private SearchTable() {}

  /**
   * One row per setting.
   *
   * @param order numbers of the candidates, the best first
   */
  static Table of(Search search, List<Integer> order) {
    return of(search, order, List.of());
  }

  /** One row per setting in the order tried, with spread and rank. */
  static Table results(Search search) {
    return of(search, inOrder(search), RANKED);
  }

  /** One row per setting and round. */
  static Table rounds(Halving.Rounds rounds) {
    List<Candidate> all = new ArrayList<>();
    IntColumn round = IntColumn.create("round");
    IntColumn rows = IntColumn.create("rows");
    for (int r = 0; r < rounds.searches().size(); r++) {
      for (Candidate candidate : rounds.searches().get(r).candidates()) {
        all.add(candidate);
        round.append(r);
        rows.append(rounds.rows()[r]);
      }
    }
    Search together = new Search(rounds.last().score(), all);
    Table table = of(together, inOrder(together), List.of("std", "rank", "round", "rows"));
    return table.insertColumn(0, rows).insertColumn(0, round);
  }

  private static List<Integer> inOrder(Search search) {
    return IntStream.range(0, search.candidates().size()).boxed().toList();
  }

  /**
   * @param more names of more columns; with spread and rank if there are any
   */
  private static Table of(Search search, List<Integer> order, List<String> more) {
    boolean ranked = !more.isEmpty();
    List<Candidate> sorted = order.stream().map(search.candidates()::get).toList();
    Table table = Table.create("search");
    table.addColumns(IntColumn.create("setting", order.stream().mapToInt(i -> i)));
    int folds = sorted.getFirst().folds().length;
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // as in a table
    taken.addAll(List.of("setting", "mean", "failed"));
    taken.addAll(more);
    IntStream.range(0, folds).forEach(f -> taken.add("split" + f));
    Set<String> options = new LinkedHashSet<>();
    search.candidates().forEach(c -> options.addAll(c.setting().values().keySet()));
    for (String option : options) {
      String name = option;
      while (!taken.add(name)) {
        name = "option " + name;
      }
      table.addColumns(
          column(name, sorted.stream().map(c -> c.setting().values().get(option)).toList()));
    }
    int decimals = search.score().better() == Better.LOWER && largest(sorted) >= 100 ? 0 : 6;
    for (int f = 0; f < folds; f++) {
      int fold = f;
      table.addColumns(
          Describe.shown(
              DoubleColumn.create("split" + f, sorted.stream().mapToDouble(c -> c.folds()[fold])),
              decimals));
    }
    table.addColumns(
        Describe.shown(
            DoubleColumn.create("mean", sorted.stream().mapToDouble(Candidate::mean)), decimals));
    if (ranked) {
      table.addColumns(
          Describe.shown(
              DoubleColumn.create("std", sorted.stream().mapToDouble(SearchTable::deviation)),
              decimals),
          IntColumn.create("rank", ranks(search)));
    }
    if (sorted.stream().anyMatch(c -> !c.failure().isEmpty())) {
      table.addColumns(StringColumn.create("failed", sorted.stream().map(Candidate::failure)));
    }
    return table;
  }

  /** The values of an option; null, where a setting does not have it, is a missing cell. */
  private static Column<?> column(String name, List<Object> values) {
    List<Object> given = values.stream().filter(Objects::nonNull).toList();
    if (given.stream().allMatch(Integer.class::isInstance)) {
      IntColumn whole = IntColumn.create(name);
      values.forEach(v -> whole.append((Integer) v));
      return whole;
    }
    if (given.stream().allMatch(Number.class::isInstance)) {
      return Describe.shown(
          DoubleColumn.create(
              name,
              values.stream()
                  .mapToDouble(v -> v == null ? Double.NaN : ((Number) v).doubleValue())));
    }
    return StringColumn.create(name, values.stream().map(v -> v == null ? "" : String.valueOf(v)));
  }

  /** The standard deviation with divisor n. */
  private static double deviation(Candidate candidate) {
    double mean = candidate.mean();
    return Math.sqrt(
        Describe.meanAsNumpy(
            Arrays.stream(candidate.folds()).map(v -> (v - mean) * (v - mean)).toArray()));
  }

  /** One more than the number of better settings. */
  private static int[] ranks(Search search) {
    double[] means = search.candidates().stream().mapToDouble(Candidate::mean).toArray();
    return Arrays.stream(means)
        .mapToInt(
            mean ->
                1
                    + (int)
                        Arrays.stream(means)
                            .filter(
                                other ->
                                    Double.isNaN(mean)
                                        ? !Double.isNaN(other)
                                        : search.score().better().compare(mean, other) > 0)
                            .count())
        .toArray();
  }

  private static double largest(List<Candidate> candidates) {
    return candidates.stream()
        .mapToDouble(Candidate::mean)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }
}
