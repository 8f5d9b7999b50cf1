package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Agreement;
import fieldnotes.evaluate.Separation;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.evaluate.Spread;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Compares k-means on several versions of the same rows: other scalings, other columns, an
 * embedding. Each version is clustered with several seeds, since the result of one seed says little
 * about the version: where the ranges of two versions overlap, neither is better.
 *
 * @param classes the known class of each row, empty text if unknown
 * @param original the rows whose neighbours a version should preserve, or null
 * @param seeds number of k-means runs per version, with the seeds 0…seeds − 1; at least 1
 * @param trials the results, in the order of the versions
 */
public record KMeansTrials(List<String> classes, Matrix original, int seeds, List<Trial> trials) {
  /**
   * The result of one version.
   *
   * @param trustworthiness 1 if its neighbours are those of the original rows; NaN without these
   * @param adjustedRand agreement with the known classes
   */
  public record Trial(
      String name,
      int clusters,
      Spread trustworthiness,
      Spread silhouette,
      Spread vMeasure,
      Spread adjustedRand) {}

  /** Copies the lists. */
  public KMeansTrials {
    Check.atLeast("seeds", seeds, 1);
    classes = List.copyOf(classes);
    trials = List.copyOf(trials);
  }

  /** Begins a comparison. */
  public static KMeansTrials of(List<String> classes, int seeds) {
    return new KMeansTrials(classes, null, seeds, List.of());
  }

  /** Begins a comparison that also measures how well versions preserve the neighbours of rows. */
  public static KMeansTrials of(List<String> classes, Rows original, int seeds) {
    Matrix rows = original.matrix();
    Check.sameLength("classes", classes.size(), "original", rows.rowCount());
    return new KMeansTrials(classes, rows, seeds, List.of());
  }

  /**
   * Returns a copy with one more trial.
   *
   * @param name name of the version in the table
   * @param x its rows, with any number of columns
   * @param clusters number of clusters
   */
  public KMeansTrials and(String name, Rows x, int clusters) {
    return and(name, seed -> x, clusters);
  }

  /** The same for a version that depends on a seed itself, such as an embedding. */
  public KMeansTrials and(String name, LongFunction<? extends Rows> bySeed, int clusters) {
    double[] trust = new double[seeds];
    double[] silhouettes = new double[seeds];
    double[] measures = new double[seeds];
    double[] rand = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      Rows x = bySeed.apply(seed);
      int rows = x.matrix().rowCount();
      Check.sameLength("x", rows, "classes", classes.size());
      int[] labels = KMeans.fit(x, KMeansOptions.of(clusters, seed)).labels();
      Agreement agreement = Agreement.of(classes, labels);
      silhouettes[seed] = Silhouette.of(x, labels).mean();
      measures[seed] = agreement.vMeasure();
      rand[seed] = agreement.adjustedRand();
      trust[seed] =
          original == null
              ? Double.NaN
              : Separation.trustworthiness(original, x, Math.min(5, (rows - 1) / 2));
    }
    List<Trial> more = new ArrayList<>(trials);
    more.add(
        new Trial(
            name,
            clusters,
            Spread.of(trust),
            Spread.of(silhouettes),
            Spread.of(measures),
            Spread.of(rand)));
    return new KMeansTrials(classes, original, seeds, more);
  }

  /** The trial with this name, the last one if there are several. */
  public Trial trial(String name) {
    return trials.reversed().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no trial '%s'; available: %s"
                        .formatted(name, trials.stream().map(Trial::name).toList())));
  }

  /** One row per version, with means and ranges over the seeds; unknown values are missing. */
  public Table toTable(String title) {
    StringColumn name = StringColumn.create("version");
    IntColumn k = IntColumn.create("k");
    DoubleColumn trust = DoubleColumn.create("trustworthiness");
    DoubleColumn silhouette = DoubleColumn.create("silhouette");
    DoubleColumn measure = DoubleColumn.create("V-measure");
    DoubleColumn rand = DoubleColumn.create("ARI with classes");
    DoubleColumn lowest = DoubleColumn.create("lowest");
    DoubleColumn highest = DoubleColumn.create("highest");
    for (Trial trial : trials) {
      name.append(trial.name());
      k.append(trial.clusters());
      trust.append(trial.trustworthiness().mean());
      silhouette.append(trial.silhouette().mean());
      measure.append(trial.vMeasure().mean());
      rand.append(trial.adjustedRand().mean());
      lowest.append(trial.adjustedRand().low());
      highest.append(trial.adjustedRand().high());
    }
    Table table = Table.create(title + ": means over " + seeds + " seeds", name, k);
    if (original != null) {
      table.addColumns(trust);
    }
    return table.addColumns(silhouette, measure, rand, lowest, highest);
  }

  /** Compares by identity: the rows are not compared. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("k-means on ").append(trials.size()).append(" versions");
    for (Trial trial : trials) {
      text.append(
          String.format(
              Locale.ROOT, "; %s: silhouette %.2f", trial.name(), trial.silhouette().mean()));
    }
    return text.toString();
  }
}
