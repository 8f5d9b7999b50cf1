package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogisticTest {
  @Test
  @DisplayName("with one column of 0 and 1 the odds are those counted: 1 of 4 and 3 of 5 rows")
  void oddsByHand() {
    Samples rows = LinearFixtures.line("aaabaabbb", 0, 0, 0, 0, 1, 1, 1, 1, 1);
    LogisticModel model = Classifiers.logistic().withoutPenalty().fit(rows);
    assertThat(model.intercepts()[0]).isCloseTo(Math.log(1.0 / 3), within(1e-8));
    assertThat(model.coefficients()[0][0])
        .isCloseTo(Math.log(3.0 / 2) - Math.log(1.0 / 3), within(1e-8));
    assertThat(model.converged()).isTrue();
    Classified said = model.predict(Matrix.of(List.of("v"), new double[][] {{0}, {1}}));
    assertThat(said.scores()[0]).containsExactly(new double[] {0.75, 0.25}, within(1e-9));
    assertThat(said.scores()[1]).containsExactly(new double[] {0.4, 0.6}, within(1e-9));
  }

  @Test
  @DisplayName("a penalty as strong as the data leaves a coefficient for which the gradient is 0")
  void gradientByHand() {
    Samples rows = LinearFixtures.line("aabb", -1, 1, -1, 3);
    LogisticModel model = Classifiers.logistic().withC(0.5).fit(rows);
    double w = model.coefficients()[0][0];
    double b = model.intercepts()[0];
    double slope = 2 * w;
    double bias = 0;
    double[] v = {-1, 1, -1, 3};
    for (int i = 0; i < 4; i++) {
      double miss = 1 / (1 + Math.exp(-w * v[i] - b)) - (i > 1 ? 1 : 0);
      slope += miss * v[i];
      bias += miss;
    }
    assertThat(slope).isCloseTo(0, within(1e-8));
    assertThat(bias).isCloseTo(0, within(1e-8));
  }

  @Test
  @DisplayName("a weight of 2 is a row twice, and a weight of 0 is no row")
  void weightsAreCounts() {
    JsonNode one =
        LinearFixtures.cases("linear").stream()
            .filter(c -> c.get("table").asString().equals("three"))
            .findFirst()
            .orElseThrow();
    Samples all = LinearFixtures.samples(one, LinearFixtures.x(one));
    double[] weights = new double[all.rowCount()];
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3;
      for (int r = 0; r < i % 3; r++) {
        repeated.add(i);
      }
    }
    int[] some = repeated.stream().mapToInt(Integer::intValue).toArray();
    for (Logistic how : List.of(Classifiers.logistic(), Classifiers.logistic().withL1())) {
      LogisticModel weighted = how.fit(all.withWeights(weights));
      LogisticModel counted = how.fit(all.rows(some));
      for (int c = 0; c < 3; c++) {
        assertThat(weighted.coefficients()[c])
            .containsExactly(counted.coefficients()[c], within(1e-8));
      }
    }
  }

  @Test
  @DisplayName("L1 leaves out columns of noise; coefficients are 0 exactly")
  void leavesColumnsOut() {
    NumpyRandom random = NumpyRandom.of(3);
    double[][] x = new double[300][6];
    List<String> classes = new ArrayList<>();
    for (double[] row : x) {
      Arrays.setAll(row, j -> random.normal());
      classes.add(row[1] + random.normal() / 2 > 0 ? "yes" : "no");
    }
    Samples rows = Samples.of(Matrix.of(x), classes);
    double[] found = Classifiers.logistic().withL1().withC(0.05).fit(rows).coefficients()[0];
    assertThat(found[1]).isGreaterThan(0.5);
    found[1] = 0;
    assertThat(found).containsOnly(0);
  }

  @Test
  @DisplayName("columns in other units: the same probabilities without penalty, as many iterations")
  void unitsDoNotMatter() {
    JsonNode one = LinearFixtures.cases("logistic").getFirst();
    double[][] x = LinearFixtures.x(one);
    double[][] other =
        Arrays.stream(x)
            .map(r -> new double[] {1e6 * r[0] + 1e7, 1e-6 * r[1], r[2] - 50})
            .toArray(double[][]::new);
    Logistic free = Classifiers.logistic().withoutPenalty();
    LogisticModel here = free.fit(LinearFixtures.samples(one, x));
    LogisticModel there = free.fit(LinearFixtures.samples(one, other));
    assertThat(there.iterations()).isLessThanOrEqualTo(here.iterations() + 2);
    double[][] said = there.predict(Matrix.of(other)).scores();
    double[][] expected = here.predict(Matrix.of(x)).scores();
    for (int i = 0; i < said.length; i++) {
      assertThat(said[i]).containsExactly(expected[i], within(1e-8));
    }
  }

  @Test
  @DisplayName("a column that is twice there shares its coefficient; a constant one has none")
  void dependentColumns() {
    JsonNode one = LinearFixtures.cases("logistic").getFirst();
    double[][] x = LinearFixtures.x(one);
    Logistic free = Classifiers.logistic().withoutPenalty();
    LogisticModel plain = free.fit(LinearFixtures.samples(one, x));
    LogisticModel more = free.fit(LinearFixtures.samples(one, LinearFixtures.withTwin(x)));
    assertThat(more.converged()).isTrue();
    double[] found = more.coefficients()[0];
    assertThat(found[0]).isCloseTo(plain.coefficients()[0][0] / 2, within(1e-6));
    assertThat(found[3]).isCloseTo(found[0], within(1e-6));
    assertThat(found[4]).isZero();
  }

  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  @DisplayName("coefficients and probabilities of two classes are scikit-learn's within 1e-7")
  void agreesWithScikitLearn() {
    LinearFixtures.cases("logistic").stream()
        .filter(one -> one.get("table").asString().equals("two"))
        .forEach(LogisticTest::assertAgrees);
  }

  static void assertAgrees(JsonNode one) {
    double[][] x = LinearFixtures.x(one);
    Logistic how =
        one.get("c").isNull()
            ? Classifiers.logistic().withoutPenalty()
            : Classifiers.logistic()
                .withC(one.get("c").asDouble())
                .withL1Ratio(one.get("ratio").asDouble());
    LogisticModel model = how.fit(LinearFixtures.samples(one, x));
    String what = LinearFixtures.text(one);
    assertThat(model.converged()).as(what).isTrue();
    LinearFixtures.assertClose(what, model.coefficients(), one.get("coefficients"), 1e-7);
    double[] intercepts = LinearFixtures.numbers(one.get("intercepts"));
    LinearFixtures.assertClose(what, model.intercepts(), intercepts, 1e-7);
    double[][] said = model.predict(LinearFixtures.first(x, 6)).scores();
    LinearFixtures.assertClose(what, said, one.get("says"), 1e-7);
  }

  @Test
  void itsTableNamesColumnsAndClasses() {
    LogisticModel two = Classifiers.logistic().fit(LinearFixtures.line("ababa", 1, 2, 3, 5, 0));
    assertThat(two.table().columnNames()).containsExactly("column", "b");
    assertThat(two.table().stringColumn(0).asList()).containsExactly("v", "intercept");
    assertThat(two.table().doubleColumn("b").get(0)).isEqualTo(two.coefficients()[0][0]);
    LogisticModel three = Classifiers.logistic().fit(LinearFixtures.line("abcba", 1, 2, 3, 5, 0));
    assertThat(three.table().columnNames()).containsExactly("column", "a", "b", "c");
    assertThat(three.toString())
        .startsWith("logistic regression, C 1.0: 1 columns, 3 classes, converged after ");
  }

  @Test
  void separableClassesNeedAPenalty() {
    Samples two = LinearFixtures.line("aaabb", 1, 2, 3, 5, 6);
    Logistic free = Classifiers.logistic().withoutPenalty();
    assertThatThrownBy(() -> free.fit(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("separate the classes without error")
        .hasMessageContaining("withC(1)");
    assertThat(Classifiers.logistic().fit(two).converged()).isTrue();
    double[][] corners = {{0, 0}, {0, 1}, {5, 5}, {5, 6}, {9, 0}, {9, 1}};
    Samples three = Samples.of(Matrix.of(corners), List.of("a", "a", "b", "b", "c", "c"));
    assertThatThrownBy(() -> free.fit(three)).hasMessageContaining("separate the classes");
  }

  @Test
  @DisplayName("classes that only touch, or too few iterations, end and say so in the model")
  void endsWithoutBeingFinal() {
    Samples touching = LinearFixtures.line("aaabbb", 1, 2, 3, 3, 4, 5);
    LogisticModel model = Classifiers.logistic().withoutPenalty().fit(touching);
    assertThat(model.coefficients()[0][0]).isGreaterThan(10);
    Samples rows = LinearFixtures.line("abaabb", 1, 2, 3, 3, 4, 5);
    LogisticModel early = Classifiers.logistic().withMaxIterations(1).fit(rows);
    assertThat(early.converged()).isFalse();
    assertThat(early.toString()).contains("at most 1 iterations", "not converged after 1 iter");
  }

  @Test
  void badOptionsAndRows() {
    assertThatThrownBy(() -> Classifiers.logistic().withC(0)).hasMessageContaining("c=0.0");
    assertThatThrownBy(() -> Classifiers.logistic().withC(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Classifiers.logistic().withL1Ratio(1.5))
        .hasMessageContaining("l1Ratio=1.5");
    assertThatThrownBy(() -> Classifiers.logistic().withoutPenalty().withL1())
        .hasMessageContaining("without penalty");
    Samples rows = LinearFixtures.line("abc", 1, 2, 3).withWeights(new double[] {1, 0, 2});
    assertThatThrownBy(() -> Classifiers.logistic().fit(rows))
        .hasMessage(
            "all rows of class 'b' have weight 0: leave at least one in, or leave out the class");
  }
}
