package fieldnotes.common;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of temporary files of {@link WholeFile}: whose they are, and which are left over. */
final class PartNames {
  private static final String ENDING = ".unfinished";
  private static final Pattern PART =
      Pattern.compile("\\..+-(\\d+)(@[0-9a-f]{8})?-\\d+\\" + ENDING);

  /** Temporary files not modified for longer are left over from a killed process. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final long PROCESS = ProcessHandle.current().pid();
  private static final String SYSTEM = system();

  /**
   * A longer name of a file, in bytes, is cut in the name of its temporary file: 255 are allowed.
   */
  private static final int LONGEST_NAME = 180;

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Set<String> BEING_WRITTEN = ConcurrentHashMap.newKeySet();

  private PartNames() {}

  /**
   * A mark of where a process number means the same: this machine since its start, or container.
   */
  private static String system() {
    try {
      String start = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
      Path processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      return "@" + Sha256.of(start + processes).substring(0, 8);
    } catch (IOException e) {
      return ""; // not Linux: there is one
    }
  }

  /** A name in the folder of a file, in use until it is released. */
  static Path next(Path file) {
    String stem = file.getFileName().toString();
    while (stem.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    String name = "." + stem + "-" + PROCESS + SYSTEM + "-" + NUMBER.incrementAndGet() + ENDING;
    BEING_WRITTEN.add(name);
    return file.resolveSibling(name);
  }

  /** The file is renamed or deleted. */
  static void release(Path part) {
    BEING_WRITTEN.remove(part.getFileName().toString());
  }

  /** Whether a file is a temporary file that a process may still be writing. */
  static boolean isBeingWritten(Path file) {
    String name = file.getFileName().toString();
    Matcher part = PART.matcher(name);
    if (!part.matches()) {
      return false;
    }
    long process;
    try {
      process = Long.parseLong(part.group(1));
    } catch (NumberFormatException e) {
      return false;
    }
    boolean seen = part.group(2) == null || part.group(2).equals(SYSTEM);
    if (seen && process == PROCESS) {
      return BEING_WRITTEN.contains(name);
    }
    if (seen && ProcessHandle.of(process).isEmpty()) {
      return false;
    }
    try { // the process number may have been reused, or be of another system
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      return changed.isAfter(Instant.now().minus(LONGEST));
    } catch (IOException e) {
      return true; // renamed in the meantime
    }
  }

  /** Deletes the temporary files of killed processes in a folder. */
  static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var left = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      for (Path one : left) {
        if (PART.matcher(one.getFileName().toString()).matches() && !isBeingWritten(one)) {
          Files.deleteIfExists(one);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
