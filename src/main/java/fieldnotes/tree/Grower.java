package fieldnotes.tree;

import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;

/**
 * Grows one tree depth first, left before right. Draws features as scikit-learn's splitter does: a
 * 32-bit xorshift seeded from the Mersenne Twister, one feature list permuted in place for the
 * whole tree, features known to be constant kept at its front.
 */
final class Grower {
  /** Impurities and gains at most this large count as 0. */
  static final double EPSILON = Math.ulp(1.0);

  private final TreeOptions options;
  private final int columns;
  private final int maxFeatures;
  private final Search search;
  private final Criterion criterion;
  private final int[] rows;
  private final int[] features;
  private final int[] constants;
  private final Xorshift random;

  private int nodes;
  private int[] right = new int[256];
  private int[] feature = new int[256];
  private double[] threshold = new double[256];
  private double[] impurity = new double[256];
  private double[] weight = new double[256];
  private int[] count = new int[256];
  private double[] value;

  private int known;

  private Grower(
      Inputs inputs,
      Search search,
      Criterion criterion,
      int[] rows,
      TreeOptions options,
      Xorshift random) {
    this.options = options;
    this.search = search;
    this.criterion = criterion;
    this.rows = rows;
    columns = inputs.columns;
    maxFeatures = options.maxFeatures() == 0 ? columns : Math.min(options.maxFeatures(), columns);
    features = new int[columns];
    constants = new int[columns];
    Arrays.setAll(features, j -> j);
    value = new double[256 * criterion.valueLength()];
    this.random = random;
  }

  /**
   * Grows a regression tree.
   *
   * @param weights weight of each row, at least 0, or null; rows of weight 0 are left out
   */
  static Nodes regress(Inputs inputs, double[] y, double[] weights, TreeOptions options) {
    return regress(inputs, y, weights, options, exact(y, weights));
  }

  static Nodes regress(
      Inputs inputs, double[] y, double[] weights, TreeOptions options, boolean byRank) {
    Xorshift random = new Xorshift(NumpyRandom.of(options.seed()));
    Grower grower = regressor(inputs, y, weights, options, byRank, random);
    grower.grow();
    return grower.nodes(0);
  }

  /**
   * Grows a tree of boosting.
   *
   * @param sums whether its leaves keep their sums, so that these must be exact
   */
  static Nodes boost(
      Inputs inputs,
      double[] y,
      double[] weights,
      TreeOptions options,
      boolean sums,
      Xorshift random) {
    Grower grower;
    if (exact(y, weights)) {
      grower = regressor(inputs, y, weights, options, true, random);
    } else {
      int[] rows = rowsOf(inputs, weights);
      var criterion = new Criterion.SquaredError(y, weights);
      Search search = new Doubting(inputs, rows, criterion, options, sums);
      grower = new Grower(inputs, search, criterion, rows, options, random);
    }
    grower.grow();
    return grower.nodes(0);
  }

  /** How a regression tree shrinks when it is pruned. */
  static PruningPath path(Inputs inputs, double[] y, double[] weights, TreeOptions options) {
    Xorshift random = new Xorshift(NumpyRandom.of(options.seed()));
    Grower grower = regressor(inputs, y, weights, options, exact(y, weights), random);
    grower.grow();
    return grower.pruning().path();
  }

  private static Grower regressor(
      Inputs inputs,
      double[] y,
      double[] weights,
      TreeOptions options,
      boolean byRank,
      Xorshift random) {
    int[] rows = rowsOf(inputs, weights);
    var criterion = new Criterion.SquaredError(y, weights);
    int features = options.maxFeatures() == 0 ? inputs.columns : options.maxFeatures();
    int least = options.minRowsInLeaf();
    Search search =
        options.randomThresholds()
            ? new RandomCuts(inputs, rows, criterion, least, random)
            : !byRank
                ? new InOrder(inputs, rows, criterion, least)
                : 10 * features >= inputs.columns && Presorted.fits(inputs)
                    ? new Presorted(inputs, rows, criterion, least, features)
                    : new ByRank.Numbers(inputs, rows, criterion, least);
    return new Grower(inputs, search, criterion, rows, options, random);
  }

