package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.model.cart.CART;
import smile.model.cart.InternalNode;
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
 * @param trees their nodes
 */
public record SmileTrees(Made made, double base, double factor, List<Nodes> trees)
    implements NumberModel {

  /**
   * The nodes of a tree, the root first, every child behind its parent.
   *
   * @param column that decides, −1 at a leaf, shape [nodes]
   * @param value up to which a row goes left; at a leaf what is predicted, shape [nodes]
   * @param right the right child, the left one being the next node; 0 at a leaf, shape [nodes]
   */
  record Nodes(int[] column, double[] value, int[] right) {
    Nodes {
      Check.sameLength("column", column.length, "value", value.length);
      Check.sameLength("column", column.length, "right", right.length);
      Check.that(end(column, right) == column.length, "the nodes are no tree");
      Check.that(Arrays.stream(value).allMatch(Double::isFinite), "a node has no finite value");
    }

    /** How many nodes the tree has by its links; −1 where they are wrong. */
    private static int end(int[] column, int[] right) {
      // left subtrees come first, so each ends where its parent says that the right one begins
      int node = 0;
      Deque<Integer> waiting = new ArrayDeque<>();
      while (node < column.length) {
        if (column[node] >= 0) {
          if (right[node] <= node + 1 || right[node] >= column.length) {
            return -1;
          }
          waiting.push(right[node]);
          node++;
        } else {
          node++;
          if (waiting.isEmpty()) {
            return node;
          }
          if (waiting.pop() != node) {
            return -1;
          }
        }
      }
      return -1;
    }

    double predict(double[] row) {
      int node = 0;
      while (column[node] >= 0) {
        node = row[column[node]] <= value[node] ? node + 1 : right[node];
      }
      return value[node];
    }

    static Nodes of(CART tree) {
      List<int[]> links = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      add(tree.root(), links, values);
      return new Nodes(
          links.stream().mapToInt(l -> l[0]).toArray(),
          values.stream().mapToDouble(v -> v).toArray(),
          links.stream().mapToInt(l -> l[1]).toArray());
    }

    private static void add(Node node, List<int[]> links, List<Double> values) {
      switch (node) {
        case OrdinalNode inner -> {
          int[] link = {inner.feature(), 0};
          links.add(link);
          values.add(threshold(inner));
          add(inner.trueChild(), links, values);
          link[1] = links.size();
          add(inner.falseChild(), links, values);
        }
        case RegressionNode leaf -> {
          links.add(new int[] {-1, 0});
          values.add(leaf.output());
        }
        default -> throw new IllegalStateException("a node of Smile's is " + node.getClass());
      }
    }

    /** Smile gives no way to a node's threshold but its text, which is rounded. */
    private static double threshold(InternalNode node) {
      return number(node, OrdinalNode.class, "value");
    }
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
      long[] seeds = LongStream.range(seed, seed + trees).toArray();
      var options = new RandomForest.Options(trees, maxFeatures, 20, 0, 5, 1.0, seeds, null);
      RandomForest forest = RandomForest.fit(Formula.lhs("target"), frame(rows), options);
      return new SmileTrees(
          Made.of(this, rows),
          0,
          0,
          Arrays.stream(forest.models()).map(model -> Nodes.of(model.tree())).toList());
    }

    @Override
    public String toString() {
      return "Smile's forest of %d trees, seed %d".formatted(trees, seed);
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
          Arrays.stream(boost.trees()).map(Nodes::of).toList());
    }

    @Override
    public String toString() {
      return "Smile's boosting of %d trees, shrinkage %s".formatted(trees, shrinkage);
    }
  }

  private static DataFrame frame(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    // names of our own, for a column may be called as the target
    String[] names = new String[x.columnCount()];
    Arrays.setAll(names, j -> "x" + j);
    return DataFrame.of(x.values(), names).add(new DoubleVector("target", rows.numbers()));
  }

  /** Copies the list and checks that the trees look at the columns there are. */
  public SmileTrees {
    trees = List.copyOf(trees);
    Check.that(!trees.isEmpty(), "there is no tree");
    Check.that(Double.isFinite(base) && Double.isFinite(factor), "base and factor must be finite");
    for (Nodes tree : trees) {
      for (int column : tree.column) {
        Check.that(
            column >= -1 && column < made.inputs().size(),
            "a tree looks at column %d of %d",
            column,
            made.inputs().size());
      }
    }
  }

  @Override
  public double[] predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    double[] predicted = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double sum = base;
      for (Nodes tree : trees) {
        sum += factor == 0 ? tree.predict(rows[i]) : factor * tree.predict(rows[i]);
      }
      predicted[i] = factor == 0 ? sum / trees.size() : sum;
    }
    return predicted;
  }

  @Override
  public String toString() {
    return "%s, %d columns".formatted(made.learner(), made.inputs().size());
  }
}
