package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fieldnotes.common.TextBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are sound, and that what cannot be read costs only its own row. */
class SoundFilesTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void realFolder() throws IOException {
    folder = temporary.toRealPath();
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private SoundFiles list(String name, String text) throws IOException {
    return list(name, text, StandardCharsets.UTF_8);
  }

  private SoundFiles list(String name, String text, Charset charset) throws IOException {
    return SoundFiles.of(Files.writeString(folder.resolve(name), text, charset));
  }

  private static List<String> names(SoundFiles files) {
    return files.items().stream().map(SoundFiles.Item::name).toList();
  }

  private static List<String> failures(SoundFiles files) {
    return files.failures().stream().map(SoundFiles.Failure::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav", "a.WAV", "a.m4b", "a.mkv", "a.mov", "a.avi", "a.ts", "a.aifc", "a.snd", "a.voc",
        "a.wv", "a.mp3", "a.flac", "a.oga", "a.opus", "a.m4a", "a.mp4", "a.webm", "a.wma", "a.amr"
      })
  void soundByItsEnding(String name) throws IOException {
    file("x/" + name);
    assertThat(names(SoundFiles.folder(folder))).containsExactly("x/" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav", "a.txt", "a.wav.txt", "a.mid", "a.sf2", "a.m3u", "a.csv", "a."})
  void noSoundByItsEnding(String name) throws IOException {
    file(name);
    assertThat(SoundFiles.folder(folder).items()).isEmpty();
  }

  @Test
  @DisplayName("a folder: in the order of the paths, hidden files left out, the rest counted")
  void folder() throws IOException {
    for (String name : List.of("b/1.wav", "a.wav", "b/c/2.mp3", ".h/3.wav", "b/.4.wav", "B.wav")) {
      file(name);
    }
    file("notes.txt");
    file("b/more.TXT");
    file("b/cover.jpg");
    file("Makefile");
    SoundFiles found = SoundFiles.folder(folder.toString());
    assertThat(names(found)).containsExactly("B.wav", "a.wav", "b/1.wav", "b/c/2.mp3");
    assertThat(found.passedOver()).isEqualTo("2 .txt, 1 without ending, 1 .jpg");
    assertThat(found.failures()).isEmpty();
    assertThat(found.labelled()).isFalse();
    assertThat(found)
        .hasToString(folder + ": 4 files; passed over: 2 .txt, 1 without ending, 1 .jpg");
  }

  @Test
  @DisplayName("a loop of links, a link to nowhere: told, and the walk goes on")
  void links() throws IOException {
    file("a/1.wav");
    file("z/2.wav");
    file("elsewhere.txt");
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    Files.createSymbolicLink(folder.resolve("gone.wav"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("self"), folder.resolve("self"));
    Files.createSymbolicLink(folder.resolve("linked.wav"), folder.resolve("a/1.wav"));
    SoundFiles found = SoundFiles.folder(folder);
    assertThat(names(found)).containsExactly("a/1.wav", "linked.wav", "z/2.wav");
    assertThat(failures(found))
        .containsExactly(
            "a/loop: link to a folder above it", "gone.wav: broken link", "self: broken link");
    assertThat(found.toString()).contains(": 3 files; 3 entries that cannot be read; passed over");
  }

  @Test
  @DisplayName("a folder that may not be read is told, and the others are read")
  void permissionDenied() throws IOException {
    file("a/1.wav");
    file("shut/2.wav");
    Path shut = folder.resolve("shut");
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(shut), "root may read everything");
      SoundFiles found = SoundFiles.folder(folder);
      assertThat(names(found)).containsExactly("a/1.wav");
      assertThat(failures(found)).containsExactly("shut: permission denied");
    } finally {
      Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  @DisplayName("a playlist: comments and empty lines skipped, one failure for each bad line")
  void m3u() throws IOException {
    file("plain.wav");
    file("sub/b c.wav");
    SoundFiles found =
        list(
            "p.m3u",
            String.join(
                "\r\n",
                "#EXTM3U",
                "#EXTINF:2,Title",
                "pla\0in.wav",
                "",
                "plain.wav",
                "sub\\b c.wav",
                "file:///music/Song [1].wav",
                "http://radio.example/live.mp3",
                "sub",
                "file://server/music/a.wav",
                "missing.wav",
                "./sub/../plain.wav"));
    String where = folder.resolve("p.m3u").toString();
    assertThat(names(found)).containsExactly("plain.wav", "sub\\b c.wav", "./sub/../plain.wav");
    assertThat(found.items().get(1).path()).isEqualTo(folder.resolve("sub/b c.wav"));
    assertThat(failures(found))
        .containsExactly(
            where + ", line 3: pla\\u0000in.wav: is not a path: Nul character not allowed",
            where + ", line 7: file:///music/Song [1].wav: there is no such file",
            where
                + ", line 8: http://radio.example/live.mp3: is a network address (http): only"
                + " files can be read",
            where + ", line 9: sub: is a folder, not a file",
            where + ", line 10: file://server/music/a.wav: lies on another machine (server)",
            where + ", line 11: missing.wav: there is no such file");
  }

  @Test
  @DisplayName("percent escapes and file: addresses, sloppy ones too; a name with % is itself")
  void escapes() throws IOException {
    file("Take One (Remix).wav");
    file("Song [1].wav");
    file("100%.wav");
    file("a%20b.wav");
    file("Génève.wav");
    String uri = folder.toUri().toString();
    assertThat(URI.create(uri).getScheme()).isEqualTo("file");
    SoundFiles found =
        list(
            "p.m3u8",
            String.join(
                "\n",
                "Take%20One%20%28Remix%29.wav",
                uri + "Song [1].wav",
                uri + "Song%20%5b1%5D.wav",
                "file:" + folder + "/100%.wav",
                "file://localhost" + folder + "/100%25.wav",
                "a%20b.wav",
                "G%C3%A9n%C3%A8ve.wav",
                "G%E9n%E8ve.wav"));
    assertThat(failures(found)).isEmpty();
    assertThat(found.items())
        .extracting(item -> item.path().getFileName().toString())
        .containsExactly(
            "Take One (Remix).wav",
            "Song [1].wav",
            "Song [1].wav",
            "100%.wav",
            "100%.wav",
            "a%20b.wav",
            "Génève.wav",
            "Génève.wav");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE"})
  @DisplayName("UTF-8, UTF-16 with its mark, else Windows-1252; accents composed or not")
  void encodings(String charset) throws IOException {
    String name = "Génève – Ünïcode.wav";
    for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
      Path file = file(Normalizer.normalize(name, form));
      String mark = charset.startsWith("UTF") ? "\uFEFF" : "";
      SoundFiles found = list("p.m3u", mark + name + "\n", Charset.forName(charset));
      assertThat(failures(found)).isEmpty();
      assertThat(found.items().getFirst().path()).isEqualTo(file);
      assertThat(names(found)).containsExactly(name);
      Files.delete(file);
    }
  }

  @Test
  @DisplayName("a PLS playlist is read in the order of its numbers")
  void pls() throws IOException {
    file("a.wav");
    file("b.wav");
    SoundFiles found =
        list(
            "p.pls",
            """
            [playlist]
            Title1=A=a
            File10=b.wav
            file2 = a.wav
            File3=c.wav
            Length2=3
            NumberOfEntries=3
            Version=2
            """);
    assertThat(names(found)).containsExactly("a.wav", "b.wav");
    assertThat(failures(found))
        .containsExactly(folder.resolve("p.pls") + ", line 5: c.wav: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  @DisplayName("a table: quotes, short rows, other columns; a missing file has its line")
  void csv(String separator) throws IOException {
    file("a.wav");
    file("b; \"x\", y.wav");
    String text =
        String.join(
            "\r\n",
            "\uFEFFid|Filename|class",
            "1|a.wav|\"low, |\nloud\"",
            "2|\"b; \"\"x\"\", y.wav\"",
            "3||none",
            "4|c.wav|z",
            "");
    SoundFiles found = list("t.csv", text.replace("|", separator));
    assertThat(names(found)).containsExactly("a.wav", "b; \"x\", y.wav");
    assertThat(found.items().get(0).label()).isEqualTo("low, " + separator + "\nloud");
    assertThat(found.items().get(1).label()).isEmpty();
    assertThat(found.labelled()).isTrue();
    assertThat(failures(found))
        .containsExactly(folder.resolve("t.csv") + ", line 6: c.wav: there is no such file");
  }

  @Test
  @DisplayName("a table of one column of sound files needs no heading; an empty one is refused")
  void bareCsv() throws IOException {
    file("a.wav");
    assertThat(names(list("t.csv", "a.wav\nb.wav\n"))).containsExactly("a.wav");
    assertThat(names(list("t.csv", "name;x\na.wav\n"))).containsExactly("a.wav");
    assertThatThrownBy(() -> list("t.csv", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s is empty: it needs a header, such as path,label", folder.resolve("t.csv"));
  }

  @Test
  @DisplayName("a pattern goes no deeper than it says")
  void glob() throws IOException {
    file("x/a.wav");
    file("x/y/b.wav");
    file("x/y/c.txt");
    Files.createSymbolicLink(folder.resolve("x/y/gone"), folder.resolve("nothing"));
    assertThat(SoundFiles.glob(folder + "/x/*.wav").items()).hasSize(1);
    assertThat(SoundFiles.glob(folder + "/x/*.wav").failures()).isEmpty();
    assertThat(SoundFiles.glob(folder + "/*/y/*").items()).hasSize(2);
    SoundFiles all = SoundFiles.of(folder + "/**/*.wav");
    assertThat(names(all)).containsExactly(folder + "/x/a.wav", folder + "/x/y/b.wav");
    assertThat(failures(all)).containsExactly(folder + "/x/y/gone: broken link");
    assertThatThrownBy(() -> SoundFiles.of(folder + "/[a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pattern=" + folder + "/[a: Missing ']; write");
    assertThatThrownBy(() -> SoundFiles.of(folder + "/no/*.wav"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins at " + folder + "/no, which is not a folder");
  }

  @Test
  @DisplayName("every **/ of a pattern is any number of folders, none among them")
  void globDepths() throws IOException {
    file("g/x/a.wav");
    file("g/x/y/b.wav");
    file("g/w/x/c.wav");
    file("g/w/x/y/d.wav");
    file("g/e.wav");
    file("g/xf.wav");
    String g = folder + "/g/";
    assertThat(names(SoundFiles.glob(g + "**/x/**/*.wav")))
        .containsExactly(g + "w/x/c.wav", g + "w/x/y/d.wav", g + "x/a.wav", g + "x/y/b.wav");
    assertThat(names(SoundFiles.glob(g + "**/**/**/**/**/**/**/e.wav")))
        .containsExactly(g + "e.wav");
    assertThat(SoundFiles.glob(g + "x**/f.wav").items()).isEmpty();
    assertThat(names(SoundFiles.glob(g + "{**/x/a,**/e}.wav")))
        .containsExactly(g + "e.wav", g + "x/a.wav");
    assertThatThrownBy(() -> SoundFiles.glob(g + "**/a/".repeat(9) + "*.wav"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("at most eight '**/' are allowed; drop some");
  }

  @Test
  @DisplayName("a word without a point is no sound file, nor is a point in a folder's name")
  void isSound() {
    assertThat(SoundFiles.isSound("a.wav")).isTrue();
    assertThat(SoundFiles.isSound("x.y/a.B.MP3")).isTrue();
    assertThat(SoundFiles.isSound("pla\0in.wav")).isTrue();
    for (String name : List.of("wav", "snd", "x/ts", "mp3,wav", "a.wav/b", "", "a.")) {
      assertThat(SoundFiles.isSound(name)).as(name).isFalse();
    }
  }

  @Test
  @DisplayName("a folder that itself may not be read is told by its name")
  void folderDenied() throws IOException {
    Path shut = Files.createDirectory(folder.resolve("shut"));
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(shut), "root may read everything");
      assertThat(failures(SoundFiles.folder(shut))).containsExactly(shut + ": permission denied");
    } finally {
      Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  @DisplayName("several, one behind the other; what is none of them is refused")
  void several() throws IOException {
    file("a/1.wav");
    file("a/x.txt");
    Path one = file("b.mp3");
    SoundFiles both =
        SoundFiles.all(List.of(SoundFiles.of(one), SoundFiles.of(folder.resolve("a").toString())));
    assertThat(names(both)).containsExactly(one.toString(), "1.wav");
    assertThat(both).hasToString("1 file, " + folder + "/a: 2 files; passed over: 1 .txt");
    assertThatThrownBy(() -> SoundFiles.of(folder.resolve("no.wav")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no " + folder + "/no.wav: give a folder");
    assertThatThrownBy(() -> SoundFiles.folder(one)).hasMessage(one + " is not a folder");
    assertThatThrownBy(() -> SoundFiles.playlist(folder.resolve("no.m3u")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.m3u cannot be read");
  }

  @Test
  void labelsAndNamesOfOnesOwn() throws IOException {
    file("a/1.wav");
    SoundFiles named =
        SoundFiles.folder(folder)
            .withName("mine")
            .withItems(i -> new SoundFiles.Item(i.path(), i.name(), i.name().substring(0, 1)));
    assertThat(named.items().getFirst().label()).isEqualTo("a");
    assertThat(named).hasToString("mine: 1 file");
  }

  @Test
  @DisplayName("one file under several spellings with two labels: none of its rows, and it is told")
  void labelsOfOneFile() throws IOException {
    Path a = file("a.wav");
    file("b.wav");
    file("c.wav");
    Files.createDirectory(folder.resolve("sub"));
    SoundFiles found =
        list(
            "t.csv",
            "path,label\na.wav,x\nno.wav,y\nb.wav,y\n" + a + ",z\nc.wav,z\nsub/../a.wav,x\n");
    String why = "has the label 'x' in line 2 and 'z' in line 5 (" + a + "); keep one of them";
    String where = folder.resolve("t.csv") + ", line ";
    assertThat(names(found)).containsExactly("b.wav", "c.wav");
    assertThat(failures(found))
        .containsExactly(
            where + "2: a.wav: " + why,
            where + "3: no.wav: there is no such file",
            where + "5: " + a + ": " + why,
            where + "7: sub/../a.wav: " + why);
    assertThat(names(list("t.csv", "path,label\na.wav,x\n./a.wav,x\n"))).hasSize(2);
  }

  @Test
  @DisplayName("FIFOs, sockets and devices are told and never opened, in folders and lists")
  void special() throws Exception {
    file("a.wav");
    Path fifo = folder.resolve("fifo.wav");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Files.createSymbolicLink(folder.resolve("zero.wav"), Path.of("/dev/zero"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(folder.resolve("sock.wav")));
      SoundFiles found = SoundFiles.folder(folder);
      assertThat(names(found)).containsExactly("a.wav");
      assertThat(failures(found))
          .containsExactly(
              "fifo.wav: is a FIFO, not a regular file",
              "sock.wav: is a socket, not a regular file",
              "zero.wav: is a device, not a regular file");
      assertThat(failures(list("p.m3u", "fifo.wav\na.wav\n")))
          .containsExactly(
              folder.resolve("p.m3u") + ", line 1: fifo.wav: is a FIFO, not a regular file");
    }
  }

  @Test
  @DisplayName("names on disk that are not UTF-8 are distinct, and lists reach them")
  void otherNames() throws IOException {
    for (String name : List.of("n%FF", "n%FE", "%C3%A9%E9%25", "%EF%BF%BD", "s%E9/x")) {
      Path file = Path.of(URI.create(folder.toUri() + name + ".wav"));
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    SoundFiles found = SoundFiles.folder(folder);
    assertThat(names(found))
        .containsExactly("n%FE.wav", "n%FF.wav", "s%E9/x.wav", "é%E9%25.wav", "\uFFFD.wav");
    assertThat(names(SoundFiles.glob(folder + "/n*.wav")))
        .containsExactly(folder + "/n%FE.wav", folder + "/n%FF.wav");
    for (SoundFiles.Item item : found.items()) {
      SoundFiles again = list("t.csv", "path\n" + item.name() + "\n");
      assertThat(again.items()).extracting(SoundFiles.Item::path).containsExactly(item.path());
    }
    SoundFiles latin = list("p.m3u", "n\u00ff.wav\n", Charset.forName("windows-1252"));
    assertThat(latin.items().getFirst().path()).isEqualTo(found.items().get(1).path());
  }

  @Test
  @DisplayName("a name with blanks is tried as written; an empty entry says that it is empty")
  void blanks() throws IOException {
    file(" lead.wav");
    file("a.wav");
    SoundFiles found = list("p.m3u", " lead.wav\n a.wav \n\t\n");
    assertThat(names(found)).containsExactly(" lead.wav", "a.wav");
    assertThat(failures(list("p.pls", "[playlist]\nFile1=a.wav\nFile4=\n")))
        .containsExactly(
            folder.resolve("p.pls") + ", line 3: the entry is empty: it names no file");
  }

  @Test
  @DisplayName("PLS or M3U is told by the content, not by the name alone")
  void playlistByContent() throws IOException {
    file("a.wav");
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
      assertThat(names(list("p.pls", "#EXTM3U\na.wav\n"))).containsExactly("a.wav");
      assertThat(names(list("p.m3u", "[playlist]\nFile1=a.wav\n"))).containsExactly("a.wav");
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "p.pls: read with one file a line, as in .m3u",
            "p.m3u: read with File1=… on its lines, as in .pls");
    assertThat(list("p.pls", "NumberOfEntries=1\n").items()).isEmpty();
    assertThat(names(list("p.m3u", "\uFEFF\uFEFFa.wav\n\uFEFFa.wav\n"))).hasSize(2);
  }

  @Test
  @DisplayName("an empty word is no source")
  void emptyWord() {
    assertThatThrownBy(() -> SoundFiles.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the source is empty; the current folder is '.'");
  }

  @Test
  @DisplayName("each line that is UTF-8 is read so, the others as Windows-1252, and it is said")
  void mixedEncodings() throws IOException {
    file("Génève.wav");
    for (String end : List.of("\n", "\r\n", "\r")) {
      byte[] one = ("plain" + end + "Génève.wav" + end).getBytes(StandardCharsets.UTF_8);
      byte[] other = ("Génève.wav" + end + end + "é").getBytes(Charset.forName("windows-1252"));
      byte[] both = Arrays.copyOf(one, one.length + other.length);
      System.arraycopy(other, 0, both, one.length, other.length);
      assertThat(names(SoundFiles.of(Files.write(folder.resolve("p.m3u"), both))))
          .containsExactly("Génève.wav", "Génève.wav");
      TextBytes text = TextBytes.of(both);
      assertThat(text.text()).isEqualTo("plain|Génève.wav|Génève.wav||é".replace("|", end));
      assertThat(text.encoding()).isEqualTo("windows-1252 in 2 lines (3, 5), UTF-8 in the others");
    }
  }
}
