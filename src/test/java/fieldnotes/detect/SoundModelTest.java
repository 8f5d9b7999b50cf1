package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.classify.Classifiers;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Measure;
import fieldnotes.feature.MfccOptions;
import fieldnotes.feature.Statistic;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundModelTest {
  @TempDir static Path sounds;
  @TempDir Path folder;

  private static Samples rows;
  private static SoundModel model;

  @BeforeAll
  static void train() throws IOException {
    rows = Tones.samples(Tones.folder(sounds, 4, 2.5));
    model = Tones.model(rows);
  }

  @Test
  @DisplayName("the windows of a clip give the rows of the same file in a table, to the last bit")
  void equalsOffline() {
    Samples some = rows.rows(new int[] {0, 1, 2, 3, 4, 5, 22, 23});
    double[][] offline = some.matrix().values();
    for (int i = 0; i < some.rowCount(); i++) {
      Path file = sounds.resolve(some.table().stringColumn("file").get(i));
      double start = some.table().doubleColumn("start_s").getDouble(i);
      Clip window =
          model.windows(AudioFiles.read(file)).stream()
              .filter(w -> w.startSeconds() == start)
              .findFirst()
              .orElseThrow();
      assertThat(model.measurer().row(window)).containsExactly(offline[i]);
    }
  }

  @Test
  @DisplayName("a clip of another rate and of any length: counted from the end, in order of time")
  void classifiesClips() {
    Clip clip = Tones.clip("high", 3.25, 44_100, 7);
    assertThat(model.windows(clip))
        .extracting(Clip::startSeconds, Clip::sampleRateHz, Clip::length)
        .containsExactly(
            tuple(5513 / 22_050.0, 22_050, 22_050),
            tuple(27_563 / 22_050.0, 22_050, 22_050),
            tuple(49_613 / 22_050.0, 22_050, 22_050));
    assertThat(model.classify(clip).labels()).containsExactly("high", "high", "high");
    assertThat(model.classify(Tones.clip("low", 0.3, 22_050, 7)).rowCount()).isEqualTo(1);
    assertThat(model.classify(Clip.of("silence", new float[22_050], 22_050)).rowCount())
        .isEqualTo(1);
  }

  @Test
  void isSavedWithAllThatItNeeds() throws IOException {
    SoundModel back = SoundModel.load(model.save(folder.resolve("tones.model")));
    assertThat(back).isEqualTo(model).hasToString(model.toString());
    assertThat(back.predict(rows)).isEqualTo(model.predict(rows));
    assertThat(back.classes()).containsExactly("high", "hiss", "low");
    assertThat(back.unknown()).isEqualTo("Unknown");
    assertThat(back.card()).isEqualTo(ModelCard.of("tones"));
  }

  @Test
  @DisplayName("a model of whole sounds takes a clip as one sound, without the silence around it")
  void wholeSounds() throws IOException {
    SoundModel whole = HeardTones.wholeModel();
    float[] x = new float[3 * 22_050];
    float[] low = Tones.clip("low", 1, 22_050, 7).samples();
    System.arraycopy(low, 0, x, 22_050, low.length);
    Clip clip = Clip.of("low", x, 22_050);
    List<Clip> windows = whole.windows(clip);
    assertThat(windows).hasSize(1);
    assertThat(windows.getFirst().startSeconds()).isBetween(0.99, 1.01);
    assertThat(windows.getFirst().durationSeconds()).isBetween(0.95, 1.05);
    assertThat(whole.classify(clip).labels()).containsExactly("low");
    for (int i = 0; i < x.length; i++) {
      x[i] /= 4;
    }
    Clip soft = Clip.of("soft", x, 22_050);
    assertThat(whole.classify(soft).knownness()).isEqualTo(whole.classify(clip).knownness());
    Clip brief = Tones.clip("low", 0.05, 22_050, 7);
    assertThat(whole.windows(brief)).extracting(Clip::length).containsExactly(4410);
    assertThat(whole.classify(Clip.of("silence", new float[22_050], 22_050)).rowCount())
        .isEqualTo(1);
    assertThat(whole.windows(Tones.clip("high", 45, 22_050, 7)))
        .extracting(Clip::startSeconds)
        .satisfiesExactly(
            s -> assertThat(s).isCloseTo(0, within(1e-3)),
            s -> assertThat(s).isCloseTo(20, within(1e-3)),
            s -> assertThat(s).isCloseTo(40, within(1e-3)));
    assertThatThrownBy(whole::features).hasMessageStartingWith("a model of whole sounds");
  }

  @Test
  @DisplayName(
      "it is saved as one, with what it needs; rows of no class taught it, but are no class")
  void wholeSoundsAreSaved() throws IOException {
    SoundModel whole = HeardTones.wholeModel();
    SoundModel back = SoundModel.load(whole.save(folder.resolve("whole.model")));
    assertThat(back).isEqualTo(whole).hasToString(whole.toString());
    assertThat(back.whole()).isTrue();
    assertThat(back.withThreshold(0.9).whole()).isTrue();
    assertThat(model.whole()).isFalse();
    assertThat(whole.toString()).startsWith("sounds of 2 classes by whole sounds at 22050 Hz");
    assertThat(whole.classes()).containsExactly("high", "low");
    assertThat(whole.made().classes()).containsExactly("Unknown", "high", "low");
  }

  @Test
  @DisplayName("named without the class of no class: probabilities sum to 1, others stay")
  void named() {
    Classified said =
        new Classified(
            List.of("a", "Unknown", "b"),
            new double[][] {{0.1, 0.6, 0.3}, {0, 1, 0}, {0.5, 0.5, 0}});
    Classified named =
        CardedModel.named(new Rejected(said, new double[] {0.3, 0, 0.5}, 0.4, "Unknown"));
    assertThat(named.classes()).containsExactly("a", "b");
    assertThat(named.scores()[0]).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    assertThat(named.scores()[1]).containsExactly(0.5, 0.5);
    assertThat(named.labels()).containsExactly("b", "a", "a");
    Classified without = new Classified(List.of("a", "b"), new double[][] {{0.1, 0.9}});
    assertThat(CardedModel.named(new Rejected(without, new double[] {0.9}, 0.4, "Unknown")))
        .isSameAs(without);
  }

  @Test
  @DisplayName("every named set is read back as it was, and one of own measures")
  void featureSetsAreSaved() throws IOException {
    FeatureSet own =
        FeatureSet.of("own", Measure.mfcc(7), Measure.hnr(), Measure.f0(100, 900))
            .withStatistics(Statistic.MEDIAN, Statistic.MAX);
    for (FeatureSet set :
        List.of(FeatureSet.EVERYTHING, FeatureSet.EMOTION, FeatureSet.LIBRARY, own)) {
      double[][] x = new double[6][set.columns().size()];
      for (int i = 0; i < x.length; i++) {
        x[i][0] = i;
      }
      Samples made =
          Samples.of(
              Matrix.of(set.columns(), x), List.of("low", "low", "low", "high", "high", "high"));
      SoundModel one =
          SoundModel.of(
              Tones.forest(made),
              set,
              FrameOptions.of(1024, 300).withWindow("hamming").uncentred(),
              16_000,
              0.5,
              ModelCard.of("numbers"));
      SoundModel back = SoundModel.load(one.save(folder.resolve(set.name() + ".model")));
      assertThat(back.set()).isEqualTo(set);
      assertThat(back.frames()).isEqualTo(one.frames());
      assertThat(back.features()).isEqualTo(one.features());
    }
  }

  @Test
  @DisplayName("a measure that a file makes up is refused")
  void measuresThatAreNone() {
    assertThatThrownBy(() -> new Measure(Measure.Kind.MFCC, 7, MfccOptions.of(13)))
        .hasMessageStartingWith("MFCC with MfccOptions[count=13")
        .hasMessageEndingWith(": these give another count than 7");
    assertThatThrownBy(() -> Measure.mel(2_000_000_000))
        .hasMessage("count=2000000000: must lie within 1 and 65536");
  }

  @Test
  void anotherThreshold() {
    assertThat(model.threshold()).isEqualTo(0.6);
    SoundModel strict = model.withThreshold(1.5);
    assertThat(strict.threshold()).isEqualTo(1.5);
    assertThat(strict.predict(rows).unknownCount()).isEqualTo(rows.rowCount());
    assertThat(model.withThreshold(-1).predict(rows).unknownCount()).isZero();
    assertThat(strict.withThreshold(0.6).predict(rows)).isEqualTo(model.predict(rows));
    Model<Rejected> bare = Classifiers.unknown(Classifiers.gaussianBayes()).fit(rows);
    SoundModel without =
        SoundModel.of(
            bare, FeatureSet.JOURNAL_38, FrameOptions.of(), 22_050, 1, ModelCard.of("tones"));
    assertThat(without.withThreshold(0.25).threshold()).isEqualTo(0.25);
  }

  @Test
  void tablesOfFilesAreClassifiedToo() {
    FeatureTable table =
        FeatureTable.extract(
            SoundFiles.folder(sounds), model.set(), model.features().withoutCache());
    assertThat(model.predict(table.table()).rowCount()).isEqualTo(24);
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Model<Rejected> forest = Tones.forest(rows);
    assertThatThrownBy(
            () ->
                SoundModel.of(
                    forest,
                    FeatureSet.JOURNAL_35,
                    FrameOptions.of(),
                    22_050,
                    1,
                    ModelCard.of("tones")))
        .hasMessageStartingWith("the model expects the columns [mfcc_01_mean, ")
        .hasMessageContaining(" and 30 more; the feature set JOURNAL_35 has no")
        .hasMessageContaining("[bandwidth_hz_mean, centroid_hz_mean, hnr_db_mean]");
    assertThatThrownBy(
            () ->
                SoundModel.of(
                    forest, model.set(), FrameOptions.of(), 22_050, 0, ModelCard.of("tones")))
        .hasMessageStartingWith("windowSeconds=0.0: must be at least one sample");
    assertThatThrownBy(
            () ->
                SoundModel.of(forest, model.set(), FrameOptions.of(), 2, 1, ModelCard.of("tones")))
        .hasMessageStartingWith("rateHz=2: must lie within");
    assertThatThrownBy(() -> model.measurer().row(Tones.clip("low", 1, 44_100, 1)))
        .hasMessage("low1: is at 44100 Hz, but the model listens at 22050 Hz: resample it first");
    assertThatThrownBy(() -> model.classify(Clip.of("nothing", new float[0], 22_050)))
        .hasMessage("nothing is empty");
    Path tables = Classifiers.gaussianBayes().fit(rows).save(folder.resolve("rows.model"));
    assertThat(ModelFile.load(tables).made().classes()).hasSize(3);
    assertThatThrownBy(() -> SoundModel.load(tables))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(tables + ": a model of rows of a table with the columns [mfcc_01");
    Path text = Files.writeString(folder.resolve("text.model"), "text");
    assertThatThrownBy(() -> SoundModel.load(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no saved model");
  }
}
