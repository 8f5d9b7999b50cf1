package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.label.LabelStore;
import fieldnotes.label.Segment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./workbench labels}. */
class LabelsCommandTest {
  @TempDir Path folder;
  private Path ann;
  private Path bob;
  private Path store;

  private String run(int code, Object... words) {
    CommandLine line = Main.commandLine();
    StringWriter printed = new StringWriter();
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(printed));
    String[] all =
        Stream.concat(Stream.of("labels"), Arrays.stream(words))
            .map(String::valueOf)
            .toArray(String[]::new);
    assertThat(line.execute(all)).as(printed.toString()).isEqualTo(code);
    return printed.toString().replace("\r\n", "\n");
  }

  private Path file(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    return Files.writeString(folder.resolve(name), text);
  }

  @BeforeEach
  void files() throws IOException {
    ann =
        file(
            "sound/ann.csv",
            """
            file,label,who,when
            a.wav,music,ann,2026-03-01T12:00:00Z
            b.wav,speech,ann,2026-03-01T12:00:00Z
            c.wav,both,ann,2026-03-01T12:00:00Z
            """);
    bob =
        file(
            "sound/bob.json",
            "{\"a.wav\": \"music\", \"b.wav\": \"dialogue\", \"c.wav\": \"music\"}");
    store = folder.resolve("labels.json");
    for (String name : new String[] {"a.wav", "b.wav", "c.wav"}) {
      AudioFiles.writeWav(
          Clip.of("c", new float[8000], 8000), folder.resolve("sound").resolve(name));
    }
  }

  @Test
  @DisplayName("labels of files that are not there are refused; of some, it is said")
  void filesThatAreNotThere() throws IOException {
    Path tracks = folder.resolve("tracks");
    run(0, "export", ann, tracks, "--as", "audacity");
    assertThat(run(1, "import", tracks, "--labels", store))
        .contains(
            "%s: none of its 3 files is in %s, for example a.wav; give the folder that they are"
                    .formatted(tracks, tracks)
                + " named from by --sounds");
    assertThat(store).doesNotExist();
    assertThat(run(0, "import", tracks, "--sounds", folder.resolve("sound"), "--labels", store))
        .isEqualTo("3 of 3 labels added -> %s, which has 3\n".formatted(store));
    assertThat(Files.readString(store)).doesNotContain("1970"); // no time is known
    assertThat(LabelStore.read(store).labels())
        .hasSize(3)
        .allMatch(label -> label.when().equals(Instant.EPOCH));
    Path some = file("sound/some.json", "{\"a.wav\": \"music\", \"no.wav\": \"music\"}");
    assertThat(run(0, "import", some, "--labels", store))
        .isEqualTo(
            """
            files that are not there, whose labels are added: 1
              no.wav
            1 of 2 labels added -> %s, which has 4
            """
                .formatted(store));
  }

  @Test
  @DisplayName("each JSON and table names the files from its own folder")
  void namedFromTarget() throws IOException {
    Path source = file("l.json", "{\"sound/a.wav\": \"dialogue\", \"x/sound/a.wav\": \"music\"}");
    Files.createDirectories(folder.resolve("x/sound"));
    Files.copy(folder.resolve("sound/a.wav"), folder.resolve("x/sound/a.wav"));
    for (String form : new String[] {"label-studio", "flat"}) {
      Path target = folder.resolve("x/" + form + ".json");
      assertThat(run(0, "export", source, target, "--as", form))
          .isEqualTo("2 labels -> %s\n".formatted(target));
      Path to = folder.resolve(form + "-back.json");
      run(0, "import", target, "--labels", to);
      assertThat(LabelStore.read(to).of(Segment.of("sound/a.wav")).orElseThrow().name())
          .isEqualTo("dialogue");
      assertThat(LabelStore.read(to).of(Segment.of("x/sound/a.wav")).orElseThrow().name())
          .isEqualTo("music");
    }
  }

  @Test
  @DisplayName("a file that cannot be read does not block the label tracks of the others")
  void unreadable() throws IOException {
    Path source =
        file("sound/e.json", "{\"a.wav\": \"music\", \"e.wav\": \"both\", \"no.wav\": \"both\"}");
    file("sound/e.wav", "");
    assertThat(run(0, "export", source, folder.resolve("t"), "--as", "audacity"))
        .matches(
            """
            (?s)left out: 2
              e\\.wav: its length cannot be read: [^
            ]+
              no\\.wav: its length cannot be read: there is no such file
            1 label -> .*a\\.wav\\.txt
            """);
    Path none = file("sound/n.json", "{\"e.wav\": \"both\"}");
    assertThat(run(1, "export", none, folder.resolve("t"), "--as", "audacity"))
        .contains("e.wav: a label track needs the length of the file, which cannot be read: ");
  }

  @Test
  @DisplayName("what there is of each class, by whom, and the ratios")
  void show() {
    assertThat(run(0, "show", ann, bob))
        .isEqualTo(
            """
            %s: 3 labels
                   1  both
                   1  music
                   1  speech
                   3  by ear
                   3  by listener ann
              both: 0.33 music: 0.33 speech: 0.33
            %s: 3 labels
                   1  dialogue
                   2  music
                   3  by ear
              M: 0.67 D: 0.33 B: 0.00; Music & Both 66.7 %%; Dialogue 33.3 %%
            """
                .formatted(ann, bob));
  }

  @Test
  @DisplayName("imported labels are named from the labels file; other ones there are kept")
  void imports() {
    assertThat(run(0, "import", ann, "--labels", store))
        .isEqualTo("3 of 3 labels added -> %s, which has 3\n".formatted(store));
    assertThat(LabelStore.read(store).of(Segment.of("sound/a.wav")).orElseThrow().who())
        .isEqualTo("ann");
    assertThat(run(0, "import", bob, "--labels", store))
        .isEqualTo(
            """
            kept: sound/b.wav: speech, not dialogue
            kept: sound/c.wav: both, not music
            0 of 3 labels added -> %s, which has 3
            """
                .formatted(store));
    assertThat(
            run(
                0,
                "import",
                bob,
                "--labels",
                store,
                "--replace",
                "--who",
                "bob",
                "--when",
                "2026-04-01T10:00:00+02:00"))
        .startsWith("replaced: sound/b.wav: dialogue, was speech\n")
        .endsWith("2 of 3 labels added -> %s, which has 3\n".formatted(store));
    assertThat(LabelStore.read(store).of(Segment.of("sound/b.wav")).orElseThrow())
        .hasToString("sound/b.wav: dialogue (heard)")
        .extracting(label -> label.who() + " " + label.when())
        .isEqualTo("bob 2026-04-01T08:00:00Z");
    try (LabelStore opened = LabelStore.open(store, "")) {
      opened.undo();
      assertThat(opened.labels().counts()).containsKey("speech");
      assertThat(run(1, "import", ann, "--labels", store)).startsWith("workbench labels import: ");
    }
  }

  @Test
  @DisplayName("each form is written, and read back the same")
  void exports() throws IOException {
    for (String[] form :
        new String[][] {
          {"csv", "sound/t.csv"},
          {"flat", "sound/f.json"},
          {"label-studio", "sound/s.json"},
          {"audacity", "sound/tracks"},
          {"playlists", "sound/lists"}
        }) {
      Path target = folder.resolve(form[1]);
      assertThat(run(0, "export", ann, target, "--as", form[0]))
          .isEqualTo("3 labels -> %s\n".formatted(target));
      if (Files.isRegularFile(target)) {
        assertThat(run(0, "compare", ann, target)).contains("3 clips in both, 100.0 % agree");
      }
    }
    run(
        0,
        "import",
        folder.resolve("sound/tracks"),
        "--sounds",
        folder.resolve("sound"),
        "--labels",
        store);
    assertThat(
            run(
                0,
                "import",
                folder.resolve("sound/lists"),
                "--sounds",
                folder.resolve("sound"),
                "--labels",
                store))
        .isEqualTo("0 of 3 labels added -> %s, which has 3\n".formatted(store));
    // a table in another folder names the same files
    Path other = folder.resolve("elsewhere/t.csv");
    run(0, "export", store, other, "--as", "csv", "--heard");
    assertThat(Files.readString(other)).contains("\n../sound/a.wav,");
    assertThat(run(0, "compare", other, ann)).contains("3 clips in both, 100.0 % agree");
    assertThat(run(2, "export", ann, other, "--as", "flatt"))
        .startsWith(
            "workbench labels export: --as=flatt: must be one of [csv, flat, label-studio,"
                + " audacity, playlists]; did you mean flat?");
    assertThat(run(1, "export", ann, folder.resolve("x.txt"), "--as", "csv"))
        .contains("x.txt: the name must end in .csv, by which it is read again");
  }

  @Test
  @DisplayName("sets of different schemes as one; what a rule does not settle is listed")
  void combines() throws IOException {
    Path out = folder.resolve("all.csv");
    assertThat(run(0, "combine", ann, bob, "--map", "speech=dialogue", "--out", out))
        .isEqualTo(
            """
            sound/c.wav: both by ear, music by ear → both (newest, 2026-03-01T12:00:00Z)
            3 labels: both 1, dialogue 1, music 1; 1 conflict, 0 open (rule: newest) -> %s
            """
                .formatted(out));
    assertThat(Files.readString(out)).contains("\nsound/c.wav,,,both,ear,");
    assertThat(run(1, "combine", ann, bob, "--map", "speech=dialogue", "--map-all", "--out", out))
        .contains("no name is given for [both, music]: name each class, to itself if it stays");
    assertThat(run(2, "combine", ann, bob, "--map", "speach=dialogue", "--out", out))
        .contains(
            "--map: no label has the class 'speach'; they have [both, dialogue, music, speech]; did"
                + " you mean speech?");
    Path json = folder.resolve("all.json");
    assertThat(run(1, "combine", ann, bob, "--rule", "majority", "--out", json))
        .contains(
            "sound/b.wav: speech by ear, dialogue by ear → open (a tie of dialogue and speech)")
        .endsWith("1 label: music 1; 2 conflicts, 2 open (rule: majority) -> %s\n".formatted(json));
    assertThat(LabelStore.read(json).size()).isEqualTo(1);
    assertThat(run(2, "combine", ann, "--out", json))
        .contains("must end in .csv, or be a new file that ends in .json");
    assertThat(run(2, "combine", ann, "--rule", "oldest", "--out", out))
        .contains("--rule=oldest: must be one of [newest, ear-first, majority]");
  }

  @Test
  @DisplayName("agreement of two, and of three by Fleiss' kappa")
  void compares() throws IOException {
    assertThat(run(0, "compare", ann, bob))
        .startsWith(
            "%s and %s: 3 clips in both, 33.3 %% agree, kappa 0.143; only in the first: both,"
                    .formatted(ann, bob)
                + " speech; only in the second: dialogue\n")
        .contains("first set", "speech");
    Path cy = file("sound/cy.csv", "file,label\na.wav,music\nb.wav,dialogue\nc.wav,both\n");
    assertThat(run(0, "compare", ann, bob, cy)).endsWith("Fleiss' kappa of all: 0.357\n");
    Path two =
        file(
            "sound/two.csv",
            "file,label,who\na.wav,music,ann\na.wav,both,bob\nb.wav,both,ann\nb.wav,both,bob\n");
    assertThat(run(0, "compare", two)).startsWith("ann and bob: 2 clips in both, 50.0 % agree");
    assertThat(run(2, "compare", ann))
        .contains("ann.csv: has one listener; give a second file to compare with");
    Path none = file("sound/none.csv", "file,label\nz.wav,music\n");
    assertThat(run(1, "compare", ann, none))
        .isEqualTo(
            "%s and %s: no clip in common; are the files named from the same folder?\n"
                .formatted(ann, none));
    assertThat(run(0, "compare", ann, bob, none))
        .endsWith("Fleiss' kappa of all: none, as no clip is in all or they have one class only\n");
    Path unnamed = file("sound/unnamed.csv", "file,label,who\na.wav,music,\na.wav,both,bob\n");
    assertThat(run(0, "compare", unnamed)).startsWith("(no name) and bob: 1 clip in both, 0.0 %");
  }

  @Test
  @DisplayName("the form of a table can be given to each")
  void forms() throws IOException {
    Path odd = file("sound/odd.csv", "a.wav!music\nb.wav!both\n");
    String[] form = {"--separator", "!"};
    assertThat(run(0, "show", odd, form[0], form[1])).contains("odd.csv: 2 labels\n");
    assertThat(run(0, "import", odd, "--labels", store, form[0], form[1]))
        .startsWith("2 of 2 labels added");
    assertThat(run(2, "compare", odd, odd, form[0], form[1]))
        .contains("odd.csv: is given twice; give a second file to compare with");
    run(0, "export", odd, folder.resolve("o.json"), "--as", "flat", form[0], form[1]);
    run(0, "combine", odd, "--out", folder.resolve("o.csv"), form[0], form[1]);
  }

  @Test
  void badInput() throws IOException {
    assertThat(run(2))
        .startsWith(
            "workbench labels: missing subcommand: must be show, import, export, combine or compare");
    assertThat(run(1, "show", folder.resolve("no.csv")))
        .contains("no.csv: there is no such file or folder");
    Path bad = file("bad.csv", "file,start_s,label\na.wav,x\u001b[31m,y\n");
    assertThat(run(1, "show", bad))
        .contains("line 2: start_s='x\\u001b[31m': must be a number")
        .doesNotContain("\u001b");
    assertThat(run(1, "import", ann, "--labels", store, "--when", "noon"))
        .contains("--when='noon': must be a time such as 2026-03-01T12:00:00Z");
    assertThat(store).doesNotExist();
  }
}
