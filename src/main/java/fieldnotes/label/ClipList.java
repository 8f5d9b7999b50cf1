package fieldnotes.label;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.ChunkOptions;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * Clips to label, in a fixed order: whole sound files, or parts of them. Clips are known by their
 * number, from 0. Nothing is measured, and only lists of chunks open the files, so that a long list
 * is there at once.
 */
public final class ClipList {
  private static final double NOT_KNOWN = Double.NaN;
  private static final double MILLI = 1e-3;

  private final String name;
  private final List<Path> roots;
  private final List<Path> files;
  private final List<String> names;
  private final double[] starts;
  private final double[] seconds;
  private final Samples rows;
  private final List<String> leftOut;

  private ClipList(
      String name,
      List<Path> roots,
      List<Path> files,
      List<String> names,
      double[] starts,
      double[] seconds,
      Samples rows,
      List<String> leftOut) {
    Check.that(
        !files.isEmpty(),
        "%s: there is no clip to label%s",
        name,
        leftOut.isEmpty() ? "" : "; " + leftOut.getFirst());
    this.name = name;
    this.roots = roots;
    this.files = files;
    this.names = names;
    this.starts = starts;
    this.seconds = seconds;
    this.rows = rows;
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * A clip for each file, which is all of the file.
   *
   * @throws IllegalArgumentException if there is no file
   */
  public static ClipList of(SoundFiles sounds) {
    double[] seconds = new double[sounds.items().size()];
    Arrays.fill(seconds, NOT_KNOWN);
    return of(sounds, sounds.items(), new double[seconds.length], seconds, failures(sounds));
  }

  /**
   * The chunks of each file, cut from its end as features are, the last first. Files that cannot be
   * read, or have no sound, are {@link #leftOut}.
   *
   * @param reading at whose sample rate they are cut, for example {@code ReadOptions.of(22050)}
   * @throws IllegalArgumentException if there is no chunk
   */
  public static ClipList of(SoundFiles sounds, ChunkOptions chunks, ReadOptions reading) {
    List<SoundFiles.Item> items = sounds.items();
    long[] lengths = new long[items.size()];
    int[] rates = new int[items.size()];
    String[] reasons = new String[items.size()];
    try (Progress progress =
        Progress.start("lengths of " + items.size() + " files", items.size())) {
      Parallel.forEach(
          items.size(),
          i -> {
            try {
              lengths[i] = AudioFiles.length(items.get(i).path(), reading);
              rates[i] = rate(items.get(i).path(), reading);
              reasons[i] = lengths[i] > 0 ? "" : "has no sound";
            } catch (AudioException e) {
              reasons[i] = e.reason();
            }
            progress.advance(1);
          });
    }
    List<String> leftOut = new ArrayList<>(failures(sounds));
    List<SoundFiles.Item> cut = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      if (!reasons[i].isEmpty()) {
        leftOut.add(items.get(i).name() + ": " + reasons[i]);
        continue;
      }
      long size = Math.max(1, Math.round(chunks.seconds() * rates[i]));
      long end = lengths[i];
      for (; end >= size; end -= size) {
        cut.add(items.get(i));
        starts.add((double) (end - size) / rates[i]);
        seconds.add((double) size / rates[i]);
      }
      if (end > 0 && (chunks.keepRemainder() || lengths[i] < size)) {
        cut.add(items.get(i));
        starts.add(0.0);
        seconds.add((double) end / rates[i]);
      }
    }
    return of(sounds, cut, numbers(starts), numbers(seconds), leftOut);
  }

  private static int rate(Path file, ReadOptions reading) {
    return reading.rateHz() > 0 ? reading.rateHz() : AudioFiles.probe(file).sampleRateHz();
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<String> failures(SoundFiles sounds) {
    return sounds.failures().stream().map(SoundFiles.Failure::toString).toList();
  }

  private static ClipList of(
      SoundFiles sounds,
      List<SoundFiles.Item> items,
      double[] starts,
      double[] seconds,
      List<String> leftOut) {
    Path listed = Path.of(sounds.name().indexOf('\0') < 0 ? sounds.name() : "");
    Path folder = listed.toAbsolutePath().normalize();
    List<Path> roots = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SoundFiles.Item item : items) {
      Path file = item.path().toAbsolutePath().normalize();
      roots.add(file.startsWith(folder) && !file.equals(folder) ? folder : file.getParent());
      files.add(file);
      names.add(item.name());
    }
    return new ClipList(sounds.name(), roots, files, names, starts, seconds, null, leftOut);
  }

