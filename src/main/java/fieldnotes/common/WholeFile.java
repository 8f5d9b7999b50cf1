package fieldnotes.common;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that appears whole or not at all, whatever ends the process meanwhile. The bytes go to a
 * hidden part file in the same folder, {@code .NAME-PROCESS-NUMBER.unfinished}, which is moved into
 * place in one step. When anything fails, closing the part included, the part is deleted and an
 * older file of that name stays as it was. A file that already holds the bytes is not touched.
 *
 * <p>For short contents use {@link #write(Path, byte[])}. For long ones:
 *
 * <pre>{@code
 * try (WholeFile file = WholeFile.begin(path)) {
 *   file.stream().write(bytes);
 *   file.finish();
 * }
 * }</pre>
 *
 * <p>Part files of processes that were killed are deleted when a process first writes into their
 * folder, and by {@link #sweep(Path)}. Folders that are not there are made.
 */
public final class WholeFile implements AutoCloseable {
  private static final String ENDING = ".unfinished";
  private static final Pattern PART = Pattern.compile("\\..+-(\\d+)-\\d+\\" + ENDING);

  /** No process pauses longer than this while it writes: an older part is a leftover. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final long PROCESS = ProcessHandle.current().pid();
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Set<String> BEING_WRITTEN = ConcurrentHashMap.newKeySet();
  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  /** What is done to a file, in this order. */
  enum Step {
    CREATE,
    WRITE,
    FORCE,
    CLOSE,
    MOVE
  }

  /** Called before each step; tests put one here that throws. */
  interface Watch {
    void before(Step step, Path file) throws IOException;
  }

  static volatile Watch watch = (step, file) -> {};

  private final Path file;
  private final Path part;
  private final boolean durable;
  private Bytes bytes;
  private OutputStream stream;
  private boolean moved;

  private WholeFile(Path file, boolean durable) throws IOException {
    this.file = file.toAbsolutePath();
    this.durable = durable;
    Path folder = this.file.getParent();
    Files.createDirectories(folder);
    if (SWEPT.add(folder)) {
      try {
        sweep(folder);
      } catch (IOException e) {
        // A folder that cannot be listed can still be written to.
      }
    }
    String name =
        "." + file.getFileName() + "-" + PROCESS + "-" + NUMBER.incrementAndGet() + ENDING;
    part = folder.resolve(name);
    BEING_WRITTEN.add(name);
  }

  /** Begins a file; nothing is seen of it before {@link #finish}. */
  public static WholeFile begin(Path file) throws IOException {
    return new WholeFile(file, false);
  }

  /** Writes a file of these bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, bytes, false);
  }

  /** Writes a file of this text, as UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Writes a file of these bytes and waits until it is on the disk, with its name. */
  public static void writeDurably(Path file, byte[] bytes) throws IOException {
    write(file, bytes, true);
  }

  private static void write(Path file, byte[] bytes, boolean durable) throws IOException {
    if (Files.isRegularFile(file)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    try (WholeFile whole = new WholeFile(file, durable)) {
      whole.open().write(bytes);
      whole.finish();
    }
  }

  /** The buffered stream to write to; closing it does not finish the file. */
  public OutputStream stream() throws IOException {
    if (stream == null) {
      stream = new BufferedOutputStream(open(), 1 << 16);
    }
    return stream;
  }

  private Bytes open() throws IOException {
    bytes = new Bytes();
    return bytes;
  }

  /** The part file's path, for a library that writes to a path; it does not exist yet. */
  public Path part() {
    return part;
  }

  /**
   * Moves the file into place, unless the file there holds the same bytes.
   *
   * @throws IOException if it cannot be moved, or if a write to the stream failed before, even
   *     where the caller did not notice
   */
  public void finish() throws IOException {
    if (stream != null) {
      stream.close();
    }
    if (bytes != null) {
      bytes.close();
      if (bytes.failure != null) {
        throw new IOException(bytes.failure.getMessage(), bytes.failure);
      }
    }
    if (Files.isRegularFile(file) && Files.mismatch(part, file) < 0) {
      return;
    }
    move(part, file);
    moved = true;
    if (durable) {
      settle(file.getParent());
    }
  }

  /** Deletes the part unless the file was finished. */
  @Override
  public void close() {
    try {
      if (bytes != null) {
        bytes.abandon();
      }
      if (!moved) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // It stays as a leftover, which the next process deletes.
    } finally {
      BEING_WRITTEN.remove(part.getFileName().toString());
    }
  }

  /**
   * Moves a finished file or folder to its place in one step; a file of that name is replaced. Both
   * must lie on the same disk.
   */
  public static void move(Path made, Path place) throws IOException {
    watch.before(Step.MOVE, place);
    Files.move(made, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until a folder's list of names is on the disk, where the system can do that. */
  public static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; its moves are safe without.
    }
  }

  /** Whether a file is the part of a process that may still be writing it. */
  public static boolean isBeingWritten(Path file) {
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
    if (process == PROCESS) {
      return BEING_WRITTEN.contains(name);
    }
    if (ProcessHandle.of(process).isEmpty()) {
      return false;
    }
    try { // the number may be that of a later process
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      return changed.isAfter(Instant.now().minus(LONGEST));
    } catch (IOException e) {
      return true; // it has its own name by now
    }
  }

  /** Deletes the part files in a folder that killed processes left. */
  public static void sweep(Path folder) throws IOException {
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

  @Override
  public String toString() {
    return "whole file " + file;
  }

  /** The part's bytes. After a failure it takes no more and remembers the failure. */
  private final class Bytes extends OutputStream {
    private final FileChannel channel;
    private final OutputStream out;
    private IOException failure;
    private boolean closed;

    Bytes() throws IOException {
      watch.before(Step.CREATE, file);
      // Only the channel can be forced, and only the plain stream outlives an interrupt.
      channel =
          durable
              ? FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
              : null;
      out =
          durable
              ? Channels.newOutputStream(channel)
              : Files.newOutputStream(
                  part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      try {
        watch.before(Step.WRITE, file);
        out.write(from, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      try {
        if (durable) {
          watch.before(Step.FORCE, file);
          channel.force(true);
        }
        watch.before(Step.CLOSE, file);
        closed = true;
        out.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      } finally {
        abandon();
      }
    }

    void abandon() throws IOException {
      closed = true;
      out.close();
    }
  }
}
