package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.common.Parallel;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.HousingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TreeTest {
  private static final Offset<Double> LAST_PLACES = within(1e-14);

  @Test
  @DisplayName("two steps: split at 2.5, then nothing left to split")
  void handWorked() {
    double[][] x = {{1}, {2}, {3}, {4}};
    RegressionTree tree = RegressionTree.fit(x, new double[] {10, 10, 20, 20}, TreeOptions.of(0));
    assertThat(tree.nodeCount()).isEqualTo(3);
    assertThat(tree.threshold(0)).isEqualTo(2.5);
    assertThat(tree.impurity(0)).isEqualTo(25);
    assertThat(tree.predict(new double[][] {{2.5}, {2.6}})).containsExactly(10, 20);
    assertThat(tree.importances()).containsExactly(1);
    assertThat(tree).hasToString("regression tree: depth 1, 2 leaves, 1 columns");
  }

  @Test
  @DisplayName("cut at alpha 2, where the right half costs 2 for one leaf less, and at 36 the root")
  void prunedByHand() {
    double[][] x = {{1}, {2}, {3}, {4}};
    double[] y = {10, 10, 20, 24};
    PruningPath path = RegressionTree.pruningPath(x, y, null, TreeOptions.of(0));
    assertThat(path.alphas()).containsExactly(0, 2, 36);
    assertThat(path.impurities()).containsExactly(0, 2, 38);
    assertThat(path)
        .hasToString("pruning path: 3 trees, alpha 0 to 36.00, impurity 0.000 to 38.00");
    int[] nodes = {5, 5, 3, 3, 1};
    double[] alphas = {0, 1.99, 2, 35, 36};
    for (int i = 0; i < nodes.length; i++) {
      RegressionTree tree = RegressionTree.fit(x, y, TreeOptions.of(0).withPruning(alphas[i]));
      assertThat(tree.nodeCount()).as("alpha %s", alphas[i]).isEqualTo(nodes[i]);
      assertThat(tree.depth()).isEqualTo(nodes[i] / 2);
    }
    assertThatThrownBy(() -> TreeOptions.of(0).withPruning(-1))
        .hasMessage("pruning=-1.0: must be a finite number of at least 0");
  }

  @Property(tries = 20)
  @Label("a random threshold lies between two values of its node; two rows are split by any")
  void randomThresholds(@ForAll @IntRange(min = 1, max = 10_000) int seed) {
    TreeOptions options = TreeOptions.of(seed).withRandomThresholds();
    var two = ClassificationTree.fit(new double[][] {{1, 5}, {2, 5}}, new int[] {0, 1}, options);
    assertThat(two.feature(0)).isZero();
    assertThat(two.threshold(0)).isBetween(1.0, Math.nextDown(2.0));
    Data data = data(seed, 40, 3, -1, "whole");
    assertThat(RegressionTree.fit(data.x, data.y, options).predict(data.x)).containsExactly(data.y);
  }

  @Test
  @DisplayName("options print the seed and what is not the default")
  void optionsPrint() {
    assertThat(TreeOptions.of(3)).hasToString("seed 3");
    assertThat(
            TreeOptions.of(3)
                .withMaxFeatures(2)
                .withMaxDepth(9)
                .withMinRowsToSplit(6)
                .withMinRowsInLeaf(4)
                .withEntropy()
                .withRandomThresholds()
                .withPruning(0.01))
        .hasToString(
            "seed 3, features per split: 2, depth at most 9, rows to split at least 6, rows in a"
                + " leaf at least 4, by entropy, random thresholds, pruned by 0.01");
    assertThat(ForestOptions.extraTrees(3))
        .hasToString("100 trees, seed 3, random thresholds, without bootstrap");
    assertThat(ForestOptions.of(42)).hasToString("100 trees, seed 42");
    assertThat(ForestOptions.of(42).withTrees(5).withBootstrap(false).withMaxFeatures(8))
        .hasToString("5 trees, seed 42, features per split: 8, without bootstrap");
  }

  @Test
  @DisplayName("trees of equal splits and values are equal, others are not")
  void equalTrees() {
    double[][] x = {{1}, {2}, {3}, {4}};
    double[] y = {10, 10, 20, 20};
    RegressionTree tree = RegressionTree.fit(x, y, TreeOptions.of(0));
    assertThat(tree).isEqualTo(RegressionTree.fit(x, y, TreeOptions.of(5)));
    assertThat(tree).hasSameHashCodeAs(RegressionTree.fit(x, y, TreeOptions.of(5)));
    assertThat(tree)
        .isNotEqualTo(RegressionTree.fit(x, new double[] {10, 10, 20, 21}, TreeOptions.of(0)));
    assertThat(tree)
        .isNotEqualTo(RegressionTree.fit(x, new double[] {1, 2, 2, 2}, TreeOptions.of(0)));
    ForestOptions five = ForestOptions.of(1).withTrees(5);
    RegressionForest forest = RegressionForest.fit(x, y, five);
    assertThat(forest).isEqualTo(RegressionForest.fit(x, y, five));
    assertThat(forest).isNotEqualTo(RegressionForest.fit(x, y, five.withTrees(6)));
  }

  @Test
  void classesByHand() {
    double[][] x = {{1, 7}, {2, 7}, {3, 7}};
    ClassificationTree tree = ClassificationTree.fit(x, new int[] {0, 0, 1}, TreeOptions.of(0));
    assertThat(tree.impurity(0)).isCloseTo(4.0 / 9, within(1e-15));
    assertThat(tree.predict(new double[][] {{1, 0}, {9, 0}})).containsExactly(0, 1);
    assertThat(tree.probabilities(x)[2]).containsExactly(0, 1);
  }

  @Property(tries = 30)
  @Label("a fully grown tree knows its distinct training rows by heart")
  void learnsByHeart(@ForAll @IntRange(min = 1, max = 10_000) int seed) {
    Data data = data(seed, 40, 3, -1, "whole");
    assertThat(RegressionTree.fit(data.x, data.y, TreeOptions.of(seed)).predict(data.x))
        .containsExactly(data.y);
  }

  @Property(tries = 20)
  @Label("whole targets: ranks give the tree that the sort in scikit-learn's order gives")
  void twoRoutesOneTree(@ForAll @IntRange(min = 1, max = 10_000) int seed) {
    Data data = data(seed, 300, 5, seed % 3, "whole");
    Inputs inputs = Inputs.of(data.x);
    TreeOptions options = TreeOptions.of(seed).withMaxFeatures(2).withMinRowsInLeaf(1 + seed % 2);
    Nodes byRank = Grower.regress(inputs, data.y, null, options, true);
    Nodes inOrder = Grower.regress(inputs, data.y, null, options, false);
    assertThat(inOrder.feature).containsExactly(byRank.feature);
    assertThat(inOrder.right).containsExactly(byRank.right);
    assertThat(inOrder.threshold).containsExactly(byRank.threshold);
    assertThat(inOrder.impurity).containsExactly(byRank.impurity);
  }

  @Test
  @DisplayName("more rows than fit into packed keys")
  void manyRows() {
    Data data = data(5, 70_000, 2, -1, "whole");
    RegressionTree tree = RegressionTree.fit(data.x, data.y, TreeOptions.of(1).withMaxDepth(3));
    assertThat(tree.depth()).isEqualTo(3);
    assertThat(tree.feature(0)).isZero();
  }

  record Data(double[][] x, double[] y, double[] w) {}

  /** Draws as data() in tree_fixtures.py. */
  static Data data(int seed, int rows, int columns, int digits, String kind) {
    NumpyRandom r = NumpyRandom.of(seed);
    double scale = digits < 0 ? 1 : Math.pow(10, digits);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        double u = r.uniform();
        row[j] = digits < 0 ? u : Math.floor(u * scale);
      }
    }
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double signal = x[i][0] / Math.max(1, scale) + r.uniform();
      y[i] =
          switch (kind) {
            case "fraction" -> signal;
            case "whole" -> Math.floor(signal * 100000);
            default -> Math.floor(signal * Integer.parseInt(kind) / 2.0001);
          };
    }
    double[] w = new double[rows];
    for (int i = 0; i < rows; i++) {
      w[i] = r.uniform();
    }
    return new Data(x, y, w);
  }

  static Stream<JsonNode> scikitLearn() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String name : List.of("/tree/trees.json", "/tree/random_pruned_trees.json")) {
      try (var in = TreeTest.class.getResourceAsStream(name)) {
        new ObjectMapper().readTree(in).forEach(cases::add);
      }
    }
    return cases.stream();
  }

  /** Written by src/test/python/tree_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @MethodSource("scikitLearn")
  void sameTreesAsScikitLearn(JsonNode expected) {
    String kind = expected.get("kind").asString();
    Data data =
        data(
            expected.get("seed").asInt(),
            expected.get("rows").asInt(),
            expected.get("columns").asInt(),
            expected.get("digits").asInt(),
            kind);
    double[] weights =
        switch (expected.get("weights").asString()) {
          case "none" -> null;
          case "whole" -> Arrays.stream(data.w).map(w -> Math.floor(w * 4)).toArray();
          default -> data.w;
        };
    JsonNode given = expected.get("options");
    TreeOptions options = TreeOptions.of(expected.get("seed").asLong());
    if (given.has("max_features")) {
      options = options.withMaxFeatures(given.get("max_features").asInt());
    }
    if (given.has("max_depth")) {
      options = options.withMaxDepth(given.get("max_depth").asInt());
    }
    if (given.has("min_samples_leaf")) {
      options = options.withMinRowsInLeaf(given.get("min_samples_leaf").asInt());
    }
    if (given.has("min_samples_split")) {
      options = options.withMinRowsToSplit(given.get("min_samples_split").asInt());
    }
    if (given.has("criterion")) {
      options = options.withEntropy();
    }
    if (given.has("splitter")) {
      options = options.withRandomThresholds();
    }
    if (given.has("ccp_alpha")) {
      options = options.withPruning(given.get("ccp_alpha").asDouble());
    }
    boolean numbers = kind.equals("whole") || kind.equals("fraction");
    int[] classes = Arrays.stream(data.y).mapToInt(v -> (int) v).toArray();
    List<? extends Tree> trees;
    double[] importances;
    if (expected.get("forest").asBoolean()) {
      ForestOptions forestOptions =
          ForestOptions.of(0)
              .withTree(options)
              .withTrees(given.get("n_estimators").asInt())
              .withBootstrap(!given.has("bootstrap"));
      if (given.has("extra")) {
        forestOptions =
            ForestOptions.extraTrees(0)
                .withTree(options.withRandomThresholds())
                .withTrees(given.get("n_estimators").asInt())
                .withBootstrap(given.has("bootstrap"));
      }
      double[] predicted;
      if (numbers) {
        var forest = RegressionForest.fit(data.x, data.y, weights, forestOptions);
        trees = forest.trees();
        importances = forest.importances();
        predicted = forest.predict(data.x);
      } else {
        var forest = ClassificationForest.fit(data.x, classes, weights, forestOptions);
        trees = forest.trees();
        importances = forest.importances();
        predicted =
            Arrays.stream(forest.probabilities(data.x)).flatMapToDouble(Arrays::stream).toArray();
      }
      assertThat(predicted).containsExactly(doubles(expected.get("predicted")));
    } else {
      Tree tree =
          numbers
              ? RegressionTree.fit(data.x, data.y, weights, options)
              : ClassificationTree.fit(data.x, classes, weights, options);
      trees = List.of(tree);
      importances = tree.importances();
      if (expected.has("alphas")) {
        PruningPath path =
            numbers
                ? RegressionTree.pruningPath(data.x, data.y, weights, options)
                : ClassificationTree.pruningPath(data.x, classes, weights, options);
        assertThat(path.alphas()).containsExactly(doubles(expected.get("alphas")), LAST_PLACES);
        assertThat(path.impurities())
            .containsExactly(doubles(expected.get("impurities")), LAST_PLACES);
      }
    }
    for (int t = 0; t < trees.size(); t++) {
      same(trees.get(t), expected.get("trees").get(t));
    }
    assertThat(importances).containsExactly(doubles(expected.get("importances")), within(1e-14));
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static double[] value(Tree tree, int node) {
    return switch (tree) {
      case RegressionTree numbers -> new double[] {numbers.value(node)};
      case ClassificationTree classes -> classes.value(node);
    };
  }

  private static void same(Tree tree, JsonNode nodes) {
    int count = nodes.get("feature").size();
    int[] features = new int[count];
    for (int i = 0; i < count; i++) {
      features[i] = nodes.get("feature").get(i).asInt();
    }
    int[] found = new int[tree.nodeCount()];
    double[] thresholds = new double[found.length];
    double[] rows = new double[found.length];
    List<Double> values = new ArrayList<>();
    double[] impurities = new double[found.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = tree.feature(i);
      thresholds[i] = tree.threshold(i);
      rows[i] = tree.rows(i);
      impurities[i] = tree.impurity(i);
      Arrays.stream(value(tree, i)).forEach(values::add);
    }
    assertThat(found).containsExactly(features);
    assertThat(thresholds).containsExactly(doubles(nodes.get("threshold")));
    assertThat(rows).containsExactly(doubles(nodes.get("rows")));
    assertThat(values.stream().mapToDouble(v -> v).toArray())
        .containsExactly(doubles(nodes.get("value")));
    assertThat(impurities).containsExactly(doubles(nodes.get("impurity")), within(1e-12));
  }

  @Tag("long")
  @Test
  @DisplayName("20 trees on the housing table equal scikit-learn's node for node")
  void housing() throws Exception {
    List<String> lines = Files.readAllLines(HousingFile.csv());
    double[][] x = new double[lines.size() - 1][8];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      for (int j = 0; j < 8; j++) {
        x[i][j] = cells[j].isEmpty() ? -1 : Double.parseDouble(cells[j]);
      }
      y[i] = Double.parseDouble(cells[8]);
    }
    RegressionForest forest =
        RegressionForest.fit(x, y, ForestOptions.of(42).withTrees(20).withMaxFeatures(6));
    Path expected = Path.of("src/test/resources/tree/housing_trees.csv");
    List<String> hashes = Files.readAllLines(expected);
    for (int t = 0; t < 20; t++) {
      RegressionTree tree = forest.trees().get(t);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer node = ByteBuffer.allocate(24);
      for (int i = 0; i < tree.nodeCount(); i++) {
        node.clear();
        node.putInt(tree.feature(i));
        node.putDouble(tree.threshold(i));
        node.putInt(tree.rows(i));
        node.putDouble(tree.value(i));
        digest.update(node.array());
      }
      String line =
          tree.nodeCount() + "," + tree.depth() + "," + HexFormat.of().formatHex(digest.digest());
      assertThat(line).isEqualTo(hashes.get(t + 1));
    }
  }

  @Test
  void sameOnAnyNumberOfThreads() {
    Data data = data(3, 500, 6, 1, "whole");
    ForestOptions options = ForestOptions.of(7).withTrees(16);
    String before = System.getProperty("fieldnotes.threads");
    try {
      double[][] predicted = new double[2][];
      for (int k = 0; k < 2; k++) {
        System.setProperty("fieldnotes.threads", k == 0 ? "1" : "8");
        assertThat(Parallel.threads()).isEqualTo(k == 0 ? 1 : 8);
        predicted[k] = RegressionForest.fit(data.x, data.y, options).predict(data.x);
      }
      assertThat(predicted[1]).containsExactly(predicted[0]);
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", before);
      }
    }
  }

  @Test
  void badInputIsNamed() {
    double[][] x = {{1, 2}, {3, Double.NaN}};
    assertThatThrownBy(() -> RegressionTree.fit(x, new double[] {1, 2}, TreeOptions.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x has NaN at row 1, column 1");
    double[][] good = {{1, 2}, {3, 4}};
    assertThatThrownBy(() -> RegressionTree.fit(good, new double[] {1}, TreeOptions.of(1)))
        .hasMessageContaining("x has 2 entries and y has 1");
    assertThatThrownBy(
            () ->
                RegressionTree.fit(
                    good, new double[] {1, 2}, new double[] {-1, 1}, TreeOptions.of(1)))
        .hasMessage("weights has -1.0 at row 0: must be finite and at least 0");
    assertThatThrownBy(() -> ClassificationTree.fit(good, new int[] {0, -1}, TreeOptions.of(1)))
        .hasMessage("classes has -1 at row 1: must be at least 0");
    RegressionTree tree = RegressionTree.fit(good, new double[] {1, 2}, TreeOptions.of(1));
    assertThatThrownBy(() -> tree.predict(new double[][] {{1}}))
        .hasMessage("x has 1 columns at row 0, but the tree was grown on 2");
    var other =
        RegressionTree.fit(new double[][] {{1}, {2}}, new double[] {1, 2}, TreeOptions.of(1));
    assertThatThrownBy(
            () -> RegressionForest.of(List.of(tree, other), ForestOptions.of(1).withTrees(2)))
        .hasMessage("tree 1 of a forest has 1 columns and 0 classes, the trees before it 2 and 0");
    assertThatThrownBy(() -> RegressionForest.of(List.of(tree), ForestOptions.of(1)))
        .hasMessage("a forest of 1 trees, but options.trees=100");
    assertThatThrownBy(() -> TreeOptions.of(1).withMinRowsToSplit(1))
        .hasMessage("minRowsToSplit=1: must be at least 2");
  }

  @Test
  @DisplayName("columns that are lost as 32-bit floats are refused, on either side")
  void floatRange() {
    double[] y = {1, 2, 3};
    TreeOptions options = TreeOptions.of(1);
    assertThatThrownBy(
            () -> RegressionTree.fit(new double[][] {{1, 0}, {1, 2e-100}, {1, 3e-100}}, y, options))
        .hasMessageContaining("x has 2.0E-100 at row 1, column 1: too small for a 32-bit float");
    assertThatThrownBy(() -> RegressionTree.fit(new double[][] {{1}, {1e100}, {2}}, y, options))
        .hasMessageContaining("x has 1.0E100 at row 1, column 0: too large for a 32-bit float");
    // next to others of its column, a tiny number is as good as 0
    RegressionTree.fit(new double[][] {{1}, {1e-100}, {2}}, y, options);
  }
}
