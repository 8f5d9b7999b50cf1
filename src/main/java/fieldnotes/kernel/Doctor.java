package fieldnotes.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code %doctor}: the launcher's check of this machine, below the cell. */
final class Doctor {
  private static final String HOME = "FIELDNOTES_HOME";
  private static final int MOST_SECONDS = 180;

  /** Stands after the last line. */
  private static final String END = "\0";

  private final JavaKernel kernel;

  Doctor(JavaKernel kernel) {
    this.kernel = kernel;
  }

  static void register(JavaKernel kernel) {
    Doctor doctor = new Doctor(kernel);
    ((Registry) kernel.getMagicsRegistry())
        .line(
            "%doctor",
            "checks this machine and says how to install what is missing",
            (k, args) -> doctor.check(args, System.getenv(HOME)));
  }

  /**
   * @param home the folder of the launcher, or null
   */
  Object check(List<String> arguments, String home) {
    if (!arguments.isEmpty()) {
      throw new MagicFailure("%%doctor %s: takes no argument".formatted(arguments.getFirst()));
    }
    Path launcher = home == null ? null : Path.of(home, "workbench");
    if (launcher == null || !Files.isRegularFile(launcher)) {
      throw new MagicFailure(
          "%%doctor: %s; run './workbench doctor' in a terminal, in the project's folder on the"
                  .formatted(
                      home == null
                          ? HOME + ", the project's folder, is not set"
                          : "no workbench in %s=%s".formatted(HOME, home))
              + " machine of the kernel");
    }
    return kernel.evaluator().call("", () -> run(launcher));
  }

  private Object run(Path launcher) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("bash", launcher.toString(), "doctor")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new MagicFailure("%doctor: cannot start " + launcher + ": " + e.getMessage(), e);
    }
    // Reading cannot be interrupted, waiting can.
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().name("doctor").start(() -> read(process, lines));
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
      while (true) {
        String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw new MagicFailure(
              "%%doctor: not finished after %d s; run './workbench doctor' in a terminal"
                  .formatted(MOST_SECONDS));
        }
        if (line.equals(END)) {
          return null;
        }
        kernel.printer().line(line);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void read(Process process, BlockingQueue<String> into) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(into::add);
    } catch (IOException | UncheckedIOException e) {
      // The process was stopped.
    }
    into.add(END);
  }
}
