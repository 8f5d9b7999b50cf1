package fieldnotes.label;

import fieldnotes.audio.ListOptions;
import fieldnotes.audio.SoundTable;
import fieldnotes.common.Check;
import fieldnotes.common.CsvDialect;
import fieldnotes.label.LabelFiles.Origin;
import fieldnotes.table.Csv;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Labels as a table. */
final class CsvLabels {
  private static final List<String> COLUMNS =
      List.of(
          "file", "start_s", "end_s", "label", "how", "sure", "agreeing", "heard", "who", "when");

  private CsvLabels() {}

  static Path write(LabelSet labels, Path file) {
    StringBuilder text = new StringBuilder(Csv.line(COLUMNS.toArray(String[]::new)));
    for (Label label : labels.labels()) {
      Segment clip = label.clip();
      text.append(
          Csv.line(
              clip.file(),
              clip.isWhole() ? "" : Double.toString(clip.startSeconds()),
              Double.isNaN(clip.endSeconds()) ? "" : Double.toString(clip.endSeconds()),
              label.name(),
              label.how().word(),
              Double.toString(label.sure()),
              Integer.toString(label.agreeing()),
              Integer.toString(label.heard()),
              label.who(),
              Sources.written(label.when())));
    }
    return Sources.write(file, text.toString());
  }

  static List<Found> read(Path file, Origin origin, ListOptions form) {
    String text = Sources.decoded(file).text(); // the reader of tables tells of its encoding
    if (form.equals(ListOptions.of())
        && text.lines().findFirst().orElse("").equals(String.join(",", COLUMNS))) {
      return own(file, text, origin);
    }
    List<Found> found = new ArrayList<>();
    SoundTable table = SoundTable.read(file, form);
    Check.that(
        table.labelled(),
        "%s: has no column of classes: name one of %s, next to the files",
        file,
        SoundTable.LABELS);
    for (SoundTable.Entry entry : table.entries()) {
      if (!entry.label().isBlank()) {
        String place = place(file, entry.line());
        found.add(
            new Found(label(place, entry.name(), entry.label(), entry.cells(), origin), place));
      }
    }
    return found;
  }

  /** The form that is written here, of which every blank is kept. */
  private static List<Found> own(Path file, String text, Origin origin) {
    List<CsvDialect.Row> rows;
    try {
      rows = CsvDialect.PLAIN.rows(text, false);
    } catch (CsvDialect.Malformed e) {
      throw new IllegalArgumentException(
          "%s is not a valid CSV file: %s".formatted(file, e.getMessage()), e);
    }
    List<Found> found = new ArrayList<>();
    for (CsvDialect.Row row : rows.subList(1, rows.size())) {
      String place = place(file, row.line());
      List<String> cells = row.cells();
      Check.that(
          cells.size() == COLUMNS.size(),
          "%s: has %d cells, the header has %d",
          place,
          cells.size(),
          COLUMNS.size());
      Map<String, String> named = new HashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        named.put(COLUMNS.get(i), cells.get(i));
      }
      found.add(new Found(label(place, cells.getFirst(), cells.get(3), named, origin), place));
    }
    return found;
  }

  private static String place(Path file, long line) {
    return "%s, line %d".formatted(file, line);
  }

  private static Label label(
      String place, String file, String name, Map<String, String> cells, Origin origin) {
    double start = number(place, cells, "start_s", 0);
    double length = number(place, cells, "duration_s", Double.NaN);
    double end = number(place, cells, "end_s", start + length);
    String way = cells.getOrDefault("how", "");
    How how = way.isBlank() ? origin.how() : how(place, way);
    int heard = count(place, cells, "heard");
    int agreeing = count(place, cells, "agreeing");
    String when = cells.getOrDefault("when", "");
    Instant time = when.isBlank() ? origin.when() : Sources.time(place, "when", when);
    double share = heard == 0 ? 1 : (double) agreeing / heard;
    double sure = number(place, cells, "sure", share);
    boolean ends = !cells.getOrDefault("end_s", "").isBlank();
    Segment clip =
        Sources.part(place, file, "start_s", start, ends ? "end_s" : "start_s + duration_s", end);
    return Sources.at(
        place,
        () ->
            new Label(
                clip,
                name,
                how,
                sure,
                agreeing,
                heard,
                cells.getOrDefault("who", origin.who()),
                time));
  }

  private static How how(String place, String word) {
    for (How how : How.values()) {
      if (how.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
        return how;
      }
    }
    throw new IllegalArgumentException(
        "%s: how='%s': must be ear, cluster or model".formatted(place, Sources.shown(word)));
  }

  private static double number(
      String place, Map<String, String> cells, String column, double otherwise) {
    String cell = cells.getOrDefault(column, "");
    return cell.isBlank() ? otherwise : Sources.number(place, column, cell);
  }

  private static int count(String place, Map<String, String> cells, String column) {
    double value = number(place, cells, column, 0);
    Check.that(
        value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value),
        "%s: %s=%s: must be a whole number from 0",
        place,
        column,
        value);
    return (int) value;
  }
}
