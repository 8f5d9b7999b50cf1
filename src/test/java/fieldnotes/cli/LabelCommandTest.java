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

  private String opened(String... arguments) {
    StringWriter err = new StringWriter();
    LabelCommand command = new LabelCommand();
    CommandLine line = new CommandLine(command).setErr(new PrintWriter(err));
    line.parseArgs(arguments);
    try (Labeller labeller = command.open()) {
      return labeller + "\n" + err.toString().replace("\r\n", "\n");
    }
  }

  @Test
  @DisplayName("a table of features finds its files beside it, by --sounds, or says what to give")
  void table() throws Exception {
    String sounds = folder.resolve("sounds").toString();
    Path table = folder.resolve("elsewhere/q.csv");
    Files.createDirectories(table.getParent());
    Main.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .execute("features", sounds, "--chunk", "1", "--no-cache", "--out", table.toString());
    assertThat(error("label", table.toString(), "--labels", labels("l.json")))
        .contains(table + ": none of its sound files, for example t0.wav, is in ")
        .contains(table.getParent() + " or ")
        .contains("; give their folder by --sounds");
    for (String order : new String[] {"random", "cluster"}) {
      assertThat(
              opened(
                  table.toString(),
                  "--labels",
                  labels("t.json"),
                  "--sounds",
                  sounds,
                  "--order",
                  order))
          .isEqualTo("q: 18 clips to label; labels in t.json\n");
    }
    Path beside = Files.createDirectories(folder.resolve("beside"));
    for (int f = 1; f < 6; f++) {
      Files.copy(folder.resolve("sounds/t" + f + ".wav"), beside.resolve("t" + f + ".wav"));
    }
    Files.copy(table, beside.resolve("q.csv"));
    assertThat(opened(beside.resolve("q.csv").toString(), "--labels", labels("u.json")))
        .isEqualTo(
            "q: 18 clips to label; labels in u.json\nnot in %s: 1\n  t0.wav\n".formatted(beside));
    assertThat(error("label", sounds, "--sounds", sounds, "--labels", labels("l.json")))
        .contains("--sounds=" + sounds + ": is for a table of features only");
  }

  @Test
  @DisplayName("what is left out is said once, with the reasons of the first few")
  void leftOut() throws Exception {
    StringBuilder list = new StringBuilder("sounds/t3.wav\n");
    for (int i = 0; i < 7; i++) {
      list.append("no").append(i).append(".wav\n");
    }
    Path playlist = Files.writeString(folder.resolve("gaps.m3u"), list);
    assertThat(opened(playlist.toString(), "--labels", labels("g.json")))
        .startsWith(playlist + ": 1 clip to label, 7 left out; labels in g.json\nleft out: 7\n")
        .contains("\n  " + playlist + ", line 2: no0.wav: there is no such file\n")
        .endsWith("\n  and 2 more\n");
    Files.writeString(folder.resolve("sounds/empty.wav"), "");
    String sounds = folder.resolve("sounds").toString();
    for (String order : new String[] {"given", "cluster"}) {
      assertThat(opened(sounds, "--labels", labels(order), "--chunk", "2", "--order", order))
          .contains(": 6 clips to label, 1 left out")
          .contains("left out: 1\n  empty.wav: ");
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
        .contains("'z=music': must be KEY=NAME")
        .contains("not z (undo), s (skip) or g (the guess)");
    assertThat(error("label", sounds, "--classes", "m=music,m=more")).contains("the same key 'm'");
    assertThat(error("label", sounds, "--labels", sounds + "/l.json"))
        .contains("give a file outside");
    assertThat(error("label", sounds, "--chunk", "long", "--labels", labels("l.json")))
        .contains("--chunk=long: must be a number of seconds from 0.01 to 1000000, or none");
    assertThat(error("label", sounds, "--chunk", "0", "--labels", labels("l.json")))
        .contains("--chunk=0: must be a number of seconds from 0.01 to 1000000, or none");
    assertThat(error("label", sounds, "--port", "99999", "--labels", labels("l.json")))
        .contains("--port=99999: must lie within 0 and 65535");
    assertThat(error("label", labels("nothing"))).contains("there is no " + labels("nothing"));
    assertThat(error("label", sounds, "--seed", "-1", "--labels", labels("l.json")))
        .contains("--seed=-1: must lie within 0 and 4294967295");
  }

  private static String error(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute(arguments)).isIn(1, 2);
    return err.toString();
  }
}
