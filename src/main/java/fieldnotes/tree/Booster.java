package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Grows the stages of gradient boosting, with scikit-learn's draws. */
final class Booster {
  private final Inputs inputs;
  private final BoostLoss loss;
  private final BoostingOptions options;
  private final int rows;
  private final int width;

  /** Where scores start, and each row's scores so far, shape [trees of a stage][rows]. */
  final double[] start;

  private final double[][] raw;
  private final double[][] gradient;
  private final NumpyRandom random;
  private final List<Nodes> grown = new ArrayList<>();
  private double[] losses = new double[0];
  private double[] improvements = new double[0];

  private Booster(Inputs inputs, BoostLoss loss, boolean weighted, BoostingOptions options) {
    this.inputs = inputs;
    this.loss = loss;
    this.options = options;
    rows = inputs.rows;
    start = loss.start(weighted ? loss.weights : null);
    width = start.length;
    raw = new double[width][rows];
    gradient = new double[width][rows];
    for (int k = 0; k < width; k++) {
      Arrays.fill(raw[k], start[k]);
    }
    random = NumpyRandom.of(options.seed());
  }

  /**
   * Fits boosted trees.
   *
   * @param weights or null
   * @param stratify whether validation rows are drawn by class
   * @param makeLoss makes the loss from targets and weights
   */
  static Booster fit(
      double[][] x,
      double[] y,
      double[] weights,
      boolean stratify,
      BoostingOptions options,
      BiFunction<double[], double[], BoostLoss> makeLoss) {
    double[] used = weights;
    if (used == null) {
      used = new double[y.length];
      Arrays.fill(used, 1);
    }
    boolean weighted = weights != null;
    if (options.early().patience() == 0) {
      Booster booster = new Booster(Inputs.of(x), makeLoss.apply(y, used), weighted, options);
      booster.grow(null);
      return booster;
    }
    Check.matrix("x", x);
    double share = options.early().validationShare();
    Split split =
        stratify
            ? Split.stratified(
                Arrays.stream(y).mapToInt(c -> (int) c).toArray(), share, options.seed())
            : Split.random(y.length, share, options.seed());
    double[][] learnt = Arrays.stream(split.train()).mapToObj(i -> x[i]).toArray(double[][]::new);
    double[][] kept = Arrays.stream(split.test()).mapToObj(i -> x[i]).toArray(double[][]::new);
    BoostLoss loss =
        makeLoss.apply(BoostLoss.pick(y, split.train()), BoostLoss.pick(used, split.train()));
    BoostLoss judge =
        makeLoss.apply(BoostLoss.pick(y, split.test()), BoostLoss.pick(used, split.test()));
    Booster booster = new Booster(Inputs.of(learnt), loss, weighted, options);
    booster.grow(booster.new Validation(kept, judge));
    return booster;
  }

  private void grow(Validation validation) {
    double[] trained = new double[options.trees()];
    double[] improved = new double[options.subsample() < 1 ? options.trees() : 0];
    int bag = Math.max(1, (int) (options.subsample() * rows));
    int[] all = new int[rows];
    Arrays.setAll(all, i -> i);
    int[] in = all;
    int[] out = new int[0];
    double before = Double.NaN;
    int stages = 0;
    try (Progress progress = Progress.start("boosting", options.trees())) {
      boolean going = true;
      while (going && stages < options.trees()) {
        if (options.subsample() < 1) {
          boolean[] drawn = draw(bag);
          in = Arrays.stream(all).filter(i -> drawn[i]).toArray();
          out = Arrays.stream(all).filter(i -> !drawn[i]).toArray();
          before = stages == 0 ? loss.mean(raw, out) : before;
        }
        stage(in);
        trained[stages] = loss.mean(raw, in);
        if (options.subsample() < 1) {
          double now = loss.mean(raw, out);
          improved[stages] = before - now;
          before = now;
        }
        going = validation == null || validation.better(stages);
        stages++;
        progress.advance(1);
      }
    }
    losses = Arrays.copyOf(trained, stages);
    improvements = Arrays.copyOf(improved, Math.min(improved.length, stages));
  }

