package fieldnotes.kernel;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a path begun in a cell may mean, relative to the notebook's folder. */
final class Paths {
  private static final int MOST = 200;

  private Paths() {}

  /** Adds the files and folders whose paths begin so; those of folders end with a slash. */
  static void add(Candidates found, Begun begun) {
    int slash = begun.text().lastIndexOf('/') + 1;
    String folder = begun.text().substring(0, slash);
    Begun name = new Begun(begun.text().substring(slash), begun.anyCase());
    List<String> files = new ArrayList<>();
    try {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of(folder))) {
        for (Path one : all) {
          String file = one.getFileName().toString();
          if (name.begins(file) && (!file.startsWith(".") || name.text().startsWith("."))) {
            files.add(folder + file + (Files.isDirectory(one) ? "/" : ""));
          }
          if (files.size() >= 10 * MOST) {
            break;
          }
        }
      }
    } catch (IOException | InvalidPathException | DirectoryIteratorException e) {
      // No such folder: there is nothing to offer.
    }
    files.stream()
        .sorted()
        .limit(MOST)
        .forEach(
            file ->
                found.add(
                    file.replace("\\", "\\\\").replace("\"", "\\\""),
                    "path",
                    file.endsWith("/") ? "folder" : "file"));
  }
}
