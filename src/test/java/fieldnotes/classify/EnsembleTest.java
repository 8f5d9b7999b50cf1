package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class EnsembleTest {
  private static final JsonNode EXPECTED = Drawn.read("classify/ensembles");

  /** Predicts these scores for every row. */
  private record Always(List<Double> scores, boolean probabilities)
      implements Learner<Classified, Always.Fitted> {
    @Override
    public Fitted fit(Samples rows) {
      return new Fitted(Made.of(this, rows), this);
    }

    private record Fitted(Made made, Always always) implements ClassModel {
      @Override
      public Classified predict(Matrix x) {
        double[] one = always.scores.stream().mapToDouble(Double::doubleValue).toArray();
        double[][] all =
            IntStream.range(0, x.rowCount()).mapToObj(_ -> one).toArray(double[][]::new);
        int[] codes = new int[all.length];
        Arrays.fill(codes, one[1] > one[0] ? 1 : 0);
        return new Classified(made.classes(), codes, all, always.probabilities);
      }
    }
  }

  private static Member always(String name, double a, double b) {
    return Member.of(name, new Always(List.of(a, b), true));
  }

  private static Member scoring(String name, double a, double b) {
    return Member.of(name, new Always(List.of(a, b), false));
  }

  private static Samples rows(String classes) {
    double[][] x =
        IntStream.range(0, classes.length())
            .mapToObj(i -> new double[] {i})
            .toArray(double[][]::new);
    return Samples.of(Matrix.of(x), Arrays.asList(classes.split(""))).withId("birds");
  }

  private static TreeOptions tree(long seed, int depth) {
    return TreeOptions.of(seed).withMaxDepth(depth);
  }

  /** A tree that does not split, and so says how much each class counts. */
  private static Learner<Classified, ClassTree> root() {
    return Classifiers.tree(TreeOptions.of(1).withMinRowsToSplit(1000));
  }

  private static double[] first(Model<Classified> model, Samples rows) {
    return model.predict(rows).scores()[0];
  }

  @Test
  @DisplayName("three of a and one of b: balanced, both count the same")
  void balancedByHand() {
    Samples rows = rows("aaab");
    assertThat(first(root().fit(rows), rows)).containsExactly(0.75, 0.25);
    assertThat(first(Classifiers.balanced(root()).fit(rows), rows)).containsExactly(0.5, 0.5);
    assertThat(first(Classifiers.weighted(root(), Map.of("b", 9.0)).fit(rows), rows))
        .containsExactly(0.25, 0.75);
    Samples weighted = rows.withWeights(new double[] {1, 0, 1, 4});
    assertThat(first(Classifiers.balanced(root()).fit(weighted), rows)).containsExactly(0.5, 0.5);
    assertThat(Classifiers.balanced(root()).fit(rows).model()).isInstanceOf(ClassTree.class);
  }

  @Test
  @DisplayName("balanced with row weights as compute_class_weight(sample_weight=…) has it")
  void balancedByWeight() {
    Samples rows = rows("abbcccccab").withWeights(new double[] {0.5, 1, 2, 0, 1, 1, 3, 1, 0.25, 1});
    double[] expected = Drawn.numbers(EXPECTED.get("balanced"));
    double[] sums = {0.75, 4, 6};
    double all = 0;
    for (int c = 0; c < 3; c++) {
      all += expected[c] * sums[c];
    }
    double[] said = first(Classifiers.balanced(root()).fit(rows), rows);
    for (int c = 0; c < 3; c++) {
      assertThat(said[c]).isCloseTo(expected[c] * sums[c] / all, within(1e-12));
    }
  }

  @Test
  void classWeightsThatAreInvalid() {
    assertThatThrownBy(
            () -> Classifiers.weighted(root(), Map.of("x", 1.0, "a", 2.0)).fit(rows("ab")))
        .hasMessage(
            "there is a weight for class 'x', but the classes of 'birds' are [a, b]: correct its"
                + " name or leave it out");
    for (double weight : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
      assertThatThrownBy(() -> Classifiers.weighted(root(), Map.of("a", weight)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the weight of class 'a' is %s: must be a finite number above 0; to learn without a"
                  + " class, leave its rows out",
              weight);
    }
    assertThatThrownBy(() -> Classifiers.weighted(root(), Map.of()))
        .hasMessageContaining("choose balanced(learner)");
    assertThatThrownBy(
            () -> Classifiers.balanced(root()).fit(rows("aab").withWeights(new double[] {1, 1, 0})))
        .hasMessageContaining("all rows of class 'b' of 'birds' have the weight 0");
  }

  @Test
  @DisplayName("0.9 and 0.3 for a: 0.6 by equal votes, 0.45 if the second counts three times")
  void votesByHand() {
    Samples rows = rows("aab");
    Voting vote = Classifiers.voting(always("one", 0.9, 0.1), always("two", 0.3, 0.7));
    assertThat(first(vote.fit(rows), rows)[0]).isCloseTo(0.6, within(1e-15));
    assertThat(first(vote.withWeights(1, 3).fit(rows), rows)[0]).isCloseTo(0.45, within(1e-15));
    Classified hard = vote.withWeights(1, 3).withHard().fit(rows).predict(rows);
    assertThat(hard.hasProbabilities()).isFalse();
    assertThat(hard.label(0)).isEqualTo("b");
    assertThat(hard.scores()[0]).containsExactly(0.25, 0.75);
    assertThat(vote.withHard().fit(rows).predict(rows).label(0))
        .as("of equals the first")
        .isEqualTo("a");
    assertThat(vote.withWeights(1, 3).fit(rows))
        .hasToString("soft vote of one × 1.000, two × 3.000");
  }

  @Test
  @DisplayName("weighted by accuracy 2/3 and 1/3, or by the inverse of a loss")
  void votesByScore() {
    Samples rows = rows("aabaab");
    Voting vote = Classifiers.voting(always("one", 0.9, 0.1), always("two", 0.3, 0.7));
    Votes byAccuracy = vote.withWeightsByScore(Scores.accuracy(), Folds.of(2)).fit(rows);
    assertThat(byAccuracy.voters().get(0).weight()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(byAccuracy.voters().get(1).weight()).isCloseTo(1 / 3.0, within(1e-15));
    Votes byLoss = vote.withWeightsByScore(Scores.logLoss(), Folds.of(2)).fit(rows);
    assertThat(byLoss.voters().get(0).weight())
        .isCloseTo(-3 / (2 * Math.log(0.9) + Math.log(0.1)), within(1e-12));
    assertThatThrownBy(
            () ->
                Classifiers.voting(always("never", 0, 1))
                    .withWeightsByScore(Scores.accuracy(), Folds.of(3))
                    .fit(rows("aaaabb").rows(new int[] {0, 1, 2, 3, 0, 1, 2, 3, 4, 0, 1, 2})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void votesThatAreInvalid() {
    assertThatThrownBy(() -> Classifiers.voting()).hasMessageContaining("give at least one");
    assertThatThrownBy(() -> Classifiers.voting(always("one", 1, 0), always("one", 0, 1)))
        .hasMessage("two learners are called 'one': rename one");
    assertThatThrownBy(() -> always("one", 1, 0).withWeight(Double.NaN))
        .hasMessageContaining("the weight of 'one' is NaN");
    assertThatThrownBy(() -> Classifiers.voting(always("one", 1, 0)).withWeights(0))
        .hasMessageContaining("all learners have weight 0");
    assertThatThrownBy(() -> Classifiers.voting(always("one", 1, 0)).withWeights(1, 2))
        .hasMessageContaining("equally long");
    assertThatThrownBy(() -> Classifiers.voting(scoring("svm", -1, 1)).fit(rows("ab")))
        .hasMessageContaining("'svm' gives no probabilities, which a soft vote needs");
    assertThat(
            Classifiers.voting(scoring("svm", -1, 1))
                .withHard()
                .fit(rows("ab"))
                .predict(rows("ab"))
                .label(0))
        .isEqualTo("b");
  }

  @Test
  @DisplayName("a final tree sees one column of two classes for each learner, by its name")
  void whatTheFinalLearnerSees() {
    Samples rows = rows("aabbaabb");
    var stack =
        Classifiers.stacking(
                Classifiers.tree(tree(1, 2)), always("p", 0.9, 0.1), scoring("s", -2, 2))
            .withFolds(Folds.stratified(2))
            .withPassthrough()
            .fit(rows);
    assertThat(stack.last().made().columns()).containsExactly("p: b", "s: b", "x0");
    assertThat(stack.predict(rows).labels()).hasSize(8);
    assertThatThrownBy(
            () ->
                Classifiers.stacking(root(), always("p", 0.9, 0.1))
                    .withFolds(Folds.inTime(2))
                    .fit(rows))
        .hasMessageContaining("each row must be held back once");
    assertThatThrownBy(
            () ->
                Classifiers.stacking(root(), always("p", 0.9, 0.1))
                    .withFolds(Folds.leaveOneGroupOut("recording"))
                    .fit(rows("aabb").withGroups("recording", List.of("x", "x", "y", "y"))))
        .hasMessageContaining("without fold 0 of")
        .hasMessageContaining("no row of class 'a' is left to learn from");
  }

  @Test
  @DisplayName("folds by recording: no recording is predicted by a model that knows it")
  void foldsByRecording() {
    Samples rows =
        rows("abababab").withGroups("recording", List.of("u", "u", "v", "v", "w", "w", "z", "z"));
    // a tree that knows each row by heart; a recording that is held back is predicted by another's
    var stacking =
        Classifiers.stacking(root(), Member.of("deep", Classifiers.tree(TreeOptions.of(1))));
    assertThat(stacking.withFolds(Folds.grouped(4, "recording")).fit(rows).predict(rows).rowCount())
        .isEqualTo(8);
    assertThat(stacking.withFolds(Folds.grouped(4, "recording")).toString()).contains("recording");
  }

  @Test
  void bagsThatAreInvalid() {
    Bagging bag = Classifiers.bagging(root(), 3);
    assertThatThrownBy(() -> bag.withRowShare(0)).hasMessageContaining("rowShare=0.0");
    assertThatThrownBy(() -> bag.withColumnShare(1.5)).hasMessageContaining("columnShare=1.5");
    assertThatThrownBy(() -> bag.withOutOfBag().withoutBootstrap())
        .hasMessageContaining("needs rows drawn with repeats");
    assertThatThrownBy(() -> bag.withDraws(0)).hasMessageContaining("draws=0");
    assertThatThrownBy(() -> bag.withRowShare(0.3).withDraws(1).fit(rows("aaaaaaaaab")))
        .hasMessage("draw 0 of 1 has rows of class 'a' only: draw more rows");
    assertThatThrownBy(
            () -> bag.withoutBootstrap().fit(rows("aabb").withWeights(new double[] {1, 1, 1, 0})))
        .hasMessageContaining("only 3 have a weight above 0");
    Samples rows = rows("aaaaabbbbb");
    assertThat(bag.fit(rows).outOfBagAccuracy()).isNaN();
    Bagged voted = Classifiers.bagging(scoring("s", -1, 1).learner(), 3).fit(rows);
    assertThat(voted.predict(rows).scores()[0]).containsExactly(0, 1);
    assertThat(voted.predict(rows).hasProbabilities()).isFalse();
  }

  static Stream<JsonNode> cases() {
    return EXPECTED.get("cases").valueStream();
  }

  private static Member[] members() {
    return new Member[] {
      Member.of("one", Classifiers.tree(tree(1, 1))),
      Member.of("two", Classifiers.tree(tree(2, 3))),
      Member.of("three", Classifiers.tree(tree(3, 6)))
    };
  }

  private static SupportVectorMachine support() {
    return Classifiers.supportVectors().withKernel(Kernel.rbf(1.5)).withC(2);
  }

  private static Learner<Classified, ? extends Model<Classified>> learner(JsonNode one) {
    JsonNode options = one.get("options");
    return switch (one.get("kind").asString()) {
      case "balanced" -> Classifiers.balanced(Classifiers.tree(tree(3, 3)));
      case "weighted" ->
          Classifiers.weighted(Classifiers.tree(tree(3, 3)), Map.of("a", 2.5, "b", 0.5));
      case "voting" -> {
        Voting vote = Classifiers.voting(members());
        if (!options.get("weights").isNull()) {
          vote = vote.withWeights(Drawn.numbers(options.get("weights")));
        }
        yield options.get("voting").asString().equals("hard") ? vote.withHard() : vote;
      }
      case "stacking" -> {
        var stack = Classifiers.stacking(Classifiers.tree(tree(9, 3)), members());
        yield options.get("passthrough").asBoolean() ? stack.withPassthrough() : stack;
      }
      case "stacked svm" -> Classifiers.stacking(Member.of("svm", support()), members()[0]);
      case "calibrated svm" -> {
        Calibration by = Classifiers.calibrated(support());
        yield options.get("method").asString().equals("isotonic") ? by.withIsotonic() : by;
      }
      case "bagging" ->
          new Bagging(
              Classifiers.tree(tree(0, 4)),
              options.get("random_state").asLong(),
              options.path("n_estimators").asInt(10),
              options.path("max_samples").asDouble(1),
              options.path("max_features").asDouble(1),
              options.path("bootstrap").asBoolean(true),
              options.path("oob_score").asBoolean(false));
      case "calibrated" -> {
        Calibration by = Classifiers.calibrated(Classifiers.tree(tree(4, 4)));
        by = options.get("method").asString().equals("isotonic") ? by.withIsotonic() : by;
        yield options.get("ensemble").asBoolean() ? by : by.withoutEnsemble();
      }
      default -> throw new IllegalStateException(one.toString());
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("what scikit-learn predicts")
  void agreesWithScikitLearn(JsonNode one) {
    long seed = one.get("seed").asLong();
    Samples rows =
        Drawn.rows(
            seed,
            one.get("rows").asInt(),
            one.get("classes").asInt(),
            one.get("weighted").asBoolean());
    Model<Classified> model = learner(one).fit(rows);
    Classified said = model.predict(Drawn.tested(seed, 12));
    if (one.has("probabilities")) {
      double[][] expected = Drawn.table(one.get("probabilities"));
      for (int i = 0; i < expected.length; i++) {
        assertThat(said.probabilities()[i]).containsExactly(expected[i], within(tolerance(one)));
      }
    }
    assertThat(said.labels()).isEqualTo(Drawn.texts(one.get("predicted")));
    if (one.has("oob")) {
      Bagged bag = (Bagged) model;
      assertThat(new double[] {bag.outOfBagRows(), bag.outOfBagRight()})
          .containsExactly(Drawn.numbers(one.get("oob")));
    }
  }

  /** Wider where scikit-learn or its solvers stop before the end. */
  private static double tolerance(JsonNode one) {
    return switch (one.get("kind").asString()) {
      case "stacked svm", "calibrated svm" -> 1e-6;
      case "calibrated" ->
          one.get("options").get("method").asString().equals("sigmoid") ? 1e-6 : 1e-12;
      default -> 1e-12;
    };
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }
}
