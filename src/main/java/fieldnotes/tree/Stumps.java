package fieldnotes.tree;

import fieldnotes.common.Parallel;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;

/**
 * Grows many trees of one split on the same rows, which are weighted anew for each, as AdaBoost
 * does: columns are sorted once. The trees are those of {@link ClassificationTree#fit}, except
 * where two splits are equally good up to rounding, as weights of equal values are added in another
 * order.
 */
public final class Stumps {
  private final Inputs inputs;
  private final int[] classes;
  private final int count;

  /** Rows by value, for each column. */
  private final int[][] order;

  private Stumps(Inputs inputs, int[] classes, int count) {
    this.inputs = inputs;
    this.classes = classes.clone();
    this.count = count;
    order = new int[inputs.columns][];
    Parallel.forEach(inputs.columns, j -> order[j] = ordered(inputs, j));
  }

  /**
   * For these rows.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, 0…classes−1 without gaps, shape [rows]
   */
  public static Stumps of(double[][] x, int[] classes) {
    return new Stumps(Inputs.of(x), classes, Inputs.checkClasses(x.length, classes));
  }

  /** Whether these are options of a tree that is grown here. */
  public static boolean grows(TreeOptions options) {
    return options.equals(TreeOptions.of(options.seed()).withMaxDepth(1));
  }

  private static int[] ordered(Inputs inputs, int column) {
    int[] ranks = inputs.ranks[column];
    int[] next = new int[inputs.distinct[column].length + 1];
    for (int rank : ranks) {
      next[rank + 1]++;
    }
    for (int r = 1; r < next.length; r++) {
      next[r] += next[r - 1];
    }
    int[] rows = new int[ranks.length];
    for (int i = 0; i < rows.length; i++) {
      rows[next[ranks[i]]++] = i;
    }
    return rows;
  }

  /** The best split on a column: the rows up to {@code position} go left; −1 without a split. */
  private record Cut(boolean constant, double score, int position, double threshold) {}

  /**
   * Grows a tree.
   *
   * @param weights weight of each row, at least 0, shape [rows]
   * @param options as {@link #grows} takes them
   */
  public ClassificationTree grow(double[] weights, TreeOptions options) {
    Inputs.checkWeights(inputs.rows, weights);
    int[] rows = used(weights, null);
    Criterion.Gini root = new Criterion.Gini(classes, count, weights);
    root.node(rows, 0, rows.length);
    double impurity = root.impurity();
    Cut[] cuts = new Cut[inputs.columns];
    int feature = -1;
    if (rows.length > 1 && impurity > Math.ulp(1.0)) {
      Parallel.forEach(cuts.length, j -> cuts[j] = cut(j, rows, weights));
      feature = best(cuts, options.seed());
    }
    if (feature >= 0) {
      root.rows = used(weights, order[feature]);
      root.moveTo(cuts[feature].position);
      root.judgeSides();
      feature = root.gain(impurity, root.weight) + Math.ulp(1.0) < 0 ? -1 : feature;
    }
    return new ClassificationTree(nodes(root, impurity, feature, cuts));
  }

  private Nodes nodes(Criterion.Gini root, double impurity, int feature, Cut[] cuts) {
    int nodes = feature < 0 ? 1 : 3;
    double[] value = new double[nodes * count];
    double[] impurities = new double[nodes];
    double[] weight = new double[nodes];
    int[] rows = new int[nodes];
    int middle = feature < 0 ? 0 : cuts[feature].position;
    int[] starts = {0, 0, middle};
    int[] ends = {root.end, middle, root.end};
    impurities[0] = impurity;
    if (feature >= 0) {
      impurities[1] = root.impurityLeft;
      impurities[2] = root.impurityRight;
    }
    int[] all = root.rows;
    for (int i = 0; i < nodes; i++) {
      if (i > 0) {
        root.node(all, starts[i], ends[i]);
      }
      root.value(value, i * count);
      weight[i] = root.weight;
      rows[i] = ends[i] - starts[i];
    }
    int[] right = new int[nodes];
    int[] features = new int[nodes];
    Arrays.fill(right, -1);
    Arrays.fill(features, -1);
    double[] thresholds = new double[nodes];
    if (feature >= 0) {
      right[0] = 2;
      features[0] = feature;
      thresholds[0] = cuts[feature].threshold;
    }
    return Nodes.grown(
        inputs.columns, count, right, features, thresholds, value, impurities, weight, rows);
  }

  /** The rows that have a weight, in this order, or by number. */
  private static int[] used(double[] weights, int[] order) {
    int[] rows = new int[weights.length];
    int used = 0;
    for (int p = 0; p < rows.length; p++) {
      int row = order == null ? p : order[p];
      if (weights[row] != 0) {
        rows[used++] = row;
      }
    }
    return Arrays.copyOf(rows, used);
  }

  private Cut cut(int column, int[] rows, double[] weights) {
    Criterion.Gini criterion = new Criterion.Gini(classes, count, weights);
    criterion.node(rows, 0, rows.length);
    int[] sorted = used(weights, order[column]);
    criterion.rows = sorted;
    float[] values = inputs.values[column];
    float before = values[sorted[0]];
    if (values[sorted[sorted.length - 1]] <= before + Search.CLOSE) {
      return new Cut(true, 0, -1, 0);
    }
    double best = Double.NEGATIVE_INFINITY;
    int position = -1;
    double threshold = 0;
    for (int p = 1; p < sorted.length; p++) {
      float value = values[sorted[p]];
      if (value > before + Search.CLOSE) {
        criterion.moveTo(p);
        double score = criterion.score();
        if (score > best) {
          best = score;
          position = p;
          threshold = before / 2.0 + value / 2.0;
        }
      }
      before = value;
    }
    return new Cut(false, best, position, threshold);
  }

  /**
   * The column of the best split, of equal ones that which {@link Grower} would come upon first.
   */
  private static int best(Cut[] cuts, long seed) {
    int random = NumpyRandom.of(seed).upTo(Integer.MAX_VALUE - 1);
    int[] features = new int[cuts.length];
    Arrays.setAll(features, j -> j);
    int best = -1;
    int last = features.length;
    int constant = 0;
    while (last > constant) {
      random = random == 0 ? 1 : random;
      random ^= random << 13;
      random ^= random >>> 17;
      random ^= random << 5;
      int j = constant + (random & Integer.MAX_VALUE) % (last - constant);
      int feature = features[j];
      Cut cut = cuts[feature];
      int to = cut.constant ? constant++ : --last;
      features[j] = features[to];
      features[to] = feature;
      if (cut.position > 0 && (best < 0 || cut.score > cuts[best].score)) {
        best = feature;
      }
    }
    return best;
  }

  /** The class that a tree grown here predicts for each of the rows, shape [rows]. */
  public int[] predict(ClassificationTree stump) {
    int[] said = new int[inputs.rows];
    int[] of = stump.largest();
    int feature = stump.feature(0);
    if (feature < 0) {
      Arrays.fill(said, of[0]);
      return said;
    }
    float[] values = inputs.values[feature];
    double threshold = stump.threshold(0);
    for (int i = 0; i < said.length; i++) {
      said[i] = values[i] <= threshold ? of[1] : of[2];
    }
    return said;
  }
}
