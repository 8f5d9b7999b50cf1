package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NaiveBayesTest {
  @Test
  @DisplayName("Gaussian: means 1 and 5 with variances 1 and 4, at 3 a density of 1 : ½ e^(3/2)")
  void gaussianByHand() {
    Samples rows = LinearFixtures.line("aabb", 0, 2, 3, 7);
    Classified said =
        Classifiers.gaussianBayes()
            .withSmoothing(0)
            .fit(rows)
            .predict(Matrix.of(List.of("v"), new double[][] {{3}}));
    double odds = Math.exp(1.5) / 2;
    assertThat(said.scores()[0][1]).isCloseTo(odds / (1 + odds), within(1e-13));
  }

  @Test
  @DisplayName("multinomial: 3 and 1 words of class a, 0 and 2 of b, each and 1 more")
  void multinomialByHand() {
    Samples rows =
        Samples.of(
            Matrix.of(List.of("cat", "dog"), new double[][] {{3, 1}, {0, 2}}), List.of("a", "b"));
    DiscreteBayesModel model = Classifiers.multinomialBayes().fit(rows);
    assertThat(model.logProbabilities()[0])
        .containsExactly(new double[] {Math.log(4 / 6.0), Math.log(2 / 6.0)}, within(1e-15));
    double[][] one = {{1, 0}};
    assertThat(model.predict(Matrix.of(List.of("cat", "dog"), one)).scores()[0][0])
        .isCloseTo((4 / 6.0) / (4 / 6.0 + 1 / 4.0), within(1e-14));
  }

  @Test
  @DisplayName("Bernoulli: above 2 in 2 of 2 rows of a, in 0 of 1 of b, of which each 1 more")
  void bernoulliByHand() {
    Samples rows = LinearFixtures.line("aab", 3, 5, 2);
    DiscreteBayesModel model = Classifiers.bernoulliBayes().withThreshold(2).fit(rows);
    Classified said = model.predict(Matrix.of(List.of("v"), new double[][] {{9}, {2}}));
    double a = 2 / 3.0 * 3 / 4;
    double b = 1 / 3.0 * 1 / 3;
    assertThat(said.scores()[0][0]).isCloseTo(a / (a + b), within(1e-14));
    assertThat(said.label(1)).isEqualTo("b");
  }

  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  @DisplayName("variances and probabilities are scikit-learn's within 1e-12")
  void agreesWithScikitLearn() {
    for (JsonNode one : LinearFixtures.cases("bayes")) {
      String kind = one.get("kind").asString();
      double[][] x = LinearFixtures.x(one);
      x = kind.equals("multinomial") ? LinearFixtures.sizes(x) : x;
      double option = one.get("option").asDouble();
      double[] priors = LinearFixtures.numbers(one.get("priors"));
      Samples rows = LinearFixtures.samples(one, x);
      String what = LinearFixtures.text(one) + option;
      ClassModel model;
      if (kind.equals("gaussian")) {
        GaussianBayesModel fitted =
            Classifiers.gaussianBayes().withSmoothing(option).withPriors(priors).fit(rows);
        LinearFixtures.assertClose(what, fitted.variances(), one.get("knows"), 1e-12);
        model = fitted;
      } else {
        DiscreteBayesModel fitted =
            kind.equals("multinomial")
                ? Classifiers.multinomialBayes().withAlpha(option).withPriors(priors).fit(rows)
                : Classifiers.bernoulliBayes()
                    .withAlpha(option == 0 ? 1 : 0.2)
                    .withThreshold(option)
                    .withPriors(priors)
                    .fit(rows);
        LinearFixtures.assertClose(what, fitted.logProbabilities(), one.get("knows"), 1e-12);
        model = fitted;
      }
      double[][] said = model.predict(LinearFixtures.first(x, 6)).scores();
      LinearFixtures.assertClose(what, said, one.get("says"), 1e-12);
    }
  }

  @Test
  void badRowsAndOptions() {
    Samples negative = LinearFixtures.line("aabb", 0, 2, -3, 7);
    assertThatThrownBy(() -> Classifiers.multinomialBayes().fit(negative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-3.0 at row 2, column 'v': multinomial naive Bayes takes counts");
    Samples flat = LinearFixtures.line("aabb", 2, 2, 3, 7);
    assertThatThrownBy(() -> Classifiers.gaussianBayes().withSmoothing(0).fit(flat))
        .hasMessageContaining("column 'v' has the same value in all rows of class 'a'")
        .hasMessageContaining("withSmoothing(1e-9)");
    assertThat(Classifiers.gaussianBayes().fit(flat).variances()[0][0]).isPositive();
    assertThatThrownBy(() -> Classifiers.bernoulliBayes().withAlpha(0))
        .hasMessageContaining("alpha");
    assertThatThrownBy(() -> Classifiers.bernoulliBayes().withAlpha(1e-300).fit(flat))
        .hasMessageContaining("alpha=1.0E-300 is too small: column 'v'");
    assertThatThrownBy(
            () ->
                Classifiers.gaussianBayes()
                    .fit(flat)
                    .predict(Matrix.of(List.of("v"), new double[][] {{1e200}})))
        .hasMessageContaining("Infinity at row 0: its numbers are too large for the model");
  }
}
