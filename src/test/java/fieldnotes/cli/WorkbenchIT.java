package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fieldnotes.common.JupyterPython;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher as a person calls it: from another folder, in a checkout whose path has spaces, with
 * the notebooks of src/test/notebooks. It uses the jar that the build has just packed.
 */
@TestInstance(Lifecycle.PER_CLASS)
class WorkbenchIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir Path temporary;
  private Path checkout;
  private Path elsewhere;
  private String python;

  @BeforeAll
  void findPython() throws InterruptedException {
    python = JupyterPython.find();
  }

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Files.createDirectories(temporary.resolve("with spaces/check out"));
    elsewhere = Files.createDirectories(temporary.resolve("else where"));
    for (String name :
        List.of("workbench", "requirements.txt", "requirements-compiled.txt", "pom.xml")) {
      Files.copy(PROJECT.resolve(name), checkout.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    copy(PROJECT.resolve("src/main/python"), checkout.resolve("src/main/python"));
    copy(PROJECT.resolve("src/test/notebooks"), checkout.resolve("notebooks"));
    Files.createSymbolicLink(checkout.resolve("src/main/java"), PROJECT.resolve("src/main/java"));
    Path target = Files.createDirectories(checkout.resolve("target"));
    for (String name : List.of("fieldnotes.jar", "classpath.txt")) {
      Files.copy(PROJECT.resolve("target").resolve(name), target.resolve(name));
    }
  }

  /** The links are ours to remove: JUnit warns of those that lead out of its folder. */
  @AfterEach
  void removeLinks() throws IOException {
    Files.deleteIfExists(checkout.resolve("src/main/java"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (!file.toString().contains("__pycache__")) {
          Path there = to.resolve(from.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(there);
          } else {
            Files.copy(file, there);
          }
        }
      }
    }
  }

  /** What a call of the launcher printed and how it ended. */
  private record Outcome(int code, String out, String err) {}

  private ProcessBuilder workbench(Map<String, String> changes, String... arguments) {
    List<String> words = new ArrayList<>(List.of(checkout.resolve("workbench").toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(elsewhere.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove("FIELDNOTES_HOME");
    environment.remove("FIELDNOTES_DATA");
    environment.put("FIELDNOTES_BUILT", "1");
    if (python != null) {
      environment.put("FIELDNOTES_PYTHON", python);
    }
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            environment.remove(name);
          } else {
            environment.put(name, value);
          }
        });
    return builder;
  }

  private Outcome call(Map<String, String> changes, String... arguments) throws Exception {
    Path out = Files.createTempFile(temporary, "out", ".txt");
    Path err = Files.createTempFile(temporary, "err", ".txt");
    Process process =
        workbench(changes, arguments)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(300, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended).as("%s ends: %s", List.of(arguments), Files.readString(err)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Outcome call(String... arguments) throws Exception {
    return call(Map.of(), arguments);
  }

  private void needsJupyter() {
    assumeThat(python)
        .as("SKIPPED: a Python with JupyterLab; './workbench build' makes one")
        .isNotNull();
  }

  private String saved(String notebook) throws IOException {
    return Files.readString(checkout.resolve("notebooks").resolve(notebook));
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
    call("natives");
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
  @ValueSource(strings = {"nonsense", "run --nonsense", "test nonsense", "doctor nonsense"})
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
  @DisplayName("run reports the result of each notebook, writes its page, and fails if one failed")
  void runsNotebooks() throws Exception {
    needsJupyter();
    Outcome outcome = call("run", "works", "fails", "is_skipped");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern("00_works +[0-9.]+ s  ok\n")
        .containsPattern(
            "group/01_fails +[0-9.]+ s  failed: cell \\[2\\] IllegalArgumentException: n=-1: must"
                + " be positive\n    try 1\n")
        .containsPattern(
            """
            group/02_is_skipped +[0-9.]+ s  skipped: the data set 'bells' is not here
                ./workbench data fetch bells
            """)
        .contains("1 ok, 1 failed, 1 skipped; pages: ");

    Path site = checkout.resolve("target/site");
    String index = Files.readString(site.resolve("index.html"));
    assertThat(index)
        .contains("It works &amp; more", "Does all of it print the same text twice?")
        .contains("href=\"group/01_fails.html\"")
        .contains("n=-1: must be positive", "./workbench data fetch bells");
    String page = Files.readString(site.resolve("00_works.html"));
    assertThat(page)
        .contains("<math", "<msqrt>", "<code title=\"", "\\foo{x}</code>", "42", "to the side")
        .contains("href=\"group/01_fails.html\"");
    assertThat(Files.readString(site.resolve("group/01_fails.html"))).contains("must be positive");
    assertThat(site.resolve("group/01_fails.ipynb")).exists();
    for (String html : List.of(index, page)) {
      assertThat(html).doesNotContain("<script", "<link", "@import", "src=\"http", "url(");
    }
    // nothing is written back without --save
    assertThat(saved("00_works.ipynb"))
        .isEqualTo(Files.readString(PROJECT.resolve("src/test/notebooks/00_works.ipynb")));
  }

  @Test
  @DisplayName("a skipped notebook fails only with --strict")
  void strict() throws Exception {
    needsJupyter();
    assertThat(call("run", "group/02").code()).isZero();
    assertThat(call("run", "--strict", "group/02").code()).isEqualTo(1);
  }

  @Test
  @DisplayName("--save writes the same bytes twice, and --check finds what differs")
  void savesTheSameTwice() throws Exception {
    needsJupyter();
    assertThat(call("run", "--save", "00_works").code()).isZero();
    String first = saved("00_works.ipynb");
    // what cells print is the same in Germany, too
    Map<String, String> german =
        Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=de -Duser.country=DE");
    assertThat(call(german, "run", "--save", "00_works").code()).isZero();
    assertThat(saved("00_works.ipynb")).isEqualTo(first);
    assertThat(first)
        .contains("\"number 1,234.5\\n\"")
        .contains("\"id\": \"cell-1\"", "\"execution_count\": 2", "\"42\"")
        .contains("\"home .\\n\"", "\"data data/studio\\n\"", "\"here notebooks\\n\"")
        .doesNotContain(temporary.toString(), ": null,\n   \"metadata\"")
        .endsWith("}\n");

    assertThat(call("run", "--check", "00_works").code()).isZero();
    Files.writeString(
        checkout.resolve("notebooks/00_works.ipynb"), first.replace("here notebooks", "here then"));
    Outcome differs = call("run", "--check", "00_works");
    assertThat(differs.code()).isEqualTo(1);
    assertThat(differs.out())
        .containsPattern("00_works +[0-9.]+ s  differs\n")
        .contains("cell [2] printed different text:", "-here then", "+here notebooks");
  }

  @Test
  @DisplayName("a notebook that is not there is refused with the list of those that are")
  void unknownNotebook() throws Exception {
    needsJupyter();
    Outcome outcome = call("run", "no_such_notebook");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("no_such_notebook", "group/01_fails.ipynb");
  }

  @Test
  @DisplayName("an interrupted run ends its kernel and says so")
  void interrupted() throws Exception {
    needsJupyter();
    Process process = workbench(Map.of(), "run", "waits").redirectErrorStream(true).start();
    Path waiting = checkout.resolve("waiting");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.exists(waiting) || Files.size(waiting) == 0) {
      assertThat(System.nanoTime()).as("the cell starts").isLessThan(until);
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    ProcessHandle kernel =
        ProcessHandle.of(Long.parseLong(Files.readString(waiting))).orElseThrow();
    process.toHandle().destroy(); // SIGTERM, treated as the SIGINT of Ctrl-C
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(printed).contains("interrupted");
    kernel.onExit().get(10, TimeUnit.SECONDS);
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
  @DisplayName("a JAVA_HOME that is too old is ignored in favour of a suitable JDK")
  void oldJavaHome() throws Exception {
    Path old = jdk("old jdk", "17.0.2", "exit 3");
    Outcome outcome = call(Map.of("JAVA_HOME", old.toString()), "--version");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Fieldnotes ").containsPattern("Java (2[5-9]|[3-9][0-9])");
  }

  @Test
  @DisplayName("the JDK of JAVA_HOME goes first, and gets the words as they were given")
  void newJavaHome() throws Exception {
    Path jdk = jdk("new jdk", "25.0.1", "for word; do echo \"<$word>\"; done");
    Outcome outcome = call(Map.of("JAVA_HOME", jdk.toString()), "natives", "two words", "*");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("<natives>\n<two words>\n<*>\n");
  }

  @Test
  @DisplayName("the second call adds under a second of the launcher's own")
  void secondCallIsQuick() throws Exception {
    Path jdk = jdk("no time", "25", "exit 0");
    Map<String, String> changes = new HashMap<>(Map.of("JAVA_HOME", jdk.toString()));
    changes.put("FIELDNOTES_BUILT", null);
    Files.createDirectories(checkout.resolve("target/workbench"));
    Files.createFile(checkout.resolve("target/workbench/built"));
    assertThat(call(changes, "natives").code()).isZero();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      assertThat(call(changes, "natives").code()).isZero();
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(best).isLessThan(TimeUnit.SECONDS.toNanos(1));
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

  private Path jdk(String name, String version, String java) throws IOException {
    Path home = Files.createDirectories(temporary.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), java);
    script(home.resolve("bin/javac"), "exit 0");
    return home;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
