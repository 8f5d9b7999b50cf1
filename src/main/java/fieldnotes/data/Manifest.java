package fieldnotes.data;

import fieldnotes.common.Parallel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The list of a folder's files: path with forward slashes, size and SHA-256, in order of path. */
final class Manifest {
  /** One line of it. */
  record Entry(String file, long bytes, String sha256) {}

  /** The name of the list in the folder that it lists. */
  static final String NAME = "manifest.csv";

  private Manifest() {}

  /** Writes the list of all files below the folder, but for itself, in it. */
  static void write(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(f -> Files.isRegularFile(f) && !f.equals(folder.resolve(NAME)))
              .sorted((a, b) -> relative(folder, a).compareTo(relative(folder, b)))
              .toList();
    }
    StringBuilder text = new StringBuilder("file,bytes,sha256\n");
    for (Entry entry : entries(folder, files)) {
      text.append(entry.file()).append(',').append(entry.bytes()).append(',');
      text.append(entry.sha256()).append('\n');
    }
    Path part = folder.resolve(NAME + ".part");
    Files.writeString(part, text);
    Files.move(part, folder.resolve(NAME), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  static List<Entry> entries(Path folder, List<Path> files) {
    Entry[] entries = new Entry[files.size()];
    Parallel.forEach(
        files.size(),
        i -> {
          try {
            Path file = files.get(i);
            entries[i] = new Entry(relative(folder, file), Files.size(file), sha256(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return List.of(entries);
  }

  static List<Entry> read(Path manifest) throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<String> lines = Files.readAllLines(manifest);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", 3);
      entries.add(new Entry(cells[0], Long.parseLong(cells[1]), cells[2]));
    }
    return entries;
  }

  /** Whether every file of the list is there with its size. */
  static boolean isWhole(Path manifest) throws IOException {
    if (!Files.isRegularFile(manifest)) {
      return false;
    }
    for (Entry entry : read(manifest)) {
      Path file = manifest.resolveSibling(entry.file());
      if (!Files.isRegularFile(file) || Files.size(file) != entry.bytes()) {
        return false;
      }
    }
    return true;
  }

  /** The files of the list that are missing or have another content. */
  static List<String> changed(Path manifest) throws IOException {
    List<String> changed = new ArrayList<>();
    for (Entry entry : read(manifest)) {
      Path file = manifest.resolveSibling(entry.file());
      if (!Files.isRegularFile(file) || !sha256(file).equals(entry.sha256())) {
        changed.add(entry.file());
      }
    }
    return changed;
  }

  static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
