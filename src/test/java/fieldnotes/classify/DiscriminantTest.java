package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Classified;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscriminantTest {
  private static Matrix at(double... numbers) {
    double[][] x = Arrays.stream(numbers).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    return Matrix.of(List.of("v"), x);
  }

  @Test
  @DisplayName("means 1 and 5, variance 2/3 within: the odds are e^(4 (v − 3) · 3/2)")
  void linearByHand() {
    Samples rows = LinearFixtures.line("aaabbb", 0, 1, 2, 4, 5, 6);
    LinearDiscriminantModel model = Classifiers.linearDiscriminant().fit(rows);
    assertThat(model.coefficients()[0][0]).isCloseTo(6, within(1e-12));
    assertThat(model.intercepts()[0]).isCloseTo(-18, within(1e-12));
    assertThat(model.means()).isEqualTo(new double[][] {{1}, {5}});
    assertThat(model.predict(at(3)).scores()[0])
        .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
    LinearDiscriminantModel leaning =
        Classifiers.linearDiscriminant().withPriors(0.1, 0.9).fit(rows);
    assertThat(leaning.predict(at(3)).scores()[0])
        .containsExactly(new double[] {0.1, 0.9}, within(1e-12));
  }

  @Test
  @DisplayName("means 1 and 5, variances 2/3 and 8/3: ln odds by the normal densities")
  void quadraticByHand() {
    Samples rows = LinearFixtures.line("aaabbb", 0, 1, 2, 3, 5, 7);
    Classified said = Classifiers.quadraticDiscriminant().fit(rows).predict(at(3));
    double odds = Math.exp(-4 / (2 * 8.0 / 3) + 4 / (2 * 2.0 / 3)) / 2;
    assertThat(said.scores()[0][1]).isCloseTo(odds / (1 + odds), within(1e-12));
    assertThat(said.label(0)).isEqualTo("b");
  }

  @Test
  @DisplayName("a constant column and one that is twice there change no prediction")
  void dependentColumns() {
    for (JsonNode one : LinearFixtures.cases("linear")) {
      if (one.get("twins").asBoolean()) {
        double[][] x = LinearFixtures.x(one);
        double[][] more = LinearFixtures.withTwin(x);
        LinearDiscriminant how = Classifiers.linearDiscriminant();
        double[][] expected =
            how.fit(LinearFixtures.samples(one, x)).predict(Matrix.of(x)).scores();
        double[][] said =
            how.fit(LinearFixtures.samples(one, more)).predict(Matrix.of(more)).scores();
        for (int i = 0; i < said.length; i++) {
          assertThat(said[i]).containsExactly(expected[i], within(1e-11));
        }
      }
    }
  }

  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  @DisplayName("linear discriminants are scikit-learn's within 1e-12")
  void linearAgreesWithScikitLearn() {
    for (JsonNode one : LinearFixtures.cases("linear")) {
      double[][] x = LinearFixtures.x(one);
      if (one.get("twins").asBoolean()) {
        x = LinearFixtures.withTwin(x);
      }
      LinearDiscriminant how =
          Classifiers.linearDiscriminant().withPriors(LinearFixtures.numbers(one.get("priors")));
      JsonNode shrinkage = one.get("shrinkage");
      if (shrinkage.isString()) {
        how = how.withAutoShrinkage();
      } else if (!shrinkage.isNull()) {
        how = how.withShrinkage(shrinkage.asDouble());
      }
      LinearDiscriminantModel model = how.fit(LinearFixtures.samples(one, x));
      String what = LinearFixtures.text(one);
      // scikit-learn's own solver loses digits where the columns have other units
      double tolerance = one.get("table").asString().equals("scales") ? 1e-9 : 1e-12;
      LinearFixtures.assertClose(what, model.coefficients(), one.get("coefficients"), tolerance);
      double[] intercepts = LinearFixtures.numbers(one.get("intercepts"));
      LinearFixtures.assertClose(what, model.intercepts(), intercepts, tolerance);
      double[][] said = model.predict(LinearFixtures.first(x, 6)).scores();
      LinearFixtures.assertClose(what, said, one.get("says"), tolerance);
    }
  }

  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  @DisplayName("quadratic discriminants are scikit-learn's within 1e-12")
  void quadraticAgreesWithScikitLearn() {
    for (JsonNode one : LinearFixtures.cases("quadratic")) {
      double[][] x = LinearFixtures.x(one);
      QuadraticDiscriminant how =
          Classifiers.quadraticDiscriminant()
              .withRegularization(one.get("regularization").asDouble())
              .withPriors(LinearFixtures.numbers(one.get("priors")));
      Samples rows = LinearFixtures.samples(one, x);
      double[][] said = how.fit(rows).predict(LinearFixtures.first(x, 6)).scores();
      LinearFixtures.assertClose(LinearFixtures.text(one), said, one.get("says"), 1e-12);
    }
  }

  @Test
  void classesThatHaveNoCovariance() {
    Samples lonely = LinearFixtures.line("aaab", 0, 1, 2, 4);
    assertThatThrownBy(() -> Classifiers.quadraticDiscriminant().fit(lonely))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class 'b' has one row only");
    Samples flat = LinearFixtures.line("aaabbb", 0, 1, 2, 4, 4, 4);
    assertThatThrownBy(() -> Classifiers.quadraticDiscriminant().fit(flat))
        .hasMessageContaining("class 'b' (3 rows, 1 columns) is not of full rank: drop columns");
    assertThat(Classifiers.quadraticDiscriminant().withRegularization(0.1).fit(flat).predict(at(4)))
        .matches(said -> said.label(0).equals("b"));
    double[][] wide = {{1, 2, 3}, {2, 2, 1}, {3, 0, 1}, {5, 5, 5}, {6, 5, 4}};
    Samples few = Samples.of(Matrix.of(wide), List.of("a", "a", "a", "b", "b"));
    assertThatThrownBy(() -> Classifiers.quadraticDiscriminant().fit(few))
        .hasMessageContaining("class 'a' (3 rows, 3 columns)")
        .hasMessageContaining("needs more rows than columns");
    Samples two = LinearFixtures.line("ab", 0, 1);
    assertThatThrownBy(() -> Classifiers.linearDiscriminant().fit(two))
        .hasMessageContaining("there must be more rows than classes");
    assertThat(Classifiers.linearDiscriminant().fit(lonely).predict(at(4)).label(0)).isEqualTo("b");
  }

  @Test
  void badOptionsAndWeights() {
    Samples rows = LinearFixtures.line("aaabbb", 0, 1, 2, 4, 5, 6);
    assertThatThrownBy(() -> Classifiers.linearDiscriminant().withPriors(0.5, 0.6).fit(rows))
        .hasMessageContaining("must sum to 1, but sum to 1.1");
    assertThatThrownBy(() -> Classifiers.linearDiscriminant().withPriors(0, 1))
        .hasMessageContaining("each must be above 0");
    assertThatThrownBy(
            () -> Classifiers.quadraticDiscriminant().withPriors(0.5, 0.25, 0.25).fit(rows))
        .hasMessage("3 priors for 2 classes: give one for each of [a, b], in this order");
    assertThatThrownBy(() -> Classifiers.linearDiscriminant().withShrinkage(-1))
        .hasMessageContaining("share=-1.0");
    assertThatThrownBy(
            () ->
                Classifiers.linearDiscriminant()
                    .fit(rows.withWeights(new double[] {1, 1, 1, 1, 1, 2})))
        .hasMessageContaining("linear discriminant analysis does not support them");
  }
}
