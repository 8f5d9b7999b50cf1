package fieldnotes.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Files that are there whole or not at all, whatever ends the process meanwhile. */
public final class Disk {
  /** How the name of a file ends that is not whole yet. */
  public static final String UNFINISHED = ".unfinished";

  /** Nobody takes longer than this to write a file; what is older, a killed process left. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final AtomicLong PARTS = new AtomicLong();

  private Disk() {}

  /** Puts the bytes there in one step, unless they are there already. */
  public static void put(Path file, byte[] bytes) throws IOException {
    if (Files.isRegularFile(file)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path part =
        file.resolveSibling(
            "."
                + file.getFileName()
                + "-"
                + ProcessHandle.current().pid()
                + "-"
                + PARTS.incrementAndGet()
                + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, bytes);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    settle(file.getParent());
  }

  /** Writes at the channel's place and waits until it is on the disk. */
  static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(true);
  }

  /** Waits until a folder's list of names is on the disk, where the system can do that. */
  static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; its moves are safe without.
    }
  }

  /** Whether another thread or process may be writing the file's bytes just now. */
  public static boolean isBeingWritten(Path file) throws IOException {
    if (!file.getFileName().toString().endsWith(UNFINISHED)) {
      return false;
    }
    try {
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      return changed.isAfter(Instant.now().minus(LONGEST));
    } catch (NoSuchFileException e) {
      return true; // it has its own name by now
    }
  }

  /** Removes what a killed process left half written. */
  static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var left = Files.newDirectoryStream(folder, ".*" + UNFINISHED)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
