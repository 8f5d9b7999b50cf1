package fieldnotes.bench;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.data.DataMissingException;
import fieldnotes.data.DataSet;
import fieldnotes.data.DataSets;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Steps;
import fieldnotes.table.Csv;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.ForestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The Java side of {@code bench/sounds.py}: {@code TASK FOLDER} writes the rows of a task, their
 * folds and what a forest predicted of each row when it was held back; for {@code esc50} also what
 * a support vector machine did. Without ESC-50 it writes nothing and says so.
 */
public final class SoundsBench {
  static final double CHUNK_SECONDS = 3;
  private static final int RATE = 8000;

  private SoundsBench() {}

  /** Writes {@code FOLDER/TASK.csv}. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    FeatureOptions chunks = FeatureOptions.of().withChunks(CHUNK_SECONDS);
    FeatureOptions whole = FeatureOptions.of().withWholeFiles();
    Table made =
        switch (args[0]) {
          case "telephone" -> held(telephone(chunks), folds());
          case "both" ->
              held(mixed(folder.resolve("mixed"), chunks), Folds.leaveOneGroupOut("fold"));
          case "voices" -> voices(chunks);
          case "samples" -> held(frequent(samples("samples", whole), 10), Folds.stratified(5, 42));
          case "sounds" -> held(samples("studio/sounds", whole), Folds.stratified(5, 42));
          case "esc50" -> esc50(whole);
          default -> throw new IllegalArgumentException("no task '" + args[0] + "'");
        };
    if (made != null) {
      Csv.write(made, folder.resolve(args[0] + ".csv"));
    }
  }

  /** Both learners on the five folds of the data set; null if it is not here. */
  private static Table esc50(FeatureOptions options) {
    Samples rows;
    try {
      rows = samples("esc50", options);
    } catch (DataMissingException e) {
      System.err.println("esc50 skipped: " + e.getMessage());
      return null;
    }
    Folds folds = Folds.leaveOneGroupOut("fold");
    Table forest = held(rows, folds);
    Table machine = held(rows, folds, machine());
    return forest.addColumns(machine.stringColumn("ours").setName("ours machine"));
  }

  static Folds folds() {
    return Folds.stratifiedGrouped(5, "recording");
  }

  static Samples samples(String what, FeatureOptions options) {
    return DataSets.samples(what, FeatureSet.EMOTION, options);
  }

  static Samples where(Samples rows, Predicate<String> label) {
    List<String> classes = rows.classes();
    return rows.rows(
        IntStream.range(0, rows.rowCount()).filter(i -> label.test(classes.get(i))).toArray());
  }

  static Samples telephone(FeatureOptions options) {
    return where(samples("telephone", options), List.of("music", "speech")::contains);
  }

  /** The rows of the most frequent classes. */
  private static Samples frequent(Samples rows, int count) {
    Map<String, Long> sizes =
        rows.classes().stream().collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    List<String> most =
        rows.classNames().stream()
            .sorted(Comparator.comparing((String c) -> -sizes.get(c)))
            .limit(count)
            .toList();
    return where(rows, most::contains);
  }

  /** The learner: missing cells filled with medians, 200 trees, rare classes counting as much. */
  private static Learner<Classified, ? extends Model<Classified>> forest() {
    return Pipeline.of(
        Missing.median(),
        Classifiers.balanced(Classifiers.forest(ForestOptions.of(42).withTrees(200))));
  }

  /** The learner: missing cells filled with medians, columns scaled, an RBF kernel. */
  private static Learner<Classified, ? extends Model<Classified>> machine() {
    return Pipeline.of(
        Steps.of(Missing.median(), Scaler.standard()), Classifiers.supportVectors().withC(10));
  }

  /** Each row as a forest says that was fitted without its fold. */
  static Table held(Samples rows, Folds folds) {
    return held(rows, folds, forest());
  }

  private static Table held(
      Samples rows, Folds folds, Learner<Classified, ? extends Model<Classified>> learner) {
    String[] said = new String[rows.rowCount()];
    int[] foldOf = new int[said.length];
    List<Split> splits = folds.splits(rows);
    for (int f = 0; f < splits.size(); f++) {
      int[] test = splits.get(f).test();
      Classified found = learner.fit(rows.rows(splits.get(f).train())).predict(rows.rows(test));
      for (int i = 0; i < test.length; i++) {
        said[test[i]] = found.label(i);
        foldOf[test[i]] = f;
      }
    }
    return table(rows, foldOf, said);
  }

