package fieldnotes.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import fieldnotes.classify.Classifiers;
import fieldnotes.classify.UnknownModel;
import fieldnotes.data.DataSet;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.synth.StudioOptions;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the detector reaches on streams with known events: sounds of the studio over noise, two of
 * the ten classes never trained, no recording both in training and in a stream. The short form has
 * one stream and little to learn from; -Dfieldnotes.detection=long takes 200 sounds of each class,
 * streams of 20 minutes at 0, 10 and 20 dB over three kinds of noise, and each class once among
 * those never trained. It prints its figures. The sounds of the streams (seed 2026) were not
 * listened to while the detector was made. Measured over 15 streams each: F1 0.765 at 0 dB (0.643
 * to 0.901), 0.910 at 10 dB (0.859 to 0.994), 0.929 at 20 dB (0.886 to 0.973); 0.4, 0.9 and 0.8
 * false alarms in ten minutes. Trained as by the command, at its own threshold, at 10 dB: 0.920
 * (0.866 to 0.972), 1.2 false alarms.
 */
class DetectionIT {
  private static final int RATE = 22_050;
  private static final boolean LONG = "long".equals(System.getProperty("fieldnotes.detection"));

  /** Never trained, two at a time. */
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("clap", "siren"),
          List.of("engine", "rain"),
          List.of("bell", "alarm"),
          List.of("footsteps", "hum"),
          List.of("whistle", "typing"));

  @TempDir Path folder;

  private DataSet studio(long seed, int each) {
    StudioOptions options =
        StudioOptions.of(seed).withEpisodes(0).withTracks(0).withSoundsPerClass(each);
    return DataSets.studio(folder.resolve("studio-" + seed), options).part("sounds");
  }

  private List<Scene.Sound> sounds(long seed, int each) {
    return Scene.sounds(studio(seed, each), RATE);
  }

  private static SoundModel model(Samples rows, double threshold) {
    var learner =
        Classifiers.unknown(
                Classifiers.forest(ForestOptions.extraTrees(1).withTrees(LONG ? 300 : 100)))
            .withThreshold(threshold);
    UnknownModel<?> fitted = learner.fit(SegmentRows.withStrangers(rows, 5));
    ModelCard card = ModelCard.of("studio, generated sounds");
    return SoundModel.ofWhole(fitted, RATE, card);
  }

  private static List<String> others(List<Scene.Sound> sounds, List<String> without) {
    return sounds.stream()
        .map(Scene.Sound::label)
        .filter(label -> !without.contains(label))
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  @DisplayName("events are found to 0.2 s, and what was never trained is rarely taken for known")
  void events() {
    List<Scene.Sound> training = sounds(1001, LONG ? 200 : 16);
    List<Scene.Sound> heldOut = sounds(2026, 12);
    Samples rows = SegmentRows.of(training, 2, 7);
    List<String> failures = new ArrayList<>();
    double[] needed = LONG ? new double[] {0.72, 0.9, 0.9} : new double[] {0, 0.75, 0};
    for (int db : LONG ? new int[] {0, 10, 20} : new int[] {10}) {
      DetectionScore sum = null;
      for (List<String> pair : LONG ? PAIRS : PAIRS.subList(1, 2)) {
        List<String> known = others(training, pair);
        SoundModel model = model(rows.only(known), LONG ? 0.56 : 0.4);
        for (int k = 0; k < (LONG ? 3 : 1); k++) {
          DetectionScore one = score(model, heldOut, k, db);
          print(db + " dB " + pair + " " + k + ": " + one);
          sum = sum == null ? one : sum.plus(one);
        }
      }
      print(db + " dB, all: " + sum);
      if (sum.overall().f1() < needed[db / 10] || sum.falseAlarmsPerHour() > (LONG ? 6 : 24)) {
        failures.add(db + " dB: " + sum);
      }
    }
    assertTrue(failures.isEmpty(), failures.toString());
  }

  /** Of one stream, in the k-th kind of noise. */
  private static DetectionScore score(
      SoundModel model, List<Scene.Sound> sounds, int k, double db) {
    SceneOptions options =
        SceneOptions.of(LONG ? 1200 : 300, 900 + k)
            .withNoise(List.of(SceneOptions.Noise.values()).get(k), db);
    Scene scene = Scene.of(sounds, options);
    List<SoundEvent> heard = scene.listen(model, ListenOptions.of());
    return DetectionScore.events(
        scene.truth(), heard, model.classes(), scene.seconds(), EventMatching.of());
  }

  @Test
  @EnabledIfSystemProperty(named = "fieldnotes.detection", matches = "long")
  @DisplayName("a detector trained as by the command finds them at the threshold that it chose")
  void byTraining() {
    DataSet training = studio(1001, 200);
    FeatureOptions options = FeatureOptions.of().withRate(RATE).withWholeFiles();
    Samples rows = DataSets.samples(training, FeatureSet.of("LEVEL", Measure.rms()), options);
    List<Scene.Sound> heldOut = sounds(2026, 12);
    DetectionScore sum = null;
    for (List<String> pair : PAIRS) {
      Samples some = rows.only(others(heldOut, pair));
      Trained trained =
          Training.of(SoundLearners.named("extra", 42), 42)
              .withFalseAlarms(0.125)
              .fitWhole(some, RATE);
      for (int k = 0; k < 3; k++) {
        DetectionScore one = score((SoundModel) trained.model(), heldOut, k, 10);
        print("trained, 10 dB " + pair + " " + k + ": " + one);
        sum = sum == null ? one : sum.plus(one);
      }
    }
    print("trained, 10 dB, all: " + sum);
    assertTrue(sum.overall().f1() >= 0.88 && sum.falseAlarmsPerHour() <= 12, sum.toString());
  }

  private static void print(String line) {
    if (LONG) {
      System.out.println(String.format(Locale.ROOT, "%s", line));
    }
  }
}
