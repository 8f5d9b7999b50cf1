package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.FaultyFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that lie. */
class UnpackTest {
  private static final int MOST = 100_000;

  @TempDir Path home;

  private void refused(byte[] archive, String format, String why) throws IOException {
    Path file = Files.write(home.resolve("a." + format), archive);
    Path folder = home.resolve("out");
    assertThatThrownBy(() -> Unpack.unpack(file, format, folder, 0, MOST))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(FileSystemException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    long bytes = 0;
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (Path one : all.filter(Files::isRegularFile).toList()) {
          bytes += Files.size(one);
        }
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(MOST);
    try (var all = Files.list(home)) {
      assertThat(all.map(f -> f.getFileName().toString())).isSubsetOf("a.zip", "a.tgz", "out");
    }
    Moves.delete(folder);
    Files.createDirectory(folder);
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[10]);
      }
    }
    return bytes.toByteArray();
  }

  private interface Filling {
    void fill(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] tgz(Filling filling) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      filling.fill(tar);
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, int size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    tar.write(new byte[size]);
    tar.closeArchiveEntry();
  }

  @Test
  @DisplayName("names that lead out, differ in case only, come twice or have control characters")
  void names() throws IOException {
    Files.createDirectory(home.resolve("out"));
    for (String name : List.of("/etc/x", "../x", "a/../../x", "C:\\x", "..\\x")) {
      refused(zip(name), "zip", "points outside the folder");
      refused(tgz(tar -> put(tar, name, 1)), "tgz", "points outside the folder");
    }
    refused(zip("a/B.wav", "A/b.wav"), "zip", "'a/B.wav' and 'A/b.wav', which are one file");
    refused(
        tgz(
            tar -> {
              put(tar, "é", 1);
              put(tar, "e\u0301", 1);
            }),
        "tgz",
        "one file on some");
    refused(
        tgz(
            tar -> {
              put(tar, "x", 1);
              put(tar, "x", 2);
            }),
        "tgz",
        "'x' and 'x'");
    refused(zip("a\u001b[2Jb"), "zip", "'a\\u001b[2Jb', a name with control characters");
    refused(tgz(tar -> put(tar, "a\nb", 1)), "tgz", "'a\\nb', a name with control characters");
  }

  @Test
  @DisplayName("links, devices and pipes")
  void links() throws IOException {
    Files.createDirectory(home.resolve("out"));
    for (byte kind :
        new byte[] {
          TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO
        }) {
      byte[] tar =
          tgz(
              t -> {
                TarArchiveEntry entry = new TarArchiveEntry("l", kind);
                entry.setLinkName("/etc");
                t.putArchiveEntry(entry);
                t.closeArchiveEntry();
              });
      refused(tar, "tgz", "'l', a link or a device");
    }
  }

  @Tag("long")
  @Test
  @DisplayName("bombs: more bytes than allowed, in files, in padding, in names, in entries")
  void bombs() throws IOException {
    Files.createDirectory(home.resolve("out"));
    refused(tgz(tar -> put(tar, "big", 5_000_000)), "tgz", "larger than 100 kB");
    refused(
        tgz(
            tar -> {
              for (int i = 0; i < 20; i++) {
                put(tar, "f" + i, 9_000);
              }
            }),
        "tgz",
        "larger than 100 kB");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry("big"));
      zip.write(new byte[50_000_000]);
    }
    refused(bytes.toByteArray(), "zip", "larger than 100 kB");
    byte[] longName =
        tgz(
            tar -> {
              TarArchiveEntry name = new TarArchiveEntry("././@LongLink", (byte) 'L');
              name.setSize(20_000_000);
              tar.putArchiveEntry(name);
              for (int i = 0; i < 20; i++) {
                tar.write(new byte[1_000_000]);
              }
              tar.closeArchiveEntry();
              put(tar, "n", 0);
            });
    refused(longName, "tgz", "larger than 100 kB");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(many))) {
      TarArchiveEntry folder = new TarArchiveEntry("d/");
      for (int i = 0; i <= 200_000; i++) {
        tar.putArchiveEntry(folder);
        tar.closeArchiveEntry();
      }
    }
    refused(many.toByteArray(), "tgz", "more than 200,000 files");
  }

  @Test
  @DisplayName("headers whose size is not the content's")
  void sizes() throws IOException {
    Files.createDirectory(home.resolve("out"));
    byte[] zip = zip("abc");
    int central = indexOf(zip, new byte[] {'P', 'K', 1, 2});
    for (int size : new int[] {3, 20, 90_000}) {
      byte[] bad = zip.clone();
      bad[central + 24] = (byte) size;
      bad[central + 25] = (byte) (size >> 8);
      bad[central + 26] = (byte) (size >> 16);
      refused(bad, "zip", "'abc' has another size than the");
    }
    byte[] huge = zip.clone();
    huge[central + 27] = 0x7f; // 2 GB
    refused(huge, "zip", "larger than 100 kB");
    byte[] whole = tgz(tar -> put(tar, "x", 5000));
    refused(java.util.Arrays.copyOf(whole, whole.length - 20), "tgz", "");
    refused("no archive".getBytes(StandardCharsets.UTF_8), "tgz", "");
    refused("no archive".getBytes(StandardCharsets.UTF_8), "zip", "");
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; ; i++) {
      if (java.util.Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
  }

  @Tag("long")
  @Test
  @DisplayName("any byte of an archive changed: unpacked or refused, never another exception")
  void flips() throws IOException {
    for (String format : List.of("zip", "tgz")) {
      byte[] good =
          format.equals("zip")
              ? zip("a/b", "c")
              : tgz(
                  tar -> {
                    put(tar, "a/b", 600);
                    put(tar, "c", 0);
                  });
      for (int i = 0; i < good.length; i++) {
        for (int bit : new int[] {1, 0x10, 0x80}) {
          byte[] bad = good.clone();
          bad[i] ^= (byte) bit;
          Path folder = Files.createDirectory(home.resolve("out"));
          try {
            Unpack.unpack(Files.write(home.resolve("a"), bad), format, folder, 0, MOST);
          } catch (IOException e) {
            assertThat(e.getMessage()).as("byte %d", i).isNotBlank();
          }
          Moves.delete(folder);
        }
      }
    }
  }

  @Test
  @DisplayName("a disk that is full while unpacking: the file and the reason, not the archive")
  void fullDisk() throws IOException {
    for (String format : List.of("zip", "tgz")) {
      byte[] good = format.equals("zip") ? zip("a/b") : tgz(tar -> put(tar, "a/b", 600));
      Path file = Files.write(home.resolve("a." + format), good);
      FaultyFiles none = new FaultyFiles();
      Unpack.unpack(file, format, none.path(home.resolve("x" + format)), 0, MOST);
      int write = 0;
      while (!none.operations().get(write).startsWith("WRITE")) {
        write++;
      }
      Path out = home.resolve("y" + format);
      FaultyFiles full = new FaultyFiles(write, FaultyFiles.Fault.SHORT, true);
      assertThatThrownBy(() -> Unpack.unpack(file, format, full.path(out), 0, MOST))
          .isInstanceOf(FileSystemException.class)
          .hasMessageStartingWith(out.resolve("a/b") + ": disk full");
    }
  }
}