  /** The model of all of telephone, on voices that it never heard; fold −1 is the training rows. */
  private static Table voices(FeatureOptions options) {
    Samples train = telephone(options);
    Model<Classified> model = forest().fit(train);
    int[] none = new int[train.rowCount()];
    Arrays.fill(none, -1);
    Table all = table(train, none, new String[none.length]);
    for (String language : List.of("es", "it", "fr")) {
      Samples other = where(samples("telephone-" + language, options), "speech"::equals);
      String[] said = model.predict(other).labels().toArray(String[]::new);
      all.append(table(other, new int[said.length], said));
    }
    return all;
  }

  private static Table table(Samples rows, int[] folds, String[] said) {
    Path folder = rows.folder().orElseThrow();
    List<String> files =
        rows.table().stringColumn("file").asList().stream()
            .map(f -> folder.resolve(f).toString())
            .toList();
    return Table.create(
        "rows",
        StringColumn.create("file", files),
        rows.table().numberColumn("start_s").asDoubleColumn().setName("start_s"),
        rows.table().numberColumn("duration_s").asDoubleColumn().setName("duration_s"),
        StringColumn.create("label", rows.classes()),
        StringColumn.create("recording", rows.groups("recording")),
        IntColumn.create("fold", folds),
        StringColumn.create("ours", said));
  }

  /**
   * Chunks of music, of speech, and of both: each spoken prompt over music of its own fold, 0 to 20
   * dB below the voice, so that no prompt and no piece is on both sides of a split. The recording
   * of a mix is its prompt.
   */
  private static Samples mixed(Path folder, FeatureOptions options) throws IOException {
    DataSet set = DataSets.get("telephone");
    Samples rows = telephone(options);
    List<Split> splits = folds().splits(rows);
    Files.createDirectories(folder);
    NumpyRandom random = NumpyRandom.of(42);
    List<String> lines = new ArrayList<>(List.of("file,label,recording,fold"));
    for (int f = 0; f < splits.size(); f++) {
      Samples held = rows.rows(splits.get(f).test());
      Samples music = where(held, "music"::equals);
      Clip piece = AudioFiles.read(set.file(music.table().stringColumn("file").get(0)));
      List<String> prompts =
          where(held, "speech"::equals).table().stringColumn("file").unique().asList();
      write(piece, folder, "music", f, "piece", lines);
      for (int p = 0; p < prompts.size(); p++) {
        Clip voice = AudioFiles.read(set.file(prompts.get(p)));
        write(voice, folder, "speech", f, "prompt-" + p, lines);
        if (p % 3 == 0 && voice.length() > RATE && voice.length() < 20 * RATE) {
          double db = random.uniform(0, 20);
          write(over(voice, piece, db, random), folder, "both", f, "prompt-" + p, lines);
        }
      }
    }
    Files.write(folder.resolve("labels.csv"), lines);
    return samples(folder.toString(), options);
  }

  private static void write(
      Clip clip, Path folder, String label, int fold, String recording, List<String> lines) {
    String file = "%s-%d-%s.wav".formatted(label, fold, recording);
    AudioFiles.writeWav(clip, folder.resolve(file));
    lines.add("%s,%s,%d-%s,%d".formatted(file, label, fold, recording, fold));
  }

  /** A voice over a random part of a piece, whose level is some dB below the voice's. */
  private static Clip over(Clip voice, Clip piece, double db, NumpyRandom random) {
    int from = (int) random.integer(0, piece.length() - voice.length());
    Clip part = piece.sliceSamples(from, from + voice.length());
    double gain = voice.rms() / Math.max(part.rms(), 1e-4) * Math.pow(10, -db / 20);
    float[] sum = voice.samples().clone();
    float[] below = part.samples();
    float most = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (gain * below[i]);
      most = Math.max(most, Math.abs(sum[i]));
    }
    for (int i = 0; i < sum.length && most > 1; i++) {
      sum[i] /= most;
    }
    return Clip.of(voice.name(), sum, voice.sampleRateHz());
  }
}
