package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Describe;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.TDistribution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several models on the same folds: which is best, and which are no worse as far as these rows can
 * tell. Each is compared with the best by the corrected resampled t-test, and the p-values are
 * corrected by Holm.
 *
 * <p>The mean of the best is a little too good, as it was chosen for it: judge the chosen model on
 * rows that had no part in this.
 *
 * @param score the name of the score
 * @param better which way it is better
 * @param confidence of the intervals; 1 − confidence is the level of the tests
 * @param lines the models, the best first
 * @see Significance#correctedT
 */
public record ModelComparison(String score, Better better, double confidence, List<Line> lines) {
  private static final double CONFIDENCE = 0.95;

  /** Copies and checks. */
  public ModelComparison {
    lines = List.copyOf(lines);
    Check.that(lines.size() >= 2, "there are %d models: compare at least 2", lines.size());
  }

  /**
   * One of the models.
   *
   * @param model its name
   * @param mean its mean score over the folds
   * @param interval of the mean, wider than by Student's t, as folds share training rows, and cut
   *     to the values the score can take
   * @param difference of its mean to the best one's; 0 for the best
   * @param differenceInterval of the difference
   * @param p of the difference, corrected for the number of models; 1 for the best
   * @param verdict {@code best}, {@code no difference}, {@code worse}
   */
  public record Line(
      String model,
      double mean,
      Interval interval,
      double difference,
      Interval differenceInterval,
      double p,
      String verdict) {}

  /**
   * Compares scores on the same folds.
   *
   * @param score which was computed, higher or lower being better
   * @param folds the score of each model, by its name, on each fold; at least 2 models and 2 folds
   * @param splits the folds, whose sizes say how much training rows are shared
   */
  public static ModelComparison of(Score score, Map<String, double[]> folds, List<Split> splits) {
    return of(score, folds, splits, CONFIDENCE);
  }

  /**
   * The same with intervals of another confidence, between 0 and 1, and tests at the level 1 −
   * confidence.
   */
  public static ModelComparison of(
      Score score, Map<String, double[]> folds, List<Split> splits, double confidence) {
    Check.that(folds.size() >= 2, "there are %d models: compare at least 2", folds.size());
    Check.that(
        score.better() != Better.NEITHER,
        "score=%s: has no better or worse; choose one that has",
        score);
    folds.forEach(
        (model, scores) -> {
          Check.that(
              scores.length == splits.size(),
              "'%s' has %d scores and there are %d folds: give a score for each",
              model,
              scores.length,
              splits.size());
          for (double one : scores) {
            Check.that(
                Double.isFinite(one),
                "'%s' has the score %s on a fold: choose a score that is defined on every fold",
                model,
                one);
          }
        });
    double ratio = splits.stream().mapToDouble(ModelComparison::testPerTrain).average().orElse(0);
    int sign = score.better() == Better.HIGHER ? -1 : 1;
    List<String> names =
        folds.keySet().stream()
            .sorted(
                Comparator.<String>comparingDouble(m -> sign * Describe.meanAsNumpy(folds.get(m)))
                    .thenComparing(Split.ORDER))
            .toList();
    double[] best = folds.get(names.getFirst());
    double[] p =
        Significance.holm(
            names.stream()
                .skip(1)
                .mapToDouble(m -> Significance.correctedT(folds.get(m), best, ratio).p())
                .toArray());
    List<Line> lines = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      double[] scores = folds.get(names.get(m));
      double[] off = new double[scores.length];
      Arrays.setAll(off, i -> scores[i] - best[i]);
      double raised = m == 0 ? 1 : p[m - 1];
      boolean worse = raised <= 1 - confidence;
      lines.add(
          new Line(
              names.get(m),
              Describe.meanAsNumpy(scores),
              interval(scores, ratio, confidence).cutTo(score.range()),
              Describe.meanAsNumpy(off),
              interval(off, ratio, confidence).cutTo(score.range().ofDifferences()),
              raised,
              m == 0 ? "best" : worse ? "worse" : "no difference"));
    }
    return new ModelComparison(score.name(), score.better(), confidence, lines);
  }

  private static double testPerTrain(Split split) {
    return (double) split.test().length / split.train().length;
  }

  /** An interval of the mean over folds that share training rows. */
  private static Interval interval(double[] values, double ratio, double confidence) {
    double mean = Describe.meanAsNumpy(values);
    double error = Math.sqrt(1.0 / values.length + ratio) * Describe.standardDeviation(values);
    double width =
        error
            * TDistribution.of(values.length - 1.0)
                .inverseCumulativeProbability((1 + confidence) / 2);
    return new Interval(mean - width, mean + width, confidence, "corrected t");
  }

  /** The best model and those that are no worse as far as these folds can tell, best first. */
  public List<String> noDifference() {
    return lines.stream().filter(l -> !l.verdict().equals("worse")).map(Line::model).toList();
  }

  /**
   * What is known of a model.
   *
   * @throws IllegalArgumentException naming those that were compared
   */
  public Line line(String model) {
    return lines.stream()
        .filter(l -> l.model().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model '%s'; compared were %s"
                        .formatted(model, lines.stream().map(Line::model).toList())));
  }

  /** One row per model, the best first, which has a dash for p. */
  public Table toTable() {
    return Table.create(
        score + " by model",
        StringColumn.create("model", lines.stream().map(Line::model)),
        column(score, lines.stream().mapToDouble(Line::mean).toArray()),
        column("low", lines.stream().mapToDouble(l -> l.interval().low()).toArray()),
        column("high", lines.stream().mapToDouble(l -> l.interval().high()).toArray()),
        column("difference", lines.stream().mapToDouble(Line::difference).toArray()),
        StringColumn.create(
            "p",
            lines.stream().map(l -> l.verdict().equals("best") ? "–" : Significance.shown(l.p()))),
        StringColumn.create("verdict", lines.stream().map(Line::verdict)));
  }

  private static DoubleColumn column(String name, double[] values) {
    return Describe.shown(DoubleColumn.create(name, values), 4);
  }

  @Override
  public String toString() {
    Line best = lines.getFirst();
    String tied = named("no difference");
    String worse = named("worse");
    return String.format(
            Locale.ROOT,
            "%s: %s is best with %.4g (%.4g … %.4g)",
            score,
            best.model(),
            best.mean(),
            best.interval().low(),
            best.interval().high())
        + (tied.isEmpty() ? "" : "; no difference: " + tied)
        + (worse.isEmpty() ? "" : "; worse: " + worse);
  }

  private String named(String verdict) {
    return lines.stream()
        .filter(l -> l.verdict().equals(verdict))
        .map(
            l ->
                String.format(
                    Locale.ROOT, "%s %.4g (p %s)", l.model(), l.mean(), Significance.shown(l.p())))
        .collect(Collectors.joining(", "));
  }
}
