package fieldnotes.detect;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Knownness;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A model of tones and a stream that has some, for tests of other packages. */
public final class HeardTones {
  /** Sample rate of both. */
  public static final int RATE = Tones.RATE;

  private static SoundModel model;
  private static SoundModel whole;

  private HeardTones() {}

  /** Saves a model of {@code low}, {@code high} and {@code hiss}. */
  public static Path model(Path folder) throws IOException {
    return model().save(folder.resolve("tones.model"));
  }

  /** Saves a model of whole sounds, {@code low} and {@code high}. */
  public static Path wholeModel(Path folder) throws IOException {
    return wholeModel().save(folder.resolve("whole.model"));
  }

  /** The model of whole sounds, trained once for all tests of a JVM. */
  static synchronized SoundModel wholeModel() {
    if (whole == null) {
      whole = wholeModel(Knownness.largest(), 0.3);
    }
    return whole;
  }

  /** A model of whole sounds that rejects by another quantity. */
  static SoundModel wholeModel(Knownness by, double threshold) {
    List<Scene.Sound> sounds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (String label : List.of("low", "high")) {
        Clip clip = Tones.clip(label, 0.5 + 0.1 * i, RATE, 80 + i);
        sounds.add(new Scene.Sound(clip, label, label + i));
      }
    }
    Samples rows = SegmentRows.withStrangers(SegmentRows.of(sounds, 2, 3), 3);
    ForestOptions trees = ForestOptions.extraTrees(1).withTrees(20);
    return SoundModel.ofWhole(
        Classifiers.unknown(Classifiers.forest(trees)).withKnownness(by, threshold).fit(rows),
        RATE,
        ModelCard.of("tones"));
  }

  /** The model, trained once for all tests of a JVM. */
  static synchronized SoundModel model() throws IOException {
    if (model == null) {
      Path folder = Files.createTempDirectory("tones");
      model = Tones.model(Tones.samples(Tones.folder(folder, 4, 2.5)));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return model;
  }

  /** 16 s of faint hiss, with a low tone from 3.4 to 5.5 s and a high one from 9.2 to 10.7 s. */
  public static Clip stream() {
    float[] x = Tones.clip("hiss", 16, RATE, 90).samples().clone();
    for (int i = 0; i < x.length; i++) {
      x[i] *= 0.02f;
    }
    add(x, "low", 3.4, 2.1);
    add(x, "high", 9.2, 1.5);
    return Clip.of("stream", x, RATE);
  }

  /** Writes {@link #stream} as a WAVE file. */
  public static Path streamFile(Path file) {
    AudioFiles.writeWav(stream(), file);
    return file;
  }

  private static void add(float[] x, String label, double from, double seconds) {
    float[] y = Tones.clip(label, seconds, RATE, 91).samples();
    for (int i = 0; i < y.length; i++) {
      x[(int) (from * RATE) + i] += y[i];
    }
  }
}
