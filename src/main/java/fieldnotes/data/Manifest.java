package fieldnotes.data;

import fieldnotes.common.FolderWalk;
import fieldnotes.common.Parallel;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.table.Csv;
import fieldnotes.table.CsvException;
import fieldnotes.table.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The manifest of a folder: path with forward slashes, size and SHA-256, sorted by path. */
final class Manifest {
  /** One line of the manifest. */
  record Entry(String file, long bytes, String sha256) {}

  /** The file name of the manifest. */
  static final String NAME = "manifest.csv";

  private static final CsvSchema SCHEMA =
      CsvSchema.of().withText("file").withNumbers("bytes").withText("sha256");

  private Manifest() {}

  /** Writes the manifest of all files in the folder, except itself. */
  static void write(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(f -> Files.isRegularFile(f) && !f.equals(folder.resolve(NAME)))
              .sorted((a, b) -> relative(folder, a).compareTo(relative(folder, b)))
              .toList();
    }
    StringColumn names = StringColumn.create("file");
    LongColumn sizes = LongColumn.create("bytes");
    StringColumn hashes = StringColumn.create("sha256");
    for (Entry entry : entries(folder, files)) {
      names.append(entry.file());
      sizes.append(entry.bytes());
      hashes.append(entry.sha256());
    }
    Csv.write(Table.create("manifest", names, sizes, hashes), folder.resolve(NAME));
  }

  static List<Entry> entries(Path folder, List<Path> files) {
    Entry[] entries = new Entry[files.size()];
    Parallel.forEach(
        files.size(),
        i -> {
          Path file = files.get(i);
          try {
            entries[i] = new Entry(relative(folder, file), Files.size(file), Sha256.of(file));
          } catch (IOException e) {
            throw new UncheckedIOException(
                "%s: cannot be read (%s)".formatted(file, Reason.words(e)), e);
          }
        });
    return List.of(entries);
  }

  /** The hash of a set of files: SHA-256 over a line {@code SHA-256 NAME} for each, by name. */
  static String hash(SortedMap<String, String> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach((name, sha256) -> lines.append(sha256).append("  ").append(name).append('\n'));
    return Sha256.of(lines.toString());
  }

  /**
   * Reads a manifest.
   *
   * @throws CsvException if it is malformed
   */
  static List<Entry> read(Path manifest) {
    Table table = Csv.read(manifest, SCHEMA);
    List<Entry> entries = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      entries.add(
          new Entry(
              table.stringColumn("file").get(row),
              (long) table.doubleColumn("bytes").getDouble(row),
              table.stringColumn("sha256").get(row)));
    }
    return entries;
  }

  /** Whether every listed file exists with its size; false if the manifest is malformed. */
  static boolean isWhole(Path manifest) throws IOException {
    if (!Files.isRegularFile(manifest)) {
      return false;
    }
    try {
      for (Entry entry : read(manifest)) {
        Path file = manifest.resolveSibling(entry.file());
        if (!Files.isRegularFile(file) || Files.size(file) != entry.bytes()) {
          return false;
        }
      }
      return true;
    } catch (CsvException e) {
      return false;
    }
  }

  /** The listed files that are missing or have different content. */
  static List<String> changed(Path manifest) throws IOException {
    List<String> changed = new ArrayList<>();
    for (Entry entry : read(manifest)) {
      Path file = manifest.resolveSibling(entry.file());
      if (!Files.isRegularFile(file) || !Sha256.of(file).equals(entry.sha256())) {
        changed.add(entry.file());
      }
    }
    return changed;
  }

  static String relative(Path folder, Path file) {
    return FolderWalk.slashes(folder.relativize(file));
  }
}
