package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.RegressionTree;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.model.cart.CART;
import smile.model.cart.Loss;
import smile.model.cart.Node;
import smile.model.cart.OrdinalNode;
import smile.model.cart.RegressionNode;
import smile.regression.GradientTreeBoost;
import smile.regression.RandomForest;

/**
 * Trees grown by Smile, as their nodes: base + Σ factor · tree, or the mean of the trees. Smile's
 * own objects can be written only by Java's serialization, which runs what a file says; these
 * numbers cannot, and predict the same to the last bit.
 *
 * @param made how it came about
 * @param base what the sum begins with, in the target's unit
 * @param factor of each tree; 0 for the mean of the trees
 * @param trees each of them; their importances are unknown
 */
public record SmileTrees(Made made, double base, double factor, List<RegressionTree> trees)
    implements NumberModel {

  /** Smile's nodes as a tree of ours; they are in the same order. */
  private static RegressionTree tree(CART tree, int columns) {
    List<Integer> features = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    add(tree.root(), features, thresholds, values);
    return RegressionTree.of(
        columns,
        features.stream().mapToInt(f -> f).toArray(),
        thresholds.stream().mapToDouble(t -> t).toArray(),
        values.stream().mapToDouble(v -> v).toArray());
  }

  /** Adds a node and all below it; returns its value, for an inner node the mean of its rows'. */
  private static double add(
      Node node, List<Integer> features, List<Double> thresholds, List<Double> values) {
    int at = values.size();
    values.add(0.0);
    switch (node) {
      case OrdinalNode inner -> {
        features.add(inner.feature());
        // Smile gives no way to a node's threshold but its text, which is rounded
        thresholds.add(number(inner, OrdinalNode.class, "value"));
        Node left = inner.trueChild();
        Node right = inner.falseChild();
        double sum = left.size() * add(left, features, thresholds, values);
        sum += right.size() * add(right, features, thresholds, values);
        values.set(at, sum / (left.size() + right.size()));
      }
      case RegressionNode leaf -> {
        features.add(-1);
        thresholds.add(0.0);
        values.set(at, leaf.output());
      }
      default -> throw new IllegalStateException("a node of Smile's is " + node.getClass());
    }
    return values.get(at);
  }

  private static double number(Object of, Class<?> type, String field) {
    try {
      Field found = type.getDeclaredField(field);
      found.setAccessible(true);
      return found.getDouble(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of Smile keeps its trees in another way", e);
    }
  }

  /** How Smile grows a forest. */
  record ForestOptions(int trees, int maxFeatures, long seed)
      implements Learner<double[], SmileTrees> {
    ForestOptions {
      Check.atLeast("trees", trees, 1);
      Check.atLeast("maxFeatures", maxFeatures, 1);
    }

    @Override
    public SmileTrees fit(Samples rows) {
      Made.refuseWeights(rows, "Smile's random forest");
      int columns = rows.features().size();
      Check.that(
          maxFeatures <= columns,
          "maxFeatures=%d: must be at most the number of columns, %d",
          maxFeatures,
          columns);
      long[] seeds = LongStream.range(seed, seed + trees).toArray();
      var options = new RandomForest.Options(trees, maxFeatures, 20, 0, 5, 1.0, seeds, null);
      RandomForest forest = RandomForest.fit(Formula.lhs("target"), frame(rows), options);
      return new SmileTrees(
          Made.of(this, rows),
          0,
          0,
          Arrays.stream(forest.models()).map(model -> tree(model.tree(), columns)).toList());
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Smile's forest of %d trees, features per split: %d, seed %d",
          trees,
          maxFeatures,
          seed);
    }
  }

  /** How Smile boosts trees. */
  record BoostingOptions(int trees, int maxDepth, int maxNodes, double shrinkage)
      implements Learner<double[], SmileTrees> {
    BoostingOptions {
      Check.atLeast("trees", trees, 1);
      Check.atLeast("maxDepth", maxDepth, 2);
      Check.atLeast("maxNodes", maxNodes, 2);
      Check.that(
          shrinkage > 0 && shrinkage <= 1, "shrinkage=%s: must be above 0, at most 1", shrinkage);
    }

    @Override
    public SmileTrees fit(Samples rows) {
      Made.refuseWeights(rows, "Smile's boosting");
      GradientTreeBoost boost =
          GradientTreeBoost.fit(
              Formula.lhs("target"),
              frame(rows),
              new GradientTreeBoost.Options(
                  Loss.ls(), trees, maxDepth, maxNodes, 5, shrinkage, 1.0, null, null));
      return new SmileTrees(
          Made.of(this, rows),
          number(boost, GradientTreeBoost.class, "b"),
          shrinkage,
          Arrays.stream(boost.trees()).map(tree -> tree(tree, rows.features().size())).toList());
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Smile's boosting of %d trees, depth at most %d, nodes at most %d, shrinkage %s",
          trees,
          maxDepth,
          maxNodes,
          shrinkage);
    }
  }

  private static DataFrame frame(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    // names of our own, for a column may be called as the target
    String[] names = new String[x.columnCount()];
    Arrays.setAll(names, j -> "x" + j);
    return DataFrame.of(x.values(), names).add(new DoubleVector("target", Made.targetOf(rows)));
  }

  /** Copies the list and checks that every tree has the model's columns. */
  public SmileTrees {
    trees = List.copyOf(trees);
    Check.that(!trees.isEmpty(), "there is no tree");
    Check.that(Double.isFinite(base) && Double.isFinite(factor), "base and factor must be finite");
    for (RegressionTree tree : trees) {
      Check.sameLength(
          "a tree's columns", tree.columnCount(), "the model's columns", made.inputs().size());
    }
  }

  @Override
  public double[] predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    double[] predicted = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double sum = base;
      for (RegressionTree tree : trees) {
        sum += factor == 0 ? tree.predict(rows[i]) : factor * tree.predict(rows[i]);
      }
      predicted[i] = factor == 0 ? sum / trees.size() : sum;
    }
    return predicted;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, %d columns", made.learner(), made.inputs().size());
  }
}
