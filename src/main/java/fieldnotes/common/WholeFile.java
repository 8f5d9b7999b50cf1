package fieldnotes.common;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Atomic file writing: the file is complete or not changed at all, even if the process is killed.
 * Bytes are written to a hidden temporary file in the same folder, {@code
 * .NAME-PROCESS@SYSTEM-NUMBER.unfinished}, which is then renamed. On any failure, including at
 * close, the temporary file is deleted and the old file is kept. A file that already has the same
 * content is not touched; one that is replaced keeps its permissions, and a symbolic link to it
 * stays a link.
 *
 * <p>For short contents use {@link #write(Path, byte[])}, otherwise:
 *
 * <pre>{@code
 * try (WholeFile file = WholeFile.begin(path)) {
 *   file.stream().write(bytes);
 *   file.finish();
 * }
 * }</pre>
 *
 * <p>Temporary files of killed processes are deleted when a process first writes to their folder,
 * and by {@link #sweep(Path)}; those of another machine or container, whose processes cannot be
 * seen, an hour after they were last written to. Missing folders are created.
 */
public final class WholeFile implements AutoCloseable {
  private static final String IN_THE_WAY = "a file where a folder must be";
  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  /** The steps of writing a file, in order. */
  enum Step {
    CREATE,
    WRITE,
    FORCE,
    CLOSE,
    MOVE
  }

  /** Called before each step; tests install one that throws. */
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
    this.file = regular(real(file));
    this.durable = durable;
    Path folder = this.file.getParent();
    makeFolder(folder);
    if (SWEPT.add(folder)) {
      try {
        sweep(folder);
      } catch (IOException e) {
        // A folder that cannot be listed may still be writable.
      }
    }
    part = PartNames.next(this.file);
  }

  /** The file behind links; the path as it is where there is none. */
  private static Path real(Path file) throws IOException {
    try {
      return file.toRealPath();
    } catch (NoSuchFileException e) {
      return file.toAbsolutePath();
    } catch (IOException e) {
      throw Reason.named(file, e);
    }
  }

  /** Begins a file, which is not visible before {@link #finish}. */
  public static WholeFile begin(Path file) throws IOException {
    return new WholeFile(file, false);
  }

  /** Begins a file whose content and name are on disk once it is finished. */
  public static WholeFile beginDurably(Path file) throws IOException {
    return new WholeFile(file, true);
  }

  /** Writes bytes to a file. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, bytes, false);
  }

  /** Writes a text to a file, as UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Writes bytes to a file and waits until content and name are on disk. */
  public static void writeDurably(Path file, byte[] bytes) throws IOException {
    write(file, bytes, true);
  }

  private static void write(Path file, byte[] bytes, boolean durable) throws IOException {
    if (holds(file, bytes)) {
      return;
    }
    try (WholeFile whole = new WholeFile(file, durable)) {
      whole.bytes = whole.new Bytes();
      whole.bytes.write(bytes);
      whole.finish();
    }
  }

  /** Whether a file has this content; one that cannot be read is written anew. */
  private static boolean holds(Path file, byte[] bytes) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) == bytes.length
          && Arrays.equals(Files.readAllBytes(file), bytes);
    } catch (IOException e) {
      return false;
    }
  }

  /** The buffered output stream; closing it does not finish the file. */
  public OutputStream stream() throws IOException {
    if (stream == null) {
      bytes = new Bytes();
      stream = new BufferedOutputStream(bytes, 1 << 16);
    }
    return stream;
  }

  /** Path of the temporary file, for libraries that write to a path; it does not exist yet. */
  public Path part() {
    return part;
  }

  /**
   * Renames the temporary file, unless the target already has the same content.
   *
   * @throws IOException if it cannot be renamed, or if an earlier write to the stream failed
   */
  public void finish() throws IOException {
    if (stream != null) {
      stream.close();
    }
    if (bytes != null) {
      bytes.close();
      if (bytes.failure != null) {
        throw Reason.named(file, bytes.failure);
      }
    }
    try {
      if (isSame()) {
        return;
      }
      keepPermissions();
      move(part, file);
    } catch (IOException e) {
      throw Reason.named(file, e);
    }
    moved = true;
    if (durable) {
      settle(file.getParent());
    }
  }

  /** Whether the file has the new content already. */
  private boolean isSame() {
    try {
      return Files.isRegularFile(file) && Files.mismatch(part, file) < 0;
    } catch (IOException e) {
      return false; // it cannot be read, and is replaced
    }
  }

  /** Gives the temporary file the permissions of the file that it replaces. */
  private void keepPermissions() throws IOException {
    if (Files.exists(file)) {
      try {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file));
      } catch (UnsupportedOperationException e) {
        // Windows: permissions come from the folder.
      }
    }
  }

  /** Deletes the temporary file unless it was finished. */
  @Override
  public void close() {
    try {
      if (bytes != null) {
        bytes.abandon();
      }
    } catch (IOException e) {
      // It was given up or has failed before; the part is deleted all the same.
    }
    try {
      if (!moved) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      SWEPT.remove(part.getParent()); // left over; the next write deletes it
    } finally {
      PartNames.release(part);
    }
  }

  /**
   * Whether there is a file. Unlike {@code Files.isRegularFile}, this does not take an error for
   * "no", after which a caller would write over what it could not see.
   *
   * @throws IOException if that cannot be found out, naming the file
   */
  public static boolean isFile(Path file) throws IOException {
    return attributes(file).filter(BasicFileAttributes::isRegularFile).isPresent();
  }

  /** Whether there is a file, a folder or anything else; with errors as {@link #isFile}. */
  public static boolean exists(Path file) throws IOException {
    return attributes(file).isPresent();
  }

  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Reason.named(file, e);
    }
  }

  /** Refuses what would be replaced but is no file, such as {@code /dev/null}. */
  private static Path regular(Path file) throws IOException {
    if (attributes(file).filter(BasicFileAttributes::isOther).isPresent()) {
      throw new FileSystemException(
          file.toString(), null, "it is a device or a pipe; give the name of a file");
    }
    return file;
  }

  /**
   * Makes a folder and those above it, where they do not exist.
   *
   * @throws IOException naming the folder, and why; also if there is a file of that name
   */
  public static void makeFolder(Path folder) throws IOException {
    try {
      if (Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
        return;
      }
      throw new FileSystemException(folder.toString(), null, IN_THE_WAY);
    } catch (NoSuchFileException e) {
      makeMissing(folder);
    } catch (IOException e) {
      throw Reason.named(folder, e);
    }
  }

  private static void makeMissing(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new FileSystemException(e.getFile(), null, IN_THE_WAY);
    } catch (IOException e) {
      throw Reason.named(folder, e);
    }
  }

  /**
   * Renames a finished file or folder atomically, replacing an existing one. Both must be on the
   * same file system.
   */
  public static void move(Path made, Path place) throws IOException {
    watch.before(Step.MOVE, place);
    Files.move(made, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until a folder's entries are on disk, where supported. */
  public static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; its renames are durable without.
    }
  }

  /** Whether a file is a temporary file that a process may still be writing. */
  public static boolean isBeingWritten(Path file) {
    return PartNames.isBeingWritten(file);
  }

  /** Deletes the temporary files of killed processes in a folder. */
  public static void sweep(Path folder) throws IOException {
    PartNames.sweep(folder);
  }

  @Override
  public String toString() {
    return "whole file " + file;
  }

  /** Stream to the temporary file. After a failure it rejects further writes. */
  private final class Bytes extends OutputStream {
    private final FileChannel channel;
    private final OutputStream out;
    private IOException failure;
    private boolean closed;

    Bytes() throws IOException {
      try {
        watch.before(Step.CREATE, file);
        // Only a channel can be forced to disk, and only a plain stream survives an interrupt.
        channel =
            durable
                ? FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : null;
        out =
            durable
                ? Channels.newOutputStream(channel)
                : Files.newOutputStream(
                    part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw Reason.named(file, e);
      }
      try {
        keepPermissions(); // before there is anything to read
      } catch (IOException e) {
        abandon();
        throw Reason.named(file, e);
      }
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (failure != null) {
        throw Reason.named(file, failure);
      }
      try {
        watch.before(Step.WRITE, file);
        out.write(from, offset, length);
      } catch (IOException e) {
        failure = e;
        throw Reason.named(file, e);
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
        throw Reason.named(file, e);
      } finally {
        abandon();
      }
    }

    void abandon() throws IOException {
      closed = true;
      out.close(); // does nothing the second time
    }
  }
}
