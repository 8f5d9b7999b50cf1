package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Augmentation;
import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Knownness;
import fieldnotes.data.DataSets;
import fieldnotes.evaluate.Scores;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingTest {
  @TempDir Path folder;

  /** 20 recordings of each of three classes, three rows each. */
  static Samples table() {
    NumpyRandom random = NumpyRandom.of(7);
    List<String> classes = new ArrayList<>();
    List<String> recordings = new ArrayList<>();
    double[][] x = new double[180][];
    for (int i = 0; i < x.length; i++) {
      int kind = i / 60;
      x[i] = new double[] {5 * kind + random.normal(), random.normal() - 4 * kind, Double.NaN};
      if (i % 50 == 3) {
        x[i][1] = Double.NaN;
      }
      classes.add("cab".substring(kind, kind + 1));
      recordings.add("recording " + i / 3);
    }
    return Samples.of(Matrix.of(List.of("p", "q", "empty"), x), classes)
        .withGroups("recording", recordings)
        .withId("table");
  }

  static final Training QUICK = Training.of(Classifiers.gaussianBayes(), 42);

  @Test
  @DisplayName("the parts share no recording, the threshold rejects no more than asked for")
  void trains() throws IOException {
    Trained trained = QUICK.fit(table());
    assertThat(trained.train().rowCount()).isEqualTo(126);
    assertThat(trained.validation().rowCount()).isEqualTo(27);
    assertThat(trained.test().rowCount()).isEqualTo(27);
    assertThat(trained.train().groups("recording"))
        .doesNotContainAnyElementsOf(trained.validation().groups("recording"))
        .doesNotContainAnyElementsOf(trained.test().groups("recording"));
    assertThat(trained.rejected(trained.validation())).isLessThanOrEqualTo(0.05);
    assertThat(Scores.accuracy().of(trained.outcome())).isGreaterThan(0.9);
    assertThat(trained.confusion().total()).isEqualTo(27);
    assertThat(trained.report().line("a").support()).isEqualTo(9);
    assertThat(trained.model().made().columns()).containsExactly("p", "q");
    CardedModel back = (CardedModel) ModelFile.load(trained.model().save(folder.resolve("m")));
    assertThat(back).isEqualTo(trained.model()).hasToString(trained.model().toString());
    assertThat(back.predict(trained.test())).isEqualTo(trained.said());
    assertThatThrownBy(trained::sounds)
        .hasMessage("the model of 'table' is of rows of a table, not of sounds");
  }

  @Test
  @DisplayName("with no false alarms, no validation row is rejected; with half, about half are")
  void falseAlarms() {
    Trained none = QUICK.withFalseAlarms(0).fit(table());
    assertThat(none.rejected(none.validation())).isZero();
    Trained half = QUICK.withFalseAlarms(0.5).fit(table());
    assertThat(half.rejected(half.validation())).isBetween(0.4, 0.5);
    assertThat(half.model().threshold()).isGreaterThan(none.model().threshold());
    assertThat(half.threshold())
        .startsWith("Unknown below ")
        .contains("of the largest score: rejects ", " % of the validation rows, ");
  }

  @Test
  void equalTrainingGivesEqualModels() {
    Trained one = QUICK.fit(table());
    assertThat(QUICK.fit(table()).model()).isEqualTo(one.model());
    Samples turned = table().rows(IntStream.range(0, 180).map(i -> 179 - i).toArray());
    Trained other = QUICK.fit(turned);
    assertThat(other.card().classes()).isEqualTo(one.card().classes());
    assertThat(other.test().groups("recording"))
        .containsExactlyInAnyOrderElementsOf(one.test().groups("recording"));
  }

  @Test
  @DisplayName("the card has the numbers that the model and the rows give")
  void card() {
    Trained trained = QUICK.fit(table());
    ModelCard card = trained.card();
    assertThat(card.data()).isEqualTo("table");
    assertThat(card.classes())
        .containsExactly(
            new ModelCard.ClassRows("a", 42, 9, 9, 20),
            new ModelCard.ClassRows("b", 42, 9, 9, 20),
            new ModelCard.ClassRows("c", 42, 9, 9, 20));
    assertThat(card.scores().getFirst().value())
        .isEqualTo(Scores.balancedAccuracy().of(trained.outcome()));
    assertThat(card.scores().getFirst().low())
        .isLessThanOrEqualTo(card.scores().getFirst().value());
    assertThat(card.how())
        .containsEntry("rows", "180 in 60 recordings")
        .containsEntry("features", "2 columns of a table")
        .containsEntry("threshold", trained.threshold())
        .containsEntry(
            "split", "70/15/15 by recording, seed 42; the model learnt from the first part only");
    assertThat(card.markdown())
        .startsWith("# Model of table\n\n## How it was made\n\n| what | how |\n| --- | --- |\n")
        .contains("\n| a | 42 | 9 | 9 | 20 |\n", "| balanced accuracy | ", "| test rows: 27 in 9 ")
        .contains("- Learnt from 60 recordings of 'table' only: other microphones");
    assertThat(card)
        .hasToString("card of a model of table: 3 classes, " + card.scores().getFirst());
  }

  @Test
  @DisplayName("rows without a class, classes of few recordings and rows without groups are told")
  void limits() {
    Samples rows = table();
    List<String> classes = new ArrayList<>(rows.classes());
    Collections.fill(classes.subList(0, 3), "");
    Collections.fill(classes.subList(3, 6), "rare");
    Collections.fill(classes.subList(6, 12), "twice");
    ModelCard card = QUICK.fit(rows.withClasses(classes)).card();
    assertThat(card.how()).containsEntry("rows", "177 in 59 recordings, 3 more without a class");
    assertThat(card.limits())
        .anyMatch(l -> l.startsWith("Fewer than 5 recordings of rare (1), twice (2): scores"))
        .contains(
            "The test part has one recording of twice: the intervals do not show how others would"
                + " do.",
            "Not in the test part, so not judged: rare.");
    Samples alone = Samples.of(rows.matrix(), rows.classes());
    assertThat(QUICK.fit(alone).card().limits()).anyMatch(l -> l.startsWith("Rows were split one"));
    assertThat(QUICK.fit(alone).card().how()).containsEntry("rows", "180");
  }

  @Test
  void byAnotherGroup() {
    Samples rows =
        table().withGroups("speaker", IntStream.range(0, 180).mapToObj(i -> "s" + i / 6).toList());
    Trained trained = QUICK.withGroup("speaker").fit(rows);
    assertThat(trained.train().groups("speaker"))
        .doesNotContainAnyElementsOf(trained.test().groups("speaker"));
    assertThatThrownBy(() -> QUICK.withGroup("city").fit(rows))
        .hasMessageContaining("no groups 'city'")
        .hasMessageContaining("[recording, speaker]");
  }

  static List<String> names() {
    return SoundLearners.names();
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("every named learner learns an easy table, gives probabilities and is saved")
  void namedLearners(String name) throws IOException {
    Samples rows = table();
    Trained trained = Training.of(SoundLearners.named(name, 1), 1).withSplit(2, 1, 1).fit(rows);
    assertThat(Scores.accuracy().of(trained.outcome())).as(name).isGreaterThan(0.85);
    assertThat(trained.said().classified().hasProbabilities()).isTrue();
    assertThat(ModelFile.load(trained.model().save(folder.resolve(name))))
        .isEqualTo(trained.model());
  }

  @Test
  @DisplayName("by a distance instead of probabilities: far rows are rejected")
  void byDistance() {
    Trained trained = QUICK.withKnownness(Knownness.mahalanobis()).fit(table());
    Matrix far = Matrix.of(List.of("p", "q"), new double[][] {{300, 300}, {5, -4}});
    assertThat(trained.model().predict(far).isUnknown(0)).isTrue();
    assertThat(trained.model().predict(far).isUnknown(1)).isFalse();
    assertThat(QUICK.fit(table()).model().predict(far).isUnknown(0))
        .as("by the largest probability it is thought to be known")
        .isFalse();
  }

  @Test
  void soundOfFolders(@TempDir Path sounds) throws IOException {
    Samples rows = Tones.samples(Tones.folder(sounds, 6, 2));
    Trained trained = QUICK.fit(rows, FeatureSet.JOURNAL_38, Tones.options());
    SoundModel model = trained.sounds();
    assertThat(model.windowSeconds()).isEqualTo(1);
    assertThat(model.rateHz()).isEqualTo(22_050);
    assertThat(Scores.accuracy().of(trained.outcome())).isEqualTo(1);
    assertThat(model.card().how())
        .containsEntry("features", "JOURNAL_38 of windows of 1 s at 22050 Hz")
        .containsKey("data " + rows.id());
    assertThat(model.classify(Tones.clip("hiss", 2, 44_100, 900)).classified().labels())
        .containsOnly("hiss");
    assertThatThrownBy(() -> QUICK.fit(rows, FeatureSet.JOURNAL_35, Tones.options()))
        .hasMessageContaining("not those of JOURNAL_35: measure it with this set");
    assertThatThrownBy(
            () -> QUICK.fit(rows, FeatureSet.JOURNAL_38, Tones.options().withWholeFiles()))
        .hasMessageStartingWith("a model of sounds has windows of one length at one sample rate");
    assertThatThrownBy(() -> QUICK.fit(rows, FeatureSet.JOURNAL_38, Tones.options().withRate(0)))
        .hasMessageEndingWith("at 0 Hz: choose withChunks and withRate");
  }

  @Test
  @DisplayName(
      "whole sounds: no more known rows are rejected than asked for, though a learnt class")
  void wholeSounds(@TempDir Path sounds) throws IOException {
    Samples files =
        DataSets.samples(
            Tones.folder(sounds, 8, 0.6).toString(),
            FeatureSet.of("LEVEL", Measure.rms()),
            FeatureOptions.of().withRate(Tones.RATE).withWholeFiles());
    Training training = Training.of(Classifiers.forest(ForestOptions.of(1).withTrees(20)), 1);
    double before = -1;
    for (double rate : new double[] {0, 0.2, 0.5}) {
      Trained trained = training.withFalseAlarms(rate).fitWhole(files, Tones.RATE);
      int rows = trained.validation().rowCount();
      double rejected = trained.rejected(trained.validation());
      assertThat(rejected).isBetween(rate - 6.0 / rows, rate); // as many may be equally known
      assertThat(trained.model().threshold()).isGreaterThan(before);
      before = trained.model().threshold();
      assertThat(trained.sounds().whole()).isTrue();
      assertThat(trained.model().classes()).containsExactly("high", "hiss", "low");
    }
    Training least = training.withFalseAlarms(0).withLeastThreshold(0.9);
    assertThat(least.fitWhole(files, Tones.RATE).model().threshold()).isEqualTo(0.9);
    assertThat(least).asString().contains("false alarms of 0, but at least below 0.9, split");
    assertThatThrownBy(() -> training.withLeastThreshold(Double.NaN))
        .hasMessage("leastThreshold is NaN: must be a number");
  }

  @Tag("long")
  @Test
  @DisplayName("copies are of windows to learn from only: none reaches the other parts")
  void augments(@TempDir Path sounds) throws IOException {
    Samples rows = Tones.samples(Tones.folder(sounds, 6, 3));
    Training training =
        QUICK.withAugmentation(
            Augmentation.parse("noise snr=0..10 colour=pink; gain"),
            Augmentation.parse("shift; mixup"));
    Trained trained = training.fit(rows, FeatureSet.JOURNAL_38, Tones.options());
    Trained plain = QUICK.fit(rows, FeatureSet.JOURNAL_38, Tones.options());
    int own = plain.train().rowCount();
    assertThat(trained.train().rowCount()).isEqualTo(3 * own);
    assertThat(trained.test().names()).isEqualTo(plain.test().names());
    assertThat(trained.test().matrix()).isEqualTo(plain.test().matrix());
    assertThat(trained.validation().matrix()).isEqualTo(plain.validation().matrix());
    assertThat(trained.test().names()).noneMatch(name -> name.startsWith("copy "));
    assertThat(trained.validation().names()).noneMatch(name -> name.startsWith("copy "));
    List<String> copies = trained.train().names().subList(own, 3 * own);
    assertThat(copies).allMatch(name -> name.matches("copy [12] of .*")).doesNotHaveDuplicates();
    assertThat(copies.stream().map(name -> name.substring(10)).distinct())
        .containsExactlyInAnyOrderElementsOf(plain.train().names());
    for (int i = own; i < 3 * own; i++) {
      int source = plain.train().names().indexOf(trained.train().names().get(i).substring(10));
      assertThat(trained.train().classes().get(i)).isEqualTo(plain.train().classes().get(source));
      assertThat(trained.train().groups("recording").get(i))
          .isEqualTo(plain.train().groups("recording").get(source));
    }
    double[][] x = trained.train().matrix().values();
    assertThat(x[own]).isNotEqualTo(x[0]);
    assertThat(training.fit(rows, FeatureSet.JOURNAL_38, Tones.options()).model())
        .isEqualTo(trained.model());
    assertThat(trained.card().how().get("augmentation"))
        .isEqualTo(
            2 * own
                + " changed copies of the first part, by noise snr=0..10 colour=pink; gain db=-6..6"
                + ", and by shift seconds=0.25; mixup alpha=0.2");
    assertThat(plain.card().how()).containsEntry("augmentation", "none");
    assertThat(plain.outcome(Augmentation.none(), 1).rows(new int[] {0}).rowCount()).isEqualTo(1);
    assertThat(Scores.accuracy().of(plain.outcome(Augmentation.none(), 1)))
        .isEqualTo(Scores.accuracy().of(plain.outcome()));
    assertThat(plain.outcome(Augmentation.parse("noise snr=-30"), 1).predicted().labels())
        .as("in noise, all is hiss")
        .containsOnly("hiss");
    assertThat(trained.card().classes()).isEqualTo(plain.card().classes());
    assertThatThrownBy(() -> training.fit(table()))
        .hasMessageStartingWith("'table' is a table, and augmentation changes sound");
  }

  @Test
  void whatCannotBeTrainedOn() {
    Samples rows = table();
    assertThatThrownBy(() -> QUICK.fit(rows.withClasses(Collections.nCopies(180, ""))))
        .hasMessage("'table' has no row with a class: name the folders by class, or give labels");
    assertThatThrownBy(() -> QUICK.fit(rows.withClasses(Collections.nCopies(180, "one"))))
        .hasMessage("'table' has [one] to learn from: a model needs at least two classes");
    double[][] none = new double[180][1];
    Arrays.stream(none).forEach(row -> row[0] = Double.NaN);
    assertThatThrownBy(() -> QUICK.fit(rows.withFeatures(Matrix.of(List.of("n"), none))))
        .hasMessage("'table' has no feature with a value");
    assertThatThrownBy(() -> QUICK.withFalseAlarms(1))
        .hasMessage("falseAlarms=1.0: must be at least 0 and below 1");
    assertThatThrownBy(() -> Training.of(-1)).hasMessageContaining("seed");
    assertThatThrownBy(() -> SoundLearners.named("woods", 1))
        .hasMessage(
            "learner 'woods': must be one of ensemble, forest, extra, boosting, svm, logistic, knn,"
                + " network, bayes");
  }
}
