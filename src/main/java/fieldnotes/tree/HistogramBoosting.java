package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Boosts trees on histograms: round by round, each on the derivatives of what is predicted yet. */
final class HistogramBoosting {
  private static final int BLOCK = 4096;

  private final HistogramOptions options;
  private final HistogramLoss loss;
  private final HistogramGrower[] growers;
  private final double[] baseline;
  private final double[][] raw;
  private final float[][] first;
  private final float[][] second;
  private final List<RegressionTree> trees = new ArrayList<>();

  private final double[][] x;
  private final int[] heldBack;
  private final HistogramLoss heldBackLoss;
  private final double[][] heldBackRaw;
  private final List<Double> losses = new ArrayList<>();

  private HistogramBoosting(
      double[][] x, HistogramLoss all, int[] train, int[] heldBack, HistogramOptions options) {
    this.options = options;
    this.x = x;
    this.heldBack = heldBack;
    int[] rows = train;
    if (train == null) {
      rows = new int[x.length];
      Arrays.setAll(rows, i -> i);
    }
    loss = of(all, rows);
    HistogramBins bins =
        HistogramBins.of(x, rows, loss.weights, options.bins(), options.splitSeed());
    baseline = loss.baseline();
    raw = start(rows.length);
    first = new float[loss.outputs][rows.length];
    second = new float[loss.outputs][rows.length];
    growers = new HistogramGrower[loss.outputs];
    HistogramSums.Pool pool = new HistogramSums.Pool();
    Arrays.setAll(growers, c -> new HistogramGrower(bins, options, pool));
    heldBackLoss = heldBack == null ? null : of(all, heldBack);
    heldBackRaw = heldBack == null ? null : start(heldBack.length);
  }

  private static HistogramLoss of(HistogramLoss all, int[] rows) {
    return all.of(picked(all.target, rows), picked(all.weights, rows));
  }

  private static double[] picked(double[] values, int[] rows) {
    return values == null ? null : Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  private double[][] start(int rows) {
    double[][] start = new double[baseline.length][rows];
    for (int c = 0; c < start.length; c++) {
      Arrays.fill(start[c], baseline[c]);
    }
    return start;
  }

  static HistogramTrees fit(
      double[][] x, HistogramLoss loss, int[] train, int[] heldBack, HistogramOptions options) {
    Check.matrix("x", x);
    Inputs.checkWeights(x.length, loss.weights);
    HistogramBoosting boosting = new HistogramBoosting(x, loss, train, heldBack, options);
    boosting.run();
    return new HistogramTrees(boosting.baseline, boosting.trees);
  }

  private void run() {
    try (Progress progress = Progress.start("boosting", options.rounds())) {
      if (heldBack != null) {
        losses.add(heldBackLoss.mean(heldBackRaw));
      }
      for (int round = 0; round < options.rounds() && !hasEnded(); round++) {
        round();
        progress.advance(1);
      }
    }
  }

  private void round() {
    int rows = raw[0].length;
    Parallel.forEachBrief(
        (rows + BLOCK - 1) / BLOCK,
        block ->
            loss.derive(raw, first, second, block * BLOCK, Math.min(rows, block * BLOCK + BLOCK)));
    RegressionTree[] grown = new RegressionTree[growers.length];
    if (apart(growers.length, Parallel.threads())) {
      Parallel.forEach(grown.length, c -> grown[c] = grow(c));
    } else {
      for (int c = 0; c < grown.length; c++) {
        grown[c] = grow(c);
      }
    }
    trees.addAll(Arrays.asList(grown));
    if (heldBack != null) {
      judge(grown);
    }
  }

  /** Whether threads that grow a tree each wait less than threads that grow each tree together. */
  private static boolean apart(int trees, int threads) {
    int turns = (trees + threads - 1) / threads;
    return trees > 1 && 4 * turns * threads <= 5 * trees;
  }

  private RegressionTree grow(int output) {
    return growers[output].grow(first[output], second[output], raw[output]);
  }

  private void judge(RegressionTree[] grown) {
    for (int c = 0; c < grown.length; c++) {
      for (int i = 0; i < heldBack.length; i++) {
        heldBackRaw[c][i] += grown[c].predict(x[heldBack[i]]);
      }
    }
    losses.add(heldBackLoss.mean(heldBackRaw));
  }

  /** Whether none of the latest rounds was better than the one before them. */
  private boolean hasEnded() {
    int reference = losses.size() - options.early().patience() - 1;
    if (reference < 0) {
      return false;
    }
    double least = losses.get(reference) - options.early().tolerance();
    return losses.subList(reference + 1, losses.size()).stream().noneMatch(one -> one < least);
  }
}
