package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.serve.Labeller;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LabelCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void sounds() throws Exception {
    Path sounds = Files.createDirectories(folder.resolve("sounds"));
    for (int f = 0; f < 6; f++) {
      float[] x = new float[24_000];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (0.3 * Math.sin(i * (f % 2 == 0 ? 0.05 : 0.9 + 0.1 * Math.sin(i * 1e-3))));
      }
      AudioFiles.writeWav(Clip.of("tone", x, 8000), sounds.resolve("t" + f + ".wav"));
    }
    Files.writeString(folder.resolve("list.m3u"), "sounds/t3.wav\nsounds/t1.wav\n");
  }

  private static Labeller open(String... arguments) {
    LabelCommand command = new LabelCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.open();
  }

  private String labels(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  @DisplayName(
      "a folder, a playlist and a pattern give whole files; chunks and orders by features too")
  void sources() {
    String sounds = folder.resolve("sounds").toString();
    try (Labeller all = open(sounds, "--labels", labels("a.json"))) {
      assertThat(all).hasToString(sounds + ": 6 clips to label; labels in a.json");
      assertThat(all.address().toString()).matches("http://127.0.0.1:\\d+/\\?token=[0-9a-f]{64}");
    }
    try (Labeller two =
        open(labels("list.m3u"), "--labels", labels("b.json"), "--order", "given")) {
      assertThat(two.toString()).contains("2 clips to label");
    }
    try (Labeller chunks = open(sounds, "--labels", labels("c.json"), "--chunk", "1")) {
      assertThat(chunks.toString()).contains("18 clips to label");
    }
    for (String order : new String[] {"cluster", "doubt"}) {
      try (Labeller guided = open(sounds, "--labels", labels("d.json"), "--order", order)) {
        assertThat(guided.toString()).contains("6 clips to label");
      }
    }
  }

  @Test
  @DisplayName("a second page on the same labels is refused, and on the same port")
  void twice() {
    String sounds = folder.resolve("sounds").toString();
    try (Labeller first = open(sounds, "--labels", labels("a.json"))) {
      assertThatThrownBy(() -> open(sounds, "--labels", labels("a.json")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a.json");
      String port = Integer.toString(first.address().getPort());
      assertThatThrownBy(() -> open(sounds, "--labels", labels("b.json"), "--port", port))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("0 for any that is free");
      open(sounds, "--labels", labels("b.json")).close(); // was let go
    }
  }

  @Test
  @DisplayName("usage errors say what is allowed")
  void wrong() {
    assertThat(error("label", "")).contains("is empty (an unset variable?)");
    assertThat(error("label", "x", "--order", "best")).contains("[random, given, cluster, doubt]");
    String sounds = folder.resolve("sounds").toString();
    assertThat(error("label", sounds, "--classes", "z=music"))
        .contains("key 'z'")
        .contains("not z (undo) or s (skip)");
    assertThat(error("label", sounds, "--classes", "m=music,m=more")).contains("the same key 'm'");
    assertThat(error("label", sounds, "--labels", sounds + "/l.json"))
        .contains("give a file outside");
    assertThat(error("label", sounds, "--chunk", "long", "--labels", labels("l.json")))
        .contains("--chunk=long: must be a number or none");
    assertThat(error("label", labels("nothing"))).contains("there is no " + labels("nothing"));
    assertThat(error("label", sounds, "--seed", "-1", "--labels", labels("l.json")))
        .contains("seed=-1");
  }

  private static String error(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute(arguments)).isIn(1, 2);
    return err.toString();
  }
}
