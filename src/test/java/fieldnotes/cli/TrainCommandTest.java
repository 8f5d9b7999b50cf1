package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Augmentation;
import fieldnotes.audio.Clip;
import fieldnotes.detect.CardedModel;
import fieldnotes.detect.SoundModel;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Csv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./workbench train} and {@code ./workbench classify}. */
class TrainCommandTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path sounds;
  private static Path model;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command; returns its exit code, and keeps what it printed. */
  private int run(Object... words) {
    CommandLine line = Main.commandLine();
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
  }

  private String train(int code, Object... words) {
    Object[] all =
        Stream.concat(Stream.of("train", "--learner", "bayes"), Arrays.stream(words)).toArray();
    assertThat(run(all)).as(out.toString() + err).isEqualTo(code);
    return out.toString() + err;
  }

  private List<JsonNode> classify(Object... words) {
    Object[] all = Stream.concat(Stream.of("classify"), Arrays.stream(words)).toArray();
    assertThat(run(all)).as(err.toString()).isZero();
    return out.toString().lines().map(JsonMapper.builder().build()::readTree).toList();
  }

  private static void sound(Path file, double hz, double seconds, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    double own = hz * (1 + random.nextDouble() / 5);
    float[] samples = new float[(int) (seconds * 22_050)];
    for (int i = 0; i < samples.length; i++) {
      double tone = hz == 0 ? 0 : 0.3 * Math.sin(6.283 * own * i / 22_050);
      samples[i] = (float) (tone + (random.nextDouble() - 0.5) / (hz == 0 ? 4 : 100));
    }
    Files.createDirectories(file.getParent());
    AudioFiles.writeWav(Clip.of("sound", samples, 22_050), file);
  }

  @BeforeAll
  static void make() throws IOException {
    sounds = shared.resolve("sounds");
    for (int i = 0; i < 5; i++) {
      sound(sounds.resolve("low/" + i + ".wav"), 200, 1.2, i);
      sound(sounds.resolve("high/" + i + ".wav"), 3_000, 1.2, 10 + i);
      sound(sounds.resolve("hiss/" + i + ".wav"), 0, 1.2, 20 + i);
    }
    model = shared.resolve("tones.model");
    TrainCommandTest test = new TrainCommandTest();
    String printed =
        test.train(
            0,
            sounds,
            "--out",
            model,
            "--card",
            shared.resolve("card.md"),
            "--window",
            "0.5",
            "--augment",
            "noise snr=20..30",
            "--augment",
            "gain; shift");
    assertThat(printed)
        .contains(" held back:", "precision", "# Model of sounds", "## Limits")
        .contains(
            "balanced accuracy | 1.000 |",
            "noise snr=20..30 colour=white, and by gain db=-6..6; shift")
        .contains("card -> " + shared.resolve("card.md"), " -> " + model);
  }

  @Test
  void whatIsTrained() throws IOException {
    SoundModel made = SoundModel.load(model);
    assertThat(made.classes()).containsExactly("high", "hiss", "low");
    assertThat(made.windowSeconds()).isEqualTo(0.5);
    assertThat(Files.readString(shared.resolve("card.md"))).isEqualTo(made.card().markdown());
  }

  @Test
  @DisplayName("a JSON object a window: file, start, end, label, probability, all probabilities")
  void classifies() {
    List<JsonNode> said = classify(sounds.resolve("high/3.wav"), "--model", model);
    assertThat(said).hasSize(2);
    JsonNode first = said.getFirst();
    assertThat(first.get("file").asString()).isEqualTo(sounds.resolve("high/3.wav").toString());
    assertThat(first.get("start").asDouble()).isEqualTo(0.2);
    assertThat(first.get("end").asDouble()).isEqualTo(0.7);
    assertThat(first.get("label").asString()).isEqualTo("high");
    assertThat(first.get("probability").asDouble()).isGreaterThan(0.9);
    assertThat(first.get("knownness").asDouble()).isEqualTo(first.get("probability").asDouble());
    assertThat(first.get("probabilities").propertyNames()).containsExactly("high", "hiss", "low");
    assertThat(said.getLast().get("end").asDouble()).isEqualTo(1.2);
    assertThat(classify(sounds, "--model", model)).hasSize(15 * 2);
  }

  @Test
  @DisplayName("--whole is one answer a file, --threshold rejects, --table is for people")
  void options() {
    List<JsonNode> whole = classify(sounds.resolve("low"), "--model", model, "--whole");
    assertThat(whole).hasSize(5);
    assertThat(whole).allMatch(n -> n.get("label").asString().equals("low"));
    assertThat(whole.getFirst().get("start").asDouble()).isEqualTo(0.2);
    assertThat(whole.getFirst().get("end").asDouble()).isEqualTo(1.2);
    assertThat(classify(sounds.resolve("low"), "--model", model, "--threshold", "1.1"))
        .allMatch(n -> n.get("label").asString().equals("Unknown"));
    assertThat(run("classify", sounds.resolve("low/0.wav"), "--model", model, "--table")).isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(3)
        .first()
        .asString()
        .matches("file +start +end  label +probability knownness");
    assertThat(out.toString()).contains("    0.20     0.70  low ");
  }

  @Test
  @DisplayName("a file that cannot be read is listed with its reason, the others are classified")
  void badFiles() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.wav"), "no sound");
    Path list =
        Files.writeString(
            folder.resolve("list.m3u"),
            "bad.wav\nmissing.wav\n" + sounds.resolve("low/0.wav") + "\n");
    assertThat(classify(list, "--model", model)).hasSize(2);
    assertThat(err.toString())
        .contains("failed: ", "bad.wav: ")
        .contains("list.m3u, line 2: missing.wav: there is no such file");
    assertThat(run("classify", bad, "--model", model)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(run("classify", folder.resolve("no.wav"), "--model", model)).isEqualTo(1);
    assertThat(err.toString()).contains("there is no " + folder.resolve("no.wav"));
  }

  @Tag("long")
  @Test
  @DisplayName("whole sounds: trained, said by the card, and each file named once")
  void wholeSounds() throws IOException {
    Path whole = folder.resolve("whole.model");
    assertThat(run("train", sounds, "--whole-sounds", "--out", whole)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("72 rows to learn from, 12 to choose the threshold on, 12 held back:")
        .contains("SEGMENT of whole sounds", "each sound over 4 noises at -2 to 24 dB")
        .contains("36 rows of no class", "learner | classification forest of 200 trees")
        .contains("share of rows of no class that are Unknown")
        .doesNotContain("| Unknown | ");
    SoundModel made = SoundModel.load(whole);
    assertThat(made.whole()).isTrue();
    assertThat(made.classes()).containsExactly("high", "hiss", "low");
    List<JsonNode> said = classify(sounds, "--model", whole, "--threshold", "0");
    assertThat(said).hasSize(15);
    assertThat(said.getFirst().get("end").asDouble()).isBetween(1.1, 1.21);
    assertThat(said)
        .filteredOn(n -> n.get("file").asString().contains(n.get("label").asString()))
        .as(said.toString())
        .hasSizeGreaterThanOrEqualTo(13);
    assertThat(run("train", sounds, "--whole-sounds", "--window", "1", "--out", whole))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--window, --set and --augment are of windows");
  }

  @Tag("long")
  @Test
  @DisplayName("a table of features gives a model of rows, which names rows")
  void tables() throws IOException {
    Path table = folder.resolve("t.csv");
    assertThat(run("features", sounds, "--chunk", "1", "--no-cache", "--out", table)).isZero();
    Path rows = folder.resolve("rows.model");
    var read = Csv.read(table);
    read.addColumns(read.stringColumn("file").replaceAll("/.*", "").setName("kind"));
    Csv.write(read, table);
    assertThat(train(0, table, "--labels", "kind", "--out", rows)).contains("columns of a table");
    assertThat(ModelFile.load(rows)).isInstanceOf(CardedModel.class);
    List<JsonNode> said = classify(table, "--model", rows);
    assertThat(said).hasSize(15);
    assertThat(said.getFirst().get("row").asInt()).isZero();
    assertThat(said.stream().map(n -> n.get("label").asString()).distinct())
        .contains("high", "hiss", "low");
    assertThat(classify(table, "--model", model)).as("by a model of sounds, too").hasSize(15);
    assertThat(run("classify", sounds, "--model", rows)).isEqualTo(1);
    assertThat(err.toString())
        .contains("workbench classify: " + sounds + ": is no table, and " + rows)
        .contains("is a model of rows with the columns [mfcc_01_mean, ");
    assertThat(train(2, table, "--augment", "rattle", "--out", rows))
        .contains("no step is called 'rattle'");
    for (String option :
        List.of("--augment gain", "--window 1", "--rate 22050", "--set LIBRARY", "--no-cache")) {
      Object[] words =
          Stream.concat(
                  Stream.of(table, "--labels", "kind", "--out", rows), Stream.of(option.split(" ")))
              .toArray();
      assertThat(train(2, words))
          .contains(option.split(" ")[0] + " is for sound files, and " + table + " is a table");
    }
  }

  @Tag("long")
  @Test
  @DisplayName("labels of another file, and only some classes of it")
  void labels() throws IOException {
    Path labels = folder.resolve("labels.csv");
    StringBuilder lines = new StringBuilder("path,label\n");
    for (int i = 0; i < 5; i++) {
      lines.append(sounds.resolve("low/" + i + ".wav")).append(",tone\n");
      lines.append(sounds.resolve("hiss/" + i + ".wav")).append(",noise\n");
      lines.append(sounds.resolve("high/" + i + ".wav")).append(",other\n");
    }
    Files.writeString(labels, lines);
    Path made = folder.resolve("two.model");
    train(0, sounds, "--labels", labels, "--classes", "tone,noise", "--out", made);
    assertThat(SoundModel.load(made).classes()).containsExactly("noise", "tone");
    assertThat(train(2, sounds, "--labels", labels, "--classes", "tone,nose", "--out", made))
        .contains("--classes: no row has the class 'nose'; there are [noise, other, tone]")
        .contains("did you mean noise?");
  }

  @Tag("long")
  @Test
  void theJournalTakesTheCard() throws IOException {
    String before = System.getProperty("fieldnotes.journal");
    System.setProperty("fieldnotes.journal", folder.resolve("journal").toString());
    try {
      assertThat(train(0, sounds, "--out", folder.resolve("m"), "--journal"))
          .contains("journal: In the journal under Sound: Model of sounds (4 metrics, 0 figures)");
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.journal");
      } else {
        System.setProperty("fieldnotes.journal", before);
      }
    }
    assertThat(Files.readString(folder.resolve("journal/JOURNAL.md")))
        .contains("Model of sounds", "balanced accuracy", "Limits", "Unknown below ");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    Path to = folder.resolve("x.model");
    assertThat(run("train", sounds, "--out", to, "--learner", "forrest")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--learner=forrest: must be one of ensemble, ", "did you mean forest?");
    assertThat(train(2, sounds, "--out", to, "--split", "80/20"))
        .contains("split '80/20': must be");
    assertThat(train(2, sounds, "--out", to, "--unknown-by", "farness")).contains("must be one of");
    assertThat(train(2, sounds, "--out", to, "--false-alarms", "2")).contains("falseAlarms=2.0");
    assertThat(train(2, "", "--out", to)).contains("SOURCE is empty");
    assertThat(train(2, folder.resolve("none"), "--out", to))
        .contains("there is no " + folder.resolve("none") + ": give a folder, ");
    assertThat(train(2, "stduio", "--out", to)).contains("did you mean studio?");
    assertThat(train(1, sounds, "--out", to, "--set", "JOURNAL")).contains("feature set 'JOURNAL'");
    assertThat(train(1, sounds, "--out", to, "--group", "singer")).contains("no groups 'singer'");
    assertThat(train(1, sounds.resolve("low"), "--out", to)).contains("has no row with a class");
    assertThat(train(1, sounds, "--out", to, "--labels", folder.resolve("no.json")))
        .contains("no.json: there is no such file");
    assertThat(to).doesNotExist();
    assertThat(run("classify", sounds, "--model", Files.writeString(to, "x"))).isEqualTo(1);
    assertThat(err.toString()).contains("x.model: is no saved model");
    assertThat(run("classify", sounds, "--model", model, "--threshold", "NaN")).isEqualTo(2);
    assertThat(err.toString()).contains("--threshold=NaN: must be a finite number");
    assertThat(run("classify", sounds, "--model", model, "--json", "--table")).isEqualTo(2);
  }

  @Test
  @DisplayName("help fits 80 columns, footers included")
  void help() {
    for (String command : List.of("train", "classify")) {
      assertThat(run(command, "--help")).isZero();
      assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  @DisplayName("every step that the help of train names can be read, with the values it gives")
  void stepsOfTheHelp() throws IOException {
    assertThat(run("train", "--help")).isZero();
    Path file = sounds.resolve("hiss/0.wav");
    int steps = 0;
    for (String line : out.toString().lines().filter(l -> l.matches("  [a-z]+ .*=.*")).toList()) {
      for (String step : line.strip().split(" *; *")) {
        Augmentation.parse(step.replace("white|pink", "pink").replace("FILE", file.toString()));
        steps++;
      }
    }
    assertThat(steps).isEqualTo(13);
  }

  @Tag("long")
  @Test
  @DisplayName("a line feed in a value never starts a line")
  void lineFeeds() {
    String evil = "a\nworkbench: all is well";
    for (Object[] words :
        new Object[][] {
          {"train", evil, "--out", "x"},
          {"train", sounds, "--out", "x", "--learner", evil},
          {"train", sounds, "--out", "x", "--augment", evil},
          {"train", sounds, "--out", "x", "--split", evil},
          {"train", sounds, "--out", "x", "--classes", evil},
          {"train", sounds, "--out", "x", "--labels", evil},
          {"train", sounds, "--out", "x", "--group", evil},
          {"classify", evil, "--model", model},
          {"classify", sounds, "--model", evil},
        }) {
      assertThat(run(words)).as(Arrays.toString(words)).isNotZero();
      assertThat((out.toString() + err).lines())
          .noneMatch(line -> line.startsWith("workbench: all is"));
    }
  }
}
