package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class BoostingTest {
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
  @MethodSource("scikitLearn")
  void sameStagesAsScikitLearn(JsonNode expected) {
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
