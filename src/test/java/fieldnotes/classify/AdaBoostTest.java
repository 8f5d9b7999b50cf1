package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class AdaBoostTest {
  private static final double[][] X = {{1}, {2}, {3}, {4}, {5}};
  private static final List<String> CLASSES = List.of("a", "b", "a", "b", "b");

  @Test
  @DisplayName("a a-b-a-b-b row: the second stage looks at the row that the first got wrong")
  void handWorked() {
    Samples rows = Samples.of(Matrix.of(X), CLASSES);
    AdaBoosted model = Classifiers.adaBoost(2, 0).fit(rows);
    assertThat(model.errors()[0]).isCloseTo(0.2, within(1e-15));
    assertThat(model.weights()[0]).isCloseTo(Math.log(4), within(1e-15));
    // afterwards the wrong row weighs 4/8 and each other 1/8; splitting it off at the other end
    // leaves one of 1/8 wrong
    assertThat(model.errors()[1]).isCloseTo(0.125, within(1e-15));
    assertThat(model.weights()[1]).isCloseTo(Math.log(7), within(1e-15));
    double margin = (Math.log(4) - Math.log(7)) / (Math.log(4) + Math.log(7));
    double[] first = model.decisions(Matrix.of(X))[1];
    assertThat(Math.abs(first[0])).isCloseTo(Math.abs(margin), within(1e-15));
    assertThat(first[0]).isEqualTo(-first[1]);
  }

  @Test
  @DisplayName("it ends after a stage without error, whose vote counts 1")
  void endsWithoutError() {
    Samples rows = Samples.of(Matrix.of(X), List.of("a", "a", "b", "b", "b"));
    AdaBoosted model = Classifiers.adaBoost(50, 0).fit(rows);
    assertThat(model.members()).hasSize(1);
    assertThat(model.weights()).containsExactly(1);
    assertThat(model.errors()).containsExactly(0);
    assertThat(model.judge(rows).toString()).isNotBlank();
    assertThat(model.predict(rows).labels()).isEqualTo(rows.classes());
  }

  @Test
  void print() {
    AdaBoost learner = Classifiers.adaBoost(50, 3);
    assertThat(learner).hasToString("AdaBoost of 50 stages, seed 3");
    assertThat(learner.withLearningRate(0.5).withBase(Classifiers.tree(TreeOptions.of(1))))
        .hasToString(
            "AdaBoost of 50 stages, seed 3, learning rate 0.5, base (classification tree, seed 1)");
    assertThat(learner.withSeed(4)).isEqualTo(Classifiers.adaBoost(50, 4));
    assertThat(learner.fit(Samples.of(Matrix.of(X), List.of("a", "a", "b", "b", "b"))))
        .hasToString(
            "AdaBoost of 1 members, errors 0.000 to 0.000, the first: classification tree: depth 1,"
                + " 2 leaves, 1 columns");
  }

  record Data(double[][] x, String[] y, double[] w) {}

  /** Draws as data() in adaboost_fixtures.py. */
  private static Data data(int seed, int rows, int columns, int classes, int digits) {
    NumpyRandom r = NumpyRandom.of(seed);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        double u = r.uniform();
        row[j] = digits > 0 ? Math.floor(u * Math.pow(10, digits)) : u;
      }
    }
    double[] signal = new double[rows];
    double most = 0;
    for (int i = 0; i < rows; i++) {
      signal[i] = x[i][0] * x[i][1] + x[i][2];
      most = Math.max(most, signal[i]);
    }
    String[] y = new String[rows];
    for (int i = 0; i < rows; i++) {
      double one = signal[i] / most + 0.3 * r.uniform();
      y[i] = String.valueOf((char) ('a' + (int) Math.floor(one / 1.30001 * classes)));
    }
    double[] w = new double[rows];
    for (int i = 0; i < rows; i++) {
      w[i] = Math.floor(r.uniform() * 5);
    }
    return new Data(x, y, w);
  }

  static Stream<JsonNode> scikitLearn() throws IOException {
    try (var in = AdaBoostTest.class.getResourceAsStream("/classify/adaboost.json")) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(cases::add);
      return cases.stream();
    }
  }

  /** Written by src/test/python/adaboost_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @MethodSource("scikitLearn")
  @DisplayName("scikit-learn's trees, weights, errors, decisions and probabilities")
  void agreesWithScikitLearn(JsonNode expected) {
    int seed = expected.get("seed").asInt();
    int classes = expected.get("classes").asInt();
    Data data =
        data(
            seed,
            expected.get("rows").asInt(),
            expected.get("columns").asInt(),
            classes,
            expected.get("digits").asInt());
    Samples rows = Samples.of(Matrix.of(data.x), List.of(data.y));
    if (expected.get("weighted").asBoolean()) {
      rows = rows.withWeights(data.w);
    }
    AdaBoost learner =
        Classifiers.adaBoost(expected.get("stages").asInt(), seed)
            .withLearningRate(expected.get("rate").asDouble());
    TreeOptions tree = TreeOptions.of(0);
    learner =
        switch (expected.get("base").asString()) {
          case "tree" ->
              learner.withBase(Classifiers.tree(tree.withMaxDepth(3).withMaxFeatures(2)));
          case "deep" -> learner.withBase(Classifiers.tree(tree));
          case "forest" ->
              learner.withBase(
                  Classifiers.forest(
                      ForestOptions.of(0).withTrees(4).withTree(tree.withMaxDepth(3))));
          default -> learner;
        };
    AdaBoosted model = learner.fit(rows);
    assertThat(model.weights()).containsExactly(numbers(expected.get("weights")), within(1e-12));
    assertThat(model.errors()).containsExactly(numbers(expected.get("errors")), within(1e-12));
    List<ClassificationTree> trees = new ArrayList<>();
    for (Object member : model.members()) {
      switch (member) {
        case ClassTree one -> trees.add(one.tree());
        case ClassForest forest -> trees.addAll(forest.forest().trees());
        default -> throw new AssertionError(member);
      }
    }
    assertThat(trees).hasSize(expected.get("trees").size());
    for (int t = 0; t < trees.size(); t++) {
      sameTree(trees.get(t), expected.get("trees").get(t));
    }
    Matrix first = rows.matrix().rows(IntStream.range(0, 20).toArray());
    double[][] decisions = model.decisions(first);
    Classified said = model.predict(first);
    for (int i = 0; i < 20; i++) {
      double[] decided = decisions[i];
      double[] theirs = classes == 2 ? new double[] {decided[1] - decided[0]} : decided;
      assertThat(theirs).containsExactly(numbers(expected.get("decisions").get(i)), within(1e-12));
      assertThat(said.probabilities()[i])
          .containsExactly(numbers(expected.get("probabilities").get(i)), within(1e-12));
    }
    double[] codes = Arrays.stream(model.predict(rows).codes()).asDoubleStream().toArray();
    assertThat(codes).containsExactly(numbers(expected.get("predicted")));
  }

  private static void sameTree(ClassificationTree tree, JsonNode expected) {
    int nodes = expected.get("feature").size();
    assertThat(tree.nodeCount()).isEqualTo(nodes);
    double[] values = numbers(expected.get("value"));
    for (int n = 0; n < nodes; n++) {
      assertThat(tree.feature(n)).isEqualTo(expected.get("feature").get(n).asInt());
      assertThat(tree.threshold(n)).isEqualTo(expected.get("threshold").get(n).asDouble());
      int classes = tree.classes();
      assertThat(tree.value(n))
          .containsExactly(
              Arrays.copyOfRange(values, n * classes, (n + 1) * classes), within(1e-12));
    }
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    Arrays.setAll(numbers, i -> list.get(i).asDouble());
    return numbers;
  }

  @Test
  @DisplayName("a base that takes no weights, and one that only guesses")
  void badBases() {
    Samples rows = Samples.of(Matrix.of(X), CLASSES);
    AdaBoost learner = Classifiers.adaBoost(5, 0).withBase(new NoWeights());
    assertThatThrownBy(() -> learner.fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "stage 1 of AdaBoost, which gives every row a weight: 'rows' has weights, but"
                + " NoWeights[] does not support them: choose another learner or remove the"
                + " weights");
    Samples same = Samples.of(Matrix.of(new double[4][1]), List.of("a", "b", "a", "b"));
    assertThatThrownBy(() -> Classifiers.adaBoost(5, 0).fit(same))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "classification tree, seed 0, depth at most 1 is no better than guessing on 'rows',"
                + " in the first stage of AdaBoost: choose a stronger base, or other features");
  }

  private record NoWeights() implements Learner<Classified, ClassTree> {
    @Override
    public ClassTree fit(Samples rows) {
      Made.refuseWeights(rows, this);
      return new ClassTree(
          Made.of(this, rows),
          ClassificationTree.fit(new double[][] {{0}}, new int[1], TreeOptions.of(0)));
    }
  }

  @Test
  @DisplayName("options and models that cannot be")
  void badInput() {
    assertThatThrownBy(() -> Classifiers.adaBoost(0, 1)).hasMessage("stages=0: must be at least 1");
    assertThatThrownBy(() -> Classifiers.adaBoost(1, 1L << 32))
        .hasMessage("seed=4294967296: must lie within 0 and 4294967295");
    assertThatThrownBy(() -> Classifiers.adaBoost(1, 1).withLearningRate(0))
        .hasMessage("learningRate=0.0: must be a finite number above 0");
    AdaBoosted model = Classifiers.adaBoost(2, 0).fit(Samples.of(Matrix.of(X), CLASSES));
    assertThatThrownBy(
            () ->
                new AdaBoosted(
                    model.made(), model.members(), new double[] {1, Double.NaN}, model.errors()))
        .hasMessage("weights has NaN at 1: must be above 0");
    AdaBoosted other =
        Classifiers.adaBoost(2, 0)
            .fit(
                Samples.of(Matrix.of(X), Collections.nCopies(5, "a"))
                    .withClasses(List.of("a", "c", "a", "c", "c")));
    assertThatThrownBy(
            () -> new AdaBoosted(model.made(), other.members(), model.weights(), model.errors()))
        .hasMessageContaining("member 0 of AdaBoost has the columns [x0] and classes [a, c]");
  }
}
