package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeavesTest {
  @ParameterizedTest(name = "{0} rows, {1} columns, trees of depth {2}, floats {3}")
  @CsvSource({
    "1, 3, 3, true",
    "33, 3, 3, true",
    "999, 2, 5, true",
    "1000, 2, 5, true",
    "1017, 1, 5, false",
    "2500, 4, 5, true",
    "2500, 4, 5, false",
    "2500, 4, 12, true",
    "1234, 4, 12, false",
    "1500, 3, 0, true"
  })
  @DisplayName("the leaves of many rows are those of each row alone")
  void leaves(int rows, int columns, int depth, boolean floats) {
    Random random = new Random(depth + rows);
    List<RegressionTree> trees = new ArrayList<>();
    for (int t = 0; t < 7; t++) {
      trees.add(tree(columns, t == 6 ? 0 : depth, floats, random));
    }
    double[][] x = new double[rows][columns];
    double[] special = {0.0, -0.0, 1e-310, -1e-310, 1e300, -1e300, Math.PI, (float) Math.PI};
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        Nodes nodes = trees.get(random.nextInt(6)).nodes;
        row[j] =
            switch (random.nextInt(4)) {
              case 0 -> special[random.nextInt(special.length)];
              case 1 -> nodes.threshold[random.nextInt(nodes.threshold.length)];
              case 2 -> Math.nextUp(nodes.threshold[random.nextInt(nodes.threshold.length)]);
              default -> random.nextGaussian();
            };
      }
    }
    int[][] found = new int[trees.size()][rows];
    Leaves.of(
        x,
        trees,
        (tree, from, to, leaves) -> System.arraycopy(leaves, 0, found[tree], from, to - from));
    for (int t = 0; t < found.length; t++) {
      Nodes nodes = trees.get(t).nodes;
      int[] expected = Arrays.stream(x).mapToInt(nodes::leafOf).toArray();
      assertThat(found[t]).as("tree %d of %d nodes", t, nodes.feature.length).isEqualTo(expected);
    }
  }

  /** A tree with random splits, as grown by ours (floats) or by another library. */
  private static RegressionTree tree(int columns, int depth, boolean floats, Random random) {
    List<Integer> features = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    split(columns, depth, features, thresholds, random);
    int count = features.size();
    int[] feature = features.stream().mapToInt(j -> j).toArray();
    double[] threshold = thresholds.stream().mapToDouble(v -> v).toArray();
    if (!floats) {
      return RegressionTree.of(columns, feature, threshold, new double[count]);
    }
    int[] right = RegressionTree.of(columns, feature, threshold, new double[count]).nodes.right;
    double[] none = new double[count];
    return new RegressionTree(
        Nodes.grown(
            columns, 0, right, feature, threshold, none, none, ones(count), new int[count]));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void split(
      int columns, int depth, List<Integer> feature, List<Double> threshold, Random random) {
    boolean leaf = depth == 0 || random.nextInt(8) == 0;
    feature.add(leaf ? -1 : random.nextInt(columns));
    threshold.add(leaf ? 0.0 : random.nextInt(5) == 0 ? -0.0 : random.nextGaussian());
    if (!leaf) {
      split(columns, depth - 1, feature, threshold, random);
      split(columns, depth - 1, feature, threshold, random);
    }
  }
}
