package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.tree.BoostingOptions.Loss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class BoostingTest {
  private static final double[][] FOUR = {{1}, {2}, {3}, {4}};

  @Test
  @DisplayName("one stage at rate 0.5 halves the errors: 15 − 2.5 and 15 + 2.5")
  void squaredErrorByHand() {
    BoostingOptions one = BoostingOptions.of(0).withTrees(1).withLearningRate(0.5);
    RegressionBoosting found =
        RegressionBoosting.fit(FOUR, new double[] {10, 10, 20, 20}, null, one);
    assertThat(found.predict(FOUR)).containsExactly(12.5, 12.5, 17.5, 17.5);
    assertThat(found.trainingLoss()).containsExactly(6.25);
    assertThat(found.importances()).containsExactly(1);
    assertThat(found)
        .hasToString("boosted numbers: 1 stages, 1 columns, loss 6.250 on its rows, seed 0");
    RegressionBoosting median =
        RegressionBoosting.fit(
            FOUR, new double[] {1, 2, 3, 100}, null, one.withLoss(Loss.ABSOLUTE_ERROR));
    assertThat(median.predict(FOUR)[3]).isLessThan(60);
  }

  @Test
  @DisplayName("from equal classes, a Newton step of ±0.5 / 0.25 = ±2, at rate 1")
  void logLossByHand() {
    BoostingOptions one = BoostingOptions.of(0).withTrees(1).withLearningRate(1);
    var two = ClassificationBoosting.fit(FOUR, new int[] {0, 0, 1, 1}, null, one);
    double p = 1 / (1 + Math.exp(-2));
    assertThat(two.probabilities(FOUR)[3]).containsExactly(new double[] {1 - p, p}, within(1e-15));
    assertThat(two.predict(FOUR)).containsExactly(0, 0, 1, 1);
    assertThat(two.trainingLoss()[0]).isCloseTo(-2 * Math.log(p), within(1e-15));
    var exponential =
        ClassificationBoosting.fit(
            FOUR, new int[] {0, 0, 1, 1}, null, one.withLoss(Loss.EXPONENTIAL));
    assertThat(exponential.trainingLoss()[0]).isCloseTo(Math.exp(-1), within(1e-15));
    assertThat(exponential.probabilities(FOUR)[0][1])
        .isCloseTo(1 / (1 + Math.exp(2)), within(1e-15));
  }

  @Test
  void sameOnAnyNumberOfThreads() {
    Data data = data(7, 3000, 40, 3, 3);
    BoostingOptions options = BoostingOptions.of(7).withTrees(2).withSubsample(0.9);
    String before = System.getProperty("fieldnotes.threads");
    try {
      Boosting[] found = new Boosting[4];
      for (int k = 0; k < 4; k++) {
        System.setProperty("fieldnotes.threads", k % 2 == 0 ? "1" : "8");
        found[k] =
            k < 2
                ? ClassificationBoosting.fit(data.x, data.classes(), null, options)
                : RegressionBoosting.fit(data.x, data.w, null, options);
      }
      assertThat(found[1]).isEqualTo(found[0]);
      assertThat(found[3]).isEqualTo(found[2]);
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", before);
      }
    }
  }

  @Test
  @DisplayName("trees kept sorted are those sorted anew at every node, also deep ones")
  void twoRoutesOneTree() {
    for (int seed = 1; seed <= 12; seed++) {
      Data data = data(seed, 300, 5, seed % 4 - 1, 0);
      double[] weights = seed % 3 == 0 ? data.w : null;
      TreeOptions options =
          TreeOptions.of(seed).withMaxFeatures(seed % 2 * 2).withMinRowsInLeaf(1 + seed % 3);
      Inputs inputs = Inputs.of(data.x);
      Nodes expected = Grower.regress(inputs, data.y, weights, options, false);
      for (boolean sums : new boolean[] {true, false}) {
        Xorshift random = new Xorshift(NumpyRandom.of(seed));
        Nodes found = Grower.boost(inputs, data.y, weights, options, sums, random);
        assertThat(found.feature).containsExactly(expected.feature);
        assertThat(found.threshold).containsExactly(expected.threshold);
        if (sums) {
          assertThat(found.value).containsExactly(expected.value);
          assertThat(found.impurity).containsExactly(expected.impurity);
        }
      }
    }
  }

  @Test
  void optionsPrint() {
    assertThat(BoostingOptions.of(3))
        .hasToString("100 stages at rate 0.1, seed 3, depth at most 3");
    assertThat(
            BoostingOptions.of(3)
                .withTrees(5)
                .withLearningRate(0.2)
                .withQuantile(0.25)
                .withSubsample(0.5)
                .withMaxDepth(2)
                .withEarlyStopping(4, 0.2, 0))
        .hasToString(
            "5 stages at rate 0.2, seed 3, depth at most 2, by quantile, alpha 0.25, of 0.5 of the"
                + " rows, stopped after 4 without gain, validated on 0.2, tolerance 0.0");
  }

  @Test
  void badInputIsNamed() {
    BoostingOptions options = BoostingOptions.of(1);
    int[] three = {0, 1, 2, 1};
    assertThatThrownBy(
            () -> ClassificationBoosting.fit(FOUR, three, null, options.withLoss(Loss.EXPONENTIAL)))
        .hasMessage("loss=EXPONENTIAL takes two classes, not 3: choose STANDARD");
    assertThatThrownBy(
            () -> ClassificationBoosting.fit(FOUR, three, null, options.withLoss(Loss.HUBER)))
        .hasMessage("loss=HUBER is for numbers: choose STANDARD for classes");
    assertThatThrownBy(() -> ClassificationBoosting.fit(FOUR, new int[4], null, options))
        .hasMessage("classes has class 0 only: boosting needs at least two");
    assertThatThrownBy(
            () ->
                RegressionBoosting.fit(
                    FOUR, new double[4], null, options.withLoss(Loss.EXPONENTIAL)))
        .hasMessageContaining("loss=EXPONENTIAL is for classes");
    assertThatThrownBy(
            () -> ClassificationBoosting.fit(FOUR, three, null, options.withEarlyStopping(2)))
        .hasMessageContaining("class 0 has a single row (row 0)");
    assertThatThrownBy(() -> options.withSubsample(0))
        .hasMessage("subsample=0.0: must lie above 0 and up to 1");
    assertThatThrownBy(() -> options.withTree(TreeOptions.of(1).withEntropy()))
        .hasMessageContaining("boosted trees are grown by squared error");
    double[] huge = {1e200, -1e200, 1, 2};
    assertThatThrownBy(() -> RegressionBoosting.fit(FOUR, huge, null, options))
        .isInstanceOf(IllegalArgumentException.class);
  }

  record Data(double[][] x, double[] y, double[] w) {
    int[] classes() {
      return Arrays.stream(y).mapToInt(v -> (int) v).toArray();
    }
  }

  /** Draws as data() in boosting_fixtures.py. */
  static Data data(int seed, int rows, int columns, int digits, int classes) {
    NumpyRandom r = NumpyRandom.of(seed);
    double[][] x = new double[rows][columns];
    double[] y = new double[rows];
    double[] w = new double[rows];
    double scale = Math.pow(10, Math.max(0, digits));
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        double u = r.uniform();
        row[j] = digits < 0 ? u : Math.floor(u * scale) / scale;
      }
    }
    for (int i = 0; i < rows; i++) {
      double signal = x[i][0] + 0.5 * x[i][1] + r.uniform();
      y[i] = classes > 0 ? Math.floor(signal * classes / 2.5001) : 10 * signal;
    }
    Arrays.setAll(w, i -> r.uniform());
    return new Data(x, y, w);
  }

  /** Those of few stages; the others are in BoostingIT. */
  static Stream<JsonNode> shortOnes() throws IOException {
    return scikitLearn().filter(one -> one.get("codes").size() < 100);
  }

  static Stream<JsonNode> scikitLearn() throws IOException {
    try (var in = BoostingTest.class.getResourceAsStream("/tree/boosting.json")) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(cases::add);
      return cases.stream();
    }
  }

  private static BoostingOptions options(long seed, JsonNode given) {
    BoostingOptions options = BoostingOptions.of(seed);
    TreeOptions tree = options.tree();
    for (var entry : given.properties()) {
      JsonNode value = entry.getValue();
      switch (entry.getKey()) {
        case "n_estimators" -> options = options.withTrees(value.asInt());
        case "learning_rate" -> options = options.withLearningRate(value.asDouble());
        case "subsample" -> options = options.withSubsample(value.asDouble());
        case "alpha" -> options = options.withAlpha(value.asDouble());
        case "n_iter_no_change" -> options = options.withEarlyStopping(value.asInt());
        case "loss" -> {
          if (!value.asString().equals("squared_error")) {
            options = options.withLoss(Loss.valueOf(value.asString().toUpperCase(Locale.ROOT)));
          }
        }
        case "max_features" -> tree = tree.withMaxFeatures(value.asInt());
        case "max_depth" -> tree = tree.withMaxDepth(value.isNull() ? 0 : value.asInt());
        case "min_samples_leaf" -> tree = tree.withMinRowsInLeaf(value.asInt());
        case "min_samples_split" -> tree = tree.withMinRowsToSplit(value.asInt());
        case "ccp_alpha" -> tree = tree.withPruning(value.asDouble());
        default -> throw new IllegalStateException(entry.getKey());
      }
    }
    return options.withTree(tree);
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).asDouble());
    return values;
  }

  /** Written by src/test/python/boosting_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @MethodSource("shortOnes")
  void sameStagesAsScikitLearn(JsonNode expected) {
    checkStages(expected);
  }

  static void checkStages(JsonNode expected) {
    int seed = expected.get("seed").asInt();
    int classes = expected.get("classes").asInt();
    Data data =
        data(
            seed,
            expected.get("rows").asInt(),
            expected.get("columns").asInt(),
            expected.get("digits").asInt(),
            classes);
    double[] weights = expected.get("weighted").asBoolean() ? data.w : null;
    BoostingOptions options = options(seed, expected.get("options"));
    double[][] some = Arrays.copyOf(data.x, 6);
    Boosting boosting;
    double[] predicted;
    double[] staged;
    int middle = expected.get("codes").size() / 2;
    if (classes > 0) {
      var found = ClassificationBoosting.fit(data.x, data.classes(), weights, options);
      boosting = found;
      predicted = flat(found.probabilities(some));
      staged = flat(found.stagedProbabilities(some)[middle]);
    } else {
      var found = RegressionBoosting.fit(data.x, data.y, weights, options);
      boosting = found;
      predicted = found.predict(some);
      staged = found.stagedPredict(some)[middle];
    }
    int width = boosting.trees().size() / boosting.stages();
    for (int stage = 0; stage < boosting.stages(); stage++) {
      var trees = boosting.trees().subList(stage * width, (stage + 1) * width);
      assertThat(code(trees))
          .as("features and thresholds of stage %d", stage)
          .isEqualTo(expected.get("codes").get(stage).asLong());
      double sum = 0;
      double size = 0;
      for (RegressionTree tree : trees) {
        int number = 0;
        for (int i = 0; i < tree.nodeCount(); i++) {
          if (tree.feature(i) < 0) {
            number++;
            sum += number * tree.value(i);
            size += Math.abs(number * tree.value(i));
          }
        }
      }
      assertThat(sum)
          .as("leaf values of stage %d", stage)
          .isCloseTo(expected.get("sums").get(stage).asDouble(), within(1e-12 * size + 1e-15));
    }
    assertThat(boosting.stages()).isEqualTo(expected.get("codes").size());
    for (int k = 0; k < width; k++) {
      RegressionTree tree = boosting.trees().get(boosting.trees().size() - width + k);
      double[] values = doubles(expected.get("last").get(k));
      for (int i = 0; i < values.length; i++) {
        assertThat(tree.value(i))
            .as("node %d of the last tree %d", i, k)
            .isCloseTo(values[i], within(1e-12 * Math.abs(values[i]) + 1e-15));
      }
    }
    double[] losses = boosting.trainingLoss();
    assertThat(new double[] {losses[0], losses[middle], losses[losses.length - 1]})
        .containsExactly(doubles(expected.get("losses")), within(1e-12));
    if (expected.has("improvements")) {
      double[] improved = boosting.outOfBagImprovement();
      assertThat(new double[] {improved[0], improved[1], improved[improved.length - 1]})
          .containsExactly(doubles(expected.get("improvements")), within(1e-12));
    }
    assertThat(boosting.importances())
        .containsExactly(doubles(expected.get("importances")), within(1e-12));
    assertThat(predicted).containsExactly(doubles(expected.get("predicted")), within(1e-12));
    assertThat(staged).containsExactly(doubles(expected.get("staged")), within(1e-12));
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static long code(List<RegressionTree> trees) {
    CRC32 crc = new CRC32();
    ByteBuffer node = ByteBuffer.allocate(12);
    for (RegressionTree tree : trees) {
      for (int i = 0; i < tree.nodeCount(); i++) {
        node.clear();
        node.putInt(tree.feature(i));
        node.putDouble(tree.threshold(i));
        crc.update(node.array());
      }
    }
    return crc.getValue();
  }
}
