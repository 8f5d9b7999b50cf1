package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Classified;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DummyTest {
  @Test
  @DisplayName("three a and one b: always a, with probability ¾ where shares are asked for")
  void byHand() {
    Samples rows = LinearFixtures.line("aaba", 0, 1, 2, 4);
    Matrix one = Matrix.of(List.of("v"), new double[][] {{9}});
    Classified prior = Classifiers.dummy(Dummy.Kind.PRIOR).fit(rows).predict(one);
    assertThat(prior.label(0)).isEqualTo("a");
    assertThat(prior.scores()[0]).containsExactly(0.75, 0.25);
    Classified most = Classifiers.dummy(Dummy.Kind.MOST_FREQUENT).fit(rows).predict(one);
    assertThat(most.scores()[0]).containsExactly(1, 0);
    assertThat(Classifiers.dummy("b").fit(rows).predict(one).label(0)).isEqualTo("b");
  }

  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  @DisplayName("draws and shares are scikit-learn's")
  void agreesWithScikitLearn() {
    for (JsonNode one : LinearFixtures.cases("dummies")) {
      double[][] x = LinearFixtures.x(one);
      Dummy.Kind kind = Dummy.Kind.valueOf(one.get("kind").asString());
      Dummy how =
          switch (kind) {
            case CONSTANT -> Classifiers.dummy("c1");
            case STRATIFIED, UNIFORM -> Classifiers.dummy(kind, one.get("seed").asLong());
            case MOST_FREQUENT, PRIOR -> Classifiers.dummy(kind);
          };
      Classified said = how.fit(LinearFixtures.samples(one, x)).predict(Matrix.of(x));
      int[] codes = one.get("codes").valueStream().mapToInt(JsonNode::asInt).toArray();
      String what = LinearFixtures.text(one);
      assertThat(said.codes()).as(what).isEqualTo(codes);
      double[][] first = Arrays.copyOf(said.scores(), 6);
      LinearFixtures.assertClose(what, first, one.get("says"), 1e-15);
    }
  }

  @Test
  void badOptions() {
    Samples rows = LinearFixtures.line("aaba", 0, 1, 2, 4);
    assertThatThrownBy(() -> Classifiers.dummy("c").fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("class 'c' is not in 'rows', which has [a, b]");
    assertThatThrownBy(() -> Classifiers.dummy(Dummy.Kind.UNIFORM))
        .hasMessageContaining("dummy(UNIFORM, 42)");
    assertThatThrownBy(() -> Classifiers.dummy(Dummy.Kind.PRIOR, 3))
        .hasMessageContaining("without a seed");
    assertThatThrownBy(() -> Classifiers.dummy(Dummy.Kind.CONSTANT))
        .hasMessageContaining("needs a name");
    assertThatThrownBy(() -> Classifiers.dummy(Dummy.Kind.UNIFORM, -1))
        .hasMessageContaining("seed -1");
  }
}
