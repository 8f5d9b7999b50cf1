package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * A line of JSON for each request, without what is secret: no key, no query, no body. A line that
 * cannot be written, as on a full disk, is lost; the service goes on, and so do later lines.
 */
final class RequestLog implements AutoCloseable {
  private final FileChannel file;
  private final PrintStream print;

  /** Whether the last line in the file may have no end. */
  private boolean torn;

  /**
   * Opens the log.
   *
   * @param path a file, added to at its end; {@code -} for standard output; empty for none
   * @throws IOException naming the file, if it cannot be opened
   */
  RequestLog(Optional<Path> path) throws IOException {
    boolean printed = path.isPresent() && path.get().toString().equals("-");
    print = printed ? System.out : null;
    if (path.isEmpty() || printed) {
      file = null;
      return;
    }
    Path folder = path.get().toAbsolutePath().getParent();
    WholeFile.makeFolder(folder);
    try {
      file = FileChannel.open(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IOException("%s: cannot be opened: %s".formatted(path.get(), Reason.words(e)), e);
    }
  }

  boolean isOn() {
    return file != null || print != null;
  }

  void write(Map<String, Object> fields) {
    String line = ApiKeys.LOOK.matcher(Answers.JSON.writeValueAsString(fields)).replaceAll("fn_…");
    if (print != null) {
      print.println(line);
    } else if (file != null) {
      append(line + "\n");
    }
  }

  private synchronized void append(String line) {
    ByteBuffer bytes = ByteBuffer.wrap((torn ? "\n" + line : line).getBytes(UTF_8));
    torn = true;
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      torn = false;
    } catch (IOException e) {
      // the line is lost
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
