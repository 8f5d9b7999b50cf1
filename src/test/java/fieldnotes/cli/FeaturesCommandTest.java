package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.Cases;
import fieldnotes.audio.RawWav;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./workbench features}: every remedy that it prints is one of its options. */
class FeaturesCommandTest {
  @TempDir Path folder;

  private String run(int code, Object... words) {
    CommandLine line = Main.commandLine();
    StringWriter printed = new StringWriter();
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(printed));
    String[] all =
        Stream.concat(
                Stream.of("features", "--no-cache", "--out", folder.resolve("t.csv")),
                Arrays.stream(words))
            .map(String::valueOf)
            .toArray(String[]::new);
    assertThat(line.execute(all))
        .as(printed.toString())
        .isIn(code < 0 ? List.of(1, 2) : List.of(code));
    return printed.toString();
  }

  @Test
  @DisplayName("a cut file: the message names --tolerate-damage, which reads it and says so")
  void tolerateDamage() throws IOException {
    byte[] whole = new RawWav(RawWav.INTEGER, 16, 22_050, new float[30_000]).bytes();
    Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, 40_044));
    String why = "truncated: its header says 60000 bytes of samples, the file has 40000 of them";
    assertThat(run(2, cut))
        .contains("failed: ", why + " (to read what is there: --tolerate-damage");
    assertThat(run(0, cut, "--tolerate-damage"))
        .contains("damaged, measured as far as it can be read: " + cut + ": " + why)
        .contains("1 rows of 1 files (1 measured, 0 from the cache, 1 damaged)");
    assertThat(Files.readString(folder.resolve("t.csv"))).contains(",damage,", why);
  }

  @Tag("long")
  @Test
  @DisplayName("the reported folder: all sounds but three are read, and what is none is counted")
  void reported() throws IOException {
    Path sounds = Cases.file("audio");
    String strict = run(0, sounds);
    assertThat(strict)
        .contains("failed: off44.wav: ", "failed: twice.mp3: ", "failed: xing_half.mp3: ")
        .contains("skipped, not sound files by extension: 1 .sh")
        .contains("; 3 failed");
    assertThat(run(0, sounds, "--tolerate-damage")).contains("3 damaged", "; 0 failed");
    String table = Files.readString(folder.resolve("t.csv"));
    for (String name :
        "aac.m4b film.mkv film.mov film.avi rec.ts x.aifc x.snd x.voc x.wv".split(" ")) {
      assertThat(table).contains("\n" + name + ",");
    }
  }

  @Tag("long")
  @Test
  @DisplayName("the reported playlists: what can be read is read, the rest listed with its line")
  void playlists() throws IOException {
    for (String name : new String[] {"percent.m3u8", "cp1252.m3u", "utf8.m3u8"}) {
      assertThat(run(0, Cases.file("playlists/" + name))).contains(" 2 files", "; 0 failed");
    }
    assertThat(Files.readString(folder.resolve("t.csv"))).contains("\nGénève.wav,");
    assertThat(run(0, Cases.file("playlists/oneBadUri.m3u")))
        .contains("oneBadUri.m3u, line 1: file:///music/Song [1].wav: there is no such file")
        .contains(" 1 files", "; 1 failed");
    assertThat(run(0, Cases.file("playlists/nul.m3u")))
        .contains("nul.m3u, line 1: pla\\u0000in.wav: is not a path")
        .contains(" 1 files", "; 1 failed");
  }

  @Test
  @DisplayName("the form of a list is given by options")
  void listForm() throws IOException {
    Files.write(
        folder.resolve("é.wav"), new RawWav(RawWav.INTEGER, 16, 22_050, new float[3_000]).bytes());
    Path list = folder.resolve("list.csv");
    Files.write(list, "wo:path:label\n~\n1:'é.wav':a\n".getBytes(Charset.forName("windows-1252")));
    assertThat(run(2, list)).contains("list.csv, line 3: 1:'é.wav':a: there is no such file");
    assertThat(
            run(
                0,
                list,
                "--separator",
                ":",
                "--quote",
                "'",
                "--comment",
                "~",
                "--encoding",
                "windows-1252"))
        .contains(" 1 files", "; 0 failed");
    assertThat(Files.readString(folder.resolve("t.csv"))).contains("\né.wav,", ",a,");
    Files.writeString(list, "path\tlabel\né.wav\tb\n#.wav\tc\n");
    assertThat(run(0, list, "--separator", "tab", "--comment", "none"))
        .contains("list.csv, line 3: #.wav: there is no such file");
    assertThat(run(2, list, "--separator", "::"))
        .contains("--separator='::': must be one character or tab or space");
    assertThat(run(2, list, "--encoding", "utf8x"))
        .contains("--encoding='utf8x': unknown; try UTF-8");
  }

  @Test
  @DisplayName("a line feed in a value never starts a line")
  void lineFeeds() throws IOException {
    String evil = "a\nworkbench: all is well.wav";
    Files.writeString(folder.resolve(evil), "no sound");
    for (Object[] words :
        new Object[][] {
          {folder},
          {folder.resolve(evil)},
          {folder.resolve("no" + evil)},
          {evil + "*"},
          {folder, "--set", evil},
          {folder, "--stats", evil},
          {folder, "--rate", evil},
          {folder, "--window", evil},
          {folder, "--n-fft", evil},
          {folder, "--chunk", evil},
          {folder, "--threads", evil},
          {folder, "--separator", evil},
          {folder, "--encoding", evil},
          {folder, "--no" + evil},
        }) {
      String printed = run(-1, words);
      assertThat(printed.lines()).noneMatch(line -> line.startsWith("workbench: all is"));
      assertThat(printed).contains("workbench: all is well");
    }
  }

  private Path sound(String name) throws IOException {
    return Files.write(
        folder.resolve(name), new RawWav(RawWav.INTEGER, 16, 22_050, new float[3_000]).bytes());
  }

  @Test
  @DisplayName("a bad source costs only itself, and is named with its reason")
  void badSource() throws IOException {
    Path good = sound("a.wav");
    sound("b.wav");
    Path quote = Files.writeString(folder.resolve("q.csv"), "path,label\n\"b.wav,x\n");
    Path empty = Files.writeString(folder.resolve("e.csv"), "");
    Path conflict =
        Files.writeString(folder.resolve("c.csv"), "path,label\na.wav,x\nb.wav,y\na.wav,z\n");
    Path none = Files.createDirectory(folder.resolve("none"));
    String missing = folder.resolve("nosuch").toString();
    String pattern = folder + "/zz/*.wav";
    assertThat(run(0, good, missing, empty, quote, pattern, none, folder + "/*.ogg"))
        .contains(
            "failed: " + missing + ": there is no " + missing,
            "failed: " + empty + ": is empty: it needs a header",
            "failed: " + quote + ": the quote opened in line 2 is never closed",
            "failed: " + pattern + ": the pattern " + pattern + " begins at ",
            "failed: " + none + ": contains no sound file",
            "failed: " + folder + "/*.ogg: contains no sound file",
            " 1 files",
            "; 6 failed");
    assertThat(run(0, conflict))
        .contains(
            "c.csv, line 2: a.wav: has the label 'x' in line 2 and 'z' in line 4; keep one of",
            "c.csv, line 4: a.wav: has the label",
            " 1 files",
            "; 2 failed");
    assertThat(Files.readString(folder.resolve("t.csv"))).contains("\nb.wav,y,");
    assertThat(run(1, missing)).contains("workbench features: there is no " + missing);
    assertThat(run(1, missing, empty)).contains("there is no " + missing, "e.csv is empty");
    assertThat(run(1, none)).contains("contains no sound file");
  }

  @Test
  @DisplayName("an empty source is misuse, not the current folder")
  void emptySource() throws IOException {
    assertThat(run(2, sound("a.wav"), "")).contains("the SOURCE is empty", "folder is '.'");
  }
}
