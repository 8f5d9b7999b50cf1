package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.FaultyFiles;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private LocalServer server;
  private Path target;

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(content);
    server = new LocalServer(content);
    target = folder.resolve("file.zip");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Download download(int attempts) {
    return new Download(
        Duration.ofSeconds(10), Duration.ofSeconds(10), attempts, 0, Duration.ofSeconds(60));
  }

  private CatalogueEntry.Source source(byte[] wanted) {
    String sha256 = Sha256.of(wanted);
    return new CatalogueEntry.Source(server.url(), null, null, "zip", SIZE, sha256, null);
  }

  private void assertWholeAndAlone() throws IOException {
    assertThat(target).hasBinaryContent(content);
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(target);
    }
  }

  @Test
  void aFileComesWhole() throws IOException {
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests).containsExactly("all");
  }

  @Test
  @DisplayName("a connection that breaks is taken up where it broke, as often as it gets further")
  void resumes() throws IOException {
    server.breaks.addAll(java.util.List.of(100_000, 50_000, 1));
    download(2).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests)
        .containsExactly("all", "bytes=100000-", "bytes=150000-", "bytes=150001-");
  }

  @Test
  @DisplayName("where nothing was received, nothing is said to be kept")
  void nothingReceived() {
    CatalogueEntry.Source source = source(content);
    server.close();
    assertThatThrownBy(() -> download(1).fetch(source, target))
        .hasMessageStartingWith("127.0.0.1: ")
        .hasMessageNotContaining("kept");
  }

  @Test
  @DisplayName("what an earlier run left is taken up")
  void resumesAnEarlierRun() throws IOException {
    server.breaks.add(120_000);
    assertThatThrownBy(() -> download(1).fetch(source(content), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("120 kB received so far are kept");
    assertThat(target).doesNotExist();
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests).containsExactly("all", "bytes=120000-");
  }

  @Test
  @DisplayName("a part that was whole already is only checked")
  void wholePart() throws IOException {
    Files.write(folder.resolve("file.zip.part"), content);
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests).containsExactly("bytes=300000-");
  }

  @Test
  @DisplayName("where the file was changed meanwhile, the server's tag says so: it comes anew")
  void changedMeanwhile() throws IOException {
    server.content = new byte[SIZE];
    server.etag = "\"old\"";
    server.breaks.add(90_000);
    assertThatThrownBy(() -> download(1).fetch(source(content), target))
        .isInstanceOf(IOException.class);
    server.content = content;
    server.etag = "\"new\"";
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
  }

  @Test
  @DisplayName("a part of another file is found out by the checksum, and the file comes anew")
  void partOfAnotherFile() throws IOException {
    Files.write(folder.resolve("file.zip.part"), new byte[70_000]);
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests).containsExactly("bytes=70000-", "all");
  }

  @Test
  @DisplayName("a server that knows no ranges sends all of it again")
  void noRanges() throws IOException {
    server.knowsRanges = false;
    server.breaks.add(100_000);
    download(2).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests).containsExactly("all", "bytes=100000-");
  }

  @Test
  @DisplayName("a wrong content is refused with both hashes, and nothing of it is kept")
  void wrongContent() throws IOException {
    byte[] other = Arrays.copyOf(content, SIZE);
    other[SIZE / 2] ^= 1;
    server.content = other;
    String is = Sha256.of(other);
    CatalogueEntry.Source source = source(content);
    assertThatThrownBy(() -> download(3).fetch(source, target))
        .isInstanceOf(Download.Refused.class)
        .hasMessage(
            "the file from 127.0.0.1 has the wrong content: its SHA-256 is %s, must be %s; it was not"
                + " kept",
            is, source.sha256());
    assertThat(server.requests).containsExactly("all");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("an MD5 serves where there is nothing better")
  void md5() {
    CatalogueEntry.Source source =
        new CatalogueEntry.Source(
            server.url(), null, null, "zip", SIZE, null, "9aa69802bbf37fb986f71ec1483a196e");
    assertThatThrownBy(() -> download(1).fetch(source, target))
        .isInstanceOf(Download.Refused.class)
        .hasMessageContaining("its MD5 is")
        .hasMessageContaining("must be 9aa69802bbf37fb986f71ec1483a196e");
  }

  @Test
  @DisplayName("a file that is not there is not asked for again")
  void notThere() {
    server.status = 404;
    assertThatThrownBy(() -> download(5).fetch(source(content), target))
        .isInstanceOf(Download.Refused.class)
        .hasMessage("127.0.0.1 answered 404 for " + server.url());
    assertThat(server.requests).hasSize(1);
  }

  @Test
  @DisplayName("a server that has trouble is asked again, but not for ever")
  void trouble() {
    server.status = 503;
    assertThatThrownBy(() -> download(3).fetch(source(content), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it answered 503");
    assertThat(server.requests).hasSize(3);
  }

  @Tag("long")
  @Test
  @DisplayName("a server that falls silent is given up after the time allowed")
  void silent() throws IOException {
    server.breaks.add(10_000);
    server.hang = true;
    Download impatient =
        new Download(Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 0, Duration.ofSeconds(60));
    assertThatThrownBy(() -> impatient.fetch(source(content), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no data for 1 s");
    assertThat(folder.resolve("file.zip.part")).hasSize(10_000);
  }

  @Test
  @DisplayName("an interrupt ends it, and what came is kept")
  void interrupted() throws Exception {
    server.breaks.add(10_000);
    server.hang = true;
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    download(3).fetch(source(content), target);
                  } catch (IOException | RuntimeException e) {
                    thrown[0] = e;
                  }
                });
    Path part = folder.resolve("file.zip.part");
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        System.nanoTime() < end && thread.isAlive() && !isOfSize(part, 10_000); ) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join(60_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(thrown[0]).isInstanceOf(CancellationException.class);
    assertThat(part).hasSize(10_000);
    assertThat(target).doesNotExist();
  }

  private static boolean isOfSize(Path file, long bytes) throws IOException {
    return Files.exists(file) && Files.size(file) == bytes;
  }

  @Test
  @DisplayName("an answer that comes after all was given up leaves what there is as it is")
  void answersTooLate() throws IOException {
    Path part = Files.write(folder.resolve("part"), new byte[7]);
    Path tag = Files.writeString(folder.resolve("tag"), "\"old\"");
    for (boolean onwards : new boolean[] {true, false}) {
      Arrival arrival = new Arrival(part, tag, 7, 100);
      arrival.close();
      arrival.begin(onwards, "\"new\"", 3);
      arrival.accept(Optional.of(new byte[3]));
      assertThat(part).hasSize(7);
      assertThat(tag).hasContent("\"old\"");
    }
  }

  @Test
  @DisplayName("a server that sends more than declared: not one byte more is written")
  void tooLong() throws IOException {
    CatalogueEntry.Source source = source(content);
    server.content = Arrays.copyOf(content, SIZE + 1);
    assertThatThrownBy(() -> download(3).fetch(source, target))
        .isInstanceOf(Download.Refused.class)
        .hasMessage(
            "127.0.0.1: it sends 300,001 bytes or more, and the file must have 300,000; it was not"
                + " kept");
    assertThat(server.requests).hasSize(1);
    assertThat(folder).isEmptyDirectory();
    server.lengthUnknown = true;
    assertThatThrownBy(() -> download(3).fetch(source, target))
        .isInstanceOf(Download.Refused.class)
        .hasMessageContaining("the file must have 300,000");
    assertThat(folder).isEmptyDirectory();
    // the size is not known: the bound of the set holds
    CatalogueEntry.Source open =
        new CatalogueEntry.Source(server.url(), null, null, "zip", 0, null, null);
    assertThatThrownBy(() -> download(3).fetch(open, target, 1000))
        .hasMessageContaining("the file must have 1,000");
    assertThat(folder).isEmptyDirectory();
    // one that goes on where it was, beyond its end
    server.lengthUnknown = false;
    Files.write(folder.resolve("file.zip.part"), Arrays.copyOf(content, 299_999));
    assertThatThrownBy(() -> download(3).fetch(source, target))
        .hasMessageContaining("300,001 bytes or more");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("a part that is longer than declared is of another file: all comes anew")
  void longPart() throws IOException {
    Files.write(folder.resolve("file.zip.part"), new byte[SIZE + 5]);
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
    assertThat(server.requests).containsExactly("all");
  }

  @Test
  @DisplayName("a file that is too short is refused by its length")
  void tooShort() {
    CatalogueEntry.Source source = source(content);
    server.content = Arrays.copyOf(content, 1234);
    assertThatThrownBy(() -> download(1).fetch(source, target))
        .isInstanceOf(Download.Refused.class)
        .hasMessage(
            "the file from 127.0.0.1 has the wrong length: 1,234 bytes, must be 300,000; it was not"
                + " kept");
    assertThat(folder).isEmptyDirectory();
  }

  @Tag("long")
  @Test
  @DisplayName("a server that trickles is given up after the time allowed, or never if so told")
  void trickles() throws IOException {
    server.trickle = 20;
    Download impatient =
        new Download(
            Duration.ofSeconds(10), Duration.ofSeconds(10), 3, 5000, Duration.ofSeconds(1));
    long begun = System.nanoTime();
    assertThatThrownBy(() -> impatient.fetch(source(content), target))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("127.0.0.1: it sent less than 5.0 kB a second for 1 s; try again")
        .hasMessageContaining("--least-speed 0")
        .hasMessageContaining("received so far are kept");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    assertThat(server.requests).hasSize(1);
    assertThat(folder.resolve("file.zip.part")).isNotEmptyFile();
    server.trickle = 0;
    impatient.fetch(source(content), target);
    assertWholeAndAlone();
  }

  @Test
  @DisplayName("redirects that go nowhere, and a proxy that asks for a password, in one line")
  void redirects() {
    server.status = 302;
    server.location = "ftp://elsewhere/file";
    assertThatThrownBy(() -> download(3).fetch(source(content), target))
        .isInstanceOf(Download.Refused.class)
        .hasMessageContaining("answered 302 for " + server.url())
        .hasMessageContaining("its redirect to 'ftp://elsewhere/file' is not followed");
    server.location = server.url();
    assertThatThrownBy(() -> download(3).fetch(source(content), target))
        .isInstanceOf(Download.Refused.class)
        .hasMessageContaining("is not followed");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("a disk that is full is no server that broke: it is not asked again")
  void fullDisk() throws IOException {
    FaultyFiles none = new FaultyFiles();
    download(3).fetch(source(content), none.path(target));
    int at = 0;
    while (!none.operations().get(at).startsWith("WRITE")) {
      at++;
    }
    Files.delete(target);
    server.requests.clear();
    FaultyFiles full = new FaultyFiles(at, FaultyFiles.Fault.SHORT, true);
    assertThatThrownBy(() -> download(3).fetch(source(content), full.path(target)))
        .satisfies(
            e ->
                assertThat(Reason.of(e))
                    .isEqualTo(
                        target
                            + ".part: disk full (no space left on device); free some space or"
                            + " choose another folder"));
    assertThat(server.requests).hasSize(1);
    download(1).fetch(source(content), target);
    assertWholeAndAlone();
  }
}
