package fieldnotes.label;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
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
 * number, from 0. Nothing is opened or measured, so that a long list is there at once.
 */
public final class ClipList {
  private static final double NOT_KNOWN = Double.NaN;

  private final String name;
  private final List<Path> roots;
  private final List<Path> files;
  private final List<String> names;
  private final double[] starts;
  private final double[] seconds;
  private final Samples rows;

  private ClipList(
      String name,
      List<Path> roots,
      List<Path> files,
      List<String> names,
      double[] starts,
      double[] seconds,
      Samples rows) {
    Check.that(!files.isEmpty(), "%s: there is no clip to label", name);
    this.name = name;
    this.roots = roots;
    this.files = files;
    this.names = names;
    this.starts = starts;
    this.seconds = seconds;
    this.rows = rows;
  }

  /**
   * A clip for each file, which is all of the file.
   *
   * @throws IllegalArgumentException if there is no file
   */
  public static ClipList of(SoundFiles sounds) {
    Path listed = Path.of(sounds.name().indexOf('\0') < 0 ? sounds.name() : "");
    Path folder = listed.toAbsolutePath().normalize();
    List<Path> roots = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    double[] seconds = new double[sounds.items().size()];
    for (SoundFiles.Item item : sounds.items()) {
      Path file = item.path().toAbsolutePath().normalize();
      roots.add(file.startsWith(folder) && !file.equals(folder) ? folder : file.getParent());
      files.add(file);
      names.add(item.name());
    }
    Arrays.fill(seconds, NOT_KNOWN);
    return new ClipList(
        sounds.name(), roots, files, names, new double[seconds.length], seconds, null);
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
                        "'%s' does not say in which folder its sound files are"
                            .formatted(rows.id())))
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
    return new ClipList(rows.id(), roots, files, names, starts, seconds, rows);
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
    return new Segment(called, start, millis(starts[clip] + seconds[clip]));
  }

  private static double millis(double seconds) {
    return Double.isNaN(seconds) ? seconds : Math.round(seconds * 1000) / 1000.0;
  }

  /** The rows that the clips are of, in the same order; empty for whole files. */
  public Optional<Samples> rows() {
    return Optional.ofNullable(rows);
  }

  @Override
  public String toString() {
    return "%s: %d %s to label".formatted(name, size(), size() == 1 ? "clip" : "clips");
  }
}
