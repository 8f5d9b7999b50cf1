package fieldnotes.data;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.HashedRead;
import fieldnotes.common.Sha256;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.table.Csv;
import fieldnotes.table.Matrix;
import fieldnotes.table.Parquet;
import fieldnotes.table.Provenance;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Creates samples from data sets, sound files and tables. */
final class SampleMaker {
  private static final List<String> LABELS = List.of("label", "class", "category", "target");
  private static final List<String> PATHS =
      List.of("path", "file", "filename", "file_name", "audio");
  private static final List<String> GROUPS = List.of("recording", "speaker", "group", "fold");

  private final FeatureSet set;
  private final FeatureOptions options;

  SampleMaker(FeatureSet set, FeatureOptions options) {
    Check.that(
        !options.perFrame(), "options: samples have one row per chunk; withPerFrame is for tables");
    this.set = set;
    this.options = options;
  }

  Samples of(String what) {
    Path path;
    try {
      path = Path.of(what);
    } catch (InvalidPathException e) {
      return list(SoundFiles.of(what), Path.of(""));
    }
    if (Files.isDirectory(path)) {
      return of(DataSets.of(path));
    }
    if (Files.isRegularFile(path)) {
      return read(path);
    }
    if (what.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return list(SoundFiles.of(what), Path.of(""));
    }
    String ending = ending(what);
    Check.that(
        !List.of("csv", "parquet", "m3u", "m3u8", "pls").contains(ending)
            && !SoundFiles.isSound(what),
        "what=%s: there is no such file; give a file, a folder, a pattern or a data set by name",
        what);
    return of(DataSets.get(what));
  }

  /** Samples of a file; if it is a table or list, its own content is part of their source. */
  private Samples read(Path path) {
    if (SoundFiles.isSound(path.toString())) {
      return file(path);
    }
    try {
      HashedRead<Samples> read = HashedRead.of(path, hash -> file(path));
      Samples made = read.value();
      Provenance sounds = made.provenance();
      if (sounds.sources().isEmpty()) {
        return made.withProvenance(Provenance.of(made.id(), read.sha256()));
      }
      Map<String, String> sources = new LinkedHashMap<>();
      sounds
          .sources()
          .forEach((id, hash) -> sources.put(id, Sha256.of(read.sha256() + "\n" + hash + "\n")));
      return made.withProvenance(new Provenance(sources, sounds.how()));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read (%s)".formatted(path, e.getMessage()), e);
    }
  }

  private Samples file(Path path) {
    return switch (ending(path.toString())) {
      case "csv" -> {
        Table table = Csv.read(path);
        boolean sounds = PATHS.stream().anyMatch(name -> namesSounds(table, name));
        yield sounds ? list(SoundFiles.csv(path), parent(path)) : numbers(table, path);
      }
      case "parquet" -> numbers(Parquet.read(path), path);
      default -> list(SoundFiles.of(path).withName(path.getFileName().toString()), parent(path));
    };
  }

