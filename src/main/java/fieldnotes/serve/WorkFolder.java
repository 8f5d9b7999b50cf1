package fieldnotes.serve;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one service at a time: its batches, and the sounds that are just being read. What
 * other programs keep there is left alone, as only folders with a random name are ever deleted.
 */
final class WorkFolder implements AutoCloseable {
  private static final String NAME = "[0-9a-f]{32}";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path batches;
  private final Path spool;
  private final AppendedFile lock;

  private WorkFolder(Path folder) throws IOException {
    batches = folder.resolve("batches");
    lock =
        AppendedFile.locked(
            folder.resolve("service.lock"),
            "another service uses this folder for its batches; give another by --work");
    Path sounds = folder.resolve("sounds");
    spool = sounds.resolve(newName());
    boolean ok = false;
    try {
      WholeFile.makeFolder(batches);
      WholeFile.makeFolder(sounds);
      named(sounds).forEach(WorkFolder::delete); // of a service that was killed
      WholeFile.makeFolder(spool);
      ok = true;
    } finally {
      if (!ok) {
        lock.close();
      }
    }
  }

  /**
   * Takes a folder.
   *
   * @throws IOException if another service has it, or if it cannot be used
   */
  static WorkFolder of(Path folder) throws IOException {
    return new WorkFolder(folder);
  }

  /** A name that nobody can guess. */
  static String newName() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The folders within a folder that a service made. */
  static List<Path> named(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            folder, one -> one.getFileName().toString().matches(NAME) && Files.isDirectory(one))) {
      all.forEach(found::add);
    }
    return found;
  }

  /** Has a folder for each batch. */
  Path batches() {
    return batches;
  }

  /** For sounds while they are read; deleted with the service. */
  Path spool() {
    return spool;
  }

  /** Deletes a folder that a service made, and what is in it. */
  static void delete(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      // what is left is deleted when a service starts again
    }
  }

  @Override
  public void close() {
    delete(spool);
    lock.close();
  }
}
