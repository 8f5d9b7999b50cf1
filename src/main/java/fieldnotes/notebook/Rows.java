package fieldnotes.notebook;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.data.DataSet;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Csv;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The rows that a notebook on tables works on, by one word: a data set of sound, a folder of sound,
 * or a CSV of numbers. Rows that come from sound can be heard.
 */
public final class Rows {
  private static final List<String> LABELS = List.of("label", "class", "category", "target");
  private static final double SECONDS = 4;

  private final String id;
  private final DataSet data;
  private final Table table;
  private final Matrix features;
  private final List<String> classes;
  private final List<String> troubles;
  private final Path csv;

  private Rows(
      String id,
      DataSet data,
      Table table,
      Matrix features,
      List<String> classes,
      List<String> troubles,
      Path csv) {
    this.id = id;
    this.data = data;
    this.table = table;
    this.features = features;
    this.classes = List.copyOf(classes);
    this.troubles = List.copyOf(troubles);
    this.csv = csv;
  }

  /**
   * The rows that a word stands for, sound in chunks of ten seconds.
   *
   * @param what a data set by its name, such as {@code studio} or {@code telephone}; a folder of
   *     sound; or a CSV file with a heading, whose columns of numbers are the features and whose
   *     column {@code label}, {@code class}, {@code category} or {@code target}, where there is
   *     one, has the known classes
   * @param set what is measured of sound; a CSV has its own columns
   */
  public static Rows of(String what, FeatureSet set) {
    return of(what, set, FeatureOptions.of());
  }

  /** The rows that a word stands for, sound measured with these options. */
  public static Rows of(String what, FeatureSet set, FeatureOptions options) {
    Path path = Path.of(what);
    if (what.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return ofTable(path);
    }
    DataSet data = Files.isDirectory(path) ? DataSets.of(path) : DataSets.get(what);
    List<SoundFiles.Item> items =
        data.files().stream().map(file -> new SoundFiles.Item(file, data.name(file), "")).toList();
    FeatureTable found = FeatureTable.extract(SoundFiles.listed(data.id(), items), set, options);
    Table table = found.table().setName(data.id());
    List<String> classes = data.hasTruth() ? data.labels(table).asList() : none(table.rowCount());
    List<String> troubles = found.failures().stream().map(f -> "left out: " + f).toList();
    return new Rows(
        data.id(), data, table, filled(table, found.featureColumns()), classes, troubles, null);
  }

  private static Rows ofTable(Path csv) {
    Check.that(Files.isRegularFile(csv), "what=%s: there is no such file", csv);
    Table table = Csv.read(csv);
    List<String> names = Matrix.ofNumeric(table).names().stream().filter(n -> !isLabel(n)).toList();
    Check.that(
        !names.isEmpty(), "%s has no column of numbers; it has %s", csv, table.columnNames());
    List<String> classes = none(table.rowCount());
    for (Column<?> column : table.columns()) {
      if (isLabel(column.name())) {
        classes = IntStream.range(0, table.rowCount()).mapToObj(i -> label(column, i)).toList();
      }
    }
    return new Rows(table.name(), null, table, filled(table, names), classes, List.of(), csv);
  }

  /** A class as it is shown: whole numbers as such, empty text where there is none. */
  private static String label(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    return column instanceof DoubleColumn numbers
        ? Numbers.text(numbers.getDouble(row))
        : column.getString(row).strip();
  }

  private static boolean isLabel(String column) {
    return LABELS.contains(column.toLowerCase(Locale.ROOT));
  }

  private static List<String> none(int rows) {
    return Collections.nCopies(rows, "");
  }

  private static Matrix filled(Table table, List<String> columns) {
    Matrix x = Matrix.from(table, columns);
    boolean whole =
        Arrays.stream(x.values()).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
    return whole ? x : Missing.median().fit(x).apply(x);
  }

  /** The name of the data set, or of the table. */
  public String id() {
    return id;
  }

  /** Everything known of each row. */
  public Table table() {
    return table;
  }

  /** The numbers alone, shape [rows][features]; what is missing has the median of its column. */
  public Matrix features() {
    return features;
  }

  /** The known class of each row, empty text where there is none. */
  public List<String> classes() {
    return classes;
  }

  /** Whether anything is known of the rows' classes. */
  public boolean known() {
    return classes.stream().anyMatch(c -> !c.isEmpty());
  }

