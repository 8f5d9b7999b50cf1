package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylistTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private Playlist.Entry entry(String name) throws IOException {
    return Playlist.Entry.of(file(name));
  }

  private static List<Path> paths(Playlist playlist) {
    return playlist.entries().stream().map(e -> e.file().path().normalize()).toList();
  }

  @Test
  @DisplayName("titles, lengths and parts are on lines of their own, in UTF-8")
  void handWorked() throws IOException {
    Playlist playlist =
        Playlist.of(
                List.of(
                    entry("sound/Génève.wav").withTitle("Concert à\nGenève", 12.5),
                    entry("sound/a.wav"),
                    entry("sound/b.wav").withTitle("part", Double.NaN).withPart(10, 20.25),
                    entry("sound/b.wav").withPart(0, 5)))
            .withTitle("mixed");
    Path list = playlist.write(folder.resolve("lists/p.m3u"));
    assertThat(list)
        .hasContent(
            """
            #EXTM3U
            #PLAYLIST:mixed
            #EXTINF:12.5,Concert à Genève
            ../sound/Génève.wav
            ../sound/a.wav
            #EXTINF:-1,part
            #EXTVLCOPT:start-time=10
            #EXTVLCOPT:stop-time=20.25
            ../sound/b.wav
            #EXTVLCOPT:stop-time=5
            ../sound/b.wav
            """);
    Playlist read = Playlist.read(list);
    assertThat(read.title()).isEqualTo("mixed");
    assertThat(read.failures()).isEmpty();
    assertThat(read.entries())
        .extracting(Playlist.Entry::title)
        .containsExactly("Concert à Genève", "", "part", "");
    assertThat(read.entries())
        .extracting(Playlist.Entry::seconds)
        .containsExactly(12.5, Double.NaN, Double.NaN, Double.NaN);
    assertThat(read.entries())
        .extracting(Playlist.Entry::startSeconds)
        .containsExactly(0.0, 0.0, 10.0, 0.0);
    assertThat(read.entries())
        .extracting(Playlist.Entry::endSeconds)
        .containsExactly(Double.NaN, Double.NaN, 20.25, 5.0);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "such names are not allowed there")
  @DisplayName("odd names are read back as the same files, also where another file is near")
  void oddNames() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of(
            "#1.wav",
            " #2.wav",
            " lead.wav",
            "trail.wav ",
            "a\\b.wav",
            "a/b.wav",
            "100%41.wav",
            "100A.wav",
            "file:c.wav",
            "http:d.wav",
            "File1=e.wav",
            "[playlist]",
            "\uFEFFbom.wav",
            "Ge\u0301ne\u0300ve.wav",
            "ge,neve.wav",
            "emoji \uD83C\uDFB5.wav",
            "tab\there.wav",
            " ")) {
      files.add(file(name));
    }
    for (String name : List.of("p.m3u", "p.m3u8", "deep/down/p.m3u")) {
      Path list =
          Playlist.of(files.stream().map(Playlist.Entry::of).toList()).write(folder.resolve(name));
      assertThat(paths(Playlist.read(list))).as(name).isEqualTo(files);
      assertThat(SoundFiles.of(list).items())
          .extracting(i -> i.path().normalize())
          .isEqualTo(files);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "#EXTINF:123,A - B ! 123 ! A - B",
        "#EXTINF:-1 tvg-name=\"x, y\" group=\"z\",The title ! NaN ! The title",
        "#EXTINF:7 ! 7 ! ''",
        "#EXTINF:nan,x ! NaN ! x",
        "#EXTINF:1e999,x ! NaN ! x",
        "#EXTINF:,x, y ! NaN ! x, y",
        "#EXTINF: 5 ,x ! 5 ! x",
        "#extinf:5,x ! NaN ! ''"
      })
  void readsLengthsAndTitles(String line, Double seconds, String title) throws IOException {
    file("a.wav");
    Path list =
        Files.writeString(folder.resolve("p.m3u"), line.strip() + "\n# remark\na.wav\na.wav\n");
    Playlist read = Playlist.read(list);
    assertThat(read.entries().getFirst().seconds()).isEqualTo(seconds);
    assertThat(read.entries().getFirst().title()).isEqualTo(title);
    assertThat(read.entries().get(1).title()).as("of the next entry").isEmpty();
  }

  @Test
  void aVeryLongLineIsRead() throws IOException {
    file("a.wav");
    String attributes = " x=\"y,\"".repeat(200_000);
    Path list =
        Files.writeString(
            folder.resolve("p.m3u"),
            "#EXTINF:5"
                + attributes
                + ",The title\na.wav\n#EXTVLCOPT:"
                + " ".repeat(1 << 20)
                + "\n");
    assertThat(Playlist.read(list).entries().getFirst().title()).isEqualTo("The title");
    assertThat(Playlist.read(list).entries().getFirst().seconds()).isEqualTo(5);
  }

  @Test
  void ofSenselessTimesNothingIsTaken() throws IOException {
    file("a.wav");
    Path list =
        Files.writeString(
            folder.resolve("p.m3u"),
            """
            #EXTVLCOPT:start-time=-3
            #EXTVLCOPT:stop-time=x
            a.wav
            #EXTVLCOPT:start-time=9
            #EXTVLCOPT:stop-time=3
            a.wav
            #EXTVLCOPT:network-caching=1000
            a.wav
            """);
    assertThat(Playlist.read(list).entries())
        .extracting(Playlist.Entry::startSeconds)
        .containsExactly(0.0, 9.0, 0.0);
    assertThat(Playlist.read(list).entries())
        .extracting(Playlist.Entry::endSeconds)
        .containsOnly(Double.NaN);
  }

  @Test
  @DisplayName("titles and lengths of .pls by their number, before or after the file")
  void pls() throws IOException {
    file("a.wav");
    file("b.wav");
    Path list =
        Files.writeString(
            folder.resolve("p.pls"),
            "[playlist]\nTitle2=Second\nFile2=b.wav\nFile1=a.wav\nTitle1=First\nLength1=3\n");
    assertThat(Playlist.read(list).entries())
        .extracting(Playlist.Entry::title)
        .containsExactly("First", "Second");
    assertThat(Playlist.read(list).entries())
        .extracting(Playlist.Entry::seconds)
        .containsExactly(3.0, Double.NaN);
  }

  @Test
  @DisplayName("Windows-1252, percent escapes and bad entries as in SoundFiles")
  void sameRulesAsSoundFiles() throws IOException {
    file("Génève.wav");
    file("b c.wav");
    Path windows = folder.resolve("w.m3u");
    Files.write(
        windows, "#EXTINF:2,Génève\nGénève.wav\n".getBytes(Charset.forName("windows-1252")));
    assertThat(Playlist.read(windows).entries().getFirst().title()).isEqualTo("Génève");
    Path utf16 = folder.resolve("u.m3u");
    Files.write(utf16, "\uFEFF#EXTINF:2,Génève\nGénève.wav\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(Playlist.read(utf16).entries().getFirst().title()).isEqualTo("Génève");
    Path bad = Files.writeString(folder.resolve("b.m3u"), "b%20c.wav\nno.wav\n\0.wav\n");
    assertThat(paths(Playlist.read(bad))).containsExactly(folder.resolve("b c.wav"));
    assertThat(Playlist.read(bad).failures())
        .extracting(SoundFiles.Failure::toString)
        .containsExactly(
            bad + ", line 2: no.wav: there is no such file",
            bad + ", line 3: \\u0000.wav: is not a path: Nul character not allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "percent.m3u8,2,0",
    "cp1252.m3u,2,0",
    "utf8.m3u8,2,0",
    "oneBadUri.m3u,1,1",
    "nul.m3u,1,1"
  })
  @DisplayName("the reported playlists, written anew, are read back the same")
  void reported(String name, int entries, int failures) {
    Playlist read = Playlist.read(Cases.file("playlists/" + name));
    assertThat(read.entries()).hasSize(entries);
    assertThat(read.failures()).hasSize(failures);
    Playlist again = Playlist.read(read.write(folder.resolve("again.m3u8")));
    assertThat(again.entries())
        .extracting(PlaylistTest::real)
        .containsExactlyElementsOf(read.entries().stream().map(PlaylistTest::real).toList());
    assertThat(again.failures()).isEmpty();
  }

  private static Path real(Playlist.Entry entry) {
    try {
      return entry.file().path().toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void badInput() throws IOException {
    Playlist playlist = Playlist.of(List.of(entry("a.wav")));
    assertThatThrownBy(() -> playlist.write(folder.resolve("a.pls")))
        .hasMessage(folder.resolve("a.pls") + ": a playlist is written as .m3u or .m3u8");
    assertThatThrownBy(() -> entry("a.wav").withPart(3, 3))
        .hasMessageEndingWith(
            "a.wav: startSeconds=3.0, endSeconds=3.0: the end must lie after the start");
    assertThatThrownBy(() -> entry("a.wav").withTitle("", -1))
        .hasMessageEndingWith("a.wav: seconds=-1.0: must be at least 0, or NaN if unknown");
    Path list = Files.writeString(folder.resolve("old.m3u"), "old");
    try (Faults _ = Faults.at(1)) {
      assertThatThrownBy(() -> playlist.write(list)).isInstanceOf(UncheckedIOException.class);
    }
    assertThat(list).hasContent("old");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "such names are not allowed there")
  void aLineFeedInANameIsRefused() throws IOException {
    for (String feed : List.of("\n", "\r")) {
      Playlist playlist = Playlist.of(List.of(entry("a" + feed + "b.wav")));
      assertThatThrownBy(() -> playlist.write(folder.resolve("p.m3u")))
          .hasMessageContaining(
              ": its name has a line feed, which a playlist cannot hold; rename the file")
          .message()
          .doesNotContain(feed);
    }
    assertThat(folder.resolve("p.m3u")).doesNotExist();
  }
}
