package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fieldnotes.detect.HeardTones;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: ended by a signal, or by who reads its output. */
class DetectIT {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void make() throws IOException {
    model = HeardTones.model(folder);
  }

  private static Process detect(String... more) throws IOException {
    String[] fixed = {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-XX:TieredStopAtLevel=1",
      "-Xmx512m",
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-cp",
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
      "fieldnotes.cli.Main",
      "detect",
      "--background",
      "hiss",
      "--model",
      model.toString(),
      "-",
      "--format",
      "s16le"
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return new ProcessBuilder(all).redirectError(folder.resolve("err.txt").toFile()).start();
  }

  /** Sends the first seconds of the stream, and leaves the input open. */
  private static OutputStream send(Process process, double seconds) throws IOException {
    float[] x = HeardTones.stream().samples();
    int n = (int) (seconds * HeardTones.RATE);
    ByteBuffer bytes = ByteBuffer.allocate(2 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n; i++) {
      bytes.putShort((short) Math.clamp(Math.round(x[i] * 32768.0), -32768, 32767));
    }
    OutputStream out = process.getOutputStream();
    out.write(bytes.array());
    out.flush();
    return out;
  }

  @Test
  @DisplayName("a signal while standard input waits: the sound that goes on is told, its clip kept")
  void signal() throws Exception {
    Path kept = folder.resolve("kept");
    Process process = detect("--keep", kept.toString());
    try (OutputStream in = send(process, 10.4);
        BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).contains("\"low\"");
      // all is read by now or soon; the pipe holds what is not
      Thread.sleep(3000);
      process.toHandle().destroy(); // that of the process would close its streams
      assertThat(out.readLine()).contains("\"high\"");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assumeThat(System.getProperty("os.name")).doesNotContain("Windows");
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      in.flush();
    }
    try (var files = Files.list(kept)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.contains("high")))
          .hasSize(1);
    }
  }

  @Test
  @DisplayName("it ends when nobody reads its output any more")
  void closedOutput() throws Exception {
    Process process = detect();
    try {
      process.getInputStream().close();
      OutputStream in = send(process, 6);
      try {
        in.write(new byte[HeardTones.RATE * 2 * 8]);
        in.flush();
      } catch (IOException e) {
        // it has ended already
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
