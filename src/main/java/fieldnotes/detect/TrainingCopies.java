package fieldnotes.detect;

import fieldnotes.audio.Augmentation;
import fieldnotes.audio.Augmented;
import fieldnotes.audio.ChunkOptions;
import fieldnotes.audio.Chunks;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tech.tablesaw.api.Table;

/** Rows to learn from, and the rows of changed copies of their sounds. */
final class TrainingCopies {
  /** Windows that are in memory, and are mixed with one another, at a time. */
  private static final int BATCH = 256;

  private final Samples train;
  private final Training training;
  private final FeatureOptions options;
  private final ThreadLocal<FeatureExtractor> extractors;
  private final List<double[]> values = new ArrayList<>();
  private final List<Integer> sources = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private TrainingCopies(Samples train, Training training, FeatureSet set, FeatureOptions options) {
    this.train = train;
    this.training = training;
    this.options = options;
    extractors = ThreadLocal.withInitial(() -> FeatureExtractor.of(set, options.frames()));
  }

  /**
   * The rows, and after them the copies, one by each chain of the training. A copy has the class
   * and the groups of its row.
   *
   * @param train rows to learn from, with the columns {@code file} and {@code chunk}
   */
  static Samples of(Samples train, Training training, FeatureSet set, FeatureOptions options) {
    Check.that(
        train.folder().isPresent() && train.table().containsColumn("chunk"),
        "'%s' does not say where its sounds are, so there are none to copy: train on the sounds"
            + " themselves",
        train.id());
    TrainingCopies copies = new TrainingCopies(train, training, set, options);
    copies.make();
    return copies.joined();
  }

  private void make() {
    Table table = train.table();
    SortedMap<String, Map<Integer, Integer>> rows = new TreeMap<>(); // file → chunk → row
    for (int i = 0; i < train.rowCount(); i++) {
      rows.computeIfAbsent(table.stringColumn("file").get(i), f -> new TreeMap<>())
          .put((int) table.numberColumn("chunk").getDouble(i), i);
    }
    List<String> files = List.copyOf(rows.keySet());
    List<Clip> clips = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    try (Progress progress = Progress.start("augmented copies", files.size())) {
      for (int f : NumpyRandom.of(training.seed()).permutation(files.size())) {
        read(files.get(f), rows.get(files.get(f)), clips, of);
        if (clips.size() >= BATCH) {
          copy(clips, of);
        }
        progress.advance(1);
      }
      copy(clips, of);
    } finally {
      extractors.remove();
    }
  }

  private void read(String file, Map<Integer, Integer> rows, List<Clip> clips, List<Integer> of) {
    Path path = train.folder().orElseThrow().resolve(file);
    Chunks.fromEnd(
        path,
        ReadOptions.of(options.rateHz()).withTolerateDamage(options.tolerateDamage()),
        ChunkOptions.of(options.chunkSeconds()).withRemainder(options.keepRemainder()),
        (chunk, clip) -> {
          if (rows.containsKey(chunk)) {
            clips.add(clip.withName(file));
            of.add(rows.get(chunk));
          }
        });
  }

  private void copy(List<Clip> clips, List<Integer> of) {
    for (int chain = 0; chain < training.augmentations().size(); chain++) {
      Augmentation augmentation = training.augmentations().get(chain);
      List<Augmented> made = augmentation.copies(clips, 1, training.seed() + chain);
      double[][] rows = new double[made.size()][];
      Parallel.forEach(rows.length, i -> rows[i] = extractors.get().summary(made.get(i).clip()));
      for (int i = 0; i < rows.length; i++) {
        int source = of.get(made.get(i).source());
        values.add(rows[i]);
        sources.add(source);
        names.add("copy %s of %s".formatted(chain + 1, train.names().get(source)));
      }
    }
    clips.clear();
    of.clear();
  }

  private Samples joined() {
    List<double[]> all = new ArrayList<>(Arrays.asList(train.matrix().values()));
    all.addAll(values);
    Samples joined =
        Samples.of(Matrix.of(train.features(), all.toArray(double[][]::new)), with(train.classes()))
            .withId(train.id())
            .withProvenance(train.provenance().with("with copies by " + training.augmentations()));
    for (String group : train.groupNames()) {
      joined = joined.withGroups(group, with(train.groups(group)));
    }
    List<String> called = new ArrayList<>(train.names());
    called.addAll(names);
    return joined.withNames(called);
  }

  /** What is said of the rows, and of the rows that were copied. */
  private List<String> with(List<String> of) {
    List<String> all = new ArrayList<>(of);
    sources.forEach(source -> all.add(of.get(source)));
    return all;
  }
}
