package fieldnotes.detect;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.data.DataSets;
import fieldnotes.evaluate.Rejected;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Sounds that are easy to tell apart: low tones, high tones, hiss. */
final class Tones {
  static final int RATE = 22_050;

  private Tones() {}

  /** A sound of a class: {@code low}, {@code high} or {@code hiss}. */
  static Clip clip(String kind, double seconds, int rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double hz =
        switch (kind) {
          case "low" -> 150 + 100 * random.nextDouble();
          case "high" -> 2_000 + 800 * random.nextDouble();
          default -> 0;
        };
    double loud = 0.1 + 0.3 * random.nextDouble();
    float[] samples = new float[(int) Math.round(seconds * rate)];
    for (int i = 0; i < samples.length; i++) {
      double noise = random.nextDouble() - 0.5;
      samples[i] =
          (float) (hz == 0 ? loud * noise : loud * Math.sin(6.283 * hz * i / rate) + noise / 100);
    }
    return Clip.of(kind + seed, samples, rate);
  }

  /** A folder with a folder for each class. */
  static Path folder(Path folder, int each, double seconds) throws IOException {
    for (String kind : new String[] {"low", "high", "hiss"}) {
      Files.createDirectories(folder.resolve(kind));
      for (int i = 0; i < each; i++) {
        AudioFiles.writeWav(
            clip(kind, seconds, RATE, 100 + i), folder.resolve(kind).resolve(kind + i + ".wav"));
      }
    }
    return folder;
  }

  /** How rows of windows of a second are measured, without a cache. */
  static FeatureOptions options() {
    return FeatureOptions.of().withChunks(1).withoutCache().withThreads(1);
  }

  static Samples samples(Path folder) {
    return DataSets.samples(folder, FeatureSet.JOURNAL_38, options());
  }

  /** What predicts: a small forest that may say Unknown. */
  static Model<Rejected> forest(Samples rows) {
    return Pipeline.of(
            Missing.median(),
            Classifiers.unknown(Classifiers.forest(ForestOptions.of(3).withTrees(15))))
        .fit(rows);
  }

  static SoundModel model(Samples rows) {
    return SoundModel.of(
        forest(rows), FeatureSet.JOURNAL_38, FrameOptions.of(), RATE, 1, ModelCard.of("tones"));
  }
}
