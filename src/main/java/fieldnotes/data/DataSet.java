package fieldnotes.data;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.common.Check;
import fieldnotes.common.Sha256;
import fieldnotes.table.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A data set in a folder: its files in a stable order, and what is known of each.
 *
 * <p>Files are named by their path below {@link #folder()}, with forward slashes, in the tables of
 * this class. What a data set has read of its folder it keeps; ask for it anew after a change.
 */
public final class DataSet {
  private static final Set<String> SOUND =
      Set.of("wav", "mp3", "flac", "ogg", "oga", "opus", "m4a", "aac", "aif", "aiff", "wma", "au");
  private static final List<String> OWN_TRUTH = List.of("labels.csv", "truth.csv");
  private static final Map<String, String> PARTS =
      Map.of("episodes", "what", "tracks", "style", "sounds", "class");

  private final String id;
  private final Path folder;
  private final CatalogueEntry entry;
  private final String partTable;
  private final String partLabel;
  private List<Path> files;
  private Table truth;
  private Map<String, String> labels;
  private String hash;

  private DataSet(
      String id, Path folder, CatalogueEntry entry, String partTable, String partLabel) {
    this.id = id;
    this.folder = folder.toAbsolutePath().normalize();
    this.entry = entry;
    this.partTable = partTable;
    this.partLabel = partLabel;
  }

  static DataSet of(CatalogueEntry entry, Path folder) {
    return new DataSet(entry.id(), folder, entry, null, null);
  }

  static DataSet ofFolder(Path folder) {
    Check.that(
        Files.isDirectory(folder),
        "folder=%s: not a folder%s; give the folder that has the sound files",
        folder,
        Files.exists(folder) ? " but a file" : ", there is nothing of that name");
    Path whole = folder.toAbsolutePath().normalize();
    Path name = whole.getFileName();
    return new DataSet(name == null ? "/" : name.toString(), whole, null, null, null);
  }

  /** Its name in the catalogue, or that of its folder. */
  public String id() {
    return id;
  }

  /** Where it lies: absolute. */
  public Path folder() {
    return folder;
  }

  /** What the catalogue says of it; empty for a folder of your own. */
  public Optional<CatalogueEntry> entry() {
    return Optional.ofNullable(entry);
  }

  /**
   * A part of the set: one of its folders. The parts of {@code studio} are {@code episodes}, {@code
   * tracks} and {@code sounds}, each with a truth of its own.
   *
   * @throws IllegalArgumentException if there is no such folder; the message lists those there are
   */
  public DataSet part(String name) {
    Path inside = folder.resolve(name).normalize();
    if (!inside.startsWith(folder) || !Files.isDirectory(inside)) {
      throw new IllegalArgumentException(
          "no part '%s' in data set '%s'; it has %s".formatted(name, id, subfolders()));
    }
    if (hasParts() && PARTS.containsKey(name)) {
      return new DataSet(id + "/" + name, inside, entry, name + ".csv", PARTS.get(name));
    }
    return new DataSet(id + "/" + name, inside, null, null, null);
  }

  private boolean hasParts() {
    return entry != null && entry.labels() != null && entry.labels().by().equals("parts");
  }

  private List<String> subfolders() {
    try (var all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .filter(f -> !f.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The sound files, or the CSV files of a set of tables, in order of their path; the same on every
   * machine. Hidden files and folders are left out.
   */
  public synchronized List<Path> files() {
    if (files == null) {
      boolean tables = entry != null && entry.kind().equals("table");
      files = List.copyOf(walk(tables ? Set.of("csv") : SOUND));
    }
    return files;
  }

  private List<Path> walk(Set<String> extensions) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(java.nio.file.FileVisitOption.FOLLOW_LINKS),
          32,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path sub, BasicFileAttributes a) {
              boolean hidden = !sub.equals(folder) && hidden(sub);
              return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
              if (a.isRegularFile() && !hidden(file) && extensions.contains(extension(file))) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) {
              return FileVisitResult.CONTINUE; // a loop of links, or not readable: not ours
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + folder, e);
    }
    found.sort(Comparator.comparing(this::name));
    return found;
  }

  private static boolean hidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The name of a file in the tables: its path below the folder, with forward slashes. */
  public String name(Path file) {
    Path whole = file.isAbsolute() ? file.normalize() : folder.resolve(file).normalize();
    Check.that(
        whole.startsWith(folder), "file=%s: does not lie in data set '%s', %s", file, id, folder);
    return Manifest.relative(folder, whole);
  }

  /**
   * The file of this name.
   *
   * @param name its path below the folder
   * @throws IllegalArgumentException if there is none
   */
  public Path file(String name) {
    Path file = folder.resolve(name).normalize();
    Check.that(
        file.startsWith(folder) && Files.isRegularFile(file),
        "no file '%s' in data set '%s', %s",
        name,
        id,
        folder);
    return file;
  }

  /** Whether anything is known of its files. */
  public boolean hasTruth() {
    if (partTable != null || hasParts()) {
      return true;
    }
    return !labels().isEmpty();
  }

  /**
   * What is known. For the episodes of {@code studio} a row is a stretch of a file; elsewhere it is
   * a file.
   *
   * <ul>
   *   <li>{@code studio/episodes}: file, start_s, end_s, what, then speaker and music where they
   *       apply
   *   <li>{@code studio/tracks}: file, style, tempo_bpm, key, instruments, seconds
   *   <li>{@code studio/sounds}: file, class, seconds
   *   <li>all others: file, label
   * </ul>
   *
   * @throws IllegalStateException if nothing is known; the message says how to tell it
   */
  public synchronized Table truth() {
    if (truth == null) {
      if (partTable != null) {
        truth = read(folder.resolve(partTable)).setName(id);
      } else {
        Map<String, String> known = labels();
        if (known.isEmpty()) {
          throw new IllegalStateException(
              ("nothing is known of the files of '%s': put a labels.csv with the columns file and"
                      + " label into %s, or sort the files into folders named by their label")
                  .formatted(id, folder));
        }
        truth =
            Table.create(
                id,
                StringColumn.create("file", known.keySet()),
                StringColumn.create("label", known.values()));
      }
    }
    return truth.copy();
  }

  /** Every file of which something is known, with its label, in the order of {@link #files()}. */
  private synchronized Map<String, String> labels() {
    if (labels == null) {
      Function<String, String> rule = rule();
      Map<String, String> known = new LinkedHashMap<>();
      for (Path file : files()) {
        String label = rule.apply(name(file));
        if (!label.isEmpty()) {
          known.put(name(file), label);
        }
      }
      labels = known;
    }
    return labels;
  }

  private Function<String, String> rule() {
    if (partTable != null) {
      return partTable.startsWith("episodes")
          ? file -> longest(seconds(file, 0, Double.POSITIVE_INFINITY))
          : byTable(truth(), "file", partLabel);
    }
    if (hasParts()) {
      Map<String, DataSet> parts = new HashMap<>();
      PARTS.keySet().forEach(part -> parts.put(part, part(part)));
      return file -> {
        int slash = file.indexOf('/');
        DataSet part = slash < 0 ? null : parts.get(file.substring(0, slash));
        return part == null ? "" : part.label(Path.of(file.substring(slash + 1)));
      };
    }
    CatalogueEntry.Labels how = entry == null ? null : entry.labels();
    if (how != null) {
      return switch (how.by()) {
        case "folder" -> file -> nearest(file, how.names());
        case "field" -> file -> field(file, how.index());
        default -> byTable(read(folder.resolve(how.table())), how.file(), how.label());
      };
    }
    for (String own : OWN_TRUTH) {
      if (Files.isRegularFile(folder.resolve(own))) {
        return byOwnTable(folder.resolve(own));
      }
    }
    return DataSet::topFolder;
  }

  private Function<String, String> byOwnTable(Path csv) {
    Table table = read(csv);
    List<String> names = table.columnNames();
    String label = names.contains("label") ? "label" : names.contains("class") ? "class" : null;
    Check.that(
        names.contains("file") && label != null,
        "%s has the columns %s; it needs file and label",
        csv,
        names);
    return byTable(table, "file", label);
  }

  /** Looks a file up by its path, or else by its bare name. */
  private static Function<String, String> byTable(Table table, String file, String label) {
    Map<String, String> known = new HashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      known.put(
          table.column(file).getString(row).strip(), table.column(label).getString(row).strip());
    }
    return path -> {
      String whole = known.get(path);
      return whole != null
          ? whole
          : known.getOrDefault(path.substring(path.lastIndexOf('/') + 1), "");
    };
  }

  /** The name given to the file, or to the innermost of its folders that has one. */
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

  /**
   * The label of a file; of an episode, what takes up most of it. Empty where nothing is known.
   *
   * @param file absolute, or below the folder
   */
  public String label(Path file) {
    return labels().getOrDefault(name(file), "");
  }

  /**
   * What takes up most of a stretch of a file: speech, music, both or silence in an episode. In
   * other sets the label of the file. Of equal shares the earlier one in this list wins.
   *
   * @param fromSeconds from the file's start
   * @param toSeconds above {@code fromSeconds}
   */
  public String label(Path file, double fromSeconds, double toSeconds) {
    Check.that(
        toSeconds > fromSeconds,
        "fromSeconds=%s, toSeconds=%s: a stretch must end after it begins",
        fromSeconds,
        toSeconds);
    String name = name(file);
    if (partTable != null && partTable.startsWith("episodes")) {
      return longest(seconds(name, fromSeconds, toSeconds));
    }
    if (hasParts() && name.startsWith("episodes/")) {
      DataSet episodes = part("episodes");
      return episodes.label(folder.resolve(name), fromSeconds, toSeconds);
    }
    return label(file);
  }

  /**
   * The label of every row of a table of stretches, as {@code FeatureTable} gives them.
   *
   * @param stretches with the columns {@code file}, as {@link #name} gives it, {@code start_s} and
   *     {@code duration_s}
   * @return a column {@code label}, as long as the table; empty text where nothing is known
   */
  public StringColumn labels(Table stretches) {
    for (String column : List.of("file", "start_s", "duration_s")) {
      Check.that(
          stretches.columnNames().contains(column),
          "stretches has the columns %s; it needs file, start_s and duration_s",
          stretches.columnNames());
    }
    StringColumn labels = StringColumn.create("label");
    for (Row row : stretches) {
      double start = row.getDouble("start_s");
      labels.append(label(file(row.getString("file")), start, start + row.getDouble("duration_s")));
    }
    return labels;
  }

  /**
   * A stretch to hear for every label: the first that has it for this long, or failing that the
   * longest. Where nothing is known of any file, the beginnings of the first and the last.
   *
   * @param seconds above 0; the most that a clip lasts
   * @return clips named by label and file; speech, music, both, silence first, then by the alphabet
   */
  public List<Clip> examples(double seconds) {
    Check.that(seconds > 0, "seconds=%s: must be above 0", seconds);
    Map<String, Stretch> best = new TreeMap<>(Comparator.comparing(DataSet::rank));
    for (Path file : files()) {
      for (Stretch stretch : candidates(file, seconds)) {
        best.merge(stretch.label, stretch, (old, next) -> next.seconds > old.seconds ? next : old);
      }
    }
    if (best.isEmpty()) {
      Set<Path> ends = new LinkedHashSet<>(List.of(files().getFirst(), files().getLast()));
      return ends.stream().map(file -> clip(file, name(file), 0, seconds)).toList();
    }
    return best.values().stream()
        .map(s -> clip(s.file, s.label + " · " + name(s.file), s.from, s.seconds))
        .toList();
  }

  /** A stretch with one label from end to end. */
  private record Stretch(Path file, String label, double from, double seconds) {}

  private static String rank(String label) {
    int usual = List.of("speech", "music", "both", "silence").indexOf(label);
    return (usual < 0 ? "9" : String.valueOf(usual)) + label;
  }

  private List<Stretch> candidates(Path file, double seconds) {
    if (partTable == null || !partTable.startsWith("episodes")) {
      String label = label(file);
      return label.isEmpty() ? List.of() : List.of(new Stretch(file, label, 0, seconds));
    }
    List<Stretch> found = new ArrayList<>();
    for (Row row : truth()) {
      if (row.getString("file").equals(name(file))) {
        double from = row.getDouble("start_s");
        double length = row.getDouble("end_s") - from;
        found.add(new Stretch(file, row.getString("what"), from, Math.min(length, seconds)));
      }
    }
    return found;
  }

  private static Clip clip(Path file, String name, double from, double seconds) {
    double length = AudioFiles.probe(file).durationSeconds();
    double start = Math.max(0, Math.min(from, length - seconds));
    ReadOptions part = ReadOptions.all().withPart(start, Math.min(seconds, length));
    return AudioFiles.read(file, part).withName(name);
  }

  /** Seconds of each kind of part within a stretch of an episode. */
  private Map<String, Double> seconds(String file, double from, double to) {
    Table table = truth();
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

  /**
   * A SHA-256 over the names and contents of its files and CSV tables: the same folder gives the
   * same hash on every machine, and any change another. Reads every file the first time.
   *
   * @return 64 hexadecimal digits
   */
  public synchronized String hash() {
    if (hash == null) {
      Set<Path> all = new java.util.TreeSet<>(Comparator.comparing(this::name));
      all.addAll(files());
      all.addAll(walk(Set.of("csv")));
      all.removeIf(file -> file.getFileName().toString().equals(Manifest.NAME));
      StringBuilder lines = new StringBuilder();
      for (Manifest.Entry one : Manifest.entries(folder, List.copyOf(all))) {
        lines.append(one.sha256()).append("  ").append(one.file()).append('\n');
      }
      hash = Sha256.of(lines.toString());
    }
    return hash;
  }

  @Override
  public String toString() {
    boolean tables = entry != null && entry.kind().equals("table");
    StringBuilder text = new StringBuilder("data set '" + id + "': ");
    text.append(String.format(Locale.ROOT, "%,d ", files().size()));
    text.append(tables ? "table" : "sound file").append(files().size() == 1 ? "" : "s");
    if (!tables && hasTruth()) {
      Set<String> kinds = new java.util.TreeSet<>(labels().values());
      text.append(", ").append(kinds.size()).append(kinds.size() == 1 ? " label" : " labels");
      if (kinds.size() <= 6) {
        text.append(" (").append(String.join(", ", kinds)).append(")");
      }
    }
    if (entry != null) {
      text.append(", ").append(entry.licence());
    }
    return text.toString();
  }
}
