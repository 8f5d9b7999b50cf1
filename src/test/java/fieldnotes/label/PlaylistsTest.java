package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Playlist;
import fieldnotes.audio.SoundFiles;
import fieldnotes.cluster.ClusterProfiles;
import fieldnotes.common.Faults;
import fieldnotes.table.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PlaylistsTest {
  private static final Matrix FEATURES =
      Matrix.of(List.of("pitch"), new double[][] {{1}, {2}, {6}, {10}, {12}});
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private static ClusterProfiles profiles(int... labels) {
    return ClusterProfiles.of(FEATURES, FEATURES, labels);
  }

  @Test
  @DisplayName("of clusters: each file once, nearest to the medoid first")
  void clusters() throws Exception {
    Path sound = folder.resolve("sound");
    List<Path> files =
        List.of(
            sound.resolve("a.mp3"),
            sound.resolve("b.mp3"),
            sound.resolve("a.mp3"),
            sound.resolve("ü.mp3"),
            sound.resolve("ü.mp3"));
    List<Path> lists =
        Playlists.ofClusters(profiles(0, 0, 0, -1, -1), files, folder.resolve("lists"));
    assertThat(lists)
        .extracting(l -> l.getFileName().toString())
        .containsExactly("noise.m3u8", "cluster-0.m3u8");
    assertThat(Files.readAllLines(lists.get(1)))
        .containsExactly("#EXTM3U", "../sound/b.mp3", "../sound/a.mp3");
    assertThat(Files.readAllLines(lists.get(0))).containsExactly("#EXTM3U", "../sound/ü.mp3");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a backslash separates folders there")
  @DisplayName("a backslash in a name is no folder")
  void playlistOfBackslashes() throws Exception {
    Path odd = folder.resolve("a\\b.wav");
    Files.write(odd, new byte[44]);
    Path list =
        Playlists.ofClusters(profiles(new int[5]), Collections.nCopies(5, odd), folder).getFirst();
    assertThat(SoundFiles.playlist(list).items())
        .extracting(i -> i.path().normalize())
        .containsExactly(odd);
  }

  @Test
  @DisplayName("a file whose name begins with # is read back, and no playlist is half written")
  void playlistOfOddNames() throws Exception {
    Path odd = folder.resolve("#1.wav");
    Files.write(odd, new byte[44]);
    List<Path> files = Collections.nCopies(5, odd);
    Path list = Playlists.ofClusters(profiles(new int[5]), files, folder).getFirst();
    assertThat(list).hasContent("#EXTM3U\n./#1.wav\n");
    assertThat(SoundFiles.playlist(list).items())
        .extracting(i -> i.path().normalize())
        .containsExactly(odd);
    Files.writeString(list, "old");
    try (Faults _ = Faults.at(1)) {
      assertThatThrownBy(() -> Playlists.ofClusters(profiles(new int[5]), files, folder))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(list).hasContent("old");
    assertThatThrownBy(() -> Playlists.ofClusters(profiles(new int[5]), List.of(), folder))
        .hasMessage("files has 0 entries and labels has 5: they must be equally long");
  }

  private static Label heard(Segment clip, String name) {
    return Label.byEar(clip, name, "ann", NOON);
  }

  @Test
  @DisplayName("refined: whole files are one entry each, parts have times that VLC follows")
  void refined() {
    LabelSet labels =
        LabelSet.of(
            List.of(
                heard(Segment.of("b.wav"), "music"),
                heard(Segment.of("a.wav"), "music"),
                heard(new Segment("c.wav", 10, 20), "both"),
                heard(new Segment("c.wav", 0, 10), "both")));
    Map<String, Path> lists =
        Playlists.refined(labels, folder.resolve("sound"), folder.resolve("lists"));
    assertThat(lists.values())
        .extracting(list -> folder.relativize(list).toString().replace('\\', '/'))
        .containsExactly(
            "lists/00_refined_both_playlist.m3u", "lists/00_refined_music_playlist.m3u");
    assertThat(lists.get("music"))
        .hasContent("#EXTM3U\n#PLAYLIST:music\n../sound/a.wav\n../sound/b.wav\n");
    assertThat(lists.get("both"))
        .hasContent(
            """
            #EXTM3U
            #PLAYLIST:both
            #EXTINF:10,c.wav at 0.00 to 10.00 s
            #EXTVLCOPT:stop-time=10
            ../sound/c.wav
            #EXTINF:10,c.wav at 10.00 to 20.00 s
            #EXTVLCOPT:start-time=10
            #EXTVLCOPT:stop-time=20
            ../sound/c.wav
            """);
  }

  @Test
  @DisplayName("no two classes share a file name, also where case does not count")
  void namesOfClasses() {
    List<String> classes =
        List.of(
            "music",
            "Music",
            "MUSIC",
            "a/b",
            "a\\b",
            "a_b",
            "a:b",
            "..",
            ".",
            "../../etc",
            "x".repeat(300),
            "x".repeat(301),
            "<script>alert(1)</script>",
            "é",
            "e\u0301",
            "É",
            "日本語",
            "100%",
            "trail.",
            "\uD83C\uDFB5".repeat(200),
            "con",
            "a b");
    Map<String, String> names = FileNames.of(classes);
    assertThat(names).hasSize(classes.size());
    TreeSet<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    folded.addAll(names.values());
    assertThat(folded).hasSize(classes.size());
    assertThat(names)
        .containsEntry("music", "music")
        .containsEntry("a_b", "a_b")
        .containsEntry("日本語", "日本語")
        .containsEntry("a b", "a b");
    assertThat(names.get("Music")).matches("Music-[0-9a-f]{12}");
    assertThat(names.get("a/b")).matches("a_b-[0-9a-f]{12}");
    assertThat(names.values())
        .allSatisfy(
            name -> {
              assertThat(name).doesNotContainPattern("[/\\\\:*?\"<>|\\p{Cntrl}]");
              assertThat(name).doesNotStartWith(".").doesNotEndWith(".");
              assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThan(225);
            });
    assertThat(FileNames.of(List.of("Music"))).containsEntry("Music", "Music");
  }

  @Test
  @DisplayName("a sample: seeded, in the order of the list, of the same files in any order")
  void samples() throws IOException {
    List<Playlist.Entry> entries =
        IntStream.range(0, 50)
            .mapToObj(i -> Playlist.Entry.of(folder.resolve(i + ".wav")))
            .toList();
    Playlist list = Playlist.of(entries).withTitle("fifty");
    Playlist ten = Playlists.sample(list, 10, 7);
    assertThat(ten.title()).isEqualTo("fifty");
    assertThat(ten.entries()).hasSize(10).doesNotHaveDuplicates().isSubsetOf(entries);
    assertThat(ten.entries())
        .isSortedAccordingTo((a, b) -> entries.indexOf(a) - entries.indexOf(b));
    Playlist reversed = Playlist.of(entries.reversed());
    assertThat(Playlists.sample(reversed, 10, 7).entries())
        .containsExactlyElementsOf(ten.entries().reversed());
    assertThat(Playlists.sample(list, 20, 7).entries()).containsAll(ten.entries());
    assertThat(Playlists.sample(list, 10, 8).entries()).isNotEqualTo(ten.entries());
    assertThat(Playlists.sample(list, 99, 7).entries()).isEqualTo(entries);
    assertThatThrownBy(() -> Playlists.sample(list, 0, 7))
        .hasMessage("count=0: must be at least 1");
  }

  @Test
  @DisplayName("every file is drawn as often as others")
  void samplesAreFair() {
    int[] drawn = new int[10];
    for (int seed = 0; seed < 2000; seed++) {
      for (int i : Playlists.sample(10, 3, seed)) {
        drawn[i]++;
      }
    }
    // 600 each, with a deviation of √(2000·0.3·0.7) = 20.5
    assertThat(Arrays.stream(drawn)).allMatch(count -> count > 510 && count < 690);
  }
}