  /** Grows a classification tree for classes 0…count−1. */
  static Nodes classify(
      Inputs inputs, int[] classes, int count, double[] weights, TreeOptions options) {
    return grown(inputs, classes, count, weights, options, Shallow.grows(options)).nodes(count);
  }

  /** How a classification tree shrinks when it is pruned. */
  static PruningPath path(
      Inputs inputs, int[] classes, int count, double[] weights, TreeOptions options) {
    boolean shallow = Shallow.grows(options);
    return grown(inputs, classes, count, weights, options, shallow).pruning().path();
  }

  static Grower grown(
      Inputs inputs,
      int[] classes,
      int count,
      double[] weights,
      TreeOptions options,
      boolean shallow) {
    Grower grower = classifier(inputs, classes, count, weights, options, shallow);
    grower.grow();
    if (grower.search.doubtful) {
      grower = classifier(inputs, classes, count, weights, options, false);
      grower.grow();
    }
    return grower;
  }

  private static Grower classifier(
      Inputs inputs,
      int[] classes,
      int count,
      double[] weights,
      TreeOptions options,
      boolean shallow) {
    int[] rows = rowsOf(inputs, weights);
    Criterion.ByClass criterion =
        options.entropy()
            ? new Criterion.Entropy(classes, count, weights)
            : new Criterion.Gini(classes, count, weights);
    Xorshift random = new Xorshift(NumpyRandom.of(options.seed()));
    int least = options.minRowsInLeaf();
    Search search =
        options.randomThresholds()
            ? new RandomCuts(inputs, rows, criterion, least, random)
            : whole(weights)
                ? new ByRank.Classes(inputs, rows, criterion, least)
                : shallow
                    ? new Shallow(inputs, rows, criterion, options)
                    : new InOrder(inputs, rows, criterion, least);
    return new Grower(inputs, search, criterion, rows, options, random);
  }

  private static int[] rowsOf(Inputs inputs, double[] weights) {
    int[] rows = new int[inputs.rows];
    int used = 0;
    for (int i = 0; i < rows.length; i++) {
      if (weights == null || weights[i] != 0) {
        rows[used++] = i;
      }
    }
    return Arrays.copyOf(rows, used);
  }

