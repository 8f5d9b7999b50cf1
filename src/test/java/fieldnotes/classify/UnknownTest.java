package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.OpenAccuracy;
import fieldnotes.evaluate.OpenSet;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.evaluate.Scores;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Scaler;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UnknownTest {
  private static final Matrix ANY = Matrix.of(new double[2][1]);

  private static double[] known(Knownness by, double[]... probabilities) {
    List<String> classes = List.of("a", "b", "c").subList(0, probabilities[0].length);
    Knownness.Fitted fitted = by.fit(Samples.of(ANY));
    return fitted.of(ANY, new Classified(classes, probabilities), "Unknown");
  }

  @Test
  @DisplayName("of 0.7, 0.2, 0.1 the largest is 0.7, the margin 0.5, the entropy 0.8018 nats")
  void byScores() {
    double[] p = {0.7, 0.2, 0.1};
    double[] q = {0, 0.5, 0.5};
    assertThat(known(Knownness.largest(), p, q)).containsExactly(0.7, 0.5);
    assertThat(known(Knownness.margin(), p, q)).containsExactly(0.7 - 0.2, 0);
    assertThat(known(Knownness.entropy(), p, q)[0]).isCloseTo(-0.8018185525433373, within(1e-15));
    assertThat(known(Knownness.entropy(), p, q)[1]).isCloseTo(-Math.log(2), within(1e-15));
    double[] energy = known(Knownness.energy(0.5), p, q);
    assertThat(energy[0]).isCloseTo(0.5 * Math.log(0.49 + 0.04 + 0.01), within(1e-15));
    assertThat(energy[1]).isCloseTo(0.5 * Math.log(0.5), within(1e-15));
  }

  @Test
  @DisplayName("decision values 2 and 0 have the energy −T·ln(e^(2/T) + 1)")
  void energyOfDecisionValues() {
    Classified decided =
        new Classified(List.of("a", "b"), new int[2], new double[][] {{2, 0}, {800, 799}}, false);
    Knownness.Fitted one = Knownness.energy(1).fit(Samples.of(ANY));
    assertThat(one.of(ANY, decided, "Unknown")[0])
        .isCloseTo(Math.log(Math.exp(2) + 1), within(1e-15));
    assertThat(one.of(ANY, decided, "Unknown")[1])
        .isCloseTo(800 + Math.log1p(Math.exp(-1)), within(1e-12));
    Knownness.Fitted two = Knownness.energy(2).fit(Samples.of(ANY));
    assertThat(two.of(ANY, decided, "Unknown")[0])
        .isCloseTo(2 * Math.log(Math.E + 1), within(1e-15));
  }

  @Test
  @DisplayName("a class called Unknown is none that makes a row known")
  void learntUnknown() {
    Classified p =
        new Classified(
            List.of("Unknown", "a", "b"), new double[][] {{0.7, 0.2, 0.1}, {0.1, 0.6, 0.3}});
    assertThat(Knownness.largest().fit(Samples.of(ANY)).of(ANY, p, "Unknown"))
        .containsExactly(0.2, 0.6);
    assertThat(Knownness.margin().fit(Samples.of(ANY)).of(ANY, p, "Unknown"))
        .containsExactly(0.2 - 0.7, 0.6 - 0.3);
    Rejected rejected = new Rejected(p, new double[] {0.2, 0.6}, 0.1, "Unknown");
    assertThat(rejected.labels()).containsExactly("Unknown", "a");
    assertThat(rejected.toClassified().classes()).containsExactly("Unknown", "a", "b");
    assertThat(rejected.toClassified().scores()[1]).containsExactly(-0.6, 0.6, 0.3);
  }

  /** Two classes along one column: 0 to 9 and 20 to 29, ten recordings of two rows. */
  private static Samples line() {
    double[][] x = new double[20][];
    List<String> classes = new ArrayList<>();
    List<String> recordings = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      x[i] = new double[] {i < 10 ? i : 10 + i, i % 3};
      classes.add(i < 10 ? "low" : "up");
      recordings.add("r" + i / 2);
    }
    return Samples.of(Matrix.of(List.of("x", "y"), x), classes).withGroups("recording", recordings);
  }

  @Test
  @DisplayName(
      "rows of a held-back recording lie 1 from the nearest row, those at the ends of a class 2")
  void thresholdByHand() {
    Samples rows = line().withFeatures(List.of("x"));
    Unknown<ClassTree> learner = Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)));
    Folds each = Folds.leaveOneGroupOut("recording");
    UnknownModel<ClassTree> all = learner.withKnownness(Knownness.nearest(1), 0, each).fit(rows);
    assertThat(all.threshold()).isEqualTo(-2);
    assertThat(all.heldBack()).isEqualTo(20);
    assertThat(all.falseAlarms()).isZero();
    for (double rate : new double[] {0.05, 0.1, 0.15}) {
      assertThat(learner.withKnownness(Knownness.nearest(1), rate, each).fit(rows).threshold())
          .as("rate %s", rate)
          .isEqualTo(-2);
    }
    UnknownModel<ClassTree> most = learner.withKnownness(Knownness.nearest(1), 0.2, each).fit(rows);
    assertThat(most.threshold()).isEqualTo(-1);
    assertThat(most.falseAlarms()).isEqualTo(0.2);
    assertThat(most)
        .hasToString(
            "classification tree: depth 1, 2 leaves, 1 columns; Unknown below -1 of distance to"
                + " neighbour 1 of 20 rows, as 20 % of 20 held-back rows");
    Rejected said = most.predict(Matrix.of(List.of("x"), new double[][] {{4.5}, {15}, {29.5}}));
    assertThat(said.labels()).containsExactly("low", "Unknown", "up");
    assertThat(said.unknownCount()).isOne();
    assertThat(said).hasToString("3 rows: 2 in 2 classes, 1 Unknown (knownness below -1)");
  }

  @Test
  @DisplayName(
      "chosen on rows that lie 0.25, 0.25, 0.5 and 1 away: -1 rejects none, -0.5 one in four")
  void thresholdOnGivenRows() {
    UnknownModel<ClassTree> model =
        Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)))
            .withKnownness(Knownness.nearest(1), -100)
            .fit(line().withFeatures(List.of("x")));
    Samples held =
        Samples.of(
            Matrix.of(List.of("x"), new double[][] {{3.25}, {4.5}, {10}, {27.75}, {15}}),
            List.of("low", "low", "low", "up", "another"));
    UnknownModel<ClassTree> none = model.withFalseAlarms(0, held);
    assertThat(none.threshold()).isEqualTo(-1);
    assertThat(none.heldBack()).isEqualTo(4);
    assertThat(none.falseAlarms()).isZero();
    UnknownModel<ClassTree> quarter = none.withFalseAlarms(0.25, held);
    assertThat(quarter.threshold()).isEqualTo(-0.5);
    assertThat(quarter.falseAlarms()).isEqualTo(0.25);
    assertThat(quarter.withThreshold(-3).threshold()).isEqualTo(-3);
    assertThat(quarter.withThreshold(-3).heldBack()).isZero();
    assertThat(quarter.withThreshold(-100)).isEqualTo(model);
    Samples unweighted = held.withWeights(new double[] {1, 1, 0, 1, 1});
    assertThat(model.withFalseAlarms(0, unweighted).falseAlarms()).isZero();
    assertThatThrownBy(() -> model.withFalseAlarms(1, held))
        .hasMessage("rate=1.0: must be at least 0 and below 1");
    assertThatThrownBy(() -> model.withFalseAlarms(0.1, held.only("another")))
        .hasMessage(
            "'rows' has no row of a class that the model knows, [low, up]: hold such rows back");
  }

  @Test
  @DisplayName("weights count among the false alarms")
  void weightedThreshold() {
    Samples rows = line().withFeatures(List.of("x"));
    double[] weights = new double[20];
    Arrays.fill(weights, 1);
    weights[0] = 0;
    weights[9] = 0;
    Unknown<ClassTree> learner =
        Classifiers.unknown(Classifiers.tree(TreeOptions.of(1).withMaxDepth(1)))
            .withKnownness(Knownness.mahalanobis(), 0.5, Folds.stratified(2));
    UnknownModel<ClassTree> model = learner.fit(rows.withWeights(weights));
    assertThat(model.falseAlarms()).isBetween(0.4, 0.5);
    assertThat(model.falseAlarms() * 18)
        .isCloseTo(Math.rint(model.falseAlarms() * 18), within(1e-9));
    assertThatThrownBy(
            () -> learner.withKnownness(Knownness.nearest(1), -1).fit(rows.withWeights(weights)))
        .hasMessageContaining("the distance to the nearest rows does not support them");
  }

  @Test
  @DisplayName("judged: a class never seen is right as Unknown; cross-validation counts it so")
  void judging() {
    Samples rows = line();
    var learner =
        Classifiers.unknown(Classifiers.forest(ForestOptions.of(1).withTrees(10)))
            .withKnownness(Knownness.nearest(1), -3);
    UnknownModel<ClassForest> model = learner.fit(rows);
    double[][] x = {{3, 1}, {15, 0}, {40, 2}, {22, 1}};
    Samples tests =
        Samples.of(Matrix.of(List.of("x", "y"), x), List.of("low", "middle", "far", "low"));
    Rejected said = model.predict(tests);
    assertThat(said.labels()).containsExactly("low", "Unknown", "Unknown", "up");
    OpenAccuracy open = OpenAccuracy.of(tests.classes(), said);
    assertThat(open).isEqualTo(new OpenAccuracy(1, 1, 0, 2, 0));
    Outcome outcome = model.judge(tests);
    assertThat(Scores.accuracy().of(outcome)).isEqualTo(open.accuracy()).isEqualTo(0.75);
    assertThat(OpenSet.of(tests.classes(), said).auroc()).isOne();
    assertThat(((Outcome.Classes) outcome).truth())
        .containsExactly("low", "Unknown", "Unknown", "low");
    CrossValidation scored =
        CrossValidation.of(
            Pipeline.of(Scaler.standard(), learner.withKnownness(Knownness.largest(), 0.6)),
            rows,
            Folds.stratifiedGrouped(2, "recording"),
            Scores.accuracy(),
            Scores.macroF1());
    assertThat(scored.mean()).isBetween(0.8, 1.0);
  }

  @Test
  @DisplayName("rows labelled Unknown teach the learner, but neither distances nor the threshold")
  void rowsLabelledUnknown() {
    Samples rows = line();
    List<String> classes = new ArrayList<>(rows.classes());
    for (int i = 15; i < 20; i++) {
      classes.set(i, "Unknown");
    }
    UnknownModel<ClassTree> model =
        Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)))
            .withKnownness(Knownness.nearest(1), 0, Folds.stratified(5))
            .fit(rows.withClasses(classes));
    assertThat(model.classes()).containsExactly("Unknown", "low", "up");
    assertThat(model.heldBack()).isEqualTo(15);
    Rejected said = model.predict(rows);
    assertThat(said.labels()).isEqualTo(classes);
    assertThat(said.knownness()[19]).isEqualTo(-Math.sqrt(26)); // from 29, 1 to 24, 2
    UnknownModel<ClassTree> named =
        Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)))
            .withName("other")
            .withFalseAlarms(0.2, Folds.stratified(5))
            .fit(rows.withClasses(classes));
    assertThat(named.heldBack()).isEqualTo(20);
    assertThat(named.predict(rows).toClassified().classes())
        .containsExactly("Unknown", "low", "up", "other");
  }

  @Test
  @DisplayName("without a class: other predictions stay, its rows get the likeliest of the others")
  void withoutAClass() {
    Classified p =
        new Classified(
            List.of("a", "b", "c"),
            new int[] {2, 1, 0, 1},
            new double[][] {{0.4, 0.3, 0.3}, {0.1, 0.6, 0.3}, {0.5, 0, 0.5}, {0, 1, 0}},
            true);
    Classified others = p.without("b");
    assertThat(others.classes()).containsExactly("a", "c");
    assertThat(others.labels()).containsExactly("c", "c", "a", "a");
    double[][] expected = {{4 / 7.0, 3 / 7.0}, {0.25, 0.75}, {0.5, 0.5}, {0.5, 0.5}};
    for (int row = 0; row < expected.length; row++) {
      assertThat(others.probabilities()[row]).containsExactly(expected[row], within(1e-15));
    }
    assertThat(p.without("d")).isSameAs(p);
    Classified decided =
        new Classified(List.of("a", "b"), new int[] {1}, new double[][] {{-3, 7}}, false);
    assertThat(decided.without("b"))
        .isEqualTo(new Classified(List.of("a"), new int[] {0}, new double[][] {{-3}}, false));
    assertThatThrownBy(() -> decided.without("b").without("a")).hasMessage("'a' is the only class");
  }

  /** Two classes that overlap, and rows of neither that lie among them. */
  private static Samples overlapping(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[300][];
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      int kind = i % 3;
      x[i] = new double[] {random.nextDouble(4) + 2 * kind, random.nextDouble(4)};
      classes.add(List.of("low", "Unknown", "up").get(kind));
    }
    return Samples.of(Matrix.of(List.of("x", "y"), x), classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"largest", "margin", "nearest", "entropy"})
  @DisplayName("the threshold counts rows that a learnt class Unknown takes")
  void thresholdWithALearntUnknown(String by) {
    Knownness knownness =
        switch (by) {
          case "largest" -> Knownness.largest();
          case "margin" -> Knownness.margin();
          case "nearest" -> Knownness.nearest(3);
          default -> Knownness.entropy();
        };
    UnknownModel<ClassForest> model =
        Classifiers.unknown(Classifiers.forest(ForestOptions.of(1).withTrees(20)))
            .withKnownness(knownness, -100)
            .fit(overlapping(1));
    Samples held = overlapping(2);
    Samples known = held.only(List.of("low", "up"));
    int always = model.predict(known).unknownCount();
    boolean alone = by.equals("largest") || by.equals("margin");
    assertThat(always).matches(n -> alone ? n == 0 : n > 20 && n < 100);
    for (int allowed : new int[] {0, 20, 100, 150}) {
      UnknownModel<ClassForest> one = model.withFalseAlarms(allowed / 200.0, held);
      int rejected = one.predict(known).unknownCount();
      assertThat(one.heldBack()).isEqualTo(200);
      assertThat(one.falseAlarms()).isEqualTo(rejected / 200.0);
      assertThat(rejected).isBetween(always, Math.max(always, allowed));
      if (allowed >= always) { // a higher threshold would reject more than that
        double next =
            Arrays.stream(Unknown.values(one.predict(known)))
                .filter(k -> k > one.threshold())
                .min()
                .orElseThrow();
        assertThat(one.withThreshold(next).predict(known).unknownCount()).isGreaterThan(allowed);
      }
    }
  }

  @Test
  void badInputIsNamed() {
    Samples rows = line();
    Unknown<ClassTree> learner = Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)));
    assertThatThrownBy(() -> learner.withFalseAlarms(1, Folds.of(2)))
        .hasMessage("rate=1.0: must be at least 0 and below 1");
    assertThatThrownBy(() -> learner.withThreshold(Double.NaN))
        .hasMessage("threshold=NaN: must be finite");
    assertThatThrownBy(() -> learner.withName(" ")).hasMessageStartingWith("name is blank");
    assertThatThrownBy(() -> learner.withFalseAlarms(0.1, Folds.of(2)).fit(rows))
        .hasMessageStartingWith(
            "fold 0 of 'rows' holds back every row of the class 'low', which is then not known");
    assertThatThrownBy(() -> learner.withKnownness(Knownness.nearest(21), -1).fit(rows))
        .hasMessage("k=21: must be from 1 to 20, the number of training rows");
    assertThatThrownBy(() -> learner.withKnownness(Knownness.energy(1), -1).fit(rows).predict(rows))
        .hasMessageContaining("choose one below 1, such as 0.5, or a learner of decision values");
    double[][] flat = new double[20][];
    Arrays.setAll(flat, i -> new double[] {i < 10 ? 0 : 1});
    assertThatThrownBy(
            () ->
                learner
                    .withKnownness(Knownness.mahalanobis(), -1)
                    .fit(rows.withFeatures(Matrix.of(flat))))
        .hasMessageStartingWith("the rows of each class are all equal");
    Classified p = new Classified(List.of("a", "b"), new double[][] {{0.5, 0.5}});
    assertThatThrownBy(() -> new Rejected(p, new double[] {Double.NaN}, 0, "Unknown"))
        .hasMessage("knownness has NaN at row 0: must be finite");
  }

  @Test
  @DisplayName("a column that is the sum of others, or constant in each class, changes no distance")
  void dependentColumns() {
    Samples rows = line();
    double[][] x = new double[20][];
    double[][] values = rows.matrix().values();
    Arrays.setAll(
        x, i -> new double[] {values[i][0], values[i][1], values[i][0] - values[i][1], 7});
    var learner =
        Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)))
            .withKnownness(Knownness.mahalanobis(), -1);
    Samples more = rows.withFeatures(Matrix.of(List.of("x", "y", "x - y", "c"), x));
    double[] expected = learner.fit(rows).predict(rows).knownness();
    assertThat(learner.fit(more).predict(more).knownness())
        .containsExactly(expected, within(1e-12));
  }

  static List<JsonNode> cases(String... kinds) {
    try (InputStream in = UnknownTest.class.getResourceAsStream("/classify/unknown.json")) {
      JsonMapper mapper = JsonMapper.builder().build();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(mapper::readTree)
          .filter(c -> List.of(kinds).contains(c.get("kind").asString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> distances() {
    return cases("distance").stream();
  }

  static Stream<JsonNode> isolations() {
    return cases("isolation").stream();
  }

  @ParameterizedTest
  @MethodSource("isolations")
  @DisplayName("the isolation forest has the scores of scikit-learn's")
  void isolationOfReference(JsonNode c) {
    Rows drawn = Rows.of(c, 3);
    double unit = Math.pow(10, c.get("digits").asInt());
    Matrix x = drawn.rows().matrix();
    Matrix tests = drawn.tests();
    if (unit >= 1) {
      for (double[][] all : List.of(x.values(), tests.values())) {
        for (double[] row : all) {
          Arrays.setAll(row, j -> Math.floor(row[j] * unit));
        }
      }
    }
    int most = c.get("most").asInt();
    Knownness by =
        Knownness.isolation(c.get("trees").asInt(), most == 0 ? 256 : most, c.get("seed").asLong());
    Knownness.Fitted forest = by.fit(Samples.of(x));
    assertThat(forest.of(tests, null, "")).containsExactly(numbers(c.get("scores")), within(1e-12));
    int[] first = IntStream.range(0, 25).toArray();
    assertThat(forest.of(x.rows(first), null, ""))
        .containsExactly(numbers(c.get("training")), within(1e-12));
  }

  @Test
  @DisplayName("a path is 0 long for one row, 1 for two, and 1.2074 on average for three")
  void pathsByHand() {
    assertThat(ByIsolation.meanPath(1)).isZero();
    assertThat(ByIsolation.meanPath(2)).isOne();
    assertThat(ByIsolation.meanPath(3))
        .isCloseTo(2 * (Math.log(2) + 0.5772156649015329) - 4 / 3.0, within(1e-15));
  }

  static Stream<JsonNode> oneClasses() {
    return cases("one class").stream();
  }

  @ParameterizedTest
  @MethodSource("oneClasses")
  @DisplayName("the one-class SVM decides as scikit-learn's")
  void oneClassOfReference(JsonNode c) {
    Rows drawn = Rows.of(c, 2);
    Knownness by =
        new ByOneClass(Kernel.rbf(c.get("gamma").asDouble()), c.get("nu").asDouble(), 1e-9);
    assertThat(by.fit(drawn.rows()).of(drawn.tests(), null, ""))
        .containsExactly(numbers(c.get("decision")), within(1e-6));
  }

  static Stream<JsonNode> told() {
    return cases("told").stream();
  }

  static double[] numbers(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  /** The training rows and tests of a case: see rows in unknown_fixtures.py. */
  record Rows(Samples rows, Matrix tests) {
    static Rows of(JsonNode c, int classes) {
      NumpyRandom random = NumpyRandom.of(c.get("seed").asLong());
      int columns = c.get("columns").asInt();
      double[][] x = new double[c.get("rows").asInt()][columns];
      List<String> names = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        names.add("class " + i % classes);
        for (int j = 0; j < columns; j++) {
          x[i][j] = random.uniform() + 1.5 * ((i % classes + j) % classes);
        }
      }
      double[][] tests = new double[25][columns];
      for (double[] row : tests) {
        for (int j = 0; j < columns; j++) {
          row[j] = random.uniform() * (classes + 2);
        }
      }
      return new Rows(Samples.of(Matrix.of(x), names), Matrix.of(tests));
    }
  }

  @ParameterizedTest
  @MethodSource("distances")
  @DisplayName("distances are those of scikit-learn")
  void distancesOfReference(JsonNode c) {
    Rows drawn = Rows.of(c, c.get("classes").asInt());
    var tree = Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)));
    double[] expected = numbers(c.get("mahalanobis"));
    double[] found =
        tree.withKnownness(Knownness.mahalanobis(), -9)
            .fit(drawn.rows())
            .predict(drawn.tests())
            .knownness();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-12 * -expected[i]));
    }
    for (int k : new int[] {1, 4}) {
      double[] near =
          tree.withKnownness(Knownness.nearest(k), -1)
              .fit(drawn.rows())
              .predict(drawn.tests())
              .knownness();
      assertThat(near).containsExactly(numbers(c.get("nearest" + k)), within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("told")
  @DisplayName("AUROC and FPR at a TPR are those of scikit-learn's curves")
  void toldOfReference(JsonNode c) {
    NumpyRandom random = NumpyRandom.of(c.get("seed").asLong());
    double unit = Math.pow(10, c.get("digits").asInt());
    double[] known =
        IntStream.range(0, c.get("known").asInt())
            .mapToDouble(i -> Math.rint((random.uniform() + 0.3) * unit) / unit)
            .toArray();
    double[] unknown =
        IntStream.range(0, c.get("unknown").asInt())
            .mapToDouble(i -> Math.rint(random.uniform() * unit) / unit)
            .toArray();
    OpenSet open = OpenSet.of(known, unknown);
    assertThat(open.auroc()).isCloseTo(c.get("auroc").asDouble(), within(1e-12));
    assertThat(open.fprAt95()).isCloseTo(c.get("fpr95").asDouble(), within(1e-15));
    assertThat(open.fprAt(0.8)).isCloseTo(c.get("fpr80").asDouble(), within(1e-15));
  }
}
