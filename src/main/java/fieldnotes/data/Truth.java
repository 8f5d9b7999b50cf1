package fieldnotes.data;

import fieldnotes.audio.SoundTable;
import fieldnotes.common.Check;
import fieldnotes.table.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The labels of a data set, per file or, for episodes, per segment. They come from the catalogue,
 * from a {@code labels.csv} or {@code truth.csv} in the folder, or from folder names.
 */
final class Truth {
  /** The parts of a set with their tables, and the label column of each. */
  static final Map<String, String> PARTS =
      Map.of("episodes", "what", "tracks", "style", "sounds", "class");

  private static final Known NOTHING = Known.of("");
  private static final List<String> OWN_TRUTH = List.of("labels.csv", "truth.csv");

  /** The label of a file, or empty, and its groups. */
  private record Known(String label, Map<String, String> groups) {
    static Known of(String label) {
      return new Known(label, Map.of());
    }
  }

  /** A segment with one label. */
  record Stretch(Path file, String label, double from, double seconds) {}

  private final DataSet set;
  private final String partTable;
  private final String partLabel;
  private Table table;
  private Map<String, Known> known;

  /**
   * Reads nothing yet.
   *
   * @param partTable table of this part of a set, or null
   * @param partLabel its label column, or null
   */
  Truth(DataSet set, String partTable, String partLabel) {
    this.set = set;
    this.partTable = partTable;
    this.partLabel = partLabel;
  }

  private CatalogueEntry entry() {
    return set.entry().orElse(null);
  }

  private Path inFolder(String name) {
    return set.folder().resolve(name);
  }

  /** Whether the set has parts with their own labels. */
  boolean hasParts() {
    return entry() != null && entry().labels() != null && entry().labels().by().equals("parts");
  }

  /** Whether table rows are segments of episodes. */
  private boolean hasEpisodes() {
    return partTable != null && partTable.startsWith("episodes");
  }

  /** Whether labels are known. */
  boolean known() {
    return partTable != null || hasParts() || !labels().isEmpty();
  }

  /** A copy of the labels, one row per file or segment. */
  synchronized Table table() {
    if (table == null) {
      if (partTable != null) {
        table = read(inFolder(partTable)).setName(set.id());
      } else {
        Map<String, String> known = labels();
        if (known.isEmpty()) {
          throw new IllegalStateException(
              ("no labels for '%s': put a labels.csv with the columns file and"
                      + " label into %s, or sort the files into folders named by their label")
                  .formatted(set.id(), set.folder()));
        }
        table =
            Table.create(
                set.id(),
                StringColumn.create("file", known.keySet()),
                StringColumn.create("label", known.values()));
      }
    }
    return table.copy();
  }

