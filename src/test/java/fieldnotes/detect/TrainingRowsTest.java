package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.classify.Classifiers;
import fieldnotes.data.DataSets;
import fieldnotes.evaluate.Scores;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows are kept together, and which are judged. */
class TrainingRowsTest {
  private static final Training QUICK = TrainingTest.QUICK;

  @Test
  @DisplayName("rows of a class called Unknown are judged by whether they are rejected")
  void unknownRows() {
    List<String> classes =
        TrainingTest.table().classes().stream().map(c -> c.equals("c") ? "Unknown" : c).toList();
    Samples rows = TrainingTest.table().withClasses(classes);
    Trained trained = QUICK.fit(rows);
    assertThat(trained.model().classes()).containsExactly("a", "b");
    assertThat(trained.test().only("Unknown").rowCount()).isEqualTo(9);
    assertThat(trained.outcome().rowCount()).isEqualTo(18);
    assertThat(trained.outcome().truth()).containsOnly("a", "b");
    assertThat(Scores.accuracy().of(trained.outcome())).isEqualTo(1);
    assertThat(trained.report().lines()).hasSize(2);
    assertThat(trained.rejected(trained.known(trained.validation()))).isLessThanOrEqualTo(0.05);
    ModelCard card = trained.card();
    assertThat(card.scores().getFirst().value()).isEqualTo(1);
    assertThat(card.scores().getFirst().on()).isEqualTo("test rows: 18 in 6 recordings");
    ModelCard.Scored rejects = card.scores().getLast();
    assertThat(rejects.name()).isEqualTo("share of rows of the class Unknown that are rejected");
    assertThat(rejects.value()).isEqualTo(trained.rejected(trained.test().only("Unknown")));
    assertThat(rejects.value()).isEqualTo(1);
    assertThat(rejects.on()).isEqualTo("9 rows of the test part");
    assertThat(trained.threshold()).contains("rejects 0.0 % of the validation rows, 0.0 % of the");
    assertThat(card.limits())
        .noneMatch(l -> l.contains("not measured"))
        .anyMatch(l -> l.endsWith("it rejects was measured on those of the class Unknown only."));
    assertThat(QUICK.fit(TrainingTest.table()).card().limits())
        .anyMatch(l -> l.endsWith("other classes it rejects was not measured."));
  }

  @Test
  @DisplayName("rows of one recording stay together, whatever else rows are kept together by")
  void byAnotherGroupAndRecording() {
    List<String> speakers = // two in a recording, of whom one is in the next, for three recordings
        IntStream.range(0, 180).mapToObj(i -> "s" + (i / 9 * 4 + i % 9 / 3 + i % 3 / 2)).toList();
    Samples rows = TrainingTest.table().withGroups("speaker", speakers);
    Trained trained = QUICK.withGroup("speaker").fit(rows);
    for (String group : List.of("speaker", "recording")) {
      assertThat(trained.train().groups(group))
          .as(group)
          .doesNotContainAnyElementsOf(trained.test().groups(group))
          .doesNotContainAnyElementsOf(trained.validation().groups(group));
      assertThat(trained.test().groups(group))
          .as(group)
          .doesNotContainAnyElementsOf(trained.validation().groups(group));
    }
    assertThat(trained.card().how())
        .containsEntry("rows", "180 in 20 groups")
        .extractingByKey("split")
        .asString()
        .startsWith("70/15/15 by speaker and recording, seed 42");
    List<String> some = // the first two recordings have one speaker, the others none that is known
        IntStream.range(0, 180).mapToObj(i -> i < 6 && i % 3 > 0 ? "s" : "").toList();
    assertThat(
            RowGroups.of(rows.withGroups("speaker", some), "speaker").groups().stream().distinct())
        .hasSize(59);
    assertThat(QUICK.withGroup("recording").fit(rows).card()).isEqualTo(QUICK.fit(rows).card());
    List<String> halves = IntStream.range(0, 180).mapToObj(i -> "s" + i / 90).toList();
    assertThatThrownBy(() -> QUICK.withGroup("speaker").fit(rows.withGroups("speaker", halves)))
        .hasMessageEndingWith("at least three recordings");
    List<String> chain = IntStream.range(0, 180).mapToObj(i -> "s" + (i + 1) / 3).toList();
    Samples linked = rows.withGroups("speaker", chain);
    assertThatThrownBy(() -> QUICK.withGroup("speaker").fit(linked))
        .hasMessageStartingWith("'table' cannot be split in three: 180 rows to learn from, 0 to")
        .hasMessageEndingWith(
            "; rows with the same speaker or recording stay together, which makes 1 group of 61");
  }

  @Tag("long")
  @Test
  @DisplayName("a copy of a file, under another name, is in the part of the file")
  void copiedFiles(@TempDir Path sounds) throws IOException {
    Tones.folder(sounds, 6, 2);
    assertThat(QUICK.fit(Tones.samples(sounds), FeatureSet.JOURNAL_38, Tones.options()).card())
        .satisfies(card -> assertThat(card.how()).doesNotContainKey("copies"));
    for (String kind : List.of("low", "high")) {
      for (int i = 0; i < 6; i++) {
        Path file = sounds.resolve(kind + "/" + kind + i + ".wav");
        Files.copy(file, file.resolveSibling("copy-" + i + ".wav"));
      }
    }
    Samples rows = Tones.samples(sounds);
    Trained trained = QUICK.fit(rows, FeatureSet.JOURNAL_38, Tones.options());
    assertThat(trained.card().how())
        .containsEntry("rows", "60 in 18 recordings")
        .containsEntry("copies", "files with the content of another, and of its recording: 12");
    List<double[]> learnt = List.of(trained.train().matrix().values());
    assertThat(trained.test().matrix().values()).isNotEmpty();
    for (double[] row : trained.test().matrix().values()) {
      assertThat(learnt).noneMatch(other -> Arrays.equals(row, other));
    }
  }

  @Tag("long")
  @Test
  @DisplayName("whole sounds: the order of the files does not change the model")
  void orderOfWholeSounds(@TempDir Path sounds) throws IOException {
    Samples files =
        DataSets.samples(
            Tones.folder(sounds, 4, 0.4).toString(),
            FeatureSet.of("LEVEL", Measure.rms()),
            FeatureOptions.of().withRate(Tones.RATE).withWholeFiles().withoutCache());
    int n = files.rowCount();
    Samples turned = files.rows(IntStream.range(0, n).map(i -> n - 1 - i).toArray());
    Samples rows = WholeSounds.rows(files, Tones.RATE, 5);
    Samples others = WholeSounds.rows(turned, Tones.RATE, 5);
    assertThat(others.matrix()).isEqualTo(rows.matrix());
    assertThat(others.names()).isEqualTo(rows.names());
    assertThat(others.classes()).isEqualTo(rows.classes());
    Samples last = WholeSounds.rows(files.rows(new int[] {n - 1}), Tones.RATE, 5);
    for (int i = 0; i < WholeSounds.EACH; i++) {
      assertThat(last.matrix().values()[i])
          .isEqualTo(rows.matrix().values()[(n - 1) * WholeSounds.EACH + i]);
    }
    assertThat(WholeSounds.rows(files, Tones.RATE, 6).matrix()).isNotEqualTo(rows.matrix());
    Training training = Training.of(Classifiers.gaussianBayes(), 5).withSplit(2, 1, 1);
    assertThat(training.fitWhole(turned, Tones.RATE).model())
        .isEqualTo(training.fitWhole(files, Tones.RATE).model());
  }
}
