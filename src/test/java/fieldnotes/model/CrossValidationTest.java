package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.classify.Classifiers;
import fieldnotes.common.Warned;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.ModelComparison;
import fieldnotes.evaluate.Scores;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
  private static final Samples ROWS = PipelineTest.ROWS.withFeatures(List.of("b", "c"));

  @Test
  @DisplayName("several learners on the same folds: as each alone, the best first")
  void compare() {
    Map<String, Learner<?, ?>> learners = new LinkedHashMap<>();
    learners.put("stiff", Regressors.ridge(1e6));
    learners.put("loose", Regressors.ridge(0.1));
    Folds folds = Folds.shuffled(4, 1).repeated(2);
    ModelComparison of = CrossValidation.compare(learners, ROWS, folds, Scores.rmse());
    learners.forEach(
        (name, learner) ->
            assertThat(of.line(name).mean())
                .isEqualTo(CrossValidation.of(learner, ROWS, folds, Scores.rmse()).mean()));
    assertThat(of.lines().getFirst().mean()).isLessThanOrEqualTo(of.lines().getLast().mean());
    assertThat(of.lines().getFirst().verdict()).isEqualTo("best");
    assertThatThrownBy(
            () ->
                CrossValidation.compare(
                    Map.of("one", Regressors.ridge(1)), ROWS, folds, Scores.rmse()))
        .hasMessage("there are 1 models: compare at least 2");
  }

  @Test
  void unevenFoldsAreWarnedOf() {
    double[][] x = {{1}, {2}, {3}, {8}, {9}};
    Samples rows = Samples.of(Matrix.of(x), List.of("a", "a", "a", "b", "b"));
    try (Warned warned = new Warned()) {
      CrossValidation.of(
          Classifiers.tree(TreeOptions.of(1)), rows, Folds.stratified(3, 1), Scores.accuracy());
      assertThat(warned.lines())
          .containsExactly(
              "class 'b' is missing from the test rows of 1 of 3 folds, where its scores are"
                  + " undefined: choose fewer folds");
    }
  }
}
