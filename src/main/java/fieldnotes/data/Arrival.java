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
 * Writes the body of an answer to the end of a file as it arrives, on the thread that receives it.
 * (The client's own stream drops what came but was not read yet when the connection breaks, and
 * that would have to be fetched again.)
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
   * @param file where the bytes go
   * @param tag a file that keeps the server's name of this version of the content
   */
  Arrival(Path file, Path tag) {
    this.file = file;
    this.tag = tag;
  }

  /** A body comes: the rest of the file, or all of it again. */
  synchronized void begin(boolean onwards, String etag) {
    if (closed) {
      return; // given up meanwhile: what there is must stay
    }
    try {
      if (onwards) {
        out = Files.newOutputStream(file, StandardOpenOption.APPEND);
      } else {
        anew = true;
        out = Files.newOutputStream(file);
        Files.deleteIfExists(tag);
        if (etag.startsWith("\"")) { // a weak tag does not promise the same bytes
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

  /** How many bytes were written. */
  synchronized long bytes() {
    return bytes;
  }

  /** By how much the file grew, where it had {@code before} bytes. */
  synchronized long change(long before) {
    return anew ? bytes - before : bytes;
  }

  /** For how long nothing came; 0 before the body began, for that has its own time limit. */
  synchronized long idleNanos() {
    return out == null ? 0 : System.nanoTime() - last;
  }

  /**
   * What is still to come is dropped.
   *
   * @throws IOException if what came could not be written
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
