package fieldnotes.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file whose end is written again and again, each time whole or not at all: after {@link
 * #replaceEnd} the bytes are on disk, and if it fails the file is as it was before. One thread at a
 * time may use it. A thread that is interrupted finishes its write first.
 */
public final class AppendedFile implements AutoCloseable {
  private final Path file;
  private final String busy;
  private FileChannel channel;

  private AppendedFile(Path file, String busy) {
    this.file = file;
    this.busy = busy;
  }

  /**
   * Opens a file, which is made if it does not exist, with its folder.
   *
   * @throws IOException naming the file
   */
  public static AppendedFile open(Path file) throws IOException {
    return open(file, "");
  }

  /**
   * Opens a file and holds its lock until it is closed. The lock is given up if this process opens
   * and closes the file in another way.
   *
   * @param busy what is the matter if another process, or another part of this one, holds the lock
   * @throws IOException naming the file, with {@code busy} as its reason if the lock is held
   */
  public static AppendedFile locked(Path file, String busy) throws IOException {
    Check.that(!busy.isEmpty(), "busy is empty: it must say what holds the lock");
    return open(file, busy);
  }

  private static AppendedFile open(Path file, String busy) throws IOException {
    AppendedFile opened = new AppendedFile(file, busy);
    Path folder = file.toAbsolutePath().getParent();
    WholeFile.makeFolder(folder);
    boolean made = !WholeFile.isFile(file);
    try {
      opened.reopen();
    } catch (IOException e) {
      opened.close();
      throw Reason.named(file, e);
    }
    if (made) {
      WholeFile.settle(folder);
    }
    return opened;
  }

  private void reopen() throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (busy.isEmpty()) {
      return;
    }
    try {
      if (channel.tryLock() == null) {
        throw new FileSystemException(file.toString(), null, busy);
      }
    } catch (OverlappingFileLockException e) {
      throw new FileSystemException(file.toString(), null, busy);
    }
  }

  /** Work on the channel, which an interrupt closes. */
  private interface Work<T> {
    T run() throws IOException;
  }

  /** Does the work to its end, also in a thread that is interrupted. */
  private <T> T uninterrupted(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          if (!channel.isOpen()) {
            reopen();
          }
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The number of bytes. */
  public long size() throws IOException {
    return uninterrupted(() -> channel.size());
  }

  /** The content from this position on; at most 2 GB. */
  public byte[] bytes(long from) throws IOException {
    return uninterrupted(
        () -> {
          ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - from));
          int read = 0;
          while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes, from + bytes.position());
          }
          return Arrays.copyOf(bytes.array(), bytes.position());
        });
  }

  /**
   * Puts these bytes in place of all that comes after a position, and waits until they are on disk.
   *
   * @param from the position, from 0 to {@link #size()}; what comes after it should be short
   * @throws IOException naming the file; it is then as it was before, as far as the disk allows
   */
  public void replaceEnd(long from, byte[] bytes) throws IOException {
    byte[] before = bytes(from);
    try {
      uninterrupted(
          () -> {
            write(from, bytes);
            WholeFile.watch.before(WholeFile.Step.FORCE, file);
            channel.force(true);
            return null;
          });
    } catch (IOException e) {
      takeBack(from, before);
      throw Reason.named(file, e);
    }
  }

  private void write(long from, byte[] bytes) throws IOException {
    WholeFile.watch.before(WholeFile.Step.WRITE, file);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left, from + left.position());
    }
    if (channel.size() > from + bytes.length) {
      channel.truncate(from + bytes.length);
    }
  }

  private void takeBack(long from, byte[] before) {
    try {
      ByteBuffer left = ByteBuffer.wrap(before);
      while (left.hasRemaining()) {
        channel.write(left, from + left.position());
      }
      channel.truncate(from + before.length);
    } catch (IOException e) {
      // The disk takes nothing more; readers pass over what is not whole.
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Every write was forced to disk.
    }
  }

  @Override
  public String toString() {
    return "appended file " + file;
  }
}
