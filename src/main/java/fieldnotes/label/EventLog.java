package fieldnotes.label;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.Check;
import fieldnotes.common.HashedRead;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.Warnings;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A labels file that is open for writing, under its lock. One thread at a time may use it. */
final class EventLog implements AutoCloseable {
  private static final String BUSY = "held by another store";

  private final Path file;
  private final AppendedFile lock;
  private AppendedFile events;
  private String inode = "";
  private long size;
  private boolean empty;
  private boolean closed;

  private EventLog(Path file, AppendedFile lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Takes the lock of a file.
   *
   * @throws IllegalStateException if another process, or another store of this one, holds it
   */
  static EventLog locked(Path given) throws IOException {
    Path file = real(given);
    WholeFile.makeFolder(file.getParent());
    Check.that(
        !WholeFile.exists(file) || WholeFile.isFile(file),
        "%s is %s; give a labels file",
        file,
        Files.isDirectory(file) ? "a folder" : "not a regular file");
    Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
    try {
      return new EventLog(file, AppendedFile.locked(lock, BUSY));
    } catch (IOException e) {
      if (Reason.words(e).contains(BUSY)) {
        throw new IllegalStateException(
            "%s is in use by another page or notebook: close that first, or choose another labels file"
                .formatted(file),
            e);
      }
      throw e;
    }
  }

  /** The file itself, where links lead to it, so that its lock is the same for all. */
  private static Path real(Path file) throws IOException {
    Path whole = file.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return Files.exists(whole)
        ? whole.toRealPath()
        : Files.isDirectory(folder) ? folder.toRealPath().resolve(whole.getFileName()) : whole;
  }

  /** The labels file, absolute and without links. */
  Path file() {
    return file;
  }

  /**
   * Reads the file, as far as it can be read; a damaged one is copied before it is written anew.
   */
  LabelFile read() throws IOException {
    if (!WholeFile.isFile(file)) {
      return new LabelFile(List.of(), List.of(), false);
    }
    LabelFile found = LabelFile.read(file);
    if (!found.problems().isEmpty()) {
      Path copy = copy("damaged", Files.readAllBytes(file));
      found.problems().forEach(Warnings::warn);
      Warnings.warn(
          "%s is damaged: copied to %s, and read as far as possible".formatted(file, copy));
    }
    return found;
  }

  /** Goes on after what was read, which is as {@link LabelFile#bytes} writes it. */
  void resume(boolean withoutEvents) throws IOException {
    empty = withoutEvents;
    events = AppendedFile.open(file);
    inode = HashedRead.Stat.of(file).inode();
    size = events.size();
  }

  /** Writes the file anew. */
  void replace(List<Event> now) throws IOException {
    WholeFile.writeDurably(file, LabelFile.bytes(now));
    if (events != null) {
      events.close();
      events = null; // until the new file is open: nothing may go to the old one
    }
    resume(now.isEmpty());
  }

  /** Appends lines, which are on disk when this returns; if it fails, none of them is. */
  void append(List<String> lines) throws IOException {
    byte[] more = LabelFile.more(empty, lines);
    long from = size - LabelFile.closing(empty);
    events.replaceEnd(from, more);
    size = from + more.length;
    empty = false;
  }

  /**
   * Whether the file is not as it was left here, because another program wrote to it, replaced or
   * deleted it; what is there then is kept in a copy, and the file must be written anew.
   */
  boolean isChanged() throws IOException {
    if (closed) {
      throw new IOException(file + " was closed");
    }
    if (events == null) {
      return true; // it was written anew, but could not be opened after that
    }
    try {
      HashedRead.Stat now = HashedRead.Stat.of(file);
      if (now.inode().equals(inode) && now.bytes() == size) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return true;
    }
    if (WholeFile.isFile(file)) {
      Path copy = copy("changed", Files.readAllBytes(file));
      Warnings.warn(
          "%s was changed by another program; that content is in %s now".formatted(file, copy));
    }
    return true;
  }

  private Path copy(String why, byte[] bytes) throws IOException {
    String name = "%s.%s-%s".formatted(file.getFileName(), why, Sha256.of(bytes).substring(0, 8));
    Path copy = file.resolveSibling(name);
    WholeFile.writeDurably(copy, bytes);
    return copy;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    if (events != null) {
      events.close();
    }
    lock.close();
  }
}
