package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fieldnotes.common.JupyterPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a person calls it: from another folder, in a checkout whose path has spaces, with
 * the notebooks of src/test/notebooks. It uses the jar that the build has just packed.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LauncherChecks {
  static final Path PROJECT = Path.of("").toAbsolutePath();

  /**
   * A short call ends before the JVM's second compiler pays: it took a third of all processor time.
   */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  Path temporary;
  Path checkout;
  Path elsewhere;
  String python;
  private Path shared;

  /**
   * Whether the tests of the class use one checkout, whose kernel is prepared once for a quick
   * start. Each begins with its notebooks as they were and without pages.
   */
  boolean oneCheckout() {
    return false;
  }

  /** Whether the files that the launcher writes at its first call are those of an earlier test. */
  boolean calledBefore() {
    return false;
  }

  /** The files that a first call writes for Java, with the folder of the checkout in them. */
  private static final List<String> FIRST = List.of("java.args", "kernel.args", "commands", "jdk");

  private static final Map<String, String> WRITTEN = new HashMap<>();
  private static final String HERE = "\0checkout\0";

  @BeforeAll
  void findPython(@TempDir Path folder) throws InterruptedException {
    python = JupyterPython.find();
    shared = folder;
  }

  @BeforeEach
  void makeACheckout(@TempDir Path own) throws Exception {
    temporary = oneCheckout() ? shared : own;
    checkout = temporary.resolve("with spaces/check out");
    elsewhere = temporary.resolve("else where");
    if (Files.exists(checkout)) {
      for (Path changed :
          List.of(elsewhere, checkout.resolve("notebooks"), checkout.resolve("target/site"))) {
        remove(changed);
      }
      Files.createDirectories(elsewhere);
      copyNotebooks();
      Files.createSymbolicLink(checkout.resolve("src/main/java"), PROJECT.resolve("src/main/java"));
      return;
    }
    Files.createDirectories(checkout);
    Files.createDirectories(elsewhere);
    for (String name :
        List.of("workbench", "requirements.txt", "requirements-compiled.txt", "pom.xml")) {
      Files.copy(PROJECT.resolve(name), checkout.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    copy(PROJECT.resolve("src/main/python"), checkout.resolve("src/main/python"));
    copy(PROJECT.resolve("src/main/jupyter"), checkout.resolve("src/main/jupyter"));
    String pages = "src/main/resources/fieldnotes/publish";
    copy(PROJECT.resolve(pages), checkout.resolve(pages));
    copyNotebooks();
    Files.createSymbolicLink(checkout.resolve("src/main/java"), PROJECT.resolve("src/main/java"));
    Path target = Files.createDirectories(checkout.resolve("target"));
    for (String name : List.of("fieldnotes.jar", "classpath.txt")) {
      Files.copy(PROJECT.resolve("target").resolve(name), target.resolve(name));
    }
    if (oneCheckout() && python != null) {
      Files.createDirectories(target.resolve("workbench"));
      Files.createFile(target.resolve("workbench/built"));
      Map<String, String> changes = new HashMap<>();
      changes.put("FIELDNOTES_BUILT", null);
      assertThat(call(changes, "run", "00_works").code()).isZero();
      assertThat(target.resolve("workbench/kernel.aot")).isNotEmptyFile();
    }
    if (calledBefore()) {
      asCalledBefore();
    }
  }

  private void copyNotebooks() throws IOException {
    copy(PROJECT.resolve("src/test/notebooks"), checkout.resolve("notebooks"));
    Files.copy(
        PROJECT.resolve("notebooks/imports.jshell"), checkout.resolve("notebooks/imports.jshell"));
  }

  private void asCalledBefore() throws Exception {
    Path state = Files.createDirectories(checkout.resolve("target/workbench"));
    String here = checkout.toRealPath().toString();
    if (WRITTEN.isEmpty()) {
      assertThat(call("--version").code()).isZero();
      for (String name : FIRST) {
        WRITTEN.put(name, Files.readString(state.resolve(name)).replace(here, HERE));
      }
    }
    for (String name : FIRST) {
      Files.writeString(state.resolve(name), WRITTEN.get(name).replace(HERE, here));
    }
  }

  /** The links are ours to remove: JUnit warns of those that lead out of its folder. */
  @AfterEach
  void removeLinks() throws IOException {
    Files.deleteIfExists(checkout.resolve("src/main/java"));
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static void copy(Path from, Path to) throws IOException {
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
  record Outcome(int code, String out, String err) {}

  ProcessBuilder workbench(Map<String, String> changes, String... arguments) {
    List<String> words = new ArrayList<>(List.of(checkout.resolve("workbench").toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(elsewhere.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove("FIELDNOTES_HOME");
    environment.remove("FIELDNOTES_DATA");
    environment.put("FIELDNOTES_BUILT", "1");
    environment.put("FIELDNOTES_JAVA_OPTIONS", QUICK);
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

  Outcome call(Map<String, String> changes, String... arguments) throws Exception {
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

  Outcome call(String... arguments) throws Exception {
    return call(Map.of(), arguments);
  }

  void needsJupyter() {
    assumeThat(python)
        .as("SKIPPED: a Python with JupyterLab; './workbench build' makes one")
        .isNotNull();
  }

  String saved(String notebook) throws IOException {
    return Files.readString(checkout.resolve("notebooks").resolve(notebook));
  }

  Path jdk(String name, String version, String java) throws IOException {
    Path home = Files.createDirectories(temporary.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), java);
    script(home.resolve("bin/javac"), "exit 0");
    return home;
  }

  static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
