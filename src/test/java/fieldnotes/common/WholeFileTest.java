package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  /** A way to write a file. */
  private interface Writer {
    void write(Path file) throws IOException;
  }

  private List<String> names() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bytesTextAndStreams() throws IOException {
    Path file = folder.resolve("deep/er/a.txt");
    WholeFile.write(file, "é");
    assertThat(file).hasBinaryContent("é".getBytes(StandardCharsets.UTF_8));
    WholeFile.writeDurably(file, new byte[] {1, 2});
    assertThat(file).hasBinaryContent(new byte[] {1, 2});
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.stream().write(new byte[100_000]);
      assertThat(file).hasBinaryContent(new byte[] {1, 2});
      assertThat(WholeFile.isBeingWritten(whole.part())).isTrue();
      whole.finish();
    }
    assertThat(file).hasBinaryContent(new byte[100_000]);
    try (WholeFile whole = WholeFile.begin(file)) {
      Files.writeString(whole.part(), "by another library");
      whole.finish();
    }
    assertThat(file).hasContent("by another library");
    assertThat(file.getParent()).isDirectoryContaining(f -> f.equals(file));
    try (var all = Files.list(file.getParent())) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  @DisplayName("whichever step fails, the old file stays and no part is left")
  void eachFailure() throws IOException {
    byte[] bytes = new byte[200_000];
    List<Writer> writers =
        List.of(
            file -> WholeFile.write(file, bytes),
            file -> WholeFile.writeDurably(file, bytes),
            file -> {
              try (WholeFile whole = WholeFile.begin(file)) {
                for (int i = 0; i < 3; i++) {
                  whole.stream().write(bytes);
                }
                whole.finish();
              }
            },
            file -> {
              try (WholeFile whole = WholeFile.begin(file)) {
                try (ZipOutputStream zip = new ZipOutputStream(whole.stream())) {
                  zip.setMethod(ZipOutputStream.DEFLATED);
                  zip.setLevel(0);
                  zip.putNextEntry(new ZipEntry("e"));
                  zip.write(bytes);
                }
                whole.finish();
              }
            });
    int failed = 0;
    for (Writer writer : writers) {
      Path file = folder.resolve("a.bin");
      Files.writeString(file, "old");
      List<String> steps;
      try (Faults none = Faults.none()) {
        writer.write(folder.resolve("b.bin"));
        steps = none.steps();
      }
      assertThat(steps).startsWith("CREATE b.bin", "WRITE b.bin").endsWith("MOVE b.bin");
      assertThat(steps).contains("CLOSE b.bin");
      for (int i = 0; i < steps.size(); i++) {
        try (Faults _ = Faults.at(i)) {
          assertThatThrownBy(() -> writer.write(file))
              .as(steps.get(i))
              .isInstanceOf(IOException.class)
              .hasMessageEndingWith(Faults.MESSAGE);
        }
        failed++;
        assertThat(file).as(steps.get(i)).hasContent("old");
        assertThat(names()).as(steps.get(i)).containsExactly("a.bin", "b.bin");
      }
      Files.delete(folder.resolve("b.bin"));
    }
    assertThat(failed).isGreaterThanOrEqualTo(4 * 4);
  }

  @Test
  @DisplayName("a write that failed unnoticed is not finished")
  void unnoticed() throws IOException {
    Path file = folder.resolve("a.txt");
    try (Faults _ = Faults.at(2);
        WholeFile whole = WholeFile.begin(file)) {
      PrintStream swallows = new PrintStream(whole.stream(), true, StandardCharsets.UTF_8);
      swallows.print("one");
      swallows.print("two");
      assertThatThrownBy(whole::finish).hasMessageEndingWith(Faults.MESSAGE);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  @DisplayName("after a failed write nothing more is written, and what was given up is gone")
  void givenUp() throws IOException {
    Path file = folder.resolve("a.txt");
    try (Faults first = Faults.at(1);
        WholeFile whole = WholeFile.begin(file)) {
      OutputStream out = whole.stream();
      out.write(1);
      assertThatThrownBy(out::flush).hasMessageEndingWith(Faults.MESSAGE);
      assertThatThrownBy(out::flush).hasMessageEndingWith(Faults.MESSAGE);
      assertThat(first.steps()).containsExactly("CREATE a.txt", "WRITE a.txt");
    }
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.stream().write(new byte[100_000]);
    }
    assertThat(names()).isEmpty();
    Files.createDirectory(file);
    assertThatThrownBy(() -> WholeFile.write(file, "x")).isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  @DisplayName("equal bytes change nothing, not even the file's time")
  void equalBytes() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "same");
    FileTime old = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, old);
    WholeFile.write(file, "same");
    WholeFile.writeDurably(file, "same".getBytes(StandardCharsets.UTF_8));
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.stream().write("same".getBytes(StandardCharsets.UTF_8));
      whole.finish();
    }
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    assertThat(names()).containsExactly("a.txt");
    WholeFile.write(file, "Same");
    assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(old);
  }

  @Test
  @DisplayName("a link stays a link, and the file behind it keeps its permissions")
  void linkAndPermissions() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real")).resolve("a.txt");
    Files.writeString(real, "old");
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(real, own);
    Path link = Files.createSymbolicLink(folder.resolve("a.txt"), Path.of("real/a.txt"));
    List<Writer> writers =
        List.of(
            file -> WholeFile.write(file, "one"),
            file -> WholeFile.writeDurably(file, new byte[] {2}),
            file -> {
              try (WholeFile whole = WholeFile.begin(file)) {
                whole.stream().write(3);
                whole.stream().flush();
                assertThat(Files.getPosixFilePermissions(whole.part())).isEqualTo(own);
                whole.finish();
              }
            },
            file -> {
              try (WholeFile whole = WholeFile.begin(file)) {
                Files.writeString(whole.part(), "by another library");
                whole.finish();
              }
            });
    for (Writer writer : writers) {
      byte[] before = Files.readAllBytes(real);
      writer.write(link);
      assertThat(link).isSymbolicLink();
      assertThat(Files.readAllBytes(real)).isNotEqualTo(before);
      assertThat(Files.getPosixFilePermissions(real)).isEqualTo(own);
    }
    assertThat(names()).containsExactly("a.txt", "real");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no named pipes in folders")
  @DisplayName("a pipe or a device is not replaced by a file")
  void pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> WholeFile.write(pipe, "text"))
        .isInstanceOf(IOException.class)
        .hasMessage(pipe + ": it is a device or a pipe; give the name of a file");
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  @DisplayName("a name as long as a file system allows")
  void longName() throws IOException {
    for (String name : List.of("n".repeat(255), "é😀".repeat(42) + "abc", "x".repeat(181))) {
      Path file = folder.resolve(name);
      WholeFile.write(file, "x");
      try (WholeFile whole = WholeFile.begin(file)) {
        whole.stream().write(1);
        assertThat(whole.part()).exists();
        assertThat(WholeFile.isBeingWritten(whole.part())).isTrue();
        whole.finish();
      }
      assertThat(file).hasBinaryContent(new byte[] {1});
    }
    assertThat(names()).hasSize(3);
  }

  @Test
  @DisplayName("a part of a system whose processes are not seen here is left for an hour")
  void otherSystem() throws IOException {
    Path part = Files.createFile(folder.resolve(".a.txt-99999999@0123abcd-1.unfinished"));
    WholeFile.sweep(folder);
    assertThat(part).exists();
    assertThat(WholeFile.isBeingWritten(part)).isTrue();
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    WholeFile.sweep(folder);
    assertThat(part).doesNotExist();
  }

  @Test
  @DisplayName("parts of killed processes go with the first write; those of living ones stay")
  void leftovers() throws Exception {
    Process gone = new ProcessBuilder(java(), "-version").redirectErrorStream(true).start();
    gone.getInputStream().readAllBytes();
    gone.waitFor();
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElseThrow();
    Path dead = part("a.txt", gone.pid());
    Path mineOfAnEarlierLife = part("a.txt", ProcessHandle.current().pid());
    Path living = part("a.txt", parent);
    Path livingLongAgo = part("b.txt", parent);
    Files.setLastModifiedTime(
        livingLongAgo, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path foreign = Files.createFile(folder.resolve(".notes.unfinished"));
    try (WholeFile other = WholeFile.begin(folder.resolve("c.txt"))) {
      other.stream().write(1);
      WholeFile.sweep(folder);
      assertThat(other.part()).exists();
      assertThat(WholeFile.isBeingWritten(dead)).isFalse();
      assertThat(WholeFile.isBeingWritten(living)).isTrue();
      assertThat(WholeFile.isBeingWritten(foreign)).isFalse();
    }
    assertThat(dead).doesNotExist();
    assertThat(mineOfAnEarlierLife).doesNotExist();
    assertThat(livingLongAgo).doesNotExist();
    assertThat(living).exists();
    assertThat(foreign).exists();
    WholeFile.sweep(folder.resolve("none"));
  }

  private Path part(String name, long process) throws IOException {
    return Files.createFile(folder.resolve("." + name + "-" + process + "-7000000.unfinished"));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Writes a file of two kinds in turn until it is killed. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] args) throws IOException {
      for (int i = 0; ; i++) {
        WholeFile.write(Path.of(args[0]), (i % 2 == 0 ? "a" : "b").repeat(300_000));
        System.out.println(i);
      }
    }
  }

  @Tag("long")
  @Test
  @DisplayName("a killed writer leaves one whole file, and its part goes with the next write")
  void killed() throws Exception {
    Path file = folder.resolve("a.txt");
    for (int i = 0; i < 4; i++) {
      Process process =
          new ProcessBuilder(
                  java(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Endless.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      for (int lines = 0; lines < 3 + i; ) {
        lines += process.getInputStream().read() == '\n' ? 1 : 0;
      }
      process.destroyForcibly().waitFor();
      String text = Files.readString(file);
      assertThat(text).hasSize(300_000);
      assertThat(text.chars().distinct().count()).isEqualTo(1);
    }
    WholeFile.write(file, "c");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  @DisplayName("SHA-256 of the standard's examples, the same by every way in")
  void sha256() throws IOException {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Sha256.of("abc")).isEqualTo(abc);
    assertThat(Sha256.of(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    byte[] million = "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
    String hash = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    Path file = folder.resolve("a");
    Files.write(file, million);
    assertThat(Sha256.of(million)).isEqualTo(hash);
    assertThat(Sha256.of(file)).isEqualTo(hash);
    assertThat(Sha256.of(new ByteArrayInputStream(million))).isEqualTo(hash);
    assertThatThrownBy(() -> Sha256.of(folder.resolve("none"))).isInstanceOf(IOException.class);
  }
}