  /** Which rows the next stage is grown on. */
  private boolean[] draw(int bag) {
    boolean[] drawn = new boolean[rows];
    int taken = 0;
    for (int i = 0; i < rows; i++) {
      if (random.uniform() * (rows - i) < bag - taken) {
        drawn[i] = true;
        taken++;
      }
    }
    return drawn;
  }

  private void stage(int[] in) {
    loss.begin(raw);
    loss.gradient(raw, gradient);
    double[] weights = loss.weights;
    if (in.length < rows) {
      weights = new double[rows];
      for (int i : in) {
        weights[i] = loss.weights[i];
      }
    }
    double[] used = weights;
    Xorshift[] draws = new Xorshift[width];
    Arrays.setAll(draws, k -> new Xorshift(random));
    Nodes[] trees = new Nodes[width];
    Parallel.forEach(width, k -> trees[k] = tree(k, in, used, draws[k]));
    grown.addAll(List.of(trees));
  }

  private Nodes tree(int k, int[] in, double[] weights, Xorshift draws) {
    Nodes nodes =
        Grower.boost(inputs, gradient[k], weights, options.tree(), loss.keepsLeaves(), draws);
    int[] leaves = new int[rows];
    for (int i = 0; i < rows; i++) {
      leaves[i] = nodes.leafOf(inputs, i);
    }
    if (!loss.keepsLeaves()) {
      int[] counts = new int[nodes.feature.length];
      for (int i : in) {
        counts[leaves[i]]++;
      }
      int[][] members = new int[counts.length][];
      for (int leaf = 0; leaf < counts.length; leaf++) {
        members[leaf] = new int[counts[leaf]];
      }
      Arrays.fill(counts, 0);
      for (int i : in) {
        members[leaves[i]][counts[leaves[i]]++] = i;
      }
      for (int leaf = 0; leaf < counts.length; leaf++) {
        if (nodes.feature[leaf] < 0) {
          nodes.value[leaf] = loss.leaf(k, members[leaf], gradient[k], raw[k]);
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      raw[k][i] += options.learningRate() * nodes.value[leaves[i]];
    }
    return nodes;
  }

  /** Rows that are not learnt from, and the losses on them that count. */
  private final class Validation {
    private final double[][] x;
    private final BoostLoss judge;
    private final double[][] scores;
    private final double[] history = new double[options.early().patience()];
    private final int[] all;

    Validation(double[][] x, BoostLoss judge) {
      this.x = x;
      this.judge = judge;
      scores = new double[width][x.length];
      for (int k = 0; k < width; k++) {
        Arrays.fill(scores[k], start[k]);
      }
      Arrays.fill(history, Double.POSITIVE_INFINITY);
      all = new int[x.length];
      Arrays.setAll(all, i -> i);
    }

    /** Whether the stage lowered the loss below any of the last ones. */
    boolean better(int stage) {
      for (int k = 0; k < width; k++) {
        Nodes nodes = grown.get(stage * width + k);
        for (int i = 0; i < x.length; i++) {
          scores[k][i] += options.learningRate() * nodes.value[nodes.leafOf(x[i])];
        }
      }
      judge.follow(loss);
      double now = judge.mean(scores, all);
      boolean better =
          Arrays.stream(history).anyMatch(then -> now + options.early().tolerance() < then);
      if (better) {
        history[stage % history.length] = now;
      }
      return better;
    }
  }

  /** The trees, stage by stage. */
  List<RegressionTree> trees() {
    return grown.stream().map(RegressionTree::new).toList();
  }

  /** The loss on the rows of each stage after it. */
  double[] losses() {
    return losses;
  }

  /** How much each stage lowered the loss on the rows it was not grown on. */
  double[] improvements() {
    return improvements;
  }

  /** The decrease of impurity by column, averaged over trees with a split; sums to 1. */
  double[] importances() {
    double[] sums = new double[inputs.columns];
    double total = 0;
    for (int j = 0; j < sums.length; j++) {
      for (Nodes nodes : grown) {
        sums[j] += nodes.importances[j] * nodes.decrease;
      }
      total += sums[j];
    }
    for (int j = 0; j < sums.length && total > 0; j++) {
      sums[j] /= total;
    }
    return sums;
  }
}
