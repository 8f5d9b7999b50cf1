package fieldnotes.evaluate;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.ints;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScoresTest {
  private static final List<Score> OF_NUMBERS = List.of(Scores.rmse(), Scores.mae(), Scores.r2());
  private static final List<Score> OF_CLASSES =
      List.of(
          Scores.accuracy(),
          Scores.balancedAccuracy(),
          Scores.macroF1(),
          Scores.weightedF1(),
          Scores.logLoss(),
          Scores.rocAuc());
  private static final List<Score> OF_CLUSTERS = List.of(Scores.adjustedRand(), Scores.vMeasure());

  /** Three of a, one of b; one a is taken for b. */
  private static final Outcome FOUR =
      new Outcome.Classes(
          List.of("a", "a", "a", "b"),
          new Classified(
              List.of("b", "a"),
              new double[][] {{0.1, 0.9}, {0.25, 0.75}, {0.6, 0.4}, {0.5, 0.5}}));

  @Test
  @DisplayName(
      "errors of 0, 2 and −1: RMSE √(5/3), MAE 1; with weights 1, 0, 3 they are √(3/4), 3/4")
  void numbersByHand() {
    double[] truth = {1, 2, 6};
    double[] predicted = {1, 4, 5};
    Outcome equal = new Outcome.Numbers(truth, predicted);
    Outcome weighted = new Outcome.Numbers(truth, predicted, new double[] {1, 0, 3});
    assertThat(Scores.rmse().of(equal)).isEqualTo(Errors.rmse(truth, predicted));
    close(Scores.rmse().of(equal), Math.sqrt(5.0 / 3), 1e-15, 0);
    close(Scores.rmse().of(weighted), Math.sqrt(0.75), 1e-15, 0);
    assertThat(Scores.mae().of(equal)).isEqualTo(1);
    assertThat(Scores.mae().of(weighted)).isEqualTo(0.75);
    close(Scores.r2().of(equal), 1 - 5.0 / 14, 1e-15, 0);
    close(Scores.r2().of(weighted), 1 - 3 / 18.75, 1e-15, 0);
    double[] zeros = {0, 0};
    assertThat(Scores.r2().of(new Outcome.Numbers(zeros, new double[] {-0.0, 0}))).isEqualTo(1);
    assertThat(Scores.r2().of(new Outcome.Numbers(zeros, new double[] {1e-9, 0}))).isZero();
  }

  @Test
  @DisplayName("a tie between b and a goes to b, the first of the stated order: 3 of 4 right")
  void classesByHand() {
    assertThat(Scores.accuracy().of(FOUR)).isEqualTo(0.75);
    close(Scores.balancedAccuracy().of(FOUR), (2.0 / 3 + 1) / 2, 1e-15, 0);
    close(Scores.macroF1().of(FOUR), (0.8 + 2.0 / 3) / 2, 1e-15, 0);
    close(Scores.weightedF1().of(FOUR), (3 * 0.8 + 2.0 / 3) / 4, 1e-15, 0);
    close(Scores.logLoss().of(FOUR), -Math.log(0.9 * 0.75 * 0.4 * 0.5) / 4, 1e-15, 0);
    close(Scores.rocAuc().of(FOUR), 2.0 / 3, 1e-15, 0);
  }

  @Test
  void clustersByHand() {
    Outcome same = new Outcome.Clusters(List.of("a", "b", "a"), new int[] {1, 0, 1});
    OF_CLUSTERS.forEach(score -> close(score.of(same), 1, 1e-15, 0));
    Outcome unknown = new Outcome.Clusters(List.of("", "", ""), new int[] {1, 0, 1});
    OF_CLUSTERS.forEach(score -> assertThat(score.of(unknown)).isNaN());
  }

  @Test
  @DisplayName("an infinitely wrong probability costs −ln 2⁻⁵² and no more")
  void certainAndWrong() {
    Classified sure = new Classified(List.of("a", "b"), new double[][] {{1, 0}});
    close(Scores.logLoss().of(new Outcome.Classes(List.of("b"), sure)), 52 * Math.log(2), 1e-14, 0);
    close(Scores.logLoss().of(new Outcome.Classes(List.of("c"), sure)), 52 * Math.log(2), 1e-14, 0);
    assertThat(Scores.rocAuc().of(new Outcome.Classes(List.of("b"), sure))).isNaN();
  }

  @Property(tries = 40)
  void aWeightOfTwoIsARowTwiceAndOrderDoesNotMatter(
      @ForAll @IntRange(min = 6, max = 40) int n, @ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> twice = new ArrayList<>();
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = i < 6 ? 1 : random.nextInt(3);
      twice.addAll(Collections.nCopies((int) weights[i], i));
    }
    Collections.shuffle(twice, random);
    List<String> truth =
        IntStream.range(0, n).mapToObj(i -> List.of("x", "y", "z").get(i % 3)).toList();
    double[][] p = new double[n][3];
    double[][] swapped = new double[n][];
    for (int i = 0; i < n; i++) {
      int a = random.nextInt(1, 4);
      int b = random.nextInt(5 - a);
      p[i] = new double[] {a / 5.0, b / 5.0 + 0.01, 1 - a / 5.0 - b / 5.0 - 0.01};
      swapped[i] = new double[] {p[i][2], p[i][0], p[i][1]};
    }
    List<String> names = List.of("x", "y", "z");
    Outcome weighted = new Outcome.Classes(truth, new Classified(names, p), weights);
    Outcome repeated =
        new Outcome.Classes(
            twice.stream().map(truth::get).toList(),
            new Classified(names, twice.stream().map(i -> p[i]).toArray(double[][]::new)));
    for (Score score : OF_CLASSES) {
      close(score.of(weighted), score.of(repeated), 1e-12, 0);
    }
    Outcome other =
        new Outcome.Classes(truth, new Classified(List.of("z", "x", "y"), swapped), weights);
    for (Score score : List.of(Scores.logLoss(), Scores.rocAuc())) { // ties are not theirs
      assertThat(score.of(other)).isEqualTo(score.of(weighted));
    }
    double[] t = random.doubles(n).toArray();
    double[] q = random.doubles(n).toArray();
    for (Score score : OF_NUMBERS) {
      close(
          score.of(new Outcome.Numbers(t, q, weights)),
          score.of(
              new Outcome.Numbers(
                  twice.stream().mapToDouble(i -> t[i]).toArray(),
                  twice.stream().mapToDouble(i -> q[i]).toArray())),
          1e-11,
          0.1);
    }
    assertThat(Scores.rmse().of(new Outcome.Numbers(t, q))).isEqualTo(Errors.rmse(t, q));
  }

  /** Written by src/test/python/fold_score_fixtures.py with scikit-learn 1.9.1. */
  @Test
  void asScikitLearn() {
    JsonNode expected = Reference.read("scores");
    for (JsonNode one : expected.get("numbers")) {
      agree(
          OF_NUMBERS,
          new Outcome.Numbers(vector(one.get("truth")), vector(one.get("predicted")), weights(one)),
          one);
    }
    for (JsonNode one : expected.get("classes")) {
      Classified predicted =
          new Classified(Reference.texts(one.get("classes")), matrix(one.get("probabilities")));
      agree(
          OF_CLASSES,
          new Outcome.Classes(Reference.texts(one.get("truth")), predicted, weights(one)),
          one);
    }
    for (JsonNode one : expected.get("clusters")) {
      agree(
          OF_CLUSTERS,
          new Outcome.Clusters(Reference.texts(one.get("truth")), ints(one.get("labels"))),
          one);
    }
  }

  private static double[] weights(JsonNode one) {
    return one.get("weights").isNull() ? null : vector(one.get("weights"));
  }

  private static void agree(List<Score> scores, Outcome outcome, JsonNode expected) {
    for (Score score : scores) {
      double is = score.of(outcome);
      double should = number(expected.get(score.name()));
      if (Double.isNaN(should)) {
        assertThat(is).as("%s", score).isNaN();
      } else {
        assertThat(Math.abs(is - should))
            .as("%s: %s instead of %s", score, is, should)
            .isLessThanOrEqualTo(1e-12 * Math.max(Math.abs(should), 1e-3));
        assertThat(is).as("%s", score).isBetween(score.range().lowest(), score.range().highest());
      }
    }
  }

  @Test
  @DisplayName("the worst and the best predictions have the scores at the ends of the range")
  void knowTheirRange() {
    List<String> truth = List.of("x", "y");
    List<String> order = List.of("x", "y");
    double[][] right = {{1, 0}, {0, 1}};
    double[][] wrong = {{0, 1}, {1, 0}};
    Outcome best = new Outcome.Classes(truth, new Classified(order, right));
    Outcome worst = new Outcome.Classes(truth, new Classified(order, wrong));
    for (Score score :
        List.of(
            Scores.accuracy(),
            Scores.macroF1(),
            Scores.rocAuc(),
            Scores.topK(1),
            Scores.matthews(),
            Scores.kappa(),
            Scores.linearKappa(order),
            Scores.quadraticKappa(order))) {
      assertThat(score.range()).isEqualTo(new Score.Range(score.of(worst), score.of(best)));
    }
    assertThat(Scores.logLoss().range().highest()).isEqualTo(Scores.logLoss().of(worst));
    assertThat(Scores.logLoss().of(best) - Scores.logLoss().range().lowest()).isBetween(0.0, 1e-15);
    Score cost = Scores.cost(Costs.of(order).with("x", "x", -2).with("y", "x", 7));
    assertThat(cost.range()).isEqualTo(new Score.Range(-2, 7));
    Outcome three =
        new Outcome.Classes(
            List.of("x", "y", "z"),
            new Classified(
                List.of("x", "y", "z"), new double[][] {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}}));
    assertThat(Scores.brier().range()).isEqualTo(new Score.Range(0, Scores.brier().of(three)));
    Outcome crossed = new Outcome.Clusters(List.of("x", "x", "y", "y"), new int[] {0, 1, 0, 1});
    assertThat(Scores.adjustedRand().range())
        .isEqualTo(new Score.Range(Scores.adjustedRand().of(crossed), 1));
    assertThat(Scores.r2().range()).isEqualTo(new Score.Range(Double.NEGATIVE_INFINITY, 1));
    assertThat(Scores.rmse().range()).isEqualTo(new Score.Range(0, Double.POSITIVE_INFINITY));
  }

  @Test
  void knowWhichWayIsBetter() {
    assertThat(Scores.rmse().better()).isEqualTo(Better.LOWER);
    assertThat(Scores.mae().better()).isEqualTo(Better.LOWER);
    assertThat(Scores.logLoss().better()).isEqualTo(Better.LOWER);
    assertThat(Scores.accuracy().better()).isEqualTo(Better.HIGHER);
    assertThat(Better.LOWER.compare(2, 1)).isEqualTo(1);
    assertThat(Better.HIGHER.compare(2, 1)).isEqualTo(-1);
    assertThat(Better.HIGHER.compare(1, 1)).isZero();
    assertThat(Better.HIGHER.compare(Double.NaN, 1)).isZero();
  }

  @Test
  void printAndEqual() {
    assertThat(OF_CLASSES)
        .extracting(Object::toString)
        .containsExactly(
            "accuracy", "balanced accuracy", "macro F1", "weighted F1", "log loss", "ROC AUC");
    assertThat(Scores.macroF1()).isEqualTo(Scores.macroF1()).isNotEqualTo(Scores.weightedF1());
    List<Score> all = new ArrayList<>(OF_NUMBERS);
    all.addAll(OF_CLASSES);
    all.addAll(OF_CLUSTERS);
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    assertThat(all).allMatch(score -> score.toString().equals(score.name()));
  }

  @Test
  void refuseAnotherKind() {
    Outcome numbers = new Outcome.Numbers(new double[] {1}, new double[] {1});
    assertThatThrownBy(() -> Scores.accuracy().of(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "score=accuracy: is for predicted classes, but these are predicted numbers: choose one"
                + " of RMSE, MAE, R²");
    assertThatThrownBy(() -> Scores.rmse().of(FOUR))
        .hasMessage(
            "score=RMSE: is for predicted numbers, but these are predicted classes: choose one of"
                + " accuracy, balanced accuracy, macro F1, weighted F1, log loss, ROC AUC");
    assertThatThrownBy(() -> Scores.r2().of(new Outcome.Clusters(List.of("a"), new int[] {0})))
        .hasMessage(
            "score=R²: is for predicted numbers, but these are clusters: choose one of adjusted"
                + " Rand, V-measure");
    assertThatThrownBy(() -> Scores.vMeasure().of(numbers))
        .hasMessageStartingWith("score=V-measure: is for clusters, but");
  }

  @Test
  void badOutcomes() {
    double[] two = {1, 2};
    assertThatThrownBy(() -> new Outcome.Numbers(two, new double[1]))
        .hasMessage("truth has 2 entries and predicted has 1: they must be equally long");
    assertThatThrownBy(() -> new Outcome.Numbers(two, new double[] {1, Double.NaN}))
        .hasMessage("predicted has NaN at row 1: drop such rows first");
    assertThatThrownBy(() -> new Outcome.Numbers(new double[0], new double[0]))
        .hasMessage("truth has no rows");
    assertThatThrownBy(() -> new Outcome.Numbers(two, two, new double[] {1, -1}))
        .hasMessage("weights has -1.0 at row 1: must be finite and at least 0");
    assertThatThrownBy(() -> new Outcome.Numbers(two, two, new double[2]))
        .hasMessage("weights are all 0: leave at least one row in");
    assertThatThrownBy(() -> new Outcome.Numbers(two, two, new double[3]))
        .hasMessage("weights has 3 entries and truth has 2: they must be equally long");
    Classified one = new Classified(List.of("a"), new double[][] {{1}});
    assertThatThrownBy(() -> new Outcome.Classes(List.of(""), one))
        .hasMessage("truth has no class at row 0: drop such rows first");
    assertThatThrownBy(() -> new Outcome.Classes(List.of("a", "a"), one))
        .hasMessage("truth has 2 entries and predicted has 1: they must be equally long");
    assertThatThrownBy(() -> new Outcome.Clusters(List.of("a"), new int[2]))
        .hasMessage("truth has 1 entries and labels has 2: they must be equally long");
  }

  @Test
  void classified() {
    double[][] p = {{0.2, 0.4, 0.4}, {0.5, 0.25, 0.25}};
    Classified c = new Classified(List.of("z", "y", "x"), p);
    p[0][0] = 9;
    c.probabilities()[1][0] = 9;
    assertThat(c.labels()).containsExactly("y", "z");
    assertThat(c.label(1)).isEqualTo("z");
    assertThat(c.probabilities()[0]).containsExactly(0.2, 0.4, 0.4);
    assertThat(c).hasToString("2 rows in 3 classes: z, y, x");
    assertThat(c).isEqualTo(new Classified(c.classes(), c.probabilities()));
    assertThat(c).isNotEqualTo(new Classified(List.of("x", "y", "z"), c.probabilities()));
    assertThatThrownBy(() -> c.label(2)).hasMessage("row=2: there are 2 rows");
    refuses(List.of(), "classes is empty: name at least one class");
    refuses(List.of("a", ""), "classes has an empty name: give each class a name");
    refuses(List.of("a", "a"), "classes has 'a' twice: name each class once");
    List<String> ab = List.of("a", "b");
    refuses(
        ab,
        "probabilities has 1 columns at row 1: must be one for each of the 2 classes [a, b]",
        new double[] {0.5, 0.5},
        new double[1]);
    refuses(
        ab,
        "probabilities has NaN for class 'b' at row 0: must lie within 0 and 1",
        new double[] {1, Double.NaN});
    refuses(
        ab,
        "probabilities has -0.5 for class 'a' at row 0: must lie within 0 and 1",
        new double[] {-0.5, 1});
    refuses(
        ab,
        "probabilities at row 0 sum to 0.75: must sum to 1 within 1.0E-6; divide each row by its"
            + " sum",
        new double[] {0.5, 0.25});
    assertThat(new Classified(ab, new double[][] {{0.5, 0.5000009}}).rowCount()).isEqualTo(1);
  }

  @Test
  void classifiedWithoutProbabilities() {
    List<String> ab = List.of("a", "b");
    double[][] scores = {{-2.5, 2.5}, {1, -1}, {0.5, -0.5}};
    Classified votes = new Classified(ab, new int[] {1, 0, 1}, scores, false);
    assertThat(votes.labels()).containsExactly("b", "a", "b");
    assertThat(votes.of("b")).containsExactly(2.5, -1, -0.5);
    assertThat(votes).isEqualTo(new Classified(ab, votes.codes(), votes.scores(), false));
    assertThat(votes).isNotEqualTo(new Classified(ab, new int[] {1, 0, 0}, scores, false));
    assertThatThrownBy(votes::probabilities)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("calibrate the learner");
    Outcome outcome = new Outcome.Classes(List.of("b", "a", "a"), votes);
    assertThat(Scores.accuracy().of(outcome)).isEqualTo(2.0 / 3);
    assertThat(Scores.rocAuc().of(outcome)).isEqualTo(1);
    assertThatThrownBy(() -> Scores.logLoss().of(outcome))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("log loss needs probabilities");
    assertThatThrownBy(() -> new Classified(ab, new int[] {2}, new double[][] {{1, 2}}, false))
        .hasMessage("codes has 2 at row 0: must be 0 to 1");
    double[][] infinite = {{1, Double.POSITIVE_INFINITY}};
    assertThatThrownBy(() -> new Classified(ab, new int[] {1}, infinite, false))
        .hasMessage("scores has Infinity for class 'b' at row 0: must be finite");
  }

  private static void refuses(List<String> classes, String message, double[]... rows) {
    assertThatThrownBy(() -> new Classified(classes, rows))
        .as(Arrays.deepToString(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
