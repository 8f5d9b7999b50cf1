package fieldnotes.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private OutputStream out;
  private boolean anew;
  private boolean closed;
  private long bytes;
  private long last;
  private IOException failure;

  /**
   * @param file receives the bytes
   * @param tag a file that stores the ETag of the content
   */
  Arrival(Path file, Path tag) {
    this.file = file;
    this.tag = tag;
  }

  /** Starts a body: the rest of the file, or all of it again. */
  synchronized void begin(boolean onwards, String etag) {
    if (closed) {
      return; // cancelled: keep the bytes received so far
    }
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
      failure = e;
      throw new UncheckedIOException(e);
    }
    last = System.nanoTime();
  }

  @Override
  public synchronized void accept(Optional<byte[]> piece) {
    if (closed || piece.isEmpty()) {
      return;
    }
    try {
      out.write(piece.get());
    } catch (IOException e) {
      failure = e;
      throw new UncheckedIOException(e);
    }
    bytes += piece.get().length;
    last = System.nanoTime();
  }

  /** Bytes written. */
  synchronized long bytes() {
    return bytes;
  }

  /** Growth of the file in bytes, from a size of {@code before}. */
  synchronized long change(long before) {
    return anew ? bytes - before : bytes;
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
    if (out != null) {
      out.close();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
