package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Search.Draw;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.BoostingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TunedVoteTest {
  private static final Folds FOLDS = Folds.stratified(3, 1);

  private static Samples rows() {
    Random random = new Random(1);
    double[][] x = new double[60][3];
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      classes.add(i % 2 == 0 ? "music" : "speech");
      for (int j = 0; j < 3; j++) {
        x[i][j] = random.nextGaussian() + i % 2;
      }
    }
    x[3][1] = Double.NaN;
    return Samples.of(Matrix.of(x), classes);
  }

  @Test
  @DisplayName("both searches as written out, and the vote in which boosting counts twice")
  void asWrittenOut() {
    Samples rows = rows();
    TunedVote found = TunedVote.of(rows, 4, 12, FOLDS, Scores.accuracy(), 7);
    Map<String, Draw> ranges =
        Map.of(
            "trees", Draw.integer(3, 13),
            "rate", Draw.logUniform(0.02, 0.5),
            "depth", Draw.integer(1, 5),
            "rows", Draw.uniform(0.5, 1));
    Search boostings =
        Search.over(
            Search.random(ranges, 4, 7),
            s ->
                Pipeline.of(
                    Missing.median(),
                    Classifiers.boosting(
                        BoostingOptions.of(7)
                            .withTrees(s.whole("trees"))
                            .withLearningRate(s.number("rate"))
                            .withMaxDepth(s.whole("depth"))
                            .withSubsample(s.number("rows")))),
            rows,
            FOLDS,
            Scores.accuracy());
    assertThat(found.boostings()).isEqualTo(boostings);
    assertThat(found.forests().candidates())
        .hasSize(4)
        .allSatisfy(c -> assertThat(c.setting().whole("trees")).isBetween(3, 12));
    assertThat(found).hasToString("forest %s\nboosting %s".formatted(found.forests(), boostings));
    double[][] forest = found.forest().fit(rows).predict(rows).probabilities();
    double[][] boosting = found.boosting().fit(rows).predict(rows).probabilities();
    double[][] vote = found.vote().fit(rows).predict(rows).probabilities();
    for (int i = 0; i < vote.length; i++) {
      assertThat(vote[i][0]).isCloseTo((forest[i][0] + 2 * boosting[i][0]) / 3, within(1e-15));
    }
  }

  @Test
  void badInput() {
    Samples rows = rows();
    assertThatThrownBy(() -> TunedVote.of(rows, 0, 12, FOLDS, Scores.accuracy(), 7))
        .hasMessage("candidates=0: must be at least 1");
    assertThatThrownBy(() -> TunedVote.of(rows, 1, 3, FOLDS, Scores.accuracy(), 7))
        .hasMessage("trees=3: must be at least 4");
    Samples one = rows.only("music");
    assertThatThrownBy(() -> TunedVote.of(one, 1, 12, FOLDS, Scores.accuracy(), 7))
        .hasMessage("'rows' has only the class 'music': stratified folds need at least 2 classes");
    double[][] huge = rows.matrix().values().clone();
    huge[5] = new double[] {1e300, 0, 0};
    Samples bad = Samples.of(Matrix.of(huge), rows.classes());
    assertThatThrownBy(() -> TunedVote.of(bad, 2, 12, FOLDS, Scores.accuracy(), 7))
        .hasMessageStartingWith("search: all 2 settings failed; the first: ")
        .hasMessageContaining("scale first");
  }
}