  /**
   * A clip for each row, which is all of its file: for samples that have one row per file.
   *
   * @throws IllegalArgumentException if the samples have no folder or no column {@code file}
   */
  public static ClipList ofWholeFiles(Samples rows) {
    return of(rows, false);
  }

  /**
   * A clip for each row: the part of the file in column {@code file}, below the folder of the
   * samples, that {@code start_s} and {@code duration_s} give.
   *
   * @throws IllegalArgumentException if the samples have no folder or lack one of the columns
   */
  public static ClipList of(Samples rows) {
    return of(rows, true);
  }

  private static ClipList of(Samples rows, boolean parts) {
    Path folder =
        rows.folder()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' does not say in which folder its sound files are; give it by"
                                .formatted(rows.id())
                            + " withFolder"))
            .toAbsolutePath()
            .normalize();
    Table table = rows.table();
    for (String column : parts ? List.of("file", "start_s", "duration_s") : List.of("file")) {
      Check.that(
          table.columnNames().contains(column),
          "'%s' has no column '%s', by which clips are found; it has %s",
          rows.id(),
          column,
          table.columnNames());
    }
    int n = rows.rowCount();
    Map<String, Path> once = new HashMap<>();
    List<Path> roots = new ArrayList<>(n);
    List<Path> files = new ArrayList<>(n);
    List<String> names = new ArrayList<>(n);
    double[] starts = new double[n];
    double[] seconds = new double[n];
    for (int i = 0; i < n; i++) {
      String file = table.stringColumn("file").get(i);
      Path path = once.computeIfAbsent(file, f -> folder.resolve(f).normalize());
      files.add(path);
      roots.add(path.startsWith(folder) ? folder : path.getParent());
      names.add(file);
      starts[i] = parts ? table.numberColumn("start_s").getDouble(i) : 0;
      seconds[i] = parts ? table.numberColumn("duration_s").getDouble(i) : NOT_KNOWN;
    }
    return new ClipList(rows.id(), roots, files, names, starts, seconds, rows, rows.leftOut());
  }

  /** The number of clips. */
  public int size() {
    return files.size();
  }

  /** What the clips are of: a folder, a list or a data set. */
  public String name() {
    return name;
  }

  /** The file of a clip, absolute. */
  public Path file(int clip) {
    return files.get(clip);
  }

  /** The folder that a clip's file must lie in, absolute: the one that was listed, if any. */
  public Path root(int clip) {
    return roots.get(clip);
  }

  /** The name of a clip's file as it was listed. */
  public String fileName(int clip) {
    return names.get(clip);
  }

  /** Where a clip begins in its file, in seconds. */
  public double startSeconds(int clip) {
    return starts[clip];
  }

  /** The length of a clip in seconds; NaN for what is left of the file. */
  public double seconds(int clip) {
    return seconds[clip];
  }

  /**
   * What labels call a clip: its file is named relative to a folder, with forward slashes, and by
   * its absolute path where it lies on another root.
   */
  public Segment segment(int clip, Path folder) {
    Path base = folder.toAbsolutePath().normalize();
    Path file = files.get(clip);
    boolean same = file.getRoot() != null && file.getRoot().equals(base.getRoot());
    String called = FolderWalk.slashes(same ? base.relativize(file) : file);
    // to the millisecond, so that a table written and read again gives the same clips
    double start = millis(starts[clip]);
    double end = millis(starts[clip] + seconds[clip]);
    return new Segment(called, start, end > start ? end : millis(end + MILLI)); // NaN stays
  }

  private static double millis(double seconds) {
    return Double.isNaN(seconds) ? seconds : Math.round(seconds * 1000) / 1000.0;
  }

  /** The rows that the clips are of, in the same order; empty for whole files. */
  public Optional<Samples> rows() {
    return Optional.ofNullable(rows);
  }

  /** What gave no clip, with the reason; usually empty. */
  public List<String> leftOut() {
    return leftOut;
  }

  @Override
  public String toString() {
    return "%s: %d %s to label%s"
        .formatted(
            name,
            size(),
            size() == 1 ? "clip" : "clips",
            leftOut.isEmpty() ? "" : ", %d left out".formatted(leftOut.size()));
  }
}
