package fieldnotes.data;

import fieldnotes.common.FolderWalk;
import fieldnotes.common.Parallel;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import fieldnotes.table.Csv;
import fieldnotes.table.CsvException;
import fieldnotes.table.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param least number of files that it must list, as one that was cut short lists fewer
   * @return empty if there is none, or if it is damaged: it must be made anew then
   */
  static Optional<List<Entry>> read(Path manifest, int least) {
    try {
      Table table = Csv.read(manifest, SCHEMA);
      List<Entry> entries = new ArrayList<>();
      for (int row = 0; row < table.rowCount(); row++) {
        String file = table.stringColumn("file").get(row);
        double bytes = table.doubleColumn("bytes").getDouble(row);
        String sha256 = table.stringColumn("sha256").get(row);
        if (!(bytes >= 0)
            || !sha256.matches("[0-9a-f]{64}")
            || file.isBlank()
            || !isInside(manifest, file)) {
          return Optional.empty();
        }
        entries.add(new Entry(file, (long) bytes, sha256));
      }
      return entries.isEmpty() || entries.size() < least ? Optional.empty() : Optional.of(entries);
    } catch (CsvException e) {
      return Optional.empty();
    }
  }

  private static boolean isInside(Path manifest, String file) {
    try {
      Path folder = manifest.toAbsolutePath().getParent().normalize();
      return folder.resolve(file).normalize().startsWith(folder);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether every listed file exists with its size. */
  static boolean isWhole(Path manifest, List<Entry> entries) throws IOException {
    for (Entry entry : entries) {
      Path file = manifest.resolveSibling(entry.file());
      if (!WholeFile.isFile(file) || Files.size(file) != entry.bytes()) {
        return false;
      }
    }
    return true;
  }

  /** The listed files that are missing or have different content. */
  static List<String> changed(Path manifest, List<Entry> entries) throws IOException {
    List<String> changed = new ArrayList<>();
    for (Entry entry : entries) {
      Path file = manifest.resolveSibling(entry.file());
      if (!WholeFile.isFile(file) || !Sha256.of(file).equals(entry.sha256())) {
        changed.add(entry.file());
      }
    }
    return changed;
  }

  static String relative(Path folder, Path file) {
    return FolderWalk.slashes(folder.relativize(file));
  }
}
