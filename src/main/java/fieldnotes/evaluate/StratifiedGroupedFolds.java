package fieldnotes.evaluate;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Folds that keep each group together and the classes as near to proportion as that allows: groups
 * one after the other, those of the most uneven classes first, each to the fold that leaves the
 * classes spread most evenly. Sums are in the order of NumPy, as its last digit decides ties.
 *
 * @param folds how many
 * @param groups what a group is
 * @param seed of the shuffle of the groups; in the order of their names where there is none
 */
record StratifiedGroupedFolds(int folds, String groups, OptionalLong seed)
    implements Folds, Shuffling {
  StratifiedGroupedFolds {
    FoldParts.check(folds, seed);
  }

  @Override
  public List<Split> splits(Samples rows) {
    return Shuffling.super.splits(rows);
  }

  @Override
  public List<Split> splits(Samples rows, NumpyRandom random) {
    Coded classes = FoldParts.classes(rows, folds);
    Coded grouped = FoldParts.groups(rows, groups, folds);
    int groupCount = grouped.names().size();
    double[][] counts = new double[groupCount][classes.names().size()];
    for (int i = 0; i < rows.rowCount(); i++) {
      counts[grouped.codes()[i]][classes.codes()[i]]++;
    }
    int[] order = IntStream.range(0, groupCount).toArray();
    if (random != null) {
      random.shuffle(order);
    }
    double[] spread = new double[groupCount];
    Arrays.setAll(spread, g -> deviation(counts[g]));
    int[] falling =
        Arrays.stream(order)
            .boxed()
            .sorted(Comparator.comparingDouble(g -> -spread[g]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] sizes = classes.sizes();
    double[][] held = new double[folds][sizes.length];
    int[] foldOf = new int[groupCount];
    for (int group : falling) {
      foldOf[group] = best(held, sizes, counts[group]);
      add(held[foldOf[group]], counts[group], 1);
    }
    return FoldParts.splits(Arrays.stream(grouped.codes()).map(g -> foldOf[g]).toArray(), folds);
  }

  private int best(double[][] held, int[] sizes, double[] more) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double fewest = Double.POSITIVE_INFINITY;
    for (int f = 0; f < folds; f++) {
      add(held[f], more, 1);
      double uneven = unevenness(held, sizes);
      add(held[f], more, -1);
      double rows = Errors.sum(held[f]);
      boolean alike = Math.abs(uneven - least) <= 1e-8 + 1e-5 * Math.abs(least);
      if (uneven < least || (Double.isFinite(least) && alike && rows < fewest)) {
        least = uneven;
        fewest = rows;
        best = f;
      }
    }
    return best;
  }

  private static void add(double[] counts, double[] more, int times) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] += times * more[c];
    }
  }

  /** The mean over classes of the deviation of their share over the folds. */
  private double unevenness(double[][] held, int[] sizes) {
    double[] deviations = new double[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      double sum = 0;
      for (double[] fold : held) {
        sum += fold[c] / sizes[c];
      }
      double mean = sum / folds;
      double squares = 0;
      for (double[] fold : held) {
        double off = fold[c] / sizes[c] - mean;
        squares += off * off;
      }
      deviations[c] = Math.sqrt(squares / folds);
    }
    return Errors.sum(deviations) / sizes.length;
  }

  private static double deviation(double[] values) {
    double mean = Errors.sum(values) / values.length;
    double[] squares = new double[values.length];
    Arrays.setAll(squares, i -> (values[i] - mean) * (values[i] - mean));
    return Math.sqrt(Errors.sum(squares) / values.length);
  }

  @Override
  public String toString() {
    return folds + " stratified folds by " + groups + FoldParts.shown(seed);
  }
}
