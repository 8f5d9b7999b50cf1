package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Scores of training and test rows, as more rows are learnt from, or as an option changes: a gap
 * between the two tells of learning by heart, two low ones of learning too little.
 *
 * @param option what changes: {@code rows}, or the name of an option
 * @param values its values, in order; numbers, or words
 * @param score what was scored
 * @param train scores of the rows learnt from, shape [values][folds]
 * @param test scores of the rows held out, shape [values][folds]
 * @see "sklearn.model_selection.learning_curve and validation_curve of scikit-learn 1.9"
 */
public record LearningCurve(
    String option, List<?> values, Score score, double[][] train, double[][] test) {
  /** Copies. */
  public LearningCurve {
    values = List.copyOf(values);
    Check.that(!values.isEmpty(), "values is empty: give at least one");
    Check.sameLength("train", train.length, "values", values.size());
    Check.sameLength("test", test.length, "values", values.size());
    train = Copy.of(train);
    test = Copy.of(test);
  }

  /** What is fitted: a learner to the first training rows of a fold. */
  private record Fit(Learner<?, ?> learner, int[] train, int[] test) {}

  /**
   * Learns from the first training rows of each fold, as {@code learning_curve}.
   *
   * @param sizes numbers of rows (whole numbers, at least 1), or shares of the training rows of the
   *     first fold (decimal numbers, above 0 and at most 1); equal sizes count once
   * @throws IllegalArgumentException also if so few rows cannot be learnt from, as when they are of
   *     one class: shuffle them, by giving a seed
   */
  public static LearningCurve of(
      Learner<?, ?> learner, Samples rows, Folds folds, List<? extends Number> sizes, Score score) {
    return of(learner, rows, folds.splits(rows), sizes, score);
  }

  /**
   * The same with the training rows of each fold shuffled, as {@code learning_curve(shuffle=True)}.
   *
   * @param seed 0 to 4294967295
   */
  public static LearningCurve of(
      Learner<?, ?> learner,
      Samples rows,
      Folds folds,
      List<? extends Number> sizes,
      Score score,
      long seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    List<Split> shuffled = new ArrayList<>();
    for (Split split : folds.splits(rows)) {
      int[] train = split.train();
      random.shuffle(train);
      shuffled.add(new Split(train, split.test()));
    }
    return of(learner, rows, shuffled, sizes, score);
  }

  private static LearningCurve of(
      Learner<?, ?> learner,
      Samples rows,
      List<Split> splits,
      List<? extends Number> sizes,
      Score score) {
    int[] counts = counts(sizes, splits.getFirst().train().length);
    List<Fit> fits = new ArrayList<>();
    for (int count : counts) {
      for (Split split : splits) {
        int[] first = Arrays.copyOf(split.train(), Math.min(count, split.train().length));
        fits.add(new Fit(learner, first, split.test()));
      }
    }
    List<Integer> values = Arrays.stream(counts).boxed().toList();
    return of("rows", values, fits, rows, score);
  }

  /**
   * Learns from all training rows with each value of an option, as {@code validation_curve}.
   *
   * @param option what the option is called
   * @param values its values, in order; numbers, or what prints itself in a word
   * @param learner makes the learner of a value
   */
  public static <V> LearningCurve validation(
      String option,
      List<V> values,
      Function<? super V, ? extends Learner<?, ?>> learner,
      Samples rows,
      Folds folds,
      Score score) {
    List<Fit> fits = new ArrayList<>();
    List<Split> splits = folds.splits(rows);
    for (V value : values) {
      Learner<?, ?> one = learner.apply(value);
      splits.forEach(split -> fits.add(new Fit(one, split.train(), split.test())));
    }
    return of(option, values, fits, rows, score);
  }

  /** Sorted numbers of rows, each once. */
  private static int[] counts(List<? extends Number> sizes, int most) {
    Check.that(!sizes.isEmpty(), "sizes is empty: give at least one");
    boolean whole = sizes.stream().allMatch(Integer.class::isInstance);
    return sizes.stream()
        .mapToInt(
            size -> {
              double value = size.doubleValue();
              Check.that(
                  value > 0 && value <= (whole ? most : 1),
                  "sizes has %s: must be above 0 and at most %s",
                  size,
                  whole ? most + ", the training rows of the first fold" : "1, all training rows");
              return whole ? size.intValue() : Math.max(1, (int) (value * most));
            })
        .distinct()
        .sorted()
        .toArray();
  }

  private static LearningCurve of(
      String option, List<?> values, List<Fit> fits, Samples rows, Score score) {
    Check.that(!values.isEmpty(), "values is empty: give at least one");
    int folds = fits.size() / values.size();
    double[][] train = new double[values.size()][folds];
    double[][] test = new double[values.size()][folds];
    try (Progress progress = Progress.start("curve: " + fits.size() + " fits", fits.size())) {
      Parallel.forEach(
          fits.size(),
          i -> {
            Fit fit = fits.get(i);
            Samples learnt = rows.rows(fit.train);
            try {
              Model<?> model = fit.learner.fit(learnt);
              train[i / folds][i % folds] = score.of(model.judge(learnt));
              test[i / folds][i % folds] = score.of(model.judge(rows.rows(fit.test)));
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException(
                  "%s=%s, fold %s: %s"
                      .formatted(option, values.get(i / folds), i % folds, e.getMessage()),
                  e);
            }
            progress.advance(1);
          });
    }
    return new LearningCurve(option, values, score, train, test);
  }

  @Override
  public double[][] train() {
    return Copy.of(train);
  }

  @Override
  public double[][] test() {
    return Copy.of(test);
  }

  /** The place of the value with the best mean test score, the first of equals. */
  public int best() {
    int best = 0;
    for (int v = 1; v < test.length; v++) {
      if (score.better().compare(Describe.mean(test[best]), Describe.mean(test[v])) > 0) {
        best = v;
      }
    }
    return best;
  }

  /**
   * One row per value: mean and standard deviation (divisor n − 1) over folds of the scores of
   * training and test rows.
   */
  public Table toTable() {
    Table table = Table.create("curve of " + score.name());
    Column<?> first =
        values.stream().allMatch(Number.class::isInstance)
            ? column(option, values.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray())
            : StringColumn.create(option, values.stream().map(String::valueOf));
    table.addColumns(first);
    add(table, "train", train);
    add(table, "test", test);
    return table;
  }

  /** Whole numbers, such as those of rows, are shown without decimals. */
  private static DoubleColumn column(String option, double[] numbers) {
    boolean whole = Arrays.stream(numbers).allMatch(v -> v == Math.rint(v));
    return Describe.shown(DoubleColumn.create(option, numbers), whole ? 0 : 6);
  }

  private static void add(Table table, String part, double[][] scores) {
    table.addColumns(
        Describe.shown(
            DoubleColumn.create(part + " mean", Arrays.stream(scores).mapToDouble(Describe::mean))),
        Describe.shown(
            DoubleColumn.create(
                part + " std", Arrays.stream(scores).mapToDouble(Describe::standardDeviation))));
  }

  /** Equal scores of equal values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LearningCurve that
        && option.equals(that.option)
        && values.equals(that.values)
        && score.equals(that.score)
        && Arrays.deepEquals(train, that.train)
        && Arrays.deepEquals(test, that.test);
  }

  @Override
  public int hashCode() {
    return 31 * values.hashCode() + Arrays.deepHashCode(test);
  }

  @Override
  public String toString() {
    int v = best();
    return String.format(
        Locale.ROOT,
        "curve of %s over %d values of %s: best at %s, %.6g on test rows, %.6g on training rows",
        score.name(),
        values.size(),
        option,
        values.get(v),
        Describe.mean(test[v]),
        Describe.mean(train[v]));
  }
}
