package fieldnotes.data;

import fieldnotes.audio.SoundTable;
import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Samples of tables of numbers. Numeric columns are features, except those with labels or groups,
 * which go by the names in {@link SoundTable}; of several columns of labels the first of its list
 * has the classes. In a table of features measured from sound files, as {@code FeatureTable} writes
 * it, the columns that say which part of a file a row is about are no features, and the file is the
 * group {@code recording}.
 */
final class NumberTable {
  private final Table table;
  private final Path path;

  private NumberTable(Table table, Path path) {
    this.table = table;
    this.path = path;
  }

  /**
   * Samples of a table that was read from this file.
   *
   * @throws IllegalArgumentException if it has no features
   */
  static Samples of(Table table, Path path) {
    return new NumberTable(table, path).samples();
  }

  /** What people call a row of a sound file: the file, and the second if it is not the first. */
  static List<String> names(List<String> files, double[] startSeconds) {
    return IntStream.range(0, files.size())
        .mapToObj(
            i ->
                startSeconds[i] >= 0.005
                    ? String.format(Locale.ROOT, "%s at %.0f s", files.get(i), startSeconds[i])
                    : files.get(i))
        .toList();
  }

  private Samples samples() {
    boolean measured = measured();
    List<String> features =
        Matrix.ofNumeric(table).names().stream()
            .filter(n -> !is(SoundTable.LABELS, n) && !is(SoundTable.GROUPS, n))
            .filter(n -> !measured || !is(SoundTable.PARTS, n))
            .toList();
    Check.that(
        !features.isEmpty(),
        "%s has no numeric column for features; it has %s",
        path,
        table.columnNames());
    Samples made = Samples.of(table).withFeatures(features);
    if (measured) {
      made = recordings(made);
    }
    for (String name : table.columnNames()) {
      if (is(SoundTable.GROUPS, name)) {
        List<String> groups = made.withClasses(name).classes();
        made = made.withGroups(name.toLowerCase(Locale.ROOT), groups);
      }
    }
    Optional<String> label =
        SoundTable.LABELS.stream().flatMap(name -> column(name).stream()).findFirst();
    return label.isPresent() ? made.withClasses(label.get()) : made;
  }

  private boolean measured() {
    return column("file").filter(name -> table.column(name) instanceof StringColumn).isPresent()
        && Stream.of("start_s", "chunk").anyMatch(name -> column(name).isPresent());
  }

  private Samples recordings(Samples made) {
    List<String> files = table.stringColumn(column("file").orElseThrow()).asList();
    double[] start =
        column("start_s")
            .map(name -> Matrix.column(table, name))
            .orElseGet(() -> new double[files.size()]);
    Samples named = made.withGroups("recording", files).withNames(names(files, start));
    Path folder = path.toAbsolutePath().getParent();
    boolean here =
        table.columnNames().containsAll(List.of("file", "start_s", "duration_s"))
            && files.stream().distinct().allMatch(file -> exists(folder, file));
    return here ? named.withFolder(folder) : named;
  }

  private static boolean exists(Path folder, String file) {
    try {
      return Files.isRegularFile(folder.resolve(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Optional<String> column(String name) {
    return table.columnNames().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private static boolean is(List<String> names, String column) {
    return names.contains(column.toLowerCase(Locale.ROOT));
  }
}
