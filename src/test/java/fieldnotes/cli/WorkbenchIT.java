package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's commands, its build and its doctor. */
class WorkbenchIT extends LauncherChecks {
  @Override
  boolean calledBefore() {
    return true;
  }

  static Stream<String> commands() {
    return Stream.concat(
        Stream.of("run", "lab", "test", "doctor", "build", "format", "kernel", "clean"),
        Main.commandLine().getSubcommands().keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  @DisplayName("every command has --help")
  void everyCommandHasHelp(String command) throws Exception {
    Outcome outcome = call(command, "--help");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Usage: ").contains(command);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  @DisplayName("--help lists every command, those in Java once they are built")
  void helpListsEveryCommand() throws Exception {
    Path written = checkout.resolve("target/workbench/commands");
    Files.delete(written);
    Files.delete(checkout.resolve("target/workbench/java.args"));
    assertThat(call("--help").out()).doesNotContain("\n  features ");
    call("natives");
    assertThat(written).isNotEmptyFile();
    Outcome outcome = call("--help");
    assertThat(outcome.code()).isZero();
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(outcome.out()).contains("\n  " + name + " ");
              }
            });
    assertThat(outcome.out()).contains("  run ").contains("  doctor ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "run --nonsense",
        "test nonsense",
        "test --jobs nonsense",
        "doctor nonsense"
      })
  @DisplayName("an unknown command or argument is a usage error that names it")
  void unknownIsRefused(String line) throws Exception {
    if (line.startsWith("run")) {
      needsJupyter();
    }
    Outcome outcome = call(line.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("nonsense").contains("workbench");
  }

  @ParameterizedTest
  @CsvSource({
    "featurs, workbench: unknown command 'featurs'; did you mean features?",
    "dcotor, workbench: unknown command 'dcotor'; did you mean doctor?",
    "test --strikt, workbench test: unknown argument '--strikt'; did you mean --strict?",
    "bench huosing, workbench bench: unknown benchmark 'huosing'; did you mean housing?",
  })
  @DisplayName("a misspelt command or argument gets a suggestion")
  void suggestsWhatIsAlike(String line, String message) throws Exception {
    copy(PROJECT.resolve("bench"), checkout.resolve("bench"));
    Outcome outcome = call(line.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith(message + "\n");
  }

  @Test
  @DisplayName("doctor finds what is there, the kernel and FFmpeg included")
  void doctorOfAHealthyMachine() throws Exception {
    needsJupyter();
    Outcome outcome = call("doctor");
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("ok +JDK +[0-9.]+ in ")
        .containsPattern("ok +Maven ")
        .containsPattern("ok +Jupyter +jupyterlab 4")
        .containsPattern("ok +kernel +java, first result after ")
        .containsPattern("ok +FFmpeg ")
        .contains("Everything required is installed.");
  }

  @Test
  @DisplayName(
      "doctor on a machine without Jupyter reports it and names the command that installs it")
  void doctorWithoutJupyter() throws Exception {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    script(bin.resolve("python3"), "exit 1");
    script(bin.resolve("jupyter"), "exit 1");
    Map<String, String> changes = new HashMap<>();
    changes.put("PATH", bin + ":" + System.getenv("PATH"));
    changes.put("FIELDNOTES_PYTHON", null);
    Outcome outcome = call(changes, "doctor");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern("MISSING +Python +no Python 3.11 or newer")
        .containsPattern("→ .*python")
        .contains("Required parts are missing");

    changes.put("FIELDNOTES_PYTHON", bin.resolve("python3").toString());
    Outcome run = call(changes, "run");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("FIELDNOTES_PYTHON=", "lacks JupyterLab 4", "-m pip install jupyterlab");
  }

  @Test
  @DisplayName("two calls at once build once, and both go on")
  void twoAtOnceBuildOnce() throws Exception {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    Path packed = Files.move(checkout.resolve("target/fieldnotes.jar"), temporary.resolve("a.jar"));
    script(
        bin.resolve("mvn"),
        "echo built >> '%s'; sleep 1; cp '%s' target/fieldnotes.jar"
            .formatted(temporary.resolve("builds"), packed));
    Map<String, String> changes = new HashMap<>();
    changes.put("FIELDNOTES_BUILT", null);
    changes.put("PATH", bin + ":" + System.getenv("PATH"));
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          workbench(changes, "--version")
              .redirectErrorStream(true)
              .redirectOutput(temporary.resolve("both" + i).toFile())
              .start());
    }
    for (Process one : both) {
      assertThat(one.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(one.exitValue()).isZero();
    }
    assertThat(Files.readString(temporary.resolve("both0"))).contains("Fieldnotes ");
    assertThat(Files.readString(temporary.resolve("both1"))).contains("Fieldnotes ");
    assertThat(temporary.resolve("builds")).hasContent("built");
  }

  @Test
  @DisplayName("a build that fails says where, and what to do")
  void failingBuild() throws Exception {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    script(
        bin.resolve("mvn"),
        """
        echo '[ERROR] COMPILATION ERROR :'
        echo '[ERROR] /x/Clip.java:[3,5] incompatible types'
        exit 1\
        """);
    Map<String, String> changes = new HashMap<>();
    changes.put("FIELDNOTES_BUILT", null);
    changes.put("PATH", bin + ":" + System.getenv("PATH"));
    Outcome outcome = call(changes, "natives");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("Clip.java:[3,5] incompatible types")
        .contains("workbench natives: the build failed; full log: ")
        .contains("fix the errors above and rerun");
  }

  @Test
  @DisplayName("control characters of file names, titles and values are shown, never sent")
  void controlCharacters() throws Exception {
    String name = "a\u001b[31m\u202e\r\u0007\nworkbench: all is well.wav";
    Files.writeString(elsewhere.resolve(name), "no sound");
    Path journal = Files.createDirectories(temporary.resolve("journal"));
    Files.createDirectories(journal.resolve("data"));
    String run;
    try (Stream<String> lines = Files.lines(PROJECT.resolve("data/journal.jsonl"))) {
      run = lines.findFirst().orElseThrow();
    }
    Files.writeString(
        journal.resolve("data/journal.jsonl"),
        run.replace("\"title\":\"", "\"title\":\"\\u001b[31m\\u202e ")
            .replace("\"metrics\":[{\"name\":\"", "\"metrics\":[{\"name\":\"\\u0007\\u009b "));
    Map<String, String> changes = Map.of("FIELDNOTES_JOURNAL", journal.toString());
    List<Outcome> outcomes =
        List.of(
            call("features", "--no-cache", name, "--out", "t.csv"),
            call("features", "--no-cache", ".", "--out", "t.csv"),
            call("features", "--set", name, ".", "--out", "t.csv"),
            call("data", "path", name),
            call("data", name),
            call("features", "--threads", name, ".", "--out", "t.csv"),
            call("test", name),
            call(name),
            call(changes, "journal", "list"),
            call(changes, "journal", "show", "listen"),
            call(changes, "journal", "show", name));
    for (Outcome outcome : outcomes) {
      String printed = outcome.out() + outcome.err();
      assertThat(printed).doesNotContain("\u001b", "\u202e", "\r", "\u0007", "\u009b");
      assertThat(printed.lines()).noneMatch(line -> line.startsWith("workbench: all is well"));
      assertThat(printed).containsAnyOf("\\u001b[31m", "?[31m");
    }
    Files.delete(elsewhere.resolve(name));
  }

  @Test
  @DisplayName("clean removes what was built, and nothing else")
  void clean() throws Exception {
    Files.createDirectories(checkout.resolve("data/studio"));
    assertThat(call("clean").code()).isZero();
    assertThat(checkout.resolve("target")).doesNotExist();
    assertThat(checkout.resolve("data/studio")).exists();
    // the link was removed, not what it led to
    assertThat(PROJECT.resolve("src/main/java")).isNotEmptyDirectory();
  }

  @Test
  @DisplayName("the runner's own tests pass")
  void pythonTests() throws Exception {
    needsJupyter();
    Process process =
        new ProcessBuilder(python, "-m", "unittest", "discover", "-s", "src/test/python")
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }
}
