package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Split;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HistogramTest {
  private static final HistogramOptions ONE =
      HistogramOptions.of(0).withRounds(1).withMinRowsInLeaf(1).withLearningRate(0.5);

  @Test
  @DisplayName("two steps: the mean, then half of what is missing on each side of 2.5")
  void handWorked() {
    double[][] x = {{1}, {2}, {3}, {4}};
    double[] y = {10, 10, 20, 20};
    HistogramTrees model = HistogramTrees.ofNumbers(x, y, null, null, null, ONE.withMaxLeaves(2));
    assertThat(model.baseline()).containsExactly(15);
    assertThat(model.trees().getFirst().threshold(0)).isEqualTo(2.5);
    assertThat(model.raw(new double[][] {{2.5}, {2.6}}))
        .isDeepEqualTo(new double[][] {{12.5}, {17.5}});
    assertThat(model)
        .hasToString("boosted trees on histograms: 1 rounds of 1, 2 leaves, 1 columns");
    // three of weight 1 against one of weight 3: the mean is weighted, and so is a leaf's
    double[] weights = {1, 3, 1, 1};
    HistogramTrees weighted =
        HistogramTrees.ofNumbers(
            x, new double[] {10, 10, 20, 26}, weights, null, null, ONE.withMaxLeaves(2));
    assertThat(weighted.baseline()[0]).isCloseTo(86.0 / 6, within(1e-14));
    assertThat(weighted.raw(x)[3][0]).isCloseTo((86.0 / 6 + 23) / 2, within(1e-6));
  }

  @Test
  @DisplayName("two classes, 1 of 4: log odds ln(1/3), and the step of Newton in each leaf")
  void classesByHand() {
    double[][] x = {{1}, {2}, {3}, {4}};
    HistogramTrees model =
        HistogramTrees.ofClasses(
            x, new int[] {0, 0, 0, 1}, 2, null, null, null, ONE.withMaxLeaves(2));
    assertThat(model.baseline()[0]).isCloseTo(Math.log(1 / 3.0), within(1e-15));
    // first derivatives 1/4, 1/4, 1/4, −3/4, second 3/16
    assertThat(model.raw(x)[0][0] - model.baseline()[0]).isCloseTo(-0.5 * 4 / 3, within(1e-6));
    assertThat(model.raw(x)[3][0] - model.baseline()[0]).isCloseTo(0.5 * 4, within(1e-6));
  }

  @Test
  @DisplayName("bounds: halfway between few values; otherwise bins of equally many rows")
  void bounds() {
    double[] few = {3, 1, 1, 2, 3};
    assertThat(HistogramBins.bounds(few.clone(), null, 255)).containsExactly(1.5, 2.5);
    assertThat(HistogramBins.bounds(few.clone(), new double[] {1, 0, 0, 1, 1}, 255))
        .containsExactly(2.5);
    assertThat(HistogramBins.bounds(new double[] {7, 7}, null, 255)).isEmpty();
    double[] eight = {8, 7, 6, 5, 4, 3, 2, 1};
    assertThat(HistogramBins.bounds(eight.clone(), null, 4)).containsExactly(2.5, 4.5, 6.5);
    double[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
    assertThat(HistogramBins.bounds(eight.clone(), ones, 4)).containsExactly(2.5, 4.5, 6.5);
  }

  @Property(tries = 20)
  @Label("sums of four at once are the sums one by one, bit for bit")
  void wideAndNarrow(@ForAll @IntRange(min = 1, max = 10_000) int seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    int many = 1 + random.upTo(200);
    double[] quads = new double[4 * many];
    byte[] cells = new byte[many];
    for (int i = 0; i < many; i++) {
      quads[4 * i] = random.normal();
      quads[4 * i + 1] = random.uniform();
      quads[4 * i + 2] = 1;
      cells[i] = (byte) random.upTo(255);
    }
    int[] rows = random.permutation(many);
    double[] wide = new double[4 * 257];
    double[] narrow = wide.clone();
    HistogramSums.addWide(wide, 4, quads, rows, many, cells);
    HistogramSums.addNarrow(narrow, 4, quads, rows, many, cells);
    assertThat(wide).containsExactly(narrow);
  }

  @Property(tries = 10)
  @Label("leaves have as many rows as they must; depth and leaves keep their limits")
  void limits(@ForAll @IntRange(min = 1, max = 10_000) int seed) {
    Data data = data(seed, 300, 3, 0, seed % 2, "none");
    HistogramOptions options =
        HistogramOptions.of(1).withRounds(3).withMinRowsInLeaf(12).withMaxLeaves(9).withMaxDepth(4);
    HistogramTrees model = HistogramTrees.ofNumbers(data.x, data.y, null, null, null, options);
    for (RegressionTree tree : model.trees()) {
      assertThat(tree.leafCount()).isLessThanOrEqualTo(9);
      assertThat(tree.depth()).isLessThanOrEqualTo(4);
      int[] rows = new int[tree.nodeCount()];
      for (double[] row : data.x) {
        rows[tree.nodes.leafOf(row)]++;
      }
      for (int n = 0; n < rows.length; n++) {
        assertThat(tree.feature(n) >= 0 || rows[n] >= 12).isTrue();
      }
    }
  }

  @Test
  @DisplayName("options print the rounds, the seed and what is not the default")
  void optionsPrint() {
    assertThat(HistogramOptions.of(3)).hasToString("100 rounds, seed 3");
    assertThat(
            HistogramOptions.of(3)
                .withSeed(4)
                .withRounds(20)
                .withLearningRate(0.2)
                .withMaxLeaves(15)
                .withMaxDepth(5)
                .withMinRowsInLeaf(3)
                .withPenalty(1)
                .withBins(64)
                .withStopping(0.2, 5, 0.001))
        .hasToString(
            "20 rounds, seed 4, learning rate 0.2, leaves at most 15, depth at most 5, rows in a"
                + " leaf at least 3, penalty 1.0, bins at most 64, stopping early, held back 0.2,"
                + " patience 5, tolerance 0.001");
    assertThat(HistogramOptions.of(3).stopsEarly(10_000)).isFalse();
    assertThat(HistogramOptions.of(3).stopsEarly(10_001)).isTrue();
  }

  @Test
  @DisplayName("options, rows and files that cannot be")
  void badInput() throws IOException {
    HistogramOptions options = HistogramOptions.of(0);
    assertThatThrownBy(() -> options.withBins(256))
        .hasMessage("bins=256: must lie within 2 and 255");
    assertThatThrownBy(() -> options.withMaxLeaves(1))
        .hasMessage("maxLeaves=1: must be at least 2");
    assertThatThrownBy(() -> options.withStopping(1, 5, 0))
        .hasMessage("validationShare=1.0: must lie between 0 and 1, both excluded");
    assertThatThrownBy(() -> options.withPenalty(-1))
        .hasMessage("penalty=-1.0: must be a finite number of at least 0");
    double[][] x = {{1}, {Double.NaN}};
    assertThatThrownBy(() -> HistogramTrees.ofNumbers(x, new double[2], null, null, null, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN at row 1, column 0");
    double[][] good = {{1}, {2}};
    HistogramTrees model =
        HistogramTrees.ofNumbers(good, new double[] {1, 2}, null, null, null, ONE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.write(new DataOutputStream(bytes));
    byte[] all = bytes.toByteArray();
    assertThat(read(all)).isEqualTo(model).hasSameHashCodeAs(model);
    for (int length = 0; length < all.length; length++) {
      byte[] less = Arrays.copyOf(all, length);
      assertThatThrownBy(() -> read(less))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("boosted trees are truncated, in tree 0");
    }
    byte[] huge = all.clone();
    huge[4] = 0x7f;
    huge[5] = (byte) 0xf0; // the baseline is infinite
    assertThatThrownBy(() -> read(huge))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not boosted trees: the values of the trees sum to");
  }

  private static HistogramTrees read(byte[] bytes) throws IOException {
    return HistogramTrees.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  record Data(double[][] x, double[] y, double[] w) {}

  /** Draws as data() in histogram_fixtures.py. */
  private static Data data(
      int seed, int rows, int columns, int classes, int digits, String weights) {
    NumpyRandom r = NumpyRandom.of(seed);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] = r.uniform();
      }
    }
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double signal = x[i][0] * x[i][1 % columns] + x[i][2 % columns] + 0.5 * r.uniform();
      y[i] = classes > 0 ? Math.floor(signal / 2.50001 * classes) : signal;
    }
    double[] w = new double[rows];
    for (int i = 0; i < rows; i++) {
      double u = r.uniform();
      w[i] = weights.equals("whole") ? Math.floor(u * 4) : u;
    }
    for (double[] row : x) {
      for (int j = 0; j < columns && digits > 0; j++) {
        row[j] = Math.floor(row[j] * Math.pow(10, digits));
      }
    }
    return new Data(x, y, weights.equals("none") ? null : w);
  }

  static Stream<JsonNode> scikitLearn() throws IOException {
    try (var in = HistogramTest.class.getResourceAsStream("/tree/histograms.json")) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(cases::add);
      return cases.stream();
    }
  }

  /** Written by src/test/python/histogram_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @MethodSource("scikitLearn")
  @DisplayName("scikit-learn's splits, values, rounds and raw predictions")
  void agreesWithScikitLearn(JsonNode expected) {
    int classes = expected.get("classes").asInt();
    Data data =
        data(
            expected.get("seed").asInt(),
            expected.get("rows").asInt(),
            expected.get("columns").asInt(),
            classes,
            expected.get("digits").asInt(),
            expected.get("weights").asString());
    HistogramOptions options = options(expected);
    int[] codes = Arrays.stream(data.y).mapToInt(v -> (int) v).toArray();
    int[] train = null;
    int[] validation = null;
    if (options.stopsEarly(codes.length)) {
      double share = options.early().validationShare();
      Split split =
          classes > 0
              ? Split.stratified(codes, share, options.splitSeed())
              : Split.random(codes.length, share, options.splitSeed());
      train = split.train();
      validation = split.test();
    }
    HistogramTrees model =
        classes > 0
            ? HistogramTrees.ofClasses(data.x, codes, classes, data.w, train, validation, options)
            : HistogramTrees.ofNumbers(data.x, data.y, data.w, train, validation, options);
    assertThat(model.baseline()).containsExactly(numbers(expected.get("baseline")), within(1e-12));
    JsonNode trees = expected.get("trees");
    for (int t = 0; t < Math.min(trees.size(), model.trees().size()); t++) {
      RegressionTree tree = model.trees().get(t);
      JsonNode theirs = trees.get(t);
      double[] features = new double[tree.nodeCount()];
      double[] thresholds = new double[features.length];
      double[] values = new double[features.length];
      Arrays.setAll(features, tree::feature);
      Arrays.setAll(thresholds, tree::threshold);
      Arrays.setAll(values, tree::value);
      assertThat(features).as("tree %d", t).containsExactly(numbers(theirs.get("feature")));
      assertThat(thresholds).as("tree %d", t).containsExactly(numbers(theirs.get("threshold")));
      assertThat(values)
          .as("tree %d", t)
          .containsExactly(numbers(theirs.get("value")), within(1e-12));
    }
    assertThat(model.trees()).hasSize(trees.size());
    double[][] raw = model.raw(Arrays.copyOf(data.x, 10));
    for (int i = 0; i < raw.length; i++) {
      assertThat(raw[i]).containsExactly(numbers(expected.get("raw").get(i)), within(1e-12));
    }
  }

  private static HistogramOptions options(JsonNode expected) {
    JsonNode given = expected.get("options");
    HistogramOptions options = HistogramOptions.of(expected.get("seed").asLong());
    if (given.has("max_iter")) {
      options = options.withRounds(given.get("max_iter").asInt());
    }
    if (given.has("min_samples_leaf")) {
      options = options.withMinRowsInLeaf(given.get("min_samples_leaf").asInt());
    }
    if (given.has("max_leaf_nodes")) {
      options = options.withMaxLeaves(given.get("max_leaf_nodes").asInt());
    }
    if (given.has("max_depth")) {
      options = options.withMaxDepth(given.get("max_depth").asInt());
    }
    if (given.has("l2_regularization")) {
      options = options.withPenalty(given.get("l2_regularization").asDouble());
    }
    if (given.has("learning_rate")) {
      options = options.withLearningRate(given.get("learning_rate").asDouble());
    }
    if (given.has("max_bins")) {
      options = options.withBins(given.get("max_bins").asInt());
    }
    if (given.has("tol")) {
      return options.withStopping(
          given.get("validation_fraction").asDouble(),
          given.get("n_iter_no_change").asInt(),
          given.get("tol").asDouble());
    }
    return given.has("early_stopping")
        ? options.withStopping(HistogramOptions.Stopping.NEVER)
        : options;
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    Arrays.setAll(numbers, i -> list.get(i).asDouble());
    return numbers;
  }
}
