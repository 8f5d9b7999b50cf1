package fieldnotes.data;

import fieldnotes.audio.ListOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.audio.SoundTable;
import fieldnotes.common.Check;
import fieldnotes.common.Components;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.HashedRead;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.table.Csv;
import fieldnotes.table.CsvOptions;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Creates samples from data sets, sound files and tables. */
final class SampleMaker {
  private final FeatureSet set;
  private final FeatureOptions options;
  private final CsvOptions csv;

  SampleMaker(FeatureSet set, FeatureOptions options) {
    this(set, options, CsvOptions.of());
  }

  SampleMaker(FeatureSet set, FeatureOptions options, CsvOptions csv) {
    Check.that(
        !options.perFrame(), "options: samples have one row per chunk; withPerFrame is for tables");
    this.set = set;
    this.options = options;
    this.csv = csv;
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
    String ending = FolderWalk.ending(what);
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
      throw new UncheckedIOException("%s: cannot be read (%s)".formatted(path, Reason.words(e)), e);
    }
  }

  private Samples file(Path path) {
    return switch (FolderWalk.ending(path)) {
      case "csv" ->
          SoundTable.lists(path, listed())
              ? list(SoundFiles.of(path, listed()), parent(path))
              : NumberTable.of(Csv.read(path, csv), path);
      case "parquet" -> NumberTable.of(Parquet.read(path), path);
      default ->
          list(SoundFiles.of(path, listed()).withName(path.getFileName().toString()), parent(path));
    };
  }

  /** The form of a list, as far as it was given. */
  private ListOptions listed() {
    return new ListOptions(csv.separator(), csv.quote(), csv.comment(), csv.encoding());
  }

  private static Path parent(Path path) {
    return path.toAbsolutePath().getParent();
  }

  /** Samples of a data set whose files are tables. */
  private Samples table(DataSet data) {
    List<Path> files = data.files();
    Check.that(
        files.size() == 1,
        "data set '%s' has %s; give the file of one table, not the data set",
        data.id(),
        files.isEmpty()
            ? "no table in " + data.folder()
            : "several tables: " + files.stream().map(data::name).toList());
    return read(files.getFirst()).withId(data.id());
  }

  /** Samples of a data set, with its classes. */
  Samples of(DataSet data) {
    if (data.hasTables()) {
      return table(data);
    }
    List<String> leftOut = new ArrayList<>();
    SortedMap<String, String> tables = data.tables(leftOut);
    SoundFiles sounds = data.sounds();
    Samples made = measured(data.id(), sounds, data.folder(), tables);
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
    String id = Path.of(sounds.name()).getFileName().toString();
    if (pattern) {
      Path in = base.getFileName();
      id = (in == null ? "/" : in + "/") + sounds.name().substring(afterBase(sounds.name()));
    }
    SoundFiles named = sounds.withName(id).withItems(item -> below(base, item));
    Samples made = measured(id, named, base, Collections.emptySortedMap());
    return named.labelled() ? classified(made, made.table().stringColumn("label")) : made;
  }

  /** The same file, named by its path from the folder. */
  private static SoundFiles.Item below(Path base, SoundFiles.Item item) {
    Path whole = item.path().toAbsolutePath().normalize();
    Path name = whole.getRoot().equals(base.getRoot()) ? base.relativize(whole) : whole;
    return new SoundFiles.Item(whole, FolderWalk.slashes(name), item.label(), item.groups());
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
    List<String> names = NumberTable.names(files.asList(), Matrix.column(table, "start_s"));
    List<String> leftOut = new ArrayList<>();
    sounds.failures().forEach(failure -> leftOut.add(failure.toString()));
    found.failures().forEach(failure -> leftOut.add(failure.toString()));
    SortedMap<String, String> sources = new TreeMap<>(tables);
    sources.putAll(found.hashes());
    Samples made =
        Samples.of(table)
            .withProvenance(Provenance.of(id, Manifest.hash(sources)).with(found.how()))
            .withFeatures(found.featureColumns())
            .withId(id)
            .withNames(names)
            .withFolder(folder)
            .withLeftOut(leftOut.stream().distinct().toList());
    return together(grouped(made, sounds), found.hashes());
  }

  /**
   * Files of the same content are one recording, under whatever names they are kept: a copy of what
   * was learnt from must not be judged by. Where there are such files, the group {@code content} is
   * the first by name of those with the content.
   */
  private static Samples together(Samples made, Map<String, String> hashes) {
    if (Set.copyOf(hashes.values()).size() == hashes.size()) {
      return made;
    }
    List<String> files = made.table().stringColumn("file").asList();
    List<String> contents = files.stream().map(hashes::get).toList();
    return made.withGroups("recording", Components.of(made.groups("recording"), contents))
        .withGroups("content", Components.of(files, contents));
  }

  /** With the groups of the files; the recording is the file where nothing else is said. */
  private static Samples grouped(Samples made, SoundFiles sounds) {
    Map<String, Map<String, String>> byFile = new HashMap<>();
    sounds.items().forEach(item -> byFile.putIfAbsent(item.name(), item.groups()));
    List<String> files = made.table().stringColumn("file").asList();
    Samples grouped = made.withGroups("recording", files);
    for (String name : SoundTable.GROUPS) {
      if (byFile.values().stream().anyMatch(groups -> groups.containsKey(name))) {
        boolean recording = name.equals("recording");
        grouped =
            grouped.withGroups(
                name,
                files.stream()
                    .map(file -> byFile.get(file).getOrDefault(name, recording ? file : ""))
                    .toList());
      }
    }
    return grouped;
  }
}