  private static boolean whole(double[] weights) {
    if (weights != null) {
      for (double w : weights) {
        if (w != Math.rint(w) || w > 1e9) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether all sums of w·y and w·y² are exact in doubles in any order: integer weights, targets
   * that are multiples of one power of two, and sums within 53 bits.
   */
  static boolean exact(double[] y, double[] weights) {
    if (!whole(weights)) {
      return false;
    }
    double scale = 1;
    double most = 0;
    for (double value : y) {
      while (value * scale != Math.rint(value * scale) && scale < 1 << 20) {
        scale *= 2;
      }
      if (value * scale != Math.rint(value * scale)) {
        return false;
      }
      most = Math.max(most, Math.abs(value));
    }
    double weight = y.length;
    if (weights != null) {
      weight = 0;
      for (double w : weights) {
        weight += w;
      }
    }
    return weight * (most * scale) * (most * scale) < 0x1p53;
  }

  /** A node waiting on the stack. */
  private record Open(
      int start, int end, int depth, int parent, double impurity, int known, Open below) {}

  private void grow() {
    Open stack = new Open(0, rows.length, 0, -1, Double.NaN, 0, null);
    double treeWeight = 0;
    while (stack != null && !search.doubtful) {
      Open node = stack;
      stack = node.below();
      int start = node.start();
      int end = node.end();
      search.enter(node.depth(), start, end);
      criterion.node(rows, start, end);
      double nodeImpurity = node.impurity();
      if (nodes == 0) {
        nodeImpurity = criterion.impurity();
        treeWeight = criterion.weight;
      }
      if (end - start > 4096) {
        Progress.stopIfInterrupted();
      }
      boolean leaf =
          (options.maxDepth() > 0 && node.depth() >= options.maxDepth())
              || end - start < options.minRowsToSplit()
              || end - start < 2 * options.minRowsInLeaf()
              || nodeImpurity <= EPSILON;
      int middle = end;
      if (!leaf) {
        known = node.known();
        draw(start, end);
        search.settle(start, end);
        leaf = search.bestFeature < 0;
        if (!leaf) {
          middle = search.part(start, end);
          criterion.reset();
          criterion.moveTo(middle);
          criterion.judgeSides();
          search.confirm(start, middle, end);
          leaf = criterion.gain(nodeImpurity, treeWeight) + EPSILON < 0;
        }
      }
      int id = add(node.parent(), nodeImpurity, end - start, leaf);
      if (!leaf) {
        double impurityLeft = criterion.impurityLeft;
        double impurityRight = criterion.impurityRight;
        stack = new Open(middle, end, node.depth() + 1, id, impurityRight, known, stack);
        stack = new Open(start, middle, node.depth() + 1, -1, impurityLeft, known, stack);
      }
    }
  }

  private Pruning pruning() {
    return new Pruning(right, impurity, weight, nodes);
  }

  Nodes nodes(int classes) {
    if (options.pruning() > 0) {
      prune(pruning());
    }
    int width = criterion.valueLength();
    return Nodes.grown(
        columns,
        classes,
        Arrays.copyOf(right, nodes),
        Arrays.copyOf(feature, nodes),
        Arrays.copyOf(threshold, nodes),
        Arrays.copyOf(value, nodes * width),
        Arrays.copyOf(impurity, nodes),
        Arrays.copyOf(weight, nodes),
        Arrays.copyOf(count, nodes));
  }

  private void prune(Pruning pruning) {
    int[] left = pruning.cut(options.pruning());
    int[] place = new int[nodes];
    int width = criterion.valueLength();
    for (int to = 0; to < left.length; to++) {
      place[left[to]] = to;
    }
    for (int to = 0; to < left.length; to++) {
      int from = left[to];
      boolean leaf = pruning.isLeaf(from);
      right[to] = leaf ? -1 : place[right[from]];
      feature[to] = leaf ? -1 : feature[from];
      threshold[to] = leaf ? 0 : threshold[from];
      impurity[to] = impurity[from];
      weight[to] = weight[from];
      count[to] = count[from];
      System.arraycopy(value, from * width, value, to * width, width);
    }
    nodes = left.length;
  }

  /** Draws and evaluates features for a node until enough non-constant ones were seen. */
  private void draw(int start, int end) {
    search.begin();
    int knownBefore = known;
    int found = 0;
    int drawn = 0;
    int last = columns;
    int visited = 0;
    while (last > knownBefore + found && (visited < maxFeatures || visited <= found + drawn)) {
      visited++;
      int j = random.pick(drawn, last - found);
      if (j < knownBefore) {
        swap(drawn, j);
        drawn++;
        continue;
      }
      j += found;
      if (search.look(features[j], start, end)) {
        last--;
        swap(last, j);
      } else {
        swap(j, knownBefore + found);
        found++;
      }
    }
    System.arraycopy(constants, 0, features, 0, knownBefore);
    System.arraycopy(features, knownBefore, constants, knownBefore, found);
    known = knownBefore + found;
  }

  private void swap(int i, int j) {
    int f = features[i];
    features[i] = features[j];
    features[j] = f;
  }

  private int add(int parent, double nodeImpurity, int many, boolean leaf) {
    int id = nodes++;
    int width = criterion.valueLength();
    if (id == right.length) {
      int more = 2 * id;
      right = Arrays.copyOf(right, more);
      feature = Arrays.copyOf(feature, more);
      threshold = Arrays.copyOf(threshold, more);
      impurity = Arrays.copyOf(impurity, more);
      weight = Arrays.copyOf(weight, more);
      count = Arrays.copyOf(count, more);
      value = Arrays.copyOf(value, more * width);
    }
    if (parent >= 0) {
      right[parent] = id;
    }
    right[id] = -1;
    feature[id] = leaf ? -1 : search.bestFeature;
    threshold[id] = leaf ? 0 : search.bestThreshold;
    impurity[id] = nodeImpurity;
    weight[id] = criterion.weight;
    count[id] = many;
    criterion.value(value, id * width);
    return id;
  }
}
