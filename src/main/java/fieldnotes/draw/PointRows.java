package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * What an interactive chart tells of its points: the name of each row, its class, values, and the
 * sound that a click plays.
 *
 * @param names of the rows; empty for none
 * @param columns further values by name, shape [rows]
 * @param sounds for each row, where its sound is; null for none
 */
record PointRows(List<String> names, Map<String, Object[]> columns, List<Sound> sounds) {
  static final PointRows NONE = new PointRows(List.of(), Map.of(), List.of());

  private static final int MOST_VALUES = 6;

  /**
   * A part of a sound file.
   *
   * @param file path relative to the working directory, which is the notebook's folder, with
   *     slashes; absolute if it is on another drive
   * @param from seconds from the start of the file
   * @param to seconds from the start of the file; NaN for its end
   */
  record Sound(String file, double from, double to) {}

  static PointRows of(Samples rows) {
    Map<String, Object[]> columns = new LinkedHashMap<>();
    if (rows.hasClasses()) {
      columns.put(rows.target(), rows.classes().toArray());
    }
    if (rows.hasNumbers()) {
      columns.put(rows.target(), boxed(rows.numbers()));
    }
    Table table = rows.table();
    int shown = 0;
    for (String feature : rows.features()) {
      if (shown++ == MOST_VALUES) {
        break;
      }
      columns.put(
          feature,
          table.column(feature) instanceof tech.tablesaw.api.StringColumn texts
              ? texts.asList().toArray()
              : boxed(Matrix.column(table, feature)));
    }
    return new PointRows(rows.names(), columns, sounds(rows, table));
  }

  private static Object[] boxed(double[] values) {
    Object[] out = new Object[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Interactive.number(values[i]);
    }
    return out;
  }

  private static List<Sound> sounds(Samples rows, Table table) {
    List<Sound> sounds = new ArrayList<>();
    if (rows.folder().isEmpty() || !table.containsColumn("file")) {
      return sounds;
    }
    Path here = Path.of("").toAbsolutePath();
    Path folder = rows.folder().get().toAbsolutePath().normalize();
    List<String> files = table.stringColumn("file").asList();
    boolean parts = table.containsColumn("start_s") && table.containsColumn("duration_s");
    double[] start = parts ? Matrix.column(table, "start_s") : new double[0];
    double[] lasts = parts ? Matrix.column(table, "duration_s") : new double[0];
    for (int i = 0; i < files.size(); i++) {
      Path file = folder.resolve(files.get(i)).normalize();
      sounds.add(
          new Sound(
              relative(here, file),
              parts ? start[i] : 0,
              parts ? start[i] + lasts[i] : Double.NaN));
    }
    return sounds;
  }

  private static String relative(Path here, Path file) {
    boolean same = here.getRoot() != null && here.getRoot().equals(file.getRoot());
    return (same ? here.relativize(file) : file).toString().replace('\\', '/');
  }

  void check(int points) {
    if (!names.isEmpty()) {
      Check.sameLength("rows", names.size(), "points", points);
    }
  }

  boolean hasSound() {
    return !sounds.isEmpty();
  }

  /** Puts what is known of a row into its datum; columns are v0, v1, …, the name is n. */
  void put(int row, Map<String, Object> datum) {
    if (!names.isEmpty()) {
      datum.put("n", names.get(row));
    }
    int at = 0;
    for (Object[] column : columns.values()) {
      datum.put("v" + at++, column[row]);
    }
    if (hasSound()) {
      Sound sound = sounds.get(row);
      datum.put("sound", sound.file());
      datum.put("from", Interactive.number(sound.from()));
      if (Double.isFinite(sound.to())) {
        datum.put("to", Interactive.number(sound.to()));
      }
    }
  }

  /** Tooltip entries: the name first. */
  List<Map<String, Object>> tips() {
    List<Map<String, Object>> tips = new ArrayList<>();
    if (!names.isEmpty()) {
      tips.add(LiveStyle.tip("n", "nominal", "row"));
    }
    int at = 0;
    for (Map.Entry<String, Object[]> column : columns.entrySet()) {
      boolean number =
          java.util.Arrays.stream(column.getValue())
              .allMatch(v -> v == null || v instanceof Number);
      tips.add(LiveStyle.tip("v" + at++, number ? "quantitative" : "nominal", column.getKey()));
    }
    return tips;
  }
}
