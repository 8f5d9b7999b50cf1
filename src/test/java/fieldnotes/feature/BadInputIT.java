package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.Encoded;
import fieldnotes.audio.RawWav;
import fieldnotes.cli.Main;
import fieldnotes.common.ChildJvm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as they are met: damaged, mislabelled, endless. In a process with a small heap. */
class BadInputIT {
  private static final long MOST_MEMORY = 1L << 30;

  @TempDir Path folder;

  private List<String> run(ProcessBuilder child, int seconds, int code) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process = child.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(out) + Files.readString(err);
    String last = said.substring(Math.max(0, said.length() - 3000));
    assertThat(ended).as("ends within %d s: ...%s", seconds, last).isTrue();
    assertThat(process.waitFor()).as("...%s", last).isEqualTo(code);
    return Files.readAllLines(out);
  }

  /**
   * Every spoilt file gives rows or a reason, none takes over 5 s of processor time, and the
   * process ends well in bounded memory. {@code -Dfieldnotes.fuzz.files=2000} for the full number,
   * {@code -Dfieldnotes.fuzz.seed=N} for others.
   */
  @Test
  @DisplayName("spoilt files give a row or a reason each")
  void spoilt() throws Exception {
    int count = Integer.getInteger("fieldnotes.fuzz.files", 150);
    long seed = Long.getLong("fieldnotes.fuzz.seed", 1);
    Path files = Files.createDirectories(folder.resolve("files"));
    List<String> said =
        run(
            ChildJvm.of(
                List.of("-Xmx512m"), Fuzz.class, files.toString(), "" + seed, "0", "" + count),
            60 + count,
            0);
    List<String[]> results =
        said.stream()
            .filter(line -> !line.startsWith("begin\t"))
            .map(line -> line.split("\t", -1))
            .toList();
    List<String[]> each = results.subList(0, results.size() - 1);
    assertThat(each).hasSize(count);
    int withRows = 0;
    for (String[] one : each) {
      int rows = Integer.parseInt(one[2]);
      assertThat(Integer.parseInt(one[1])).as("ms of work on %s", one[0]).isLessThan(5000);
      assertThat(rows > 0).as("%s: rows or a reason", one[0]).isEqualTo(one[3].isBlank());
      assertThat(one[3]).as(one[0]).doesNotContain("Exception").doesNotContain("memory than");
      withRows += rows > 0 ? 1 : 0;
    }
    // Neither is everything refused nor everything let through.
    assertThat(withRows).isBetween(count / 10, count * 9 / 10);
    long memory = Long.parseLong(results.getLast()[1]);
    assertThat(memory).as("bytes at most").isLessThan(MOST_MEMORY);
  }

  /** Hours of silence, 8 kHz and 16 bits: 58 MB each, written block by block. */
  private static void silence(Path path, int hours) throws IOException {
    RawWav wav = new RawWav(RawWav.INTEGER, 16, 8000, new float[1]);
    long bytes = hours * 3600L * 8000 * 2;
    byte[] whole = wav.bytes();
    ByteBuffer header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(4, (int) (bytes + 36)).putInt(40, (int) bytes);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      out.write(whole, 0, 44);
      byte[] silence = new byte[1 << 20];
      for (long left = bytes; left > 0; left -= silence.length) {
        out.write(silence, 0, (int) Math.min(left, silence.length));
      }
    }
  }

  /** {@code -Dfieldnotes.hours=N} for N hours of silence; one is already more than the heap. */
  @Test
  @DisplayName("a good file and an hour of silence go through, the rest is listed with reasons")
  void mixedFolder() throws Exception {
    Path files = Files.createDirectories(folder.resolve("files"));
    float[] x = new float[12 * 22_050];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.5 * Math.sin(0.1 * i));
    }
    AudioFiles.writeWav(Clip.of("good", x, 22_050), files.resolve("good.wav"));
    Files.createFile(files.resolve("empty.wav"));
    Encoded.MP3.write(files.resolve("cut.mp3"), 22_050, x);
    byte[] mp3 = Files.readAllBytes(files.resolve("cut.mp3"));
    Files.write(files.resolve("cut.mp3"), Arrays.copyOf(mp3, mp3.length / 2));
    Files.writeString(files.resolve("text.wav"), "Dear diary, nothing was recorded today.\n");
    int hours = Integer.getInteger("fieldnotes.hours", 1);
    silence(files.resolve("long.wav"), hours);
    Path table = folder.resolve("table.csv");

    List<String> said =
        run(
            ChildJvm.of(
                List.of("-Xmx256m"),
                Main.class,
                "features",
                files.toString(),
                "--no-cache",
                "--out",
                table.toString()),
            900,
            0);

    assertThat(said)
        .anyMatch(line -> line.startsWith("failed: empty.wav: empty: it has 0 bytes"))
        .anyMatch(line -> line.startsWith("failed: cut.mp3: truncated: its MP3 tag says"))
        .anyMatch(line -> line.startsWith("failed: text.wav: not a readable sound file"))
        .anyMatch(
            line ->
                line.contains((1 + hours * 360) + " rows of 2 files") && line.contains("3 failed"))
        .hasSize(4);
    List<String> rows = Files.readAllLines(table);
    assertThat(rows).hasSize(2 + hours * 360);
    assertThat(rows.get(1)).startsWith("good.wav,0,2.0,10.0,");
    assertThat(rows.get(2)).startsWith("long.wav,0," + (hours * 3600 - 10) + ".0,10.0,");
    assertThat(rows.getLast()).startsWith("long.wav," + (hours * 360 - 1) + ",0.0,10.0,");
  }

  @Test
  @DisplayName("where no file goes through the exit code is 2, and no table is left")
  void nothingGoesThrough() throws Exception {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.createFile(files.resolve("empty.wav"));
    Path table = folder.resolve("table.csv");
    List<String> said =
        run(
            ChildJvm.of(
                List.of(),
                Main.class,
                "features",
                files.toString(),
                "--no-cache",
                "--out",
                table.toString()),
            60,
            2);
    assertThat(said).anyMatch(line -> line.contains("0 rows of 0 files"));
    assertThat(table).doesNotExist();
  }

  /** Reads every kind of spoilt file, and prints nothing itself. */
  static final class Quiet {
    private Quiet() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      fieldnotes.audio.Mutations spoilt = fieldnotes.audio.Mutations.of(folder, 2);
      int refused = 0;
      for (int i = 0; i < 60; i++) {
        Path file = folder.resolve("x");
        Files.write(file, spoilt.get(i).bytes());
        try {
          AudioFiles.read(file);
        } catch (fieldnotes.audio.AudioException e) {
          refused++;
        }
      }
      if (refused < 10) {
        throw new IllegalStateException("only " + refused + " were refused");
      }
    }
  }

  @Test
  @DisplayName("native code prints nothing, whatever it is given")
  void quiet() throws Exception {
    Path files = Files.createDirectories(folder.resolve("files"));
    List<String> said = run(ChildJvm.of(List.of(), Quiet.class, files.toString()), 60, 0);
    assertThat(said).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("err.txt")))
        .allMatch(line -> line.startsWith("WARNING: Using incubator modules"));
  }
}
