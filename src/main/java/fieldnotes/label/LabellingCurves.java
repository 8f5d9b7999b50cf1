package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.table.Describe;
import fieldnotes.table.Numbers;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What labels are worth as more clips are heard, for several strategies over several seeds. The
 * accuracy is that of a forest on recordings that no strategy may ask about, the same for all:
 * clips that nobody heard would be another set for each.
 *
 * @param id the data
 * @param strategies the names of the strategies
 * @param trial how was measured
 * @param values of each measure, shape [strategies][numbers of clips][seeds]
 * @param ceiling accuracy with all labels, shape [seeds]
 */
public record LabellingCurves(
    String id,
    List<String> strategies,
    LabellingTrial trial,
    Map<LabellingMeasure, double[][][]> values,
    double[] ceiling) {
  /** Copies. */
  public LabellingCurves {
    strategies = List.copyOf(strategies);
    values = copy(values);
    ceiling = ceiling.clone();
  }

  private static Map<LabellingMeasure, double[][][]> copy(
      Map<LabellingMeasure, double[][][]> values) {
    Map<LabellingMeasure, double[][][]> copy = new EnumMap<>(LabellingMeasure.class);
    values.forEach(
        (measure, of) ->
            copy.put(measure, Arrays.stream(of).map(Copy::of).toArray(double[][][]::new)));
    return copy;
  }

  /**
   * Measures strategies.
   *
   * @param rows numeric features with classes; rows without one are left out. Of the groups {@code
   *     recording}, if there are any, none is both labelled and held out
   * @throws IllegalArgumentException if two strategies have one name, or there are fewer clips to
   *     label than are to be heard
   */
  public static LabellingCurves of(Samples rows, List<Strategy> strategies, LabellingTrial trial) {
    Check.that(!strategies.isEmpty(), "strategies is empty: give at least one");
    List<String> names = strategies.stream().map(Strategy::toString).toList();
    Check.that(
        new HashSet<>(names).size() == names.size(), "two strategies have one name: %s", names);
    Samples known = rows.labelled();
    int toLabel = trial.split(known, 0).train().length;
    Check.that(
        trial.clips().getLast() <= toLabel,
        "clips=%s: there are only %d clips to label; hear fewer",
        trial.clips(),
        toLabel);
    int seeds = trial.seeds();
    Map<LabellingMeasure, double[][][]> values = new EnumMap<>(LabellingMeasure.class);
    for (LabellingMeasure measure : LabellingMeasure.values()) {
      values.put(measure, new double[names.size()][trial.clips().size()][seeds]);
    }
    double[] ceiling = new double[seeds];
    int runs = (names.size() + 1) * seeds;
    try (Progress progress = Progress.start("labelling curves: " + runs + " runs", runs)) {
      Parallel.forEach(
          runs,
          i -> {
            int seed = i % seeds;
            LabellingRun run = new LabellingRun(known, trial, seed);
            int s = i / seeds;
            if (s == names.size()) {
              ceiling[seed] = run.ceiling();
            } else {
              run.measure(strategies.get(s))
                  .forEach(
                      (measure, found) -> {
                        for (int b = 0; b < found.length; b++) {
                          values.get(measure)[s][b][seed] = found[b];
                        }
                      });
            }
            progress.advance(1);
          });
    }
    return new LabellingCurves(known.id(), names, trial, values, ceiling);
  }

  @Override
  public Map<LabellingMeasure, double[][][]> values() {
    return copy(values);
  }

  @Override
  public double[] ceiling() {
    return ceiling.clone();
  }

  private int place(String strategy) {
    int s = strategies.indexOf(strategy);
    Check.that(s >= 0, "no strategy '%s'; there are %s", strategy, strategies);
    return s;
  }

  /** The mean over seeds for each number of clips; NaN where no seed has a value. */
  public double[] mean(LabellingMeasure measure, String strategy) {
    return Arrays.stream(values.get(measure)[place(strategy)])
        .mapToDouble(seeds -> Describe.mean(known(seeds)))
        .toArray();
  }

  /** The standard deviation over seeds (divisor n − 1) for each number of clips; 0 of one seed. */
  public double[] deviation(LabellingMeasure measure, String strategy) {
    return Arrays.stream(values.get(measure)[place(strategy)])
        .mapToDouble(seeds -> spread(known(seeds)))
        .toArray();
  }

  private static double[] known(double[] seeds) {
    return Arrays.stream(seeds).filter(v -> !Double.isNaN(v)).toArray();
  }

  private static double spread(double[] values) {
    return values.length < 2 ? 0 : Describe.standardDeviation(values);
  }

  /**
   * The area under the curve of accuracy by clips heard, divided by its width: the mean accuracy on
   * the way. Shape [seeds].
   */
  public double[] area(String strategy) {
    double[][] accuracy = values.get(LabellingMeasure.ACCURACY)[place(strategy)];
    List<Integer> clips = trial.clips();
    return IntStream.range(0, trial.seeds())
        .mapToDouble(
            seed -> {
              if (clips.size() == 1) {
                return accuracy[0][seed];
              }
              double sum = 0;
              for (int b = 1; b < clips.size(); b++) {
                double width = clips.get(b) - clips.get(b - 1);
                sum += width * (accuracy[b][seed] + accuracy[b - 1][seed]) / 2;
              }
              return sum / (clips.getLast() - clips.getFirst());
            })
        .toArray();
  }

  /**
   * The clips heard until the mean accuracy over seeds reaches this, between two measurements by
   * the line from one to the other; NaN if it never does.
   */
  public double clipsToReach(double accuracy, String strategy) {
    return reached(mean(LabellingMeasure.ACCURACY, strategy), accuracy);
  }

  /**
   * The clips heard until the accuracy of each seed reaches a share of what all labels give with
   * that seed, as in {@link #clipsToReach}; NaN where it never does. Shape [seeds].
   *
   * @param share for example 0.8
   */
  public double[] clipsBySeed(double share, String strategy) {
    double[][] accuracy = values.get(LabellingMeasure.ACCURACY)[place(strategy)];
    return IntStream.range(0, trial.seeds())
        .mapToDouble(
            seed ->
                reached(
                    Arrays.stream(accuracy).mapToDouble(seeds -> seeds[seed]).toArray(),
                    share * ceiling[seed]))
        .toArray();
  }

  private double reached(double[] by, double accuracy) {
    List<Integer> clips = trial.clips();
    for (int b = 0; b < by.length; b++) {
      if (by[b] >= accuracy) {
        double back = b == 0 ? 0 : (by[b] - accuracy) / (by[b] - by[b - 1]);
        return b == 0 ? clips.getFirst() : clips.get(b) - back * (clips.get(b) - clips.get(b - 1));
      }
    }
    return Double.NaN;
  }

  /** One row per strategy and number of clips: mean and standard deviation of each measure. */
  public Table toTable() {
    StringColumn strategy = StringColumn.create("strategy");
    IntColumn heard = IntColumn.create("clips heard");
    for (String name : strategies) {
      for (int clips : trial.clips()) {
        strategy.append(name);
        heard.append(clips);
      }
    }
    Table table = Table.create("labelling curves of " + id, strategy, heard);
    for (LabellingMeasure measure : LabellingMeasure.values()) {
      DoubleColumn mean = DoubleColumn.create(measure + " mean");
      DoubleColumn deviation = DoubleColumn.create(measure + " std");
      for (String name : strategies) {
        Arrays.stream(mean(measure, name)).forEach(mean::append);
        Arrays.stream(deviation(measure, name)).forEach(deviation::append);
      }
      table.addColumns(Describe.shown(mean), Describe.shown(deviation));
    }
    return table;
  }

  /**
   * One row per strategy: the mean accuracy on the way ({@link #area}), of all seeds, the lowest
   * and the highest; and the fewest and the most clips that a seed needs to reach these shares of
   * what all labels give, where {@code over 120} says that it was not reached with the 120 clips of
   * the trial.
   *
   * @param shares for example 0.8 and 0.9
   */
  public Table summary(double... shares) {
    Table table = Table.create("labelling " + id, StringColumn.create("strategy", strategies));
    table.addColumns(
        column("mean accuracy", name -> Describe.mean(area(name))),
        column("lowest", name -> Arrays.stream(area(name)).min().orElseThrow()),
        column("highest", name -> Arrays.stream(area(name)).max().orElseThrow()));
    for (double share : shares) {
      String title = "clips to " + Numbers.text(Math.round(1e4 * share) / 100.0) + " %";
      List<String> clips =
          strategies.stream().map(name -> range(clipsBySeed(share, name))).toList();
      table.addColumns(StringColumn.create(title, clips));
    }
    return table;
  }

  private DoubleColumn column(String title, ToDoubleFunction<String> value) {
    return Describe.shown(
        DoubleColumn.create(title, strategies.stream().mapToDouble(value).toArray()), 3);
  }

  /** The lowest and highest number of clips; NaN counts as highest. */
  private String range(double[] clips) {
    double[] sorted = Arrays.stream(clips).sorted().toArray(); // NaN last
    String low = words(sorted[0]);
    String high = words(sorted[sorted.length - 1]);
    return low.equals(high) ? low : low + " to " + high;
  }

  private String words(double clips) {
    return Double.isNaN(clips)
        ? "over " + trial.clips().getLast()
        : String.format(Locale.ROOT, "%.0f", clips);
  }

  /** Equal values of equal trials. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LabellingCurves that
        && id.equals(that.id)
        && strategies.equals(that.strategies)
        && trial.equals(that.trial)
        && Arrays.deepEquals(values.values().toArray(), that.values.values().toArray())
        && Arrays.equals(ceiling, that.ceiling);
  }

  @Override
  public int hashCode() {
    return 31 * strategies.hashCode() + Arrays.deepHashCode(values.values().toArray());
  }

  @Override
  public String toString() {
    String best =
        strategies.stream()
            .max((a, b) -> Double.compare(Describe.mean(area(a)), Describe.mean(area(b))))
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "labelling of %s by %d strategies (%s): highest mean accuracy %.3f, %s",
        id,
        strategies.size(),
        trial,
        Describe.mean(area(best)),
        best);
  }
}