  /** Every labelled file with its label, in the order of {@link DataSet#files()}. */
  Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    all().forEach((file, one) -> labels.put(file, one.label));
    labels.values().removeIf(String::isEmpty);
    return labels;
  }

  private synchronized Map<String, Known> all() {
    if (known == null) {
      Function<String, Known> rule = rule();
      Map<String, Known> found = new LinkedHashMap<>();
      for (Path file : set.files()) {
        found.put(set.name(file), rule.apply(set.name(file)));
      }
      known = found;
    }
    return known;
  }

  private Function<String, Known> rule() {
    if (partTable != null) {
      return hasEpisodes()
          ? file -> Known.of(longest(seconds(file, 0, Double.POSITIVE_INFINITY)))
          : byTable(table(), "file", partLabel);
    }
    if (hasParts()) {
      Map<String, DataSet> parts = new HashMap<>();
      PARTS.keySet().forEach(part -> parts.put(part, set.part(part)));
      return file -> {
        int slash = file.indexOf('/');
        DataSet part = slash < 0 ? null : parts.get(file.substring(0, slash));
        return Known.of(part == null ? "" : part.label(Path.of(file.substring(slash + 1))));
      };
    }
    CatalogueEntry.Labels how = entry() == null ? null : entry().labels();
    if (how != null) {
      return switch (how.by()) {
        case "folder" -> file -> Known.of(nearest(file, how.names()));
        case "field" -> file -> Known.of(field(file, how.index()));
        default -> byTable(read(inFolder(how.table())), how.file(), how.label());
      };
    }
    for (String own : OWN_TRUTH) {
      if (Files.isRegularFile(inFolder(own))) {
        return byOwnTable(inFolder(own));
      }
    }
    return file -> Known.of(topFolder(file));
  }

  private Function<String, Known> byOwnTable(Path csv) {
    SoundTable table = SoundTable.read(csv);
    Check.that(
        table.labelled(), "%s has the columns %s; it needs file and label", csv, table.columns());
    Map<String, Known> byName = new HashMap<>();
    for (SoundTable.Entry entry : table.entries()) {
      Known one = new Known(entry.label(), entry.groups());
      for (String name : List.of(entry.file(), entry.name())) {
        byName.merge(name, one, (before, next) -> before.label.isEmpty() ? next : before);
      }
    }
    Function<String, Known> rule = byName(byName);
    Check.that(
        set.files().isEmpty()
            || set.files().stream().map(set::name).anyMatch(file -> rule.apply(file) != NOTHING),
        "%s names none of the sound files in %s; write their paths as they are below that folder",
        csv,
        set.folder());
    return rule;
  }

  private static Function<String, Known> byTable(Table table, String file, String label) {
    List<String> groups =
        table.columnNames().stream()
            .filter(name -> SoundTable.GROUPS.contains(name) && !name.equals(label))
            .toList();
    Map<String, Known> byName = new HashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      Map<String, String> values = new HashMap<>();
      for (String group : groups) {
        values.put(group, table.column(group).getString(row).strip());
      }
      values.values().removeIf(String::isEmpty);
      byName.put(
          table.column(file).getString(row).strip(),
          new Known(table.column(label).getString(row).strip(), values));
    }
    return byName(byName);
  }

  /** Looks a file up by its path, otherwise by its file name, with accents composed or not. */
  private static Function<String, Known> byName(Map<String, Known> known) {
    return path -> {
      String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
      return Stream.of(path, composed, last(path), last(composed))
          .map(known::get)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(NOTHING);
    };
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The name given to the file, or to its innermost folder with a name. */
  private static String nearest(String file, Map<String, String> names) {
    for (String at = file; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      String name = names.get(at);
      if (name != null) {
        return name;
      }
    }
    return topFolder(file);
  }

  private static String topFolder(String file) {
    int slash = file.indexOf('/');
    return slash < 0 ? "" : file.substring(0, slash);
  }

  private static String field(String file, int index) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    String[] fields = name.substring(0, Math.max(0, name.lastIndexOf('.'))).split("_", -1);
    return index < fields.length ? fields[index] : "";
  }

  /** The label of a file; for an episode, the kind that lasts longest. */
  String label(String file) {
    return all().getOrDefault(file, NOTHING).label;
  }

  /** The groups of a file, by name, such as its speaker; mostly empty. */
  Map<String, String> groups(String file) {
    return all().getOrDefault(file, NOTHING).groups;
  }

  /** The kind that lasts longest in a segment of a file. */
  String label(String file, double fromSeconds, double toSeconds) {
    if (hasEpisodes()) {
      return longest(seconds(file, fromSeconds, toSeconds));
    }
    if (hasParts() && file.startsWith("episodes/")) {
      return set.part("episodes").label(inFolder(file), fromSeconds, toSeconds);
    }
    return label(file);
  }

  /** The segments of a file with one label, each of at most this many seconds. */
  List<Stretch> stretches(Path file, double seconds) {
    if (!hasEpisodes()) {
      String label = label(set.name(file));
      return label.isEmpty() ? List.of() : List.of(new Stretch(file, label, 0, seconds));
    }
    List<Stretch> found = new ArrayList<>();
    for (Row row : table()) {
      if (row.getString("file").equals(set.name(file))) {
        double from = row.getDouble("start_s");
        double length = row.getDouble("end_s") - from;
        found.add(new Stretch(file, row.getString("what"), from, Math.min(length, seconds)));
      }
    }
    return found;
  }

  /** Seconds of each kind within a segment of an episode. */
  private Map<String, Double> seconds(String file, double from, double to) {
    Table table = table();
    StringColumn names = table.stringColumn("file");
    StringColumn what = table.stringColumn("what");
    DoubleColumn start = table.doubleColumn("start_s");
    DoubleColumn end = table.doubleColumn("end_s");
    Map<String, Double> sum = new LinkedHashMap<>();
    List.of("speech", "music", "both", "silence").forEach(kind -> sum.put(kind, 0.0));
    for (int row = 0; row < table.rowCount(); row++) {
      if (names.get(row).equals(file)) {
        double overlap = Math.min(to, end.get(row)) - Math.max(from, start.get(row));
        if (overlap > 0) {
          sum.merge(what.get(row), overlap, Double::sum);
        }
      }
    }
    return sum;
  }

  private static String longest(Map<String, Double> seconds) {
    String best = "";
    double most = 0;
    for (Map.Entry<String, Double> one : seconds.entrySet()) {
      if (one.getValue() > most) {
        most = one.getValue();
        best = one.getKey();
      }
    }
    return best;
  }

  private static Table read(Path csv) {
    if (!Files.isRegularFile(csv)) {
      throw new IllegalStateException(csv + " is missing: fetch the data set again");
    }
    return Csv.read(
        csv,
        column ->
            Set.of("seconds", "speaker_tract").contains(column)
                || column.endsWith("_s")
                || column.endsWith("_hz")
                || column.endsWith("_db")
                || column.endsWith("_bpm")
                || column.endsWith("_minute"));
  }
}
