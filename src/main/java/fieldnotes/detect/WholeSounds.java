package fieldnotes.detect;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.common.Progress;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of the sounds in files, as {@link SegmentRows} makes them, some files at a time. */
final class WholeSounds {
  /** Rows of each sound, with other noise each. */
  static final int EACH = 4;

  /** Sounds that are in memory at a time. */
  private static final int BATCH = 64;

  private final Samples files;
  private final int rateHz;
  private final long seed;
  private final List<double[]> rows = new ArrayList<>();

  /** The file of each {@link #EACH} rows, by its place. */
  private final List<Integer> sources = new ArrayList<>();

  private final List<String> leftOut;
  private final List<Clip> clips = new ArrayList<>();
  private String lastFile = "";
  private Clip last;

  private WholeSounds(Samples files, int rateHz, long seed) {
    this.files = files;
    this.rateHz = rateHz;
    this.seed = seed;
    leftOut = new ArrayList<>(files.leftOut());
  }

  /**
   * Rows of sounds, with the classes and groups of their files.
   *
   * @param files a row for each, with a class and the columns file, start_s and duration_s
   */
  static Samples rows(Samples files, int rateHz, long seed) {
    Check.that(
        files.folder().isPresent() && files.table().containsColumn("duration_s"),
        "'%s' does not say where its sounds are: give rows of sound files",
        files.id());
    WholeSounds made = new WholeSounds(files, rateHz, seed);
    made.make();
    return made.samples();
  }

  private void make() {
    try (Progress progress = Progress.start("sounds over noise", files.rowCount())) {
      for (int row : inOrder()) {
        Clip clip = clip(row);
        if (clip.peak() > 0) {
          clips.add(Scene.trimmed(clip));
          sources.add(row);
        } else {
          leftOut.add(files.names().get(row) + ": is silent");
        }
        if (clips.size() == BATCH) {
          measure();
        }
        progress.advance(1);
      }
      measure();
    }
    Check.that(!rows.isEmpty(), "'%s' has no sound that is not silent", files.id());
  }

  /** The rows by file and start, so that their order in a list does not count. */
  private int[] inOrder() {
    return IntStream.range(0, files.rowCount())
        .boxed()
        .sorted(Comparator.comparing(this::file).thenComparing(this::start))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private String file(int row) {
    return files.table().stringColumn("file").get(row);
  }

  private double start(int row) {
    return files.table().doubleColumn("start_s").getDouble(row);
  }

  private Clip clip(int row) {
    String file = file(row);
    if (!file.equals(lastFile)) {
      Path path = files.folder().orElseThrow().resolve(file);
      last = AudioFiles.read(path).resampled(rateHz);
      lastFile = file;
    }
    double from = start(row);
    double to = from + files.table().doubleColumn("duration_s").getDouble(row);
    int start = Math.clamp(Math.round(from * rateHz), 0, last.length());
    int end = Math.clamp(Math.round(to * rateHz), start, last.length());
    return last.sliceSamples(start, end);
  }

  private void measure() {
    int first = sources.size() - clips.size();
    long[] seeds =
        IntStream.range(0, clips.size()).mapToLong(i -> own(sources.get(first + i))).toArray();
    rows.addAll(Arrays.asList(SegmentRows.rows(clips, EACH, seeds)));
    clips.clear();
  }

  /** The seed of a sound, by its name and start: the same whatever other sounds there are. */
  private long own(int row) {
    long name = 31L * file(row).hashCode() + Math.round(start(row) * rateHz);
    return seed * SegmentRows.SEED_STEP + name;
  }

  private Samples samples() {
    Matrix x = Matrix.of(SegmentRows.FEATURES.columns(), rows.toArray(double[][]::new));
    Samples made =
        Samples.of(x, repeated(files.classes()))
            .withId(files.id())
            .withProvenance(files.provenance().with("whole sounds over noise"))
            .withLeftOut(leftOut)
            .withNames(
                IntStream.range(0, rows.size())
                    .mapToObj(r -> "%s, %s".formatted(name(r), 1 + r % EACH))
                    .toList());
    for (String group : files.groupNames()) {
      made = made.withGroups(group, repeated(files.groups(group)));
    }
    return made;
  }

  private String name(int row) {
    return files.names().get(sources.get(row / EACH));
  }

  private List<String> repeated(List<String> of) {
    return IntStream.range(0, rows.size()).mapToObj(r -> of.get(sources.get(r / EACH))).toList();
  }
}
