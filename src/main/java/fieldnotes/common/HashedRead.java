package fieldnotes.common;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * What was read from a file, and the SHA-256 of exactly the content it was read from.
 *
 * @param value result of reading
 * @param sha256 SHA-256 in hexadecimal
 */
public record HashedRead<T>(T value, String sha256) {
  private static final int ATTEMPTS = 3;

  /** The coarsest file times in use (FAT) are 2 s apart. */
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Size, modification time and identity of a file. */
  public record Stat(long bytes, long modifiedNanos, String inode) {
    /** The present metadata of a file. */
    public static Stat of(Path file) throws IOException {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stat(
          a.size(),
          a.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          // An object whose text is the same in every process.
          String.valueOf(a.fileKey()));
    }

    /** Whether the file is so new that another change could leave the same modification time. */
    public boolean isRecent() {
      long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
      return Math.abs(now - modifiedNanos) <= TICK_NANOS;
    }
  }

  /** Finds the hash of a file, which may be known from its metadata. */
  public interface Hashing {
    /** The SHA-256 of the content. */
    String hash(Path file, Stat stat) throws IOException;
  }

  /** Reads a file. */
  public interface Reading<T> {
    /** Reads the content with this SHA-256; called again if the file changes meanwhile. */
    T read(String sha256) throws IOException;
  }

  /**
   * Hashes a file, then reads it, and repeats both if it changed in between.
   *
   * @throws FileSystemException if it changes in every attempt
   * @throws IOException if it cannot be read
   */
  public static <T> HashedRead<T> of(Path file, Reading<T> reading) throws IOException {
    return of(file, (f, stat) -> Sha256.of(f), reading);
  }

  /** As {@link #of(Path, Reading)}, with another source of hashes. */
  public static <T> HashedRead<T> of(Path file, Hashing hashing, Reading<T> reading)
      throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Stat stat = Stat.of(file);
      boolean recent = stat.isRecent();
      String hash = hashing.hash(file, stat);
      try {
        T value = reading.read(hash);
        if (same(file, stat, recent, hash)) {
          return new HashedRead<>(value, hash);
        }
      } catch (CancellationException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        if (same(file, stat, recent, hash)) {
          throw e;
        }
      }
    }
    throw new FileSystemException(
        file.toString(), null, "changed while it was read; try again when it is complete");
  }

  private static boolean same(Path file, Stat before, boolean recent, String hash)
      throws IOException {
    return Stat.of(file).equals(before) && (!recent || Sha256.of(file).equals(hash));
  }
}
