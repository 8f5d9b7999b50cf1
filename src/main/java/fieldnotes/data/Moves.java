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

  /**
   * Moves {@code made} to {@code place}, replacing what is there. If the process is killed between
   * the two moves, {@link #recover} puts the old folder back.
   */
  static void replace(Path made, Path place) throws IOException {
    if (WholeFile.exists(place)) {
      Path old = old(place);
      delete(old);
      WholeFile.move(place, old);
      WholeFile.move(made, place);
      delete(old);
    } else {
      WholeFile.move(made, place);
    }
  }

  /** Undoes a replacement that a killed process left half done; only for the holder of the lock. */
  static void recover(Path place) throws IOException {
    Path old = old(place);
    if (!WholeFile.exists(old)) {
      return;
    }
    if (WholeFile.exists(place)) {
      delete(old);
    } else {
      WholeFile.move(old, place);
    }
  }

  private static Path old(Path place) {
    return place.resolveSibling("." + place.getFileName() + ".old");
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
