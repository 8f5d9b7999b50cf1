package fieldnotes.evaluate;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClassScoresTest {
  /** Rows of owl, owl, owl, wren, kite; an owl is taken for a wren, the wren for an owl. */
  private static final Outcome.Classes FIVE =
      new Outcome.Classes(
          List.of("owl", "owl", "owl", "wren", "kite"),
          new Classified(
              List.of("kite", "owl", "wren"),
              new double[][] {
                {0, 1, 0}, {0.25, 0.5, 0.25}, {0, 0.25, 0.75}, {0, 0.875, 0.125}, {0.5, 0.25, 0.25}
              }));

  static Outcome.Classes outcome(JsonNode one) {
    return new Outcome.Classes(
        Reference.texts(one.get("truth")),
        new Classified(Reference.texts(one.get("classes")), matrix(one.get("probabilities"))),
        one.get("weights").isNull() ? null : vector(one.get("weights")));
  }

  private static List<Score> scores(List<String> order, String of) {
    List<Score> all = new ArrayList<>();
    for (Average average : Average.values()) {
      all.add(Scores.precision(average));
      all.add(Scores.recall(average));
      all.add(Scores.f1(average));
      all.add(Scores.fBeta(2, average));
      all.add(Scores.fBeta(0.5, average));
      all.add(Scores.jaccard(average));
      all.add(Scores.rocAuc(average));
      all.add(Scores.averagePrecision(average));
    }
    all.addAll(
        List.of(
            Scores.rocAucOneAgainstOne(Average.MACRO),
            Scores.rocAucOneAgainstOne(Average.WEIGHTED),
            Scores.precision(of),
            Scores.recall(of),
            Scores.f1(of),
            Scores.jaccard(of),
            Scores.matthews(),
            Scores.kappa(),
            Scores.linearKappa(order),
            Scores.quadraticKappa(order),
            Scores.brier(),
            Scores.topK(1),
            Scores.topK(2)));
    return all;
  }

  @Test
  @DisplayName("owl 2 of 3 found, 2 of 3 predicted; wren 0 of 1; kite 1 of 1")
  void ratesByHand() {
    close(Scores.precision("owl").of(FIVE), 2.0 / 3, 1e-15, 0);
    close(Scores.recall("owl").of(FIVE), 2.0 / 3, 1e-15, 0);
    assertThat(Scores.f1("wren").of(FIVE)).isZero();
    close(Scores.precision(Average.MACRO).of(FIVE), (2.0 / 3 + 0 + 1) / 3, 1e-15, 0);
    close(Scores.recall(Average.WEIGHTED).of(FIVE), 3.0 / 5, 1e-15, 0);
    close(Scores.f1(Average.MICRO).of(FIVE), 3.0 / 5, 1e-15, 0);
    close(Scores.jaccard("owl").of(FIVE), 2.0 / 4, 1e-15, 0);
    close(Scores.fBeta(2, "owl").of(FIVE), 2.0 / 3, 1e-15, 0);
  }

  @Test
  @DisplayName("expected agreement (1·1 + 3·3 + 1·1) / 25 = 0.44: kappa 1 − 0.4/0.56")
  void agreementByHand() {
    close(Scores.kappa().of(FIVE), 1 - 0.4 / 0.56, 1e-14, 0);
    // kite, owl, wren in a row: owl for wren and wren for owl are one step, 2 in 5 rows
    List<String> order = List.of("kite", "owl", "wren");
    close(Scores.linearKappa(order).of(FIVE), 1 - 2 / ((2 * 3 + 2 * 3 + 2 * 2) / 5.0), 1e-14, 0);
    close(Scores.matthews().of(FIVE), (3 * 5 - 11) / Math.sqrt((25 - 11) * (25 - 11)), 1e-14, 0);
    assertThat(Scores.kappa().of(FIVE.rows(new int[] {0, 1}))).isNaN();
    assertThat(Scores.matthews().of(FIVE.rows(new int[] {0, 1}))).isZero();
  }

  @Test
  void probabilitiesByHand() {
    double squares = 0 + 0.375 + (0.5625 + 0.5625) + (0.765625 * 2) + 0.375;
    close(Scores.brier().of(FIVE), squares / 5, 1e-14, 0);
    assertThat(Scores.topK(1).of(FIVE)).isEqualTo(0.6);
    assertThat(Scores.topK(2).of(FIVE)).isEqualTo(1);
    assertThat(Scores.rocAuc("kite").of(FIVE)).isEqualTo(1);
    assertThat(Scores.averagePrecision("kite").of(FIVE)).isEqualTo(1);
    Classified two = new Classified(List.of("a", "b"), new double[][] {{0.5, 0.5}});
    Outcome b = new Outcome.Classes(List.of("b"), two);
    assertThat(Scores.brier().of(b)).isEqualTo(0.25);
    assertThat(Scores.topK(1).of(b)).isZero();
    assertThat(Scores.topK(2).of(new Outcome.Classes(List.of("c"), two))).isZero();
  }

  @Test
  @DisplayName("a missed wren costs 10: it pays to call a wren from 1/11 on")
  void costsByHand() {
    Costs costs = Costs.of(List.of("owl", "wren")).with("wren", "owl", 10);
    assertThat(costs.threshold("wren")).isEqualTo(1.0 / 11);
    assertThat(costs.threshold("owl")).isEqualTo(10.0 / 11);
    Classified predicted =
        new Classified(
            List.of("wren", "owl"), new double[][] {{0.1, 0.9}, {0.09, 0.91}, {0.6, 0.4}});
    assertThat(costs.decide(predicted).labels()).containsExactly("wren", "owl", "wren");
    assertThat(costs.decide(predicted).probabilities()).isDeepEqualTo(predicted.probabilities());
    List<String> truth = List.of("wren", "wren", "owl");
    assertThat(Scores.cost(costs).of(new Outcome.Classes(truth, predicted))).isEqualTo(7);
    assertThat(Scores.cost(costs).of(new Outcome.Classes(truth, predicted, new double[] {0, 1, 3})))
        .isEqualTo(13.0 / 4);
    assertThat(Scores.cost(costs).better()).isEqualTo(Better.LOWER);
    assertThat(costs).hasToString("costs: owl as wren 1.0, wren as owl 10.0");
    assertThat(costs).isEqualTo(Costs.of(List.of("owl", "wren")).with("wren", "owl", 10));
    assertThat(costs.of("wren", "wren")).isZero();
  }

  /** Written by src/test/python/class_score_fixtures.py with scikit-learn 1.9.1. */
  @Test
  void asScikitLearn() {
    int checked = 0;
    for (JsonNode one : Reference.read("class_scores").get("cases")) {
      Outcome.Classes outcome = outcome(one);
      for (Score score : scores(outcome.predicted().classes(), one.get("of").asString())) {
        JsonNode expected = one.get("scores").get(score.name());
        if (expected == null) {
          assertThat(score.name()).contains("one-against-one"); // only without weights there
          continue;
        }
        double is = score.of(outcome);
        if (Double.isNaN(number(expected))) {
          assertThat(is).as(score.name()).isNaN();
        } else {
          assertThat(Math.abs(is - number(expected)))
              .as("%s: %s instead of %s", score, is, expected)
              .isLessThanOrEqualTo(1e-12 * Math.max(Math.abs(number(expected)), 1e-3));
          assertThat(is)
              .as(score.name())
              .isBetween(score.range().lowest(), score.range().highest());
        }
        checked++;
      }
      ConfusionMatrix matrix = ConfusionMatrix.of(outcome);
      close(matrix.counts(), matrix(one.get("confusion None")), 1e-13);
      close(matrix.sharesOfTruth(), matrix(one.get("confusion true")), 1e-13);
      close(matrix.sharesOfPrediction(), matrix(one.get("confusion pred")), 1e-13);
      close(matrix.sharesOfAll(), matrix(one.get("confusion all")), 1e-13);
    }
    assertThat(checked).isGreaterThan(1000);
  }

  @Test
  void printAndEqual() {
    assertThat(Scores.f1(Average.MACRO)).isEqualTo(Scores.macroF1());
    assertThat(Scores.rocAuc(Average.MACRO)).isEqualTo(Scores.rocAuc());
    assertThat(Scores.precision("owl"))
        .isEqualTo(Scores.precision("owl"))
        .hasToString("precision of owl");
    assertThat(Scores.fBeta(0.5, Average.MICRO)).hasToString("micro F0.5");
    assertThat(Scores.topK(3))
        .isEqualTo(Scores.topK(3))
        .isNotEqualTo(Scores.topK(2))
        .hasToString("top-3 accuracy");
    assertThat(Scores.averagePrecision("owl")).hasToString("average precision of owl");
    assertThat(Scores.rocAucOneAgainstOne(Average.WEIGHTED))
        .hasToString("weighted one-against-one ROC AUC");
    List<String> order = List.of("a", "b");
    assertThat(Scores.linearKappa(order)).isNotEqualTo(Scores.quadraticKappa(order));
    scores(order, "a")
        .forEach(
            score ->
                assertThat(score.better())
                    .as(score.name())
                    .isEqualTo(score.equals(Scores.brier()) ? Better.LOWER : Better.HIGHER));
  }

  @Test
  void confusionByHand() {
    ConfusionMatrix matrix = ConfusionMatrix.of(FIVE);
    assertThat(matrix.counts()).isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 2, 1}, {0, 1, 0}});
    assertThat(matrix)
        .hasToString("5 rows in 3 classes, 60.0 % right; most often owl taken for wren: 1, 33.3 %");
    assertThat(matrix.confused())
        .extracting(ConfusionMatrix.Pair::truth)
        .containsExactly("owl", "wren");
    assertThat(matrix.count("wren", "owl")).isEqualTo(1);
    assertThat(matrix.count("swan", "owl")).isZero();
    assertThat(matrix.withClasses(List.of("wren", "swan")).counts())
        .isDeepEqualTo(new double[2][2]);
    assertThat(matrix.toTable().print())
        .contains("true class  |  kite  |  owl  |  wren  |", "owl  |     0  |    2  |     1  |");
    double[] weights = {1, 1, 0.5, 1, 1};
    Outcome.Classes weighted = new Outcome.Classes(FIVE.truth(), FIVE.predicted(), weights);
    assertThat(ConfusionMatrix.of(weighted).toTable().print()).contains("0.500000");
    assertThat(ConfusionMatrix.of(weighted)).isNotEqualTo(matrix);
    List<String> first = List.of("True class", "b", "B");
    assertThat(new ConfusionMatrix(first, new double[3][3]).toTable().columnNames())
        .containsExactly("true class", "True class (2)", "b", "B (2)");
  }

  @Test
  @DisplayName("wrong with 0.875 comes before wrong with 0.75")
  void errorsMostConfidentFirst() {
    assertThat(FIVE.errors()).containsExactly(3, 2);
    assertThat(FIVE.rowsOf("owl", "owl")).containsExactly(0, 1);
    assertThat(FIVE.rowsOf("kite", "owl")).isEmpty();
    assertThat(FIVE.rows(new int[] {3, 3, 0}).truth()).containsExactly("wren", "wren", "owl");
    Outcome numbers =
        new Outcome.Numbers(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
    assertThat(numbers.rows(new int[] {1}))
        .isEqualTo(new Outcome.Numbers(new double[] {2}, new double[] {4}, new double[] {6}));
    Outcome clusters = new Outcome.Clusters(List.of("a", "b"), new int[] {0, 1});
    assertThat(clusters.rows(new int[] {1, 0}))
        .isEqualTo(new Outcome.Clusters(List.of("b", "a"), new int[] {1, 0}));
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> Scores.recall("own").of(FIVE))
        .hasMessage("recall of own: there is no class 'own'; there are [kite, owl, wren]");
    assertThatThrownBy(() -> Scores.rocAuc("own").of(FIVE))
        .hasMessage("ROC AUC of own: there is no class 'own'; there are [kite, owl, wren]");
    assertThatThrownBy(() -> Scores.linearKappa(List.of("owl", "wren")).of(FIVE))
        .hasMessage("linear kappa: class 'kite' is not in the order [owl, wren]");
    assertThatThrownBy(() -> Scores.linearKappa(List.of("owl")))
        .hasMessage("order [owl]: name at least 2 classes, in order");
    assertThatThrownBy(() -> Scores.rocAucOneAgainstOne(Average.MICRO))
        .hasMessage("average=micro: pairs have no micro average; take macro or weighted");
    assertThatThrownBy(() -> Scores.fBeta(0, "owl"))
        .hasMessage("beta=0.0: must be a finite number above 0");
    assertThatThrownBy(() -> Scores.topK(0)).hasMessage("k=0: must be at least 1");
    Costs costs = Costs.of(List.of("owl", "wren"));
    assertThatThrownBy(() -> Scores.cost(costs).of(FIVE))
        .hasMessage("costs name no class 'kite'; they name [owl, wren]");
    assertThatThrownBy(() -> costs.decide(FIVE.predicted()))
        .hasMessage("costs name no class 'kite'; they name [owl, wren]");
    assertThatThrownBy(() -> costs.with("owl", "wren", -1).with("wren", "owl", 0).threshold("owl"))
        .hasMessage("being wrong costs no more than being right: raise the cost of a mistake");
    assertThatThrownBy(() -> Costs.of(List.of("a", "b", "c")).threshold("a"))
        .hasMessage(
            "there are 3 classes: a threshold needs 2; decide(predicted) is for any number");
    Classified votes = new Classified(List.of("owl", "wren"), new int[1], new double[1][2], false);
    assertThatThrownBy(() -> costs.decide(votes)).hasMessageContaining("calibrate the learner");
    assertThatThrownBy(() -> Scores.brier().of(new Outcome.Classes(List.of("owl"), votes)))
        .hasMessageStartingWith("Brier score needs probabilities");
    assertThatThrownBy(() -> new ConfusionMatrix(List.of("a"), new double[][] {{-1}}))
        .hasMessage("counts has -1.0 at row 0, column 0: must be at least 0");
    assertThatThrownBy(() -> new ConfusionMatrix(List.of("a", "a"), new double[2][2]))
        .hasMessage("classes [a, a] names one twice: name each class once");
    assertThatThrownBy(() -> new ConfusionMatrix(List.of("a", "b"), new double[1][2]))
        .hasMessage("counts has 1 entries and classes has 2: they must be equally long");
  }
}
