package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Classified;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DecompositionTest {
  private static final Samples THREE =
      Samples.of(Matrix.of(new double[][] {{1}, {2}, {4}}), List.of("a", "b", "c"));

  static Stream<JsonNode> cases() {
    return DrawnRows.cases("svm", "several");
  }

  @Test
  @DisplayName("three rows of three classes, told apart by nearest rows")
  void handWorked() {
    Decomposed rest = Classifiers.oneVsRest(Classifiers.nearest(1)).fit(THREE);
    assertThat(rest.book()).isDeepEqualTo(new double[][] {{1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}});
    Matrix at = Matrix.of(new double[][] {{0}, {2.5}, {9}});
    assertThat(rest.predict(at).labels()).containsExactly("a", "b", "c");
    assertThat(rest.predict(at).probabilities()[1]).containsExactly(0, 1, 0);
    Decomposed pairs = Classifiers.oneVsOne(Classifiers.nearest(1)).fit(THREE);
    assertThat(pairs.book()).isDeepEqualTo(new double[][] {{-1, -1, 0}, {1, 0, -1}, {0, 1, 1}});
    // at 2.5 b wins against a and c, and a against c by the nearer row: confidences 1, 0 and 0
    assertThat(pairs.predict(at).scores()[1]).containsExactly(1 - 1 / 6.0, 2 + 1 / 6.0, 0);
    assertThat(pairs).hasToString("each class against each other: 1 nearest rows: 3 models");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAreJoinedAsInScikitLearn(JsonNode expected) {
    DrawnRows drawn = DrawnRows.of(expected);
    SupportVectorMachine machine = Classifiers.supportVectors().withC(3);
    int classes = expected.get("classes").asInt();
    Classified rest = Classifiers.oneVsRest(machine).fit(drawn.rows()).predict(drawn.unseen());
    assertThat(rest.codes()).containsExactly(DrawnRows.wholes(expected.get("restCodes")));
    SupportVectorsTest.near(last(rest, classes), DrawnRows.matrix(expected.get("rest")), 1e-6);
    Classified ones = Classifiers.oneVsOne(machine).fit(drawn.rows()).predict(drawn.unseen());
    assertThat(ones.codes()).containsExactly(DrawnRows.wholes(expected.get("onesCodes")));
    SupportVectorsTest.near(last(ones, classes), DrawnRows.matrix(expected.get("ones")), 1e-6);
    Decomposed codes =
        Classifiers.errorCorrecting(
                machine, expected.get("size").asDouble(), expected.get("codeSeed").asInt())
            .fit(drawn.rows());
    assertThat(codes.book()).isDeepEqualTo(DrawnRows.matrix(expected.get("book")));
    assertThat(codes.predict(drawn.unseen()).codes())
        .containsExactly(DrawnRows.wholes(expected.get("codeCodes")));
  }

  /** Of two classes, the scores of the second. */
  private static double[][] last(Classified said, int classes) {
    return classes > 2
        ? said.scores()
        : Arrays.stream(said.scores()).map(s -> new double[] {s[1]}).toArray(double[][]::new);
  }

  @Test
  void classesOfOneCodeAreNamed() {
    Decomposed model =
        Classifiers.errorCorrecting(Classifiers.tree(TreeOptions.of(1)), 0.4, 1).fit(THREE);
    assertThat(model.book()).isDeepEqualTo(new double[][] {{-1}, {1}, {-1}});
    assertThat(model.toString()).endsWith("1 models, 'a' and 'c' have one code: raise codeSize");
    assertThatThrownBy(
            () ->
                Classifiers.errorCorrecting(Classifiers.tree(TreeOptions.of(1)), 0.2, 1).fit(THREE))
        .hasMessage("codeSize=0.2 of 3 classes is no question");
    assertThatThrownBy(() -> Classifiers.errorCorrecting(Classifiers.tree(TreeOptions.of(1)), 0, 1))
        .hasMessage("codeSize=0.0: must be a finite number above 0");
  }
}
