package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Errors;
import fieldnotes.evaluate.Folds;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A search over settings: each is cross-validated on the same folds, and the one with the least
 * mean error wins, the first of several.
 *
 * @param settings in the order tried
 * @param scores of each setting
 */
public record Search(List<Setting> settings, List<CrossValidation> scores) {
  /** Copies the lists. */
  public Search {
    settings = List.copyOf(settings);
    scores = List.copyOf(scores);
  }

  /** Draws the value of an option from a generator. */
  @FunctionalInterface
  public interface Draw {
    /** The next value: a number or a word. */
    Object from(NumpyRandom random);

    /** A whole number from {@code from} (included) to {@code to} (excluded). */
    static Draw integer(int from, int to) {
      Check.that(from < to, "from=%d, to=%d: must leave at least one integer", from, to);
      return random -> (int) random.integer(from, to);
    }

    /** A number whose logarithm is uniform between those of {@code from} and {@code to}. */
    static Draw logUniform(double from, double to) {
      Check.that(0 < from && from < to, "from=%s, to=%s: must be 0 < from < to", from, to);
      double low = Math.log(from);
      double high = Math.log(to);
      return random -> Math.exp(low + random.uniform() * (high - low));
    }

    /** An exponential number of this mean. */
    static Draw exponential(double mean) {
      Check.positive("mean", mean);
      return random -> mean * random.exponential();
    }

    /** One of these, each as likely. */
    static Draw oneOf(Object... values) {
      Check.that(values.length > 0, "values is empty");
      return random -> values[(int) random.integer(0, values.length)];
    }
  }

