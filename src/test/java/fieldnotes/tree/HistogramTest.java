package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HistogramTest {
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
      double share = options.validationShare();
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
