package fieldnotes.data;

import fieldnotes.common.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Appends a response body to a file on the receiving thread. (The client's own stream loses
 * received but unread bytes when the connection breaks, and they would have to be downloaded
 * again.)
 */
final class Arrival implements Consumer<Optional<byte[]>>, AutoCloseable {
  private final Path file;
  private final Path tag;
  private final long have;
  private final long most;
  private OutputStream out;
  private boolean anew;
  private boolean closed;
  private long bytes;
  private long last;
  private IOException failure;

  /**
   * @param file receives the bytes
   * @param tag a file that stores the ETag of the content
   * @param have bytes that the file has, to which a body that goes on is appended
   * @param most bytes that the file may have; a longer one is refused before it is written
   */
  Arrival(Path file, Path tag, long have, long most) {
    this.file = file;
    this.tag = tag;
    this.have = have;
    this.most = most;
  }

  /**
   * Starts a body: the rest of the file, or all of it again.
   *
   * @param length of the body, or 0 if the server does not say
   */
  synchronized void begin(boolean onwards, String etag, long length) {
    if (closed) {
      return; // cancelled: keep the bytes received so far
    }
    refuseMore(onwards ? have : 0, length);
    try {
      if (onwards) {
        out = Files.newOutputStream(file, StandardOpenOption.APPEND);
      } else {
        anew = true;
        out = Files.newOutputStream(file);
        Files.deleteIfExists(tag);
        if (etag.startsWith("\"")) { // a weak ETag does not guarantee identical bytes
          Files.writeString(tag, etag);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
    last = System.nanoTime();
  }

  private void refuseMore(long before, long more) {
    if (more > most - before) {
      failure =
          new Download.TooLong(
              String.format(
                  Locale.ROOT,
                  "it sends %,d bytes or more, and the file must have %,d",
                  before + more,
                  most));
      throw new UncheckedIOException(failure);
    }
  }

  /** A failure of this disk, which another try would not change. */
  private UncheckedIOException failed(IOException e) {
    failure = new FileSystemException(file.toString(), null, Reason.words(e));
    failure.initCause(e);
    return new UncheckedIOException(failure);
  }

  @Override
  public synchronized void accept(Optional<byte[]> piece) {
    if (closed || piece.isEmpty()) {
      return;
    }
    refuseMore((anew ? 0 : have) + bytes, piece.get().length);
    try {
      out.write(piece.get());
    } catch (IOException e) {
      throw failed(e);
    }
    bytes += piece.get().length;
    last = System.nanoTime();
  }

  /** Bytes written. */
  synchronized long bytes() {
    return bytes;
  }

  /** Growth of the file in bytes. */
  synchronized long change() {
    return anew ? bytes - have : bytes;
  }

  /** Nanoseconds since the last bytes; 0 before the body starts, which has its own timeout. */
  synchronized long idleNanos() {
    return out == null ? 0 : System.nanoTime() - last;
  }

  /**
   * Ignores the rest of the body.
   *
   * @throws IOException if received bytes could not be written
   */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      failed(e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