  /**
   * All combinations of the values of each option; the last option changes fastest.
   *
   * @param options values of each option, in order
   */
  public static List<Setting> grid(Map<String, ? extends List<?>> options) {
    List<Map<String, Object>> made = List.of(Map.of());
    for (Map.Entry<String, ? extends List<?>> option : options.entrySet()) {
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> begun : made) {
        for (Object value : option.getValue()) {
          Map<String, Object> one = new LinkedHashMap<>(begun);
          one.put(option.getKey(), value);
          longer.add(one);
        }
      }
      made = longer;
    }
    return made.stream().map(Setting::new).toList();
  }

  /** All combinations of the values of two options; the second changes fastest. */
  public static List<Setting> grid(String name, List<?> values, String other, List<?> others) {
    Map<String, List<?>> options = new LinkedHashMap<>();
    options.put(name, values);
    options.put(other, others);
    return grid(options);
  }

  /**
   * Settings drawn at random from one stream: for each setting its options in alphabetical order,
   * as scikit-learn draws them.
   */
  public static List<Setting> random(Map<String, Draw> options, int settings, long seed) {
    Check.atLeast("settings", settings, 1);
    SortedMap<String, Draw> sorted = new TreeMap<>(options);
    NumpyRandom random = NumpyRandom.of(seed);
    List<Setting> drawn = new ArrayList<>();
    for (int s = 0; s < settings; s++) {
      Map<String, Object> one = new LinkedHashMap<>();
      sorted.forEach((name, draw) -> one.put(name, draw.from(random)));
      drawn.add(new Setting(one));
    }
    return drawn;
  }

  /**
   * Cross-validates a pipeline for each setting, several folds at a time. A setting that occurs
   * twice is scored once; settings that prepare alike share what the preparation learnt in a fold.
   *
   * @param pipeline makes the pipeline of a setting
   * @param table rows without the target among the columns
   */
  public static Search over(
      List<Setting> settings,
      Function<Setting, Pipeline> pipeline,
      Table table,
      double[] target,
      int folds) {
    Check.that(!settings.isEmpty(), "settings is empty");
    Check.sameLength("table", table.rowCount(), "target", target.length);
    List<Split> splits = Folds.consecutive(table.rowCount(), folds);
    Map<Setting, double[]> found = new LinkedHashMap<>();
    Map<Object, List<Job>> alike = new LinkedHashMap<>();
    for (Setting setting : settings) {
      if (!found.containsKey(setting)) {
        Pipeline made = pipeline.apply(setting);
        double[] scores = new double[folds];
        found.put(setting, scores);
        alike
            .computeIfAbsent(List.of(made.columns(), made.steps()), key -> new ArrayList<>())
            .add(new Job(made, scores));
      }
    }
    List<Runnable> work = new ArrayList<>();
    for (List<Job> group : alike.values()) {
      List<Shared> prepared =
          splits.stream()
              .map(split -> new Shared(group.getFirst().pipeline(), table, target, split))
              .toList();
      AtomicInteger left = new AtomicInteger(group.size() * folds);
      for (Job job : group) {
        for (int f = 0; f < folds; f++) {
          int fold = f;
          work.add(
              () -> {
                job.scores()[fold] = prepared.get(fold).score(job.pipeline().model());
                if (left.decrementAndGet() == 0) {
                  prepared.forEach(Shared::forget);
                }
              });
        }
      }
    }
    try (Progress progress = Progress.start("search", work.size())) {
      Parallel.forEach(
          work.size(),
          w -> {
            work.get(w).run();
            progress.advance(1);
          });
    }
    return new Search(
        settings, settings.stream().map(s -> new CrossValidation(found.get(s))).toList());
  }

  private record Job(Pipeline pipeline, double[] scores) {}

  /** A fold whose rows are prepared when first asked for. */
  private static final class Shared {
    private final Pipeline pipeline;
    private final Table table;
    private final double[] target;
    private final Split split;
    private Prepared prepared;

    private record Prepared(Matrix train, double[] trainTarget, Matrix test, double[] testTarget) {}

    Shared(Pipeline pipeline, Table table, double[] target, Split split) {
      this.pipeline = pipeline;
      this.table = table;
      this.target = target;
      this.split = split;
    }

    double score(Regressor model) {
      Prepared rows = rows();
      Regressor.Fitted fitted = model.fit(rows.train, rows.trainTarget);
      return Errors.rmse(rows.testTarget, fitted.predict(rows.test));
    }

    private synchronized Prepared rows() {
      if (prepared == null) {
        double[] trainTarget = CrossValidation.at(target, split.train());
        Pipeline.Prepared learnt = pipeline.prepare(split.train(table), trainTarget);
        prepared =
            new Prepared(
                learnt.x(),
                trainTarget,
                learnt.apply(split.test(table)),
                CrossValidation.at(target, split.test()));
      }
      return prepared;
    }

    synchronized void forget() {
      prepared = null;
    }
  }

  private List<Integer> order() {
    return IntStream.range(0, settings.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> scores.get(i).mean()))
        .toList();
  }

  /** The setting with the least mean error. */
  public Setting best() {
    return settings.get(order().getFirst());
  }

  /** The mean error of the best setting. */
  public double bestRmse() {
    return scores.get(order().getFirst()).mean();
  }

  /** One row a setting, the best first: its number, its options, the folds' errors, their mean. */
  public Table table() {
    List<Integer> order = order();
    Table table = Table.create("search");
    table.addColumns(IntColumn.create("setting", order.stream().mapToInt(i -> i)));
    for (String name : settings.getFirst().values().keySet()) {
      boolean numbers = settings.stream().allMatch(s -> s.values().get(name) instanceof Number);
      boolean whole = settings.stream().allMatch(s -> s.values().get(name) instanceof Integer);
      if (whole) {
        table.addColumns(
            IntColumn.create(name, order.stream().mapToInt(i -> settings.get(i).whole(name))));
      } else if (numbers) {
        table.addColumns(
            Describe.shown(
                DoubleColumn.create(
                    name, order.stream().mapToDouble(i -> settings.get(i).number(name)))));
      } else {
        table.addColumns(
            StringColumn.create(name, order.stream().map(i -> settings.get(i).word(name))));
      }
    }
    int folds = scores.getFirst().rmse().length;
    for (int f = 0; f < folds; f++) {
      int fold = f;
      table.addColumns(
          Describe.shown(
              DoubleColumn.create(
                  "split" + f, order.stream().mapToDouble(i -> scores.get(i).rmse()[fold])),
              0));
    }
    table.addColumns(
        Describe.shown(
            DoubleColumn.create("mean", order.stream().mapToDouble(i -> scores.get(i).mean())), 0));
    return table;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "search: best of %d settings is %s with RMSE %.6g",
        settings.size(),
        best(),
        bestRmse());
  }
}
