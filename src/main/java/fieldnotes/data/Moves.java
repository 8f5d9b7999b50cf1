package fieldnotes.data;

import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Replaces and deletes folders. */
final class Moves {
  private Moves() {}

  /** Moves {@code made} to {@code place}, replacing what is there. */
  static void replace(Path made, Path place) throws IOException {
    if (Files.exists(place)) {
      Path old = place.resolveSibling("." + place.getFileName() + ".old");
      delete(old);
      WholeFile.move(place, old);
      WholeFile.move(made, place);
      delete(old);
    } else {
      WholeFile.move(made, place);
    }
  }

  /** Deletes a file or folder recursively; does not follow links. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
