package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ListOptions;
import fieldnotes.common.Faults;
import fieldnotes.common.Warned;
import fieldnotes.label.LabelFiles.Form;
import fieldnotes.label.LabelFiles.Origin;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFilesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> NAMES =
      List.of(
          "music",
          "dialogue",
          "both",
          "unknown",
          "Music",
          "<script>alert(1)</script>",
          "日本語",
          "a, \"b\"; c",
          "=1+2",
          "é",
          "e\u0301",
          "100%",
          "#tag",
          "a/b",
          "..",
          "null",
          "true",
          "1",
          "\uD83C\uDFB5",
          "a\\b",
          "'quoted'",
          "{}",
          "x".repeat(300));

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    return Files.writeString(folder.resolve(name), text);
  }

  private static Label heard(Segment clip, String name) {
    return Label.byEar(clip, name, "ann", NOON);
  }

  /** Sounds with odd names, which exist, of two seconds each. */
  private List<String> sounds() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name :
        List.of(
            "a.wav",
            "sub/a.wav",
            "ü.wav",
            "#1.wav",
            "b c.wav",
            "d,e;f.wav",
            "100%25.wav",
            "x.y.wav")) {
      names.add(name);
      Path file = folder.resolve("sounds").resolve(name);
      Files.createDirectories(file.getParent());
      AudioFiles.writeWav(Clip.of("c", new float[16_000], 8_000), file);
    }
    return names;
  }

  private static LabelSet random(List<String> files, long seed, boolean parts, boolean ends) {
    Random random = new Random(seed);
    List<Label> labels = new ArrayList<>();
    List<Segment> taken = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String file = files.get(random.nextInt(files.size()));
      double start = random.nextBoolean() ? random.nextInt(5) : random.nextDouble() * 1e3;
      double end =
          ends && random.nextInt(4) == 0 ? Double.NaN : start + 0.001 + random.nextDouble();
      Segment clip =
          parts && random.nextBoolean() ? new Segment(file, start, end) : Segment.of(file);
      if (taken.contains(clip)) {
        continue;
      }
      taken.add(clip);
      String name = NAMES.get(random.nextInt(NAMES.size()));
      Instant when = NOON.plusNanos(random.nextLong(1_000_000_000_000_000L));
      String who = random.nextBoolean() ? "ann" : random.nextBoolean() ? "" : "bob, \"the\" ear\n";
      labels.add(
          switch (random.nextInt(3)) {
            case 0 -> new Label(clip, name, How.EAR, random.nextInt(2), 0, 0, who, when);
            case 1 -> Label.byCluster(clip, name, 2, 2 + random.nextInt(5), who, when);
            default -> Label.byModel(clip, name, random.nextDouble(), "forest of 100", when);
          });
    }
    return LabelSet.of(labels);
  }

  private static LabelSet each(LabelSet labels, UnaryOperator<Label> change) {
    return LabelSet.of(labels.labels().stream().map(change).toList());
  }

  private LabelSet round(LabelSet labels, Form form, Path target) {
    LabelFiles.write(labels, form, target, folder.resolve("sounds"));
    return LabelFiles.read(target, folder.resolve("sounds"), Origin.of("ann", NOON));
  }

  @Test
  @DisplayName("a table holds everything")
  void csvHoldsEverything() {
    List<String> files =
        List.of(
            "a.wav",
            " lead.wav",
            "trail.wav ",
            "a\\b.wav",
            "e\u0301.wav",
            "=x.wav",
            "\"q\".wav",
            "x\ny.wav",
            "./z.wav",
            "#c.wav",
            "no sound");
    for (int seed = 0; seed < 200; seed++) {
      LabelSet labels = random(files, seed, true, true);
      assertThat(round(labels, Form.CSV, folder.resolve("l.csv"))).as("%d", seed).isEqualTo(labels);
    }
  }

  @Test
  @DisplayName("a JSON of files holds whole files and their classes")
  void flatHoldsFiles() {
    List<String> files = List.of("a.wav", " lead.wav", "a\\b.wav", "x\ny.wav", "", "</script>.wav");
    for (int seed = 0; seed < 50; seed++) {
      LabelSet labels =
          random(files.stream().filter(f -> !f.isEmpty()).toList(), seed, false, false);
      assertThat(round(labels, Form.FLAT, folder.resolve("l.json")))
          .isEqualTo(each(labels, label -> heard(label.clip(), label.name())));
    }
  }

  @Test
  @DisplayName("Label Studio's JSON holds all but by which cluster")
  void labelStudioHoldsNearlyAll() {
    List<String> files = List.of("a.wav", "sub/b.wav", "ü &?#.wav", "x\ny.wav", "100%41.wav");
    for (int seed = 0; seed < 200; seed++) {
      LabelSet labels = random(files, seed, true, false);
      LabelSet read = round(labels, Form.LABEL_STUDIO, folder.resolve("l.json"));
      assertThat(read)
          .isEqualTo(
              each(
                  labels,
                  l ->
                      l.how() == How.CLUSTER
                          ? Label.byModel(l.clip(), l.name(), l.sure(), l.who(), l.when())
                          : l));
    }
  }

  @Test
  @DisplayName("label tracks hold clips and classes; whole files by their length")
  void audacityHoldsClips() throws IOException {
    List<String> files = sounds();
    for (int seed = 0; seed < 30; seed++) {
      LabelSet labels = random(files, seed, true, false);
      Path tracks = folder.resolve("tracks" + seed);
      assertThat(round(labels, Form.AUDACITY, tracks))
          .isEqualTo(each(labels, label -> heard(label.clip(), label.name())));
    }
  }

  @Test
  @DisplayName("playlists hold clips and classes")
  void playlistsHoldClips() throws IOException {
    List<String> files = sounds();
    for (int seed = 0; seed < 30; seed++) {
      LabelSet labels = random(files, seed, true, true);
      Path lists = folder.resolve("lists" + seed);
      assertThat(round(labels, Form.PLAYLISTS, lists))
          .isEqualTo(each(labels, label -> heard(label.clip(), label.name())));
    }
  }

  @Test
  @DisplayName("each form, as another program would see it")
  void handWorked() throws IOException {
    sounds();
    LabelSet labels =
        LabelSet.of(
            List.of(
                heard(Segment.of("a.wav"), "music"),
                Label.byModel(new Segment("ü.wav", 0.5, 1.25), "both", 0.75, "forest", NOON)));
    Path csv = folder.resolve("l.csv");
    LabelFiles.write(labels, Form.CSV, csv, folder);
    assertThat(csv)
        .hasContent(
            """
            file,start_s,end_s,label,how,sure,agreeing,heard,who,when
            a.wav,,,music,ear,1.0,0,0,ann,2026-03-01T12:00:00Z
            ü.wav,0.5,1.25,both,model,0.75,0,0,forest,2026-03-01T12:00:00Z
            """);
    Path tracks = folder.resolve("tracks");
    assertThat(LabelFiles.write(labels, Form.AUDACITY, tracks, folder.resolve("sounds")))
        .extracting(f -> f.getFileName().toString())
        .containsExactly("a.wav.txt", "ü.wav.txt");
    assertThat(tracks.resolve("a.wav.txt")).hasContent("0.000000\t2.000000\tmusic\n");
    assertThat(tracks.resolve("ü.wav.txt")).hasContent("0.500000\t1.250000\tboth\n");
    Path flat = folder.resolve("f.json");
    LabelFiles.write(labels.only(l -> l.clip().isWhole()), Form.FLAT, flat, folder);
    assertThat(flat).hasContent("{\n  \"a.wav\" : \"music\"\n}\n");
    Path studio = folder.resolve("s.json");
    LabelFiles.write(labels, Form.LABEL_STUDIO, studio, folder);
    assertThat(Files.readString(studio).replaceAll("\\s", ""))
        .isEqualTo(
            "[{\"data\":{\"audio\":\"/data/local-files/?d=a.wav\"},\"annotations\":[{\"who\":\"ann\","
                + "\"created_at\":\"2026-03-01T12:00:00Z\",\"was_cancelled\":false,\"result\":[{"
                + "\"id\":\"r1\",\"from_name\":\"class\",\"to_name\":\"audio\",\"type\":\"choices\","
                + "\"value\":{\"choices\":[\"music\"]}}]}],\"predictions\":[]},"
                + "{\"data\":{\"audio\":\"/data/local-files/?d=%C3%BC.wav\"},\"annotations\":[],"
                + "\"predictions\":[{\"model_version\":\"forest\",\"created_at\":"
                + "\"2026-03-01T12:00:00Z\",\"score\":0.75,\"result\":[{\"id\":\"r1\",\"from_name\":"
                + "\"label\",\"to_name\":\"audio\",\"type\":\"labels\",\"value\":{\"start\":0.5,"
                + "\"end\":1.25,\"channel\":0,\"labels\":[\"both\"]},\"score\":0.75}]}]}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path,label|a.wav,music|b.wav,|",
        "Filename;start_s;duration_s;Class|a.wav;0,5;1;music|",
        "file\tstart_s\tend_s\tcategory|a.wav\t0.5\t1.5\tmusic|",
        "a.wav,music|",
        "file,label,how,who|a.wav,music,ear,bob|",
        "# by hand, once|path,label|.\\a.wav,music|a.wav,music|"
      })
  @DisplayName("other tables: their separators, names of columns and decimal marks")
  void otherTables(String text) throws IOException {
    try (Warned _ = new Warned()) {
      LabelSet read = LabelFiles.read(file("l.csv", text.replace('|', '\n')));
      assertThat(read.labels()).hasSize(1);
      Label label = read.labels().getFirst();
      assertThat(label.name()).isEqualTo("music");
      assertThat(label.clip().file()).isEqualTo("a.wav");
      assertThat(label.how()).isEqualTo(How.EAR);
      assertThat(label.clip())
          .isEqualTo(
              text.contains("start_s") ? new Segment("a.wav", 0.5, 1.5) : Segment.of("a.wav"));
      assertThat(label.who()).isEqualTo(text.contains("bob") ? "bob" : "");
      assertThat(label.when()).isEqualTo(Instant.EPOCH);
    }
  }

  @Test
  @DisplayName("a track of Audacity: frequencies, points, a comma for a point, a name without .wav")
  void audacity() throws IOException {
    sounds();
    Path track =
        Files.writeString(
            folder.resolve("sounds/a.txt"),
            """
            0.000000\t2.000000\tmusic
            \\\t-1.000000\t6334.588867
            0,250000\t0,500000\tboth\tmore
            \\\t1484.669312\t2969.338523

            1.000000\t1.000000\ta point
            1.000000\t1.500000\t
            """);
    try (Warned warned = new Warned()) {
      LabelSet read = LabelFiles.read(track);
      assertThat(read.labels())
          .containsExactly(
              new Label(Segment.of("a.wav"), "music", How.EAR, 1, 0, 0, "", Instant.EPOCH),
              new Label(
                  new Segment("a.wav", 0.25, 0.5), "both", How.EAR, 1, 0, 0, "", Instant.EPOCH));
      assertThat(warned.lines())
          .containsExactly(
              track + ": labels points in time are left out, of parts only: 1, first in line 6",
              track + ": labels without text are left out, of parts only: 1, first in line 7");
    }
  }

  @Test
  @DisplayName("other texts in a folder of tracks are left out with a warning")
  void otherTexts() throws IOException {
    file("tracks/a.wav.txt", "1.5\t2\tx\n");
    file("tracks/b.wav.txt", "");
    Path notes = file("tracks/README.txt", "How these were made\n");
    try (Warned warned = new Warned()) {
      assertThat(LabelFiles.read(folder.resolve("tracks"))).hasToString("1 label: x 1");
      assertThat(warned.lines())
          .containsExactly(notes + ": left out, as its first line is no start, end and label");
    }
    assertThatThrownBy(() -> LabelFiles.read(notes))
        .hasMessageStartingWith(notes + ": which sound file is it about? ");
  }

  /** After the example in "Label Studio Task Format" of the guide, with audio. */
  private static final String STUDIO =
      """
      [
        {"id": 1, "data": {"audio": "/data/upload/3/0a1b2c3d-take%20one.wav", "text": "x.wav"},
         "annotations": [
           {"id": 1001, "completed_by": 10, "was_cancelled": false, "lead_time": 4.2,
            "created_at": "2021-03-09T22:16:08.728353Z",
            "updated_at": "2021-03-09T23:16:08.728378+01:00",
            "result": [
              {"from_name": "c", "to_name": "audio", "type": "choices",
               "value": {"choices": ["Music"]}},
              {"from_name": "l", "to_name": "audio", "type": "labels", "original_length": 98.6,
               "value": {"start": 3.1, "end": 8.2, "channel": 0, "labels": ["Speech"]}},
              {"from_name": "t", "to_name": "audio", "type": "textarea",
               "value": {"start": 3.1, "end": 8.2, "text": ["hello"]}}]},
           {"id": 1002, "completed_by": {"id": 11, "email": "bob@example.com"},
            "was_cancelled": true,
            "result": [{"type": "choices", "value": {"choices": ["Noise"]}}]}],
         "predictions": [
           {"model_version": "v1", "score": 0.5,
            "result": [
              {"type": "choices", "value": {"choices": ["Noise"]}},
              {"type": "labels", "score": 0.9,
               "value": {"start": 20, "end": 30, "labels": ["Noise"]}}]}]},
        {"id": 2, "data": {"url": "https://example.com/sound/b.wav?x=1"},
         "annotations": [{"result": []}], "predictions": [7]}
      ]
      """;

  @Test
  @DisplayName("completed annotations of Label Studio, and predictions of what nobody annotated")
  void labelStudio() throws IOException {
    LabelSet read = LabelFiles.read(file("l.json", STUDIO));
    Instant when = Instant.parse("2021-03-09T22:16:08.728378Z");
    assertThat(read.labels())
        .containsExactly(
            Label.byEar(Segment.of("take one.wav"), "Music", "annotator 10", when),
            Label.byEar(new Segment("take one.wav", 3.1, 8.2), "Speech", "annotator 10", when),
            Label.byModel(new Segment("take one.wav", 20, 30), "Noise", 0.9, "v1", Instant.EPOCH));
    Path other =
        file("l.json", STUDIO.replace("\"was_cancelled\": true", "\"was_cancelled\": false"));
    assertThatThrownBy(() -> LabelFiles.read(other))
        .hasMessage(
            "%s, line 2, task 1, annotations: 'take one.wav' has the label 'Noise', but 'Music' in"
                + " %s, line 2, task 1, annotations; keep one of them, or read each listener by"
                + " itself",
            other, other);
    SortedMap<String, LabelSet> each =
        LabelFiles.readByListener(other, folder, Origin.unknown(), ListOptions.of());
    assertThat(each).containsOnlyKeys("annotator 10", "bob@example.com", "v1");
    assertThat(each.get("bob@example.com").counts()).containsExactly(Map.entry("Noise", 1));
  }

  @Test
  @DisplayName("null where Label Studio knows nothing, and kinds that are no classes")
  void nullsOfLabelStudio() throws IOException {
    Path json =
        file(
            "l.json",
            """
            [{"data": {"audio": "a.wav", "x": null},
              "annotations": [{"completed_by": null, "updated_at": null, "created_at": null,
                "was_cancelled": null, "result": [
                  {"type": "labels", "score": null, "value": {"start": 1, "end": 2, "labels": ["x"]}},
                  {"type": "labels", "value": {"start": 5, "end": 6, "labels": []}},
                  {"type": "rating", "value": {"rating": 3}},
                  {"id": "relation"}, null]}, null],
              "predictions": [{"model_version": null, "score": null, "created_at": null, "result": [
                {"type": "choices", "value": {"choices": ["y"]}}]}]},
             {"data": {"audio": "b.wav"}, "annotations": [{"result": null}], "predictions": null}]
            """);
    assertThat(LabelFiles.read(json).labels())
        .containsExactly(
            Label.byModel(Segment.of("a.wav"), "y", 1, "", Instant.EPOCH),
            Label.byEar(new Segment("a.wav", 1, 2), "x", "", Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "/data/local-files/?d=sub/%C3%BC%20x.wav ! sub/ü x.wav",
        "http://localhost:8080/data/local-files/?d=a.wav&x=1 ! a.wav",
        "/data/upload/3/0a1b2c3d-a.wav ! a.wav",
        "/data/upload/a.wav ! a.wav",
        "s3://bucket/sub/a.wav ! sub/a.wav",
        "sub/100%.wav ! sub/100%.wav"
      })
  void namesOfLabelStudio(String address, String name) throws IOException {
    Path json =
        file(
            "l.json",
            "[{\"data\":{\"audio\":\"%s\"},\"annotations\":[{\"result\":[{\"type\":\"choices\",\"value\":{\"choices\":[\"x\"]}}]}]}]"
                .formatted(address.strip()));
    assertThat(LabelFiles.read(json).labels().getFirst().clip()).isEqualTo(Segment.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
  @DisplayName("any encoding, with a byte-order mark where there is one")
  void encodings(String encoding) throws IOException {
    sounds();
    String mark = encoding.startsWith("UTF") ? "\uFEFF" : "";
    try (Warned _ = new Warned()) {
      for (String[] one :
          new String[][] {
            {"l.csv", "path,label\nü.wav,müsic\n"},
            {"l.json", "{\"ü.wav\":\n\"müsic\"}\n"},
            {"ü.wav.txt", "0.000000\t2.000000\tmüsic\n"},
            {"müsic.m3u", "#EXTM3U\nü.wav\n"}
          }) {
        Path file = folder.resolve("sounds").resolve(one[0]);
        Files.write(file, (mark + one[1]).getBytes(Charset.forName(encoding)));
        LabelSet read = LabelFiles.read(file);
        assertThat(read.labels()).as(one[0]).hasSize(1);
        assertThat(read.labels().getFirst().clip()).as(one[0]).isEqualTo(Segment.of("ü.wav"));
        assertThat(read.labels().getFirst().name()).isEqualTo("müsic");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "l.csv ! file,start_s,end_s,label|a.wav,NaN,5,x| ! , line 2: start_s='NaN': must be a number, for example 12.5",
        "l.csv ! file,start_s,end_s,label|a.wav,0,1e999,x| ! , line 2: end_s='1e999': must be a number, for example 12.5",
        "l.csv ! file,start_s,end_s,label|a.wav,5,5,x| ! , line 2: end_s=5.0: must be above start_s=5.0 and below 1e9",
        "l.csv ! file,start_s,label|a.wav,-1,x| ! , line 2: start_s=-1.0: must be a number of seconds from 0 and below 1e9",
        "l.csv ! file,start_s,duration_s,label|a.wav,1,0,x| ! , line 2: start_s + duration_s=1.0: must be above start_s=1.0 and below 1e9",
        "l.csv ! file,label,how|a.wav,x,ear|b.wav,y,smell| ! , line 3: how='smell': must be ear, cluster or model",
        "l.csv ! file,label,when|a.wav,x,yesterday| ! , line 2: when='yesterday': must be a time such as 2026-03-01T12:00:00Z",
        "l.csv ! file,label,sure|a.wav,x,2| ! , line 2: a.wav: sure=2.0: must be from 0 to 1",
        "l.csv ! file,label,heard|a.wav,x,1.5| ! , line 2: heard=1.5: must be a whole number from 0",
        "l.csv ! file,label|a.wav,x|b.wav,y|a.wav,z| ! , line 4: 'a.wav' has the label 'z', but 'x' in DIR/l.csv, line 2; keep one of them, or read each listener by itself",
        "l.csv ! file,other|a.wav,x| ! : has no column of classes: name one of [label, class, category, target], next to the files",
        "l.csv ! file,start_s,end_s,label,how,sure,agreeing,heard,who,when|a.wav,,,x| ! , line 2: has 4 cells, the header has 10",
        "l.json ! {|\"a.wav\": 3} ! , line 2: \"a.wav\" has 3: must be a class as text, for example \"music\"",
        "l.json ! {|\"a.wav\": \"x\",|\"a.wav\": \"x\"} ! , line 3 is not valid JSON: Duplicate Object property \"a.wav\"",
        "l.json ! {\"a.wav\": \"\"} ! , line 1: a.wav: the class is empty; a label needs a name",
        "l.json ! {\"a.wav\": NaN} ! , line 1 is not valid JSON: Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
        "l.json ! 3 ! : must be an object of files with a class each, such as {\"a.wav\": \"music\"}, or an array of Label Studio's tasks",
        "l.json ! {\"a.wav\": \"x\"}| {} ! , line 2: text after the end of the JSON; a file holds one object or array",
        "l.json ! [|{\"audio\":\"a.wav\",\"choice\":\"x\"}] ! , line 2, task 1: has neither 'annotations' nor 'predictions': export from Label Studio as JSON, not as JSON-MIN",
        "l.json ! [{\"data\":{\"image\":\"a.png\"},\"annotations\":[]}] ! , line 1, task 1: 'data' names no sound file; it needs one, for example \"audio\": \"a.wav\"",
        "l.json ! [7] ! , line 1, task 1: must be an object with 'data' and 'annotations'",
        "t.wav.txt ! 0.5|1 x ! , line 1: '0.5': must be start, end and label, with tabs between",
        "t.wav.txt ! a\t1\tx ! , line 1: start='a': must be a number, for example 12.5",
        "t.wav.txt ! 3\t1\tx ! , line 1: end=1.0: must be above start=3.0 and below 1e9",
        "t.txt ! 1\t2\tx ! : which sound file is it about? there is no t.wav or the like in DIR; name the track after the file, for example t.wav.txt",
        "l.doc ! x ! : labels are read from .csv, .json, .txt or .m3u files, or a folder of the last two"
      })
  void badInput(String name, String text, String message) throws IOException {
    Path file = file(name, text.replace('|', '\n'));
    assertThatThrownBy(() -> LabelFiles.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + message.replace("DIR", folder.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "\"start\": \"x\", \"end\": 2 ! start=\"x\": must be a number of seconds",
        "\"start\": 1 ! end=: must be a number of seconds",
        "\"start\": 1e999, \"end\": 2 ! start=\"Infinity\": must be a number of seconds",
        "\"start\": 2, \"end\": 1 ! end=1.0: must be above start=2.0 and below 1e9"
      })
  void badRegions(String times, String message) throws IOException {
    Path file =
        file(
            "l.json",
            ("[{\"data\":{\"audio\":\"a.wav\"},\"annotations\":[{\"result\":[{\"type\":\"labels\",\"value\":{%s,"
                    + " \"labels\":[\"x\"]}}]}]}]")
                .formatted(times.strip()));
    assertThatThrownBy(() -> LabelFiles.read(file))
        .hasMessage(file + ", line 1, task 1, annotations: " + message);
    Path two =
        file(
            "l.json",
            Files.readString(file)
                .replace("[\"x\"]", "[\"x\",\"y\"]")
                .replace(times.strip(), "\"start\":0,\"end\":1"));
    assertThatThrownBy(() -> LabelFiles.read(two))
        .hasMessageEndingWith("has the classes [\"x\",\"y\"]: a clip has one class");
  }

  @Tag("long")
  @Test
  @DisplayName("deep and huge JSON is refused in time, without a stack overflow")
  void hostileJson() throws IOException {
    Path deep = file("deep.json", "[".repeat(1_000_000));
    assertThatThrownBy(() -> LabelFiles.read(deep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(deep + ", line 1 is not valid JSON: ");
    Path inTask = file("t.json", "[{\"data\":" + "{\"a\":".repeat(100_000));
    assertThatThrownBy(() -> LabelFiles.read(inTask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(inTask + ", line 1 is not valid JSON: ");
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 200_000; i++) {
      many.append(i == 0 ? "" : ",\n").append("\"").append(i).append(".wav\":\"c\"");
    }
    long start = System.nanoTime();
    assertThat(LabelFiles.read(file("many.json", many + "}")).size()).isEqualTo(200_000);
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
    for (String cut : List.of("", "{", "{\"a\"", "[{\"data\":", "{\"a.wav\":\"x\"", "\0\0\0")) {
      Path broken = file("cut.json", cut);
      assertThatThrownBy(() -> LabelFiles.read(broken))
          .as(cut)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(broken.toString());
    }
  }

  @Test
  @DisplayName("what a form cannot hold is refused before anything is written")
  void refused() {
    LabelSet part = LabelSet.of(List.of(heard(new Segment("a.wav", 1, 2), "x")));
    assertThatThrownBy(() -> LabelFiles.write(part, Form.FLAT, folder.resolve("f.json"), folder))
        .hasMessage(
            "a.wav at 1.00 to 2.00 s: a part of a file, which a JSON of files cannot hold; write a"
                + " table (.csv) or Label Studio's JSON");
    LabelSet open = LabelSet.of(List.of(heard(new Segment("a.wav", 1, Double.NaN), "x")));
    assertThatThrownBy(
            () -> LabelFiles.write(open, Form.LABEL_STUDIO, folder.resolve("f.json"), folder))
        .hasMessage(
            "a.wav at 1.00 to the end: a region of Label Studio needs its end; give the segment one");
    assertThatThrownBy(() -> LabelFiles.write(open, Form.AUDACITY, folder.resolve("t"), folder))
        .hasMessage(
            "a.wav at 1.00 to the end: a label track needs the length of the file, but there is no"
                + " %s",
            folder.resolve("a.wav"));
    LabelSet odd = LabelSet.of(List.of(heard(Segment.of("a.wav"), "x\ty")));
    assertThatThrownBy(() -> LabelFiles.write(odd, Form.AUDACITY, folder.resolve("t"), folder))
        .hasMessage(
            "a.wav: the class 'x\\ty' has a tab or line feed, which a label track cannot hold");
    assertThatThrownBy(() -> LabelFiles.write(odd, Form.PLAYLISTS, folder.resolve("t"), folder))
        .hasMessage(
            "the class 'x\\ty' has blanks around it or a control character, which a playlist cannot"
                + " hold; rename it");
    assertThatThrownBy(() -> LabelFiles.write(part, Form.CSV, folder.resolve("f.txt"), folder))
        .hasMessage(
            folder.resolve("f.txt") + ": the name must end in .csv, by which it is read again");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.wav", "sub/../../a.wav", "/etc/a.wav"})
  @DisplayName("no track is written outside of its folder")
  void traversal(String name) {
    assumeTrue(File.separatorChar == '/');
    LabelSet labels = LabelSet.of(List.of(heard(new Segment(name, 1, 2), "x")));
    assertThatThrownBy(
            () -> LabelFiles.write(labels, Form.AUDACITY, folder.resolve("in/tracks"), folder))
        .hasMessageContaining("lies outside of the folder of the sounds");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  @DisplayName("no file is half written")
  void wholeFiles(Form form) throws IOException {
    sounds();
    LabelSet labels = LabelSet.of(List.of(heard(Segment.of("a.wav"), "x")));
    Path target =
        folder.resolve(
            switch (form) {
              case CSV -> "l.csv";
              case FLAT, LABEL_STUDIO -> "l.json";
              default -> "lists";
            });
    try (Faults _ = Faults.at(1)) {
      assertThatThrownBy(() -> LabelFiles.write(labels, form, target, folder.resolve("sounds")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("cannot write the ");
    }
    assertThat(target)
        .satisfiesAnyOf(t -> assertThat(t).doesNotExist(), t -> assertThat(t).isEmptyDirectory());
    assertThat(form.word()).isEqualTo(form.word().toLowerCase(Locale.ROOT)).doesNotContain("_");
  }

  @Test
  @DisplayName("the labels file of the page is read like the others")
  void labelsFile() {
    Path file = folder.resolve("labels.json");
    try (LabelStore store = LabelStore.open(file, "ann")) {
      assertThat(LabelFiles.read(file)).isEqualTo(LabelSet.empty());
      store.add(Segment.of("a.wav"), "music");
      store.add(new Segment("a.wav", 1, 2), "both");
      assertThat(LabelFiles.read(file)).isEqualTo(store.labels());
      assertThat(LabelFiles.readByListener(file, folder, Origin.unknown(), ListOptions.of()))
          .containsOnlyKeys("ann");
    }
    assertThat(LabelFiles.read(file)).hasToString("2 labels: both 1, music 1");
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"CSV", "LABEL_STUDIO"})
  @DisplayName("an unknown time is left out, and read back as unknown")
  void unknownTime(Form form) throws IOException {
    Label label = Origin.unknown().label(Segment.of("a.wav"), "music");
    Path target = folder.resolve(form == Form.CSV ? "l.csv" : "l.json");
    LabelFiles.write(LabelSet.of(List.of(label)), form, target, folder);
    assertThat(Files.readString(target)).doesNotContain("1970").doesNotContain("created_at");
    assertThat(LabelFiles.read(target).labels()).containsExactly(label);
  }

  @Test
  @DisplayName("a table is read in the form that is given")
  void givenForm() throws IOException {
    Path table = file("l.csv", "file!label\na,1.wav!music\n");
    ListOptions form = ListOptions.of().withSeparator('!');
    assertThat(LabelFiles.read(table, folder, Origin.unknown(), form).labels())
        .containsExactly(Origin.unknown().label(Segment.of("a,1.wav"), "music"));
  }

  @Test
  @DisplayName("what is empty is called empty; a label track of an unreadable file is refused")
  void empty() throws IOException {
    Path json = file("l.json", "\n");
    assertThatThrownBy(() -> LabelFiles.read(json))
        .hasMessageStartingWith(json + " is empty: labels in JSON are an object such as ");
    file("e.wav", "");
    LabelSet labels = LabelSet.of(List.of(heard(Segment.of("e.wav"), "x")));
    assertThatThrownBy(
            () -> LabelFiles.write(labels, Form.AUDACITY, folder.resolve("tracks"), folder))
        .hasMessageStartingWith(
            "e.wav: a label track needs the length of the file, which cannot be")
        .hasMessageEndingWith("; write the other labels only, or a table (.csv)");
  }

  @Test
  void mixedFolders() throws IOException {
    assertThatThrownBy(() -> LabelFiles.read(folder))
        .hasMessage(
            "%s: has no .txt and no .m3u file; give a folder of label tracks or one of playlists",
            folder);
    file("a.txt", "");
    file("a.m3u", "");
    assertThatThrownBy(() -> LabelFiles.read(folder))
        .hasMessage(
            "%s: has both .txt and .m3u files; give a folder of label tracks or one of playlists",
            folder);
    assertThatThrownBy(() -> LabelFiles.read(folder.resolve("no.csv")))
        .hasMessage(folder.resolve("no.csv") + ": there is no such file or folder");
    Path page = file("page.csv", "<!DOCTYPE html><html>not found</html>");
    assertThatThrownBy(() -> LabelFiles.read(page))
        .hasMessage(page + " is a web page, not labels; get the file itself");
  }

  @Test
  @DisplayName("playlists: the class is the title or the name; missing files are told")
  void playlists() throws IOException {
    sounds();
    Path lists = Files.createDirectory(folder.resolve("lists"));
    Files.writeString(lists.resolve("00_refined_music_playlist.m3u"), "../sounds/a.wav\nno.wav\n");
    Files.writeString(lists.resolve("both.m3u8"), "../sounds/%C3%BC.wav\n../sounds/%C3%BC.wav\n");
    try (Warned warned = new Warned()) {
      LabelSet read = LabelFiles.read(lists, folder.resolve("sounds"), Origin.unknown());
      assertThat(read).hasToString("2 labels: both 1, music 1");
      assertThat(warned.lines())
          .containsExactly(
              lists.resolve("00_refined_music_playlist.m3u")
                  + ", line 2: no.wav: there is no such file");
      Files.writeString(lists.resolve("z.m3u"), "../sounds/a.wav\n");
      assertThatThrownBy(() -> LabelFiles.read(lists, folder.resolve("sounds"), Origin.unknown()))
          .hasMessageContaining("'a.wav' has the label 'z', but 'music' in");
    }
  }
}