  private static Path parent(Path path) {
    return path.toAbsolutePath().getParent();
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean namesSounds(Table table, String name) {
    return table.columns().stream()
        .filter(c -> c.name().equalsIgnoreCase(name) && c instanceof StringColumn)
        .anyMatch(c -> Stream.of(c.asObjectArray()).anyMatch(v -> SoundFiles.isSound("" + v)));
  }

  /** Samples of a data set, with its classes. */
  private Samples of(DataSet data) {
    List<String> leftOut = new ArrayList<>();
    SortedMap<String, String> tables = data.tables(leftOut);
    Samples made = measured(data.id(), data.sounds(), data.folder(), tables);
    if (data.hasTruth()) {
      StringColumn labels = StringColumn.create("label");
      Table table = made.table();
      for (int i = 0; i < table.rowCount(); i++) {
        double start = table.doubleColumn("start_s").getDouble(i);
        double end = start + table.doubleColumn("duration_s").getDouble(i);
        labels.append(data.label(data.file(table.stringColumn("file").get(i)), start, end));
      }
      made = classified(made, labels);
    }
    Check.that(
        data.tables(new ArrayList<>()).equals(tables),
        "data set '%s': a table in %s changed while the sounds were measured; try again",
        data.id(),
        data.folder());
    leftOut.addAll(made.leftOut());
    return made.withLeftOut(leftOut);
  }

  /** Samples of listed or matching sound files. */
  private Samples list(SoundFiles sounds, Path folder) {
    boolean pattern = folder.toString().isEmpty();
    Path base = (pattern ? base(sounds.name()) : folder).toAbsolutePath().normalize();
    List<SoundFiles.Item> items = new ArrayList<>();
    for (SoundFiles.Item item : sounds.items()) {
      Path whole = item.path().toAbsolutePath().normalize();
      Path name = whole.getRoot().equals(base.getRoot()) ? base.relativize(whole) : whole;
      items.add(new SoundFiles.Item(whole, FolderWalk.slashes(name), item.label()));
    }
    String id = Path.of(sounds.name()).getFileName().toString();
    if (pattern) {
      Path in = base.getFileName();
      id = (in == null ? "/" : in + "/") + sounds.name().substring(afterBase(sounds.name()));
    }
    SoundFiles named = SoundFiles.listed(id, items);
    Samples made = measured(id, named, base, Collections.emptySortedMap());
    if (named.labelled()) {
      made = classified(made, made.table().stringColumn("label"));
    }
    List<String> out = new ArrayList<>();
    sounds.failures().forEach(failure -> out.add(failure.toString()));
    out.addAll(made.leftOut());
    return made.withLeftOut(out);
  }

  /** The folder of a pattern: the part before the first name with a wildcard. */
  private static Path base(String pattern) {
    int after = afterBase(pattern);
    return Path.of(after <= 1 ? pattern.substring(0, after) : pattern.substring(0, after - 1));
  }

  private static int afterBase(String pattern) {
    int wild = 0;
    while (wild < pattern.length() && "*?[{".indexOf(pattern.charAt(wild)) < 0) {
      wild++;
    }
    return pattern.lastIndexOf('/', wild) + 1;
  }

  private static Samples classified(Samples made, StringColumn labels) {
    List<String> features = made.features();
    Table table = made.table().copy();
    if (table.containsColumn("label")) {
      table.replaceColumn("label", labels.copy().setName("label"));
    } else {
      table.addColumns(labels.copy().setName("label"));
    }
    return made.withTable(table, features).withClasses("label");
  }

  /**
   * Measures sounds. Their source is the content of the files that gave rows, and of tables that
   * say something about them.
   */
  private Samples measured(
      String id, SoundFiles sounds, Path folder, SortedMap<String, String> tables) {
    FeatureTable found = FeatureTable.extract(sounds, set, options);
    Table table = found.table().setName(id);
    StringColumn files = table.stringColumn("file");
    double[] start = Matrix.column(table, "start_s");
    List<String> names =
        IntStream.range(0, table.rowCount())
            .mapToObj(
                i ->
                    start[i] < 0.005
                        ? files.get(i)
                        : String.format(Locale.ROOT, "%s at %.0f s", files.get(i), start[i]))
            .toList();
    List<String> leftOut = new ArrayList<>();
    sounds.failures().forEach(failure -> leftOut.add(failure.toString()));
    found.failures().forEach(failure -> leftOut.add(failure.toString()));
    SortedMap<String, String> sources = new TreeMap<>(tables);
    sources.putAll(found.hashes());
    return Samples.of(table)
        .withProvenance(Provenance.of(id, Manifest.hash(sources)).with(found.how()))
        .withFeatures(found.featureColumns())
        .withId(id)
        .withNames(names)
        .withGroups("recording", files.asList())
        .withFolder(folder)
        .withLeftOut(leftOut.stream().distinct().toList());
  }

  /** Samples of a table: a column with a known name gives the classes, others the groups. */
  private static Samples numbers(Table table, Path path) {
    List<String> features =
        Matrix.ofNumeric(table).names().stream()
            .filter(n -> !is(LABELS, n) && !is(GROUPS, n))
            .toList();
    Check.that(
        !features.isEmpty(), "%s has no column of numbers; it has %s", path, table.columnNames());
    Samples made = Samples.of(table).withFeatures(features);
    for (String name : table.columnNames()) {
      if (is(LABELS, name)) {
        made = made.withClasses(name);
      } else if (is(GROUPS, name)) {
        made =
            made.withGroups(
                name.toLowerCase(Locale.ROOT),
                IntStream.range(0, table.rowCount())
                    .mapToObj(i -> table.column(name).getString(i))
                    .toList());
      }
    }
    return made;
  }

  private static boolean is(List<String> names, String column) {
    return names.contains(column.toLowerCase(Locale.ROOT));
  }
}
