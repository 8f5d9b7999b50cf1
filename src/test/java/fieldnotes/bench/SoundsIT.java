package fieldnotes.bench;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Knownness;
import fieldnotes.data.DataMissingException;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.OpenSet;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.evaluate.Score;
import fieldnotes.evaluate.Scores;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Steps;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** What classifiers must reach on the sound that is here; {@code bench/sounds.py} says the same. */
class SoundsIT {
  private static final FeatureOptions WHOLE = FeatureOptions.of().withWholeFiles();

  /** A score of what was said of each row, over all folds. */
  private static double pooled(Table rows, Score score) {
    List<String> truth = rows.stringColumn("label").asList();
    List<String> said = rows.stringColumn("ours").asList();
    List<String> classes = truth.stream().distinct().sorted().toList();
    double[][] votes = new double[said.size()][classes.size()];
    int[] codes = said.stream().mapToInt(classes::indexOf).toArray();
    for (int i = 0; i < codes.length; i++) {
      votes[i][codes[i]] = 1;
    }
    return score.of(new Outcome.Classes(truth, new Classified(classes, codes, votes, false)));
  }

  @Test
  @DisplayName("telephone, split by recording: music and speech are told apart in 97 % at least")
  void telephone() {
    Table rows;
    try {
      FeatureOptions chunks = FeatureOptions.of().withChunks(SoundsBench.CHUNK_SECONDS);
      rows = SoundsBench.held(SoundsBench.telephone(chunks), SoundsBench.folds());
    } catch (DataMissingException e) {
      Assumptions.abort("skipped, since the packages cannot be had here: " + e.getMessage());
      throw e;
    }
    assertThat(pooled(rows, Scores.balancedAccuracy())).isBetween(0.97, 1.0);
  }

  @Test
  @DisplayName("studio/sounds: ten classes with a macro F1 of 0.95 at least")
  void tenClasses() {
    Table rows =
        SoundsBench.held(SoundsBench.samples("studio/sounds", WHOLE), Folds.stratified(5, 42));
    assertThat(pooled(rows, Scores.macroF1())).isBetween(0.95, 1.0);
  }

  @Test
  @DisplayName(
      "studio/sounds: of two classes never heard, an AUROC of 0.85 in the mean of five pairs")
  void unknown() {
    Samples all = SoundsBench.samples("studio/sounds", WHOLE);
    List<String> names = all.classNames();
    double[] found = new double[names.size() / 2];
    for (int pair = 0; pair < found.length; pair++) {
      List<String> out = names.subList(2 * pair, 2 * pair + 2);
      found[pair] =
          auroc(
              SoundsBench.where(all, c -> !out.contains(c)), SoundsBench.where(all, out::contains));
    }
    assertThat(Arrays.stream(found).average().orElseThrow())
        .as(Arrays.toString(found))
        .isBetween(0.85, 1.0);
  }

  /** Known rows are judged by a model that was fitted without their fold. */
  private static double auroc(Samples known, Samples unknown) {
    var machine =
        Pipeline.of(
            Steps.of(Missing.median(), Scaler.standard()), Classifiers.supportVectors().withC(10));
    var learner = Classifiers.unknown(machine).withKnownness(Knownness.largest(), 0);
    List<Double> knownness = new ArrayList<>();
    for (Split split : Folds.stratified(5, 42).splits(known)) {
      Rejected said = learner.fit(known.rows(split.train())).predict(known.rows(split.test()));
      Arrays.stream(said.knownness()).forEach(knownness::add);
    }
    double[] of = knownness.stream().mapToDouble(Double::doubleValue).toArray();
    return OpenSet.of(of, learner.fit(known).predict(unknown).knownness()).auroc();
  }
}
