package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.detect.ClipKeeper;
import fieldnotes.detect.HeardTones;
import fieldnotes.detect.SoundEvent;
import fieldnotes.detect.SoundStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DetectCommandTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path stream;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void make() throws IOException {
    model = HeardTones.model(folder);
    stream = HeardTones.streamFile(folder.resolve("stream.wav"));
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "detect";
    all[1] = "--model";
    all[2] = model.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  @Test
  @DisplayName("a JSON line per sound; its clip is kept")
  void json() {
    Path kept = folder.resolve("kept");
    assertThat(run(stream.toString(), "--background", "hiss", "--keep", kept.toString())).isZero();
    String[] lines = out.toString().split("\\R");
    assertThat(lines).hasSize(2);
    JsonNode low = JsonMapper.builder().build().readTree(lines[0]);
    assertThat(low.get("source").asString()).isEqualTo(stream.toString());
    assertThat(low.get("label").asString()).isEqualTo("low");
    assertThat(low.get("start").asDouble()).isBetween(3.3, 3.5);
    assertThat(low.get("end").asDouble()).isBetween(5.4, 5.6);
    assertThat(low.get("confidence").asDouble()).isBetween(0.4, 1.0);
    assertThat(low.has("time")).isFalse();
    Path clip = Path.of(low.get("clip").asString());
    assertThat(clip.getFileName().toString()).matches("stream-0\\.00\\.03\\.\\d-low\\.wav");
    assertThat(AudioFiles.read(clip).durationSeconds()).isBetween(2.4, 2.8);
    assertThat(err.toString().strip()).isEqualTo("detect: 16.0 s of sound heard");
  }

  @Test
  @DisplayName("a clip that cannot be kept is told, and the listening goes on")
  void clipIsNotKept() throws IOException {
    Path kept = folder.resolve("full");
    ClipKeeper keeper = new ClipKeeper(kept, 1 << 20, 8_000, text -> {});
    Files.delete(kept);
    Files.writeString(kept, "in the way");
    List<String> log = new ArrayList<>();
    DetectOutput output =
        new DetectOutput(new PrintWriter(out, true), null, keeper, null, 8_000, false, 9, log::add);
    SoundStream.Part part = new SoundStream.Part("a.wav", 0);
    output.begins(part);
    output.samples(new float[8_000], 8_000, Optional.empty());
    output.event(part, new SoundEvent(0.1, 0.5, "dog", 1), 0);
    assertThat(out.toString()).contains("\"label\":\"dog\"").doesNotContain("clip");
    assertThat(output.lost()).isOne();
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).startsWith("a clip is not kept: " + kept);
    assertThat(run(stream.toString(), "--keep", kept.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(kept + ": a file where a folder must be");
  }

  @Test
  @DisplayName("the time of a sound that a stall cuts off is counted from the last samples")
  void timeBeforeAStall() throws InterruptedException {
    DetectOutput output =
        new DetectOutput(new PrintWriter(out, true), null, null, null, 8_000, true, 9, text -> {});
    SoundStream.Part part = new SoundStream.Part("http://a", 100);
    output.begins(part);
    Instant before = Instant.now();
    output.samples(new float[8_000], 8_000, Optional.empty());
    Instant after = Instant.now();
    Thread.sleep(200);
    output.event(part, new SoundEvent(100.25, 100.5, "dog", 1), 0.5);
    JsonNode event = JsonMapper.builder().build().readTree(out.toString());
    assertThat(Instant.parse(event.get("time").asString()))
        .isBetween(before.minusMillis(751), after.minusMillis(750));
  }

  @Tag("long")
  @Test
  @DisplayName("options reach the listener: high thresholds, a long least duration, Unknown hidden")
  void options() {
    assertThat(run(stream.toString(), "--background", "hiss", "--least", "1.8")).isZero();
    assertThat(out.toString()).contains("low").doesNotContain("high");
    out.getBuffer().setLength(0);
    assertThat(
            run(stream.toString(), "--background", "hiss", "--threshold", "1.5", "--smooth", "1"))
        .isZero();
    assertThat(out.toString()).contains("Unknown").doesNotContain("low");
    out.getBuffer().setLength(0);
    assertThat(run(stream.toString(), "--threshold", "1.5", "--hide-unknown")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Tag("long")
  @Test
  @DisplayName("a model of whole sounds is asked once of each tone")
  void wholeSounds() throws IOException {
    Path windows = model;
    try {
      model = HeardTones.wholeModel(folder);
      assertThat(run(stream.toString())).as(err.toString()).isZero();
      assertThat(out.toString().split("\\R")).hasSize(2);
      assertThat(out.toString()).contains("\"low\"", "\"high\"");
      assertThat(run(stream.toString(), "--hop", "1")).isEqualTo(2);
      assertThat(err.toString())
          .contains("--hop, --smooth, --on, --off and --join are for models of windows");
    } finally {
      model = windows;
    }
  }

  @Tag("long")
  @Test
  @DisplayName("random parts, a number of them")
  void random() throws IOException {
    Path sounds = Files.createDirectories(folder.resolve("some"));
    Files.copy(stream, sounds.resolve("a.wav"));
    assertThat(run("--random", sounds.toString(), "--every", "0", "--parts", "2", "--seconds", "4"))
        .isZero();
    assertThat(err.toString()).contains("detect: 8.0 s of sound heard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|nothing to listen to: give a SOURCE (- for standard input), --mic or --random FOLDER",
        "a.wav --mic|one thing to listen to, not a.wav and --mic",
        "a.wav --format s16le|--format is for standard input (-)",
        "- --rate 8000|--rate is for raw standard input: give its --format, for example s16le",
        "- --channels 2|--channels is for raw standard input: give its --format, for example s16le",
        "a.wav --channels 1|--channels is for raw standard input",
        "a.wav --every 60|--every is for --random FOLDER",
        "- --seconds 2|--seconds is for --random FOLDER",
        "--mic --seed 1|--seed is for --random FOLDER",
        "a.wav --retries 10|--retries is for the address of a stream",
        "--random a --stall 3|--stall is for the address of a stream",
        "a.wav --keep-limit 1000|--keep-limit is for the clips that --keep DIR keeps",
        "- --hop 0|--hop=0.0: must be above 0 seconds",
        "a.wav --keep k --keep-limit 0|--keep-limit=0: must be at least 1 MB",
        "a.wav --parts 2|--parts=2: must be at least 1, with --random",
        "a.wav --view x|invalid value for option '--view'",
        "http://a b|the source http://a b is no address: Illegal character in authority"
      })
  void usage(String arguments, String message) {
    String[] words = arguments == null ? new String[0] : arguments.replace("a b", "a_b").split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("a_b", "a b");
    }
    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString()).startsWith("workbench detect: ").contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.wav --smooth 2|smoothing=2: must be an odd number of windows from 1 to 101",
        "a.wav --on 0.2 --off 0.3|off=0.3: must be above 0 and at most on=0.2",
        "nosuch.wav|there is no nosuch.wav",
        "- --format s17|format=s17: must be one of u8, s8, s16le"
      })
  void errors(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(1);
    assertThat(err.toString()).startsWith("workbench detect: ").contains(message);
  }

  @Test
  void aModelOfATableIsRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("x.model"), "no model");
    assertThat(
            Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("detect", "--model", other.toString(), stream.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("x.model");
  }
}
