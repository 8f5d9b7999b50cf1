package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** A line of JSON for each request, without what is secret: no key, no query, no body. */
final class RequestLog implements AutoCloseable {
  private final FileChannel file;
  private final PrintStream print;

  /**
   * Opens the log.
   *
   * @param path a file, added to at its end; {@code -} for standard output; empty for none
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
    file = FileChannel.open(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  boolean isOn() {
    return file != null || print != null;
  }

  void write(Map<String, Object> fields) {
    String line = ApiKeys.LOOK.matcher(Answers.JSON.writeValueAsString(fields)).replaceAll("fn_…");
    if (print != null) {
      print.println(line);
    } else if (file != null) {
      try {
        file.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
      } catch (IOException e) {
        // a full disk does not stop the service
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
