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

/** Rows of changed copies of sounds. */
final class ChangedCopies {
  /** Windows that are in memory, and are mixed with one another, at a time, at most. */
  private static final int MOST_WINDOWS = 256;

  /** Samples of them all, so that long windows are fewer at a time. */
  private static final double MOST_SAMPLES = 1 << 25;

  /** A mixture needs two windows, so that the last are never one. */
  private static final int LEAST_WINDOWS = 2;

  private final Samples rows;
  private final List<Augmentation> chains;
  private final FeatureOptions options;
  private final long seed;
  private final int batch;
  private final ThreadLocal<FeatureExtractor> extractors;

  /** Windows that are not copied yet, and the row of each. */
  private final List<Clip> clips = new ArrayList<>();

  private final List<Integer> of = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();
  private final List<Integer> sources = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private ChangedCopies(
      Samples rows, List<Augmentation> chains, FeatureSet set, FeatureOptions options, long seed) {
    this.rows = rows;
    this.chains = chains;
    this.options = options;
    this.seed = seed;
    batch = batch(options);
    extractors = ThreadLocal.withInitial(() -> FeatureExtractor.of(set, options.frames()));
  }

  /** How many windows are copied at a time. */
  static int batch(FeatureOptions options) {
    double samples = options.chunkSeconds() * options.rateHz();
    return (int) Math.clamp(MOST_SAMPLES / samples, LEAST_WINDOWS, MOST_WINDOWS);
  }

  /**
   * A copy of the sound of each row by each chain, with the class and the groups of its row.
   *
   * @param rows with the columns {@code file} and {@code chunk}, measured by this set and options
   * @throws fieldnotes.audio.AudioException if a sound cannot be read any more
   */
  static Samples of(
      Samples rows, List<Augmentation> chains, FeatureSet set, FeatureOptions options, long seed) {
    Check.that(
        rows.folder().isPresent() && rows.table().containsColumn("chunk"),
        "'%s' does not say where its sounds are, so there are none to copy: measure the sounds"
            + " themselves",
        rows.id());
    ChangedCopies copies = new ChangedCopies(rows, chains, set, options, seed);
    copies.make();
    return copies.samples(set);
  }

  /** The rows, and after them their copies. */
  static Samples joined(Samples rows, Samples copies) {
    List<double[]> all = new ArrayList<>(Arrays.asList(rows.matrix().values()));
    all.addAll(Arrays.asList(copies.matrix().values()));
    Samples joined =
        Samples.of(
                Matrix.of(rows.features(), all.toArray(double[][]::new)),
                both(rows.classes(), copies.classes()))
            .withId(rows.id())
            .withProvenance(copies.provenance())
            .withNames(both(rows.names(), copies.names()));
    for (String group : rows.groupNames()) {
      joined = joined.withGroups(group, both(rows.groups(group), copies.groups(group)));
    }
    return joined;
  }

  private static List<String> both(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private void make() {
    Table table = rows.table();
    SortedMap<String, Map<Integer, Integer>> places = new TreeMap<>(); // file → chunk → row
    for (int i = 0; i < rows.rowCount(); i++) {
      places
          .computeIfAbsent(table.stringColumn("file").get(i), f -> new TreeMap<>())
          .put((int) table.numberColumn("chunk").getDouble(i), i);
    }
    List<String> files = List.copyOf(places.keySet());
    try (Progress progress = Progress.start("augmented copies", files.size())) {
      for (int f : NumpyRandom.of(seed).permutation(files.size())) {
        read(files.get(f), places.get(files.get(f)));
        progress.advance(1);
      }
      copy(clips.size());
    } finally {
      extractors.remove();
    }
  }

  private void read(String file, Map<Integer, Integer> places) {
    Path path = rows.folder().orElseThrow().resolve(file);
    Chunks.fromEnd(
        path,
        ReadOptions.of(options.rateHz()).withTolerateDamage(options.tolerateDamage()),
        ChunkOptions.of(options.chunkSeconds()).withRemainder(options.keepRemainder()),
        (chunk, clip) -> {
          if (places.containsKey(chunk)) {
            clips.add(clip.withName(file));
            of.add(places.get(chunk));
            if (clips.size() == batch + LEAST_WINDOWS) {
              copy(batch);
            }
          }
        });
  }

  /** Measures copies of the first windows, and forgets these. */
  private void copy(int count) {
    List<Clip> some = clips.subList(0, count);
    for (int chain = 0; chain < chains.size(); chain++) {
      List<Augmented> made = chains.get(chain).copies(some, 1, seed + chain);
      double[][] measured = new double[made.size()][];
      Parallel.forEach(
          measured.length, i -> measured[i] = extractors.get().summary(made.get(i).clip()));
      for (int i = 0; i < measured.length; i++) {
        int source = of.get(made.get(i).source());
        values.add(measured[i]);
        sources.add(source);
        names.add("copy %s of %s".formatted(chain + 1, rows.names().get(source)));
      }
    }
    some.clear();
    of.subList(0, count).clear();
  }

  private Samples samples(FeatureSet set) {
    Samples made =
        Samples.of(
                Matrix.of(set.columns(), values.toArray(double[][]::new)), copied(rows.classes()))
            .withId(rows.id())
            .withProvenance(rows.provenance().with("copies by " + chains))
            .withNames(names);
    for (String group : rows.groupNames()) {
      made = made.withGroups(group, copied(rows.groups(group)));
    }
    return made;
  }

  /** What is said of the rows that were copied. */
  private List<String> copied(List<String> of) {
    return sources.stream().map(of::get).toList();
  }
}
