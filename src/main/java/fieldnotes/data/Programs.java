package fieldnotes.data;

import fieldnotes.common.Progress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the programs of the system that fetch data.
 *
 * @param path the search path of the programs
 */
record Programs(String path) {
  /** Exit code and output of a program. */
  record Ran(int code, String text) {
    /** The error line: the last that begins with E: or fatal:, otherwise the last. */
    String error() {
      String last = "exit code " + code;
      String marked = null;
      for (String line : text.lines().toList()) {
        if (!line.isBlank()) {
          last = line.strip();
          marked = last.startsWith("E:") || last.startsWith("fatal:") ? last : marked;
        }
      }
      return marked == null ? last : marked;
    }
  }

  /** The file of a program, or null. */
  Path find(String name) {
    for (String folder : path.split(File.pathSeparator)) {
      Path file = Path.of(folder).resolve(name);
      if (!folder.isEmpty() && Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }

  /** Runs a program in a folder; progress is measured by the folder's growth. */
  Ran run(List<String> command, Path folder, String task, long bytes) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.set(0, String.valueOf(find(command.get(0))));
    Path said = Files.createTempFile("fieldnotes", ".log");
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File(nullDevice())));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    Process process = builder.start();
    try (Progress progress = Progress.start(task, bytes)) {
      long seen = 0;
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        long now = bytes > 0 ? size(folder) : 0;
        progress.advance(now - seen);
        seen = now;
      }
      if (process.exitValue() == 0) {
        progress.advance(Math.max(0, bytes - seen));
      }
      return new Ran(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      Files.deleteIfExists(said);
    }
  }

  private static String nullDevice() {
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }

  private static long size(Path folder) {
    long sum = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        sum += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
    } catch (IOException | UncheckedIOException e) {
      return sum; // files may disappear while the program runs
    }
    return sum;
  }
}