  /**
   * How many clusters to look for: as many as there are known classes, or this number where there
   * are not two of them, but fewer than there are rows.
   */
  public int clusters(int otherwise) {
    int wanted = kinds() > 1 ? kinds() : otherwise;
    return Math.max(1, Math.min(wanted, table.rowCount() - 1));
  }

  private int kinds() {
    return (int) classes.stream().filter(c -> !c.isEmpty()).distinct().count();
  }

  /**
   * The first rows of every class, classes in the order of their names; where no class is known,
   * rows at equal steps.
   *
   * @param each so many of a class
   * @param most so many in all
   */
  public int[] some(int each, int most) {
    int n = table.rowCount();
    if (!known()) {
      int count = Math.min(most, n);
      return IntStream.range(0, count).map(i -> (int) ((long) i * n / count)).toArray();
    }
    return classes.stream()
        .distinct()
        .sorted()
        .flatMap(
            c -> IntStream.range(0, n).filter(i -> classes.get(i).equals(c)).limit(each).boxed())
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Files that gave no row, with the reason; mostly none. */
  public List<String> troubles() {
    return troubles;
  }

  /**
   * A name for each row: the file and, where a file has several rows, where in it; for a CSV the
   * number of the row.
   */
  public List<String> names() {
    if (data == null) {
      return IntStream.range(0, table.rowCount()).mapToObj(i -> "" + i).toList();
    }
    StringColumn files = table.stringColumn("file");
    double[] start = Matrix.column(table, "start_s");
    return IntStream.range(0, table.rowCount())
        .mapToObj(
            i ->
                start[i] < 0.005
                    ? files.get(i)
                    : String.format(Locale.ROOT, "%s at %.0f s", files.get(i), start[i]))
        .toList();
  }

  /**
   * The file of each row.
   *
   * @throws IllegalStateException if the rows are numbers only
   */
  public List<Path> files() {
    if (data == null) {
      throw new IllegalStateException(id + " is a table of numbers: its rows have no files");
    }
    return table.stringColumn("file").asList().stream().map(data::file).toList();
  }

  /** Whether the rows come from sound. */
  public boolean sound() {
    return data != null;
  }

  /** Up to four seconds of each of these rows, by their number. */
  public List<Clip> clips(int... rows) {
    List<Path> files = files();
    double[] start = Matrix.column(table, "start_s");
    double[] seconds = Matrix.column(table, "duration_s");
    return Arrays.stream(rows)
        .mapToObj(
            i -> {
              Check.that(i >= 0 && i < files.size(), "row=%d: there are %d rows", i, files.size());
              ReadOptions part =
                  ReadOptions.all().withPart(start[i], Math.min(SECONDS, seconds[i]));
              String known = classes.get(i).isEmpty() ? "" : classes.get(i) + " · ";
              return AudioFiles.read(files.get(i), part).withName(known + names().get(i));
            })
        .toList();
  }

  /** Players for up to four seconds of each of these rows; a note where they are numbers only. */
  public Html hear(int... rows) {
    if (!sound()) {
      return note(id + " is a table of numbers: there is nothing to hear");
    }
    return rows.length == 0 ? note("there is no such row") : Show.clips(clips(rows));
  }

  /** Players for rows in groups, each under its name; a note where they are numbers only. */
  public Html hear(Map<String, int[]> groups) {
    if (!sound()) {
      return hear();
    }
    StringBuilder html = new StringBuilder();
    StringJoiner text = new StringJoiner("\n");
    groups.forEach(
        (name, rows) -> {
          Html players = hear(rows);
          html.append("<h4 style=\"margin:12px 0 0\">").append(Html.escape(name)).append("</h4>");
          html.append(players.html());
          text.add(name + ":").add(players.text());
        });
    return new Html(html.toString(), text.toString());
  }

  private static Html note(String text) {
    return new Html("<p>" + Html.escape(text) + "</p>", text);
  }

  /** A SHA-256 of the data, for the journal. */
  public String hash() {
    if (data != null) {
      return data.hash();
    }
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(csv)));
    } catch (IOException e) {
      throw new UncheckedIOException(csv + " cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  @Override
  public String toString() {
    int kinds = kinds();
    return "%s: %d rows by %d features, %s%s"
        .formatted(
            id,
            features.rowCount(),
            features.columnCount(),
            known() ? kinds + (kinds == 1 ? " known class" : " known classes") : "no known classes",
            troubles.isEmpty()
                ? ""
                : "; "
                    + troubles.size()
                    + (troubles.size() == 1 ? " file" : " files")
                    + " left out");
  }
}
