package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.audio.Wav;
import fieldnotes.common.ChildJvm;
import fieldnotes.common.Sha256;
import fieldnotes.common.Warned;
import fieldnotes.synth.StudioOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where data sets are looked for, and how they come into their place. */
class ShelfTest {
  private static final byte[] SOUND = Wav.bytes(Clip.of("s", new float[40], 8000));

  @TempDir Path home;
  private LocalServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new LocalServer(archive("set-1/a/one.wav", "set-1/b/two.wav", "set-1/README"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  static byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : names) {
        if (name.startsWith("->")) {
          tar.putArchiveEntry(new TarArchiveEntry(name.substring(2), TarConstants.LF_SYMLINK));
        } else {
          TarArchiveEntry entry = new TarArchiveEntry(name, true);
          entry.setSize(SOUND.length);
          tar.putArchiveEntry(entry);
          tar.write(SOUND);
        }
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    return Sha256.of(bytes);
  }

  static CatalogueEntry entry(String url, long bytes, String sha256, int files) {
    return new CatalogueEntry(
        "mine",
        "sound",
        "Two sounds",
        "CC0-1.0",
        url,
        "Nobody",
        "download",
        true,
        bytes,
        1000,
        files,
        "a and b",
        1,
        List.of(new CatalogueEntry.Source(url, null, null, "tgz", bytes, sha256, null)),
        List.of(),
        List.of(),
        List.of(),
        new CatalogueEntry.Labels("folder", Map.of("a", "apple"), 0, null, null, null));
  }

  private Shelf shelf() {
    return shelf(sha256(server.content));
  }

  private Shelf shelf(String sha256) {
    CatalogueEntry entry = entry(server.url(), server.content.length, sha256, 2);
    return Shelf.of(null, home, new Catalogue(List.of(entry)), StudioOptions.of(1));
  }

  private Path data() {
    return home.resolve("data");
  }

  private void assertNothingInPlace() {
    assertThat(data().resolve("mine")).doesNotExist();
    assertThat(shelf().find("mine")).isEmpty();
  }

  @Test
  @DisplayName("a set is fetched once, stands in its place whole, and is found from then on")
  void fetchedOnce() throws IOException {
    assertThat(shelf().find("mine")).isEmpty();
    DataSet set = shelf().get("mine");
    assertThat(set.folder()).isEqualTo(data().resolve("mine"));
    assertThat(set.files()).extracting(set::name).containsExactly("a/one.wav", "b/two.wav");
    assertThat(set.label(set.file("a/one.wav"))).isEqualTo("apple");
    assertThat(set.label(set.file("b/two.wav"))).isEqualTo("b");
    assertThat(set.folder().resolve("README")).exists();
    assertThat(data().resolve(".mine.part")).doesNotExist();
    assertThat(shelf().get("mine").files()).hasSize(2);
    assertThat(shelf().fetch("mine").files()).hasSize(2);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  @DisplayName("killed while a set was replaced: the old one is put back, not fetched again")
  void killedWhileReplacing() throws IOException {
    Path place = shelf().get("mine").folder();
    Path old = data().resolve(".mine.old");
    Files.move(place, old);
    assertThat(shelf().find("mine")).isEmpty();
    assertThat(shelf().get("mine").files()).hasSize(2);
    assertThat(old).doesNotExist();
    // Killed after both moves: the old one is left over.
    Files.createDirectories(old.resolve("a"));
    Moves.recover(place);
    assertThat(old).doesNotExist();
    assertThat(shelf().get("mine").files()).hasSize(2);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  @DisplayName("the folder of $FIELDNOTES_DATA comes first, then data/, then ../shared/data")
  void order() throws IOException {
    Path inside = home.resolve("project");
    Path variable = home.resolve("elsewhere");
    Path shared = home.resolve("shared/data");
    Catalogue none = new Catalogue(List.of());
    Shelf shelf = Shelf.of(variable.toString(), inside, none, StudioOptions.of(1));
    assertThat(shelf.folders()).containsExactly(variable, inside.resolve("data"), shared);
    assertThat(shelf.own()).isEqualTo(variable);
    assertThat(Shelf.of(" ", inside, none, StudioOptions.of(1)).own())
        .isEqualTo(inside.resolve("data"));
    for (Path root : List.of(shared, inside.resolve("data"), variable)) {
      Files.createDirectories(root.resolve("own"));
      Files.write(root.resolve("own/x.wav"), SOUND);
      assertThat(shelf.find("own").orElseThrow().folder()).isEqualTo(root.resolve("own"));
    }
  }

  @Test
  @DisplayName("a file that was changed is noticed by fetch, and the set comes anew")
  void changed() throws IOException {
    DataSet set = shelf().get("mine");
    byte[] other = SOUND.clone();
    other[50] ^= 1;
    Files.write(set.file("a/one.wav"), other);
    assertThat(shelf().fetch("mine").file("a/one.wav")).hasBinaryContent(SOUND);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  @DisplayName("a file that is missing makes the set come anew")
  void missing() throws IOException {
    Files.delete(shelf().get("mine").file("b/two.wav"));
    assertThat(shelf().find("mine")).isEmpty();
    assertThat(shelf().get("mine").files()).hasSize(2);
  }

  @Test
  @DisplayName("a wrong archive is refused with both hashes and leaves nothing in its place")
  void wrongArchive() {
    String wanted = sha256(new byte[] {1});
    assertThatThrownBy(() -> shelf(wanted).get("mine"))
        .isInstanceOf(DataMissingException.class)
        .hasMessageStartingWith(
            "Data set 'mine' is not here: the file from 127.0.0.1 has the wrong")
        .hasMessageContaining(wanted)
        .hasMessageContaining(sha256(server.content))
        .hasMessageContaining("To get it: ");
    assertNothingInPlace();
  }

  @Test
  @DisplayName("where nothing answers it says so, and what to try")
  void noServer() throws IOException {
    Shelf shelf = shelf();
    server.status = 403;
    assertThatThrownBy(() -> shelf.get("mine"))
        .isInstanceOf(DataMissingException.class)
        .hasMessageContaining("127.0.0.1 answered 403")
        .hasMessageContaining("try ./workbench data fetch mine on a machine that reaches 127.0.0.1")
        .hasMessageContaining("data/mine");
    assertNothingInPlace();
  }

  @Test
  @DisplayName("names that lead out of the folder, links, and too few files are refused")
  void unsoundArchives() throws IOException {
    // too few files come first: their archive is whole, stays, and must not stand for the next
    Map<String, String[]> unsound = new LinkedHashMap<>();
    unsound.put("has 1 files, expected 2", new String[] {"set/a.wav"});
    unsound.put("points outside the folder", new String[] {"set/../../../out.wav"});
    unsound.put("a link or a device", new String[] {"set/a.wav", "->set/b.wav"});
    for (Map.Entry<String, String[]> one : unsound.entrySet()) {
      server.content = archive(one.getValue());
      assertThatThrownBy(() -> shelf().get("mine"))
          .isInstanceOf(DataMissingException.class)
          .hasMessageContaining(one.getKey());
      assertNothingInPlace();
    }
    assertThat(home.resolve("out.wav")).doesNotExist();
    assertThat(data().resolve("out.wav")).doesNotExist();
  }

  @Test
  @DisplayName("an archive that is cut short or no archive, though its checksum is right")
  void damagedArchive() throws IOException {
    byte[] whole = archive("set/a.wav", "set/b.wav");
    for (byte[] bad : List.of(Arrays.copyOf(whole, whole.length / 2), "<html>".getBytes(UTF))) {
      server.content = bad;
      assertThatThrownBy(() -> shelf().get("mine"))
          .isInstanceOf(DataMissingException.class)
          .hasMessageContaining("the archive from " + server.url() + " is invalid");
      assertNothingInPlace();
    }
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  @Test
  @DisplayName("an unknown name is refused with the names that there are")
  void unknown() {
    assertThatThrownBy(() -> shelf().get("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no data set 'nothing': the catalogue has [mine]");
    for (String name : List.of("..", "", "/", ".hidden")) {
      assertThat(shelf().find(name)).isEmpty();
    }
  }

  @Test
  @DisplayName("a manifest that is empty, cut or damaged blocks nothing: it is made anew, once")
  void manifests() throws IOException {
    DataSet set = shelf().get("mine");
    Path manifest = set.folder().resolve(Manifest.NAME);
    String whole = Files.readString(manifest);
    String firstLine = whole.substring(0, whole.indexOf("\n") + 1);
    int half = whole.length() / 2;
    for (String bad :
        List.of(
            "",
            firstLine,
            "\0\0\0",
            whole.substring(0, half),
            whole.substring(0, whole.length() - 9),
            whole.replace("a/one", "../../../etc"),
            whole.replaceAll("[0-9a-f]{64}", "00"),
            "file,bytes,sha256\n\"never closed,1,2\n",
            whole.replace("file,", "name,"))) {
      Files.writeString(manifest, bad);
      assertThat(shelf().find("mine")).as(bad).isPresent();
      assertThat(shelf().get("mine").files()).as(bad).hasSize(2);
      try (Warned warned = new Warned()) {
        assertThat(shelf().fetch("mine").files()).hasSize(2);
        assertThat(warned.lines()).as(bad).hasSize(1);
        assertThat(warned.lines().getFirst()).startsWith(manifest + " was damaged or cut short");
        shelf().fetch("mine");
        assertThat(warned.lines()).hasSize(1);
      }
      assertThat(manifest).hasContent(whole);
    }
    assertThat(server.requests).hasSize(1);
    Files.writeString(manifest, whole.substring(0, half));
    Files.delete(set.file("b/two.wav"));
    assertThat(shelf().get("mine").files()).hasSize(2); // not whole: it comes anew
    assertThat(server.requests).hasSize(2);
  }

  @Test
  @DisplayName(
      "names with commas, quotes, line breaks and blanks stand in the manifest as they are")
  void oddNames() throws IOException {
    Path folder = Files.createDirectory(home.resolve("odd"));
    List<String> names =
        List.of(
            "a,b.wav", "\"q\".wav", "two\nlines.wav", " blank .wav", "#c.wav", "é;x'.wav", "=1");
    for (String name : names) {
      Files.write(folder.resolve(name), SOUND);
    }
    Manifest.write(folder);
    Path manifest = folder.resolve(Manifest.NAME);
    List<Manifest.Entry> entries = Manifest.read(manifest, names.size()).orElseThrow();
    assertThat(entries).extracting(Manifest.Entry::file).containsExactlyInAnyOrderElementsOf(names);
    assertThat(Manifest.isWhole(manifest, entries)).isTrue();
    assertThat(Manifest.changed(manifest, entries)).isEmpty();
    assertThat(Manifest.read(manifest, names.size() + 1)).isEmpty();
    assertThat(Manifest.read(folder.resolve("none"), 0)).isEmpty();

    server.content = archive("set/a,b.wav", "set/\"q\".wav");
    assertThat(shelf().get("mine").files()).hasSize(2);
    assertThat(shelf().fetch("mine").files()).hasSize(2);
    assertThat(shelf().find("mine")).isPresent();
    assertThat(server.requests).hasSize(1);
  }

  /** Fetches in a process of its own, which the test kills. */
  static final class Fetching {
    private Fetching() {}

    public static void main(String[] args) {
      CatalogueEntry entry = entry(args[0], Long.parseLong(args[1]), args[2], 2);
      Shelf.of(null, Path.of(args[3]), new Catalogue(List.of(entry)), StudioOptions.of(1))
          .get("mine");
    }
  }

  @Tag("long")
  @Test
  @DisplayName("killed in the middle of a download, the next run goes on where it was")
  void killed() throws Exception {
    int half = server.content.length / 2;
    server.breaks.add(half);
    server.hang = true;
    Process child =
        ChildJvm.of(
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                Fetching.class,
                server.url(),
                Integer.toString(server.content.length),
                sha256(server.content),
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("said.txt").toFile())
            .start();
    Path part = data().resolve(".mine.part/mine.tgz.part");
    try {
      assertThat(server.hanging.await(60, TimeUnit.SECONDS))
          .as(Files.readString(home.resolve("said.txt")))
          .isTrue();
      for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; ) {
        if (Files.exists(part) && Files.size(part) == half) {
          break;
        }
        Thread.onSpinWait();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(part).hasSize(half);
    assertNothingInPlace();
    assertThat(shelf().get("mine").files()).hasSize(2);
    assertThat(server.requests).containsExactly("all", "bytes=" + half + "-");
    assertThat(data().resolve(".mine.part")).doesNotExist();
  }

  private static CatalogueEntry packages(String sha256) {
    return new CatalogueEntry(
        "packed",
        "sound",
        "Sounds of a package",
        "CC0-1.0",
        "Debian package sounds",
        "Nobody",
        "debian",
        true,
        100,
        1000,
        1,
        "*.wav",
        0,
        List.of(new CatalogueEntry.Source(null, "sounds", "1.0", null, 100, sha256, null)),
        List.of(new CatalogueEntry.Take("usr/share/sounds", "")),
        List.of(),
        List.of(),
        null);
  }

  private void program(String name, String script) throws IOException {
    Path file = home.resolve("bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void bring(CatalogueEntry entry) throws IOException {
    Path place = home.resolve("data/packed");
    new Fetcher(entry, Download.standard(), home.resolve("bin").toString()).bring(place);
  }

  @Test
  @DisplayName("on a system without apt it says so plainly")
  void withoutApt() {
    assertThatThrownBy(() -> bring(packages("00")))
        .isInstanceOf(DataMissingException.class)
        .hasMessageContaining("this machine has no apt-get and dpkg-deb")
        .hasMessageContaining("copy its data/packed here");
  }

  @Test
  @DisplayName("package lists that are too old, and a server that is not reached")
  void aptFails() throws IOException {
    program("dpkg-deb", "exit 0");
    program("apt-get", "echo 'E: Unable to locate package sounds'; exit 100");
    assertThatThrownBy(() -> bring(packages("00")))
        .hasMessageContaining("apt-get download failed: E: Unable to locate package sounds")
        .hasMessageContaining("sudo apt-get update");
    program("apt-get", "echo 'E: Failed to fetch http://x/y Could not connect'; exit 100");
    assertThatThrownBy(() -> bring(packages("00")))
        .hasMessageContaining("check that this machine can reach its package server");
  }

  @Test
  @DisplayName("a package with the wrong content is refused; one that came whole is kept")
  void packages() throws IOException {
    String sha256 = sha256("package\n".getBytes(UTF));
    program("apt-get", "echo called >> ../../../log; echo package > sounds_1.0_all.deb");
    program("dpkg-deb", "exit 2");
    assertThatThrownBy(() -> bring(packages("00")))
        .hasMessageContaining("its SHA-256 is " + sha256 + ", must be 00");
    assertThatThrownBy(() -> bring(packages(sha256)))
        .hasMessageContaining("dpkg-deb could not unpack sounds_1.0_all.deb");
    program("dpkg-deb", "mkdir -p $3/usr/share/sounds && echo wav > $3/usr/share/sounds/a.wav");
    // What the refused run brought is what the others expect: nothing is fetched again.
    bring(packages(sha256));
    assertThat(home.resolve("data/packed/a.wav")).exists();
    assertThat(home.resolve("log")).hasContent("called");
  }
}
