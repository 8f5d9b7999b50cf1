package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The launcher on machines of many kinds: JDKs, locales, variables, limits, folders. */
class EnvironmentIT extends LauncherChecks {
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
  @Tag("timed")
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

  private static Map<String, String> without(String... names) {
    Map<String, String> changes = new HashMap<>();
    for (String name : names) {
      changes.put(name, null);
    }
    return changes;
  }

  private static Map<String, String> locale(String all) {
    Map<String, String> changes = without("LC_ALL", "LC_CTYPE", "LANG");
    changes.put("LC_ALL", all);
    return changes;
  }

  /** A clip whose name and folder are not ASCII. */
  private Path playlist() throws IOException {
    Path folder = Files.createDirectories(elsewhere.resolve("é 中"));
    byte[] header =
        HexFormat.of()
            .parseHex(
                "52494646a40f000057415645666d742010000000010001"
                    + "00401f0000803e00000200100064617461800f0000");
    byte[] wave = Arrays.copyOf(header, header.length + 3968);
    for (int i = header.length; i < wave.length; i++) {
      wave[i] = (byte) (i * 37);
    }
    Files.write(folder.resolve("ü\u0308.wav"), wave);
    Files.writeString(folder.resolve("l.m3u8"), "ü\u0308.wav\n");
    return folder.resolve("l.m3u8");
  }

  private String features(Map<String, String> changes) throws Exception {
    Outcome outcome =
        call(changes, "features", "--no-cache", playlist().toString(), "--out", "é 中/t.csv");
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    String printed = outcome.out().replaceAll("[0-9.]+ s", "T s");
    return printed + Files.readString(elsewhere.resolve("é 中/t.csv"));
  }

  @Test
  @DisplayName("commands write the same bytes in any locale, encoding, time zone and language")
  void commandsInAnyLocale() throws Exception {
    String utf8 = features(locale("C.UTF-8"));
    assertThat(utf8).contains("ü\u0308.wav", "é 中/t.csv");
    Map<String, String> posix = locale("POSIX"); // another name of C
    posix.put("JAVA_TOOL_OPTIONS", "-Duser.language.format=de"); // the decimal comma
    Map<String, String> none = without("LC_ALL", "LC_CTYPE", "LANG");
    none.put("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Dfile.encoding=ISO-8859-1"); // dotless i
    Map<String, String> unknown = locale("xx_XX.ISO-8859-1");
    unknown.putAll(Map.of("TZ", "Asia/Kolkata", "PYTHONIOENCODING", "latin-1"));
    for (Map<String, String> changes : List.of(posix, none, unknown)) {
      assertThat(features(changes)).as("%s", changes).isEqualTo(utf8);
    }
    Path made = Files.createDirectories(temporary.resolve("locales"));
    for (String name : List.of("de_DE", "tr_TR")) {
      Process localedef =
          new ProcessBuilder(
                  "sh", "-c", "localedef -f UTF-8 -i " + name + " " + made.resolve(name + ".UTF-8"))
              .redirectErrorStream(true)
              .start();
      localedef.getInputStream().readAllBytes();
      assumeThat(localedef.waitFor()).as("SKIPPED: localedef makes no %s", name).isZero();
      Map<String, String> changes = locale(name + ".UTF-8");
      changes.put("LOCPATH", made.toString());
      assertThat(features(changes)).as(name).isEqualTo(utf8);
    }
  }

  @Test
  @DisplayName(
      "notebooks see and print the same in a POSIX locale, in run and in the user's Jupyter")
  void kernelInPosix() throws Exception {
    needsJupyter();
    Path folder = playlist().getParent();
    Path notebook = folder.resolve("ñ.ipynb");
    String cell =
        """
        System.out.println(Path.of("é") + " ß→");
        try (var all = Files.list(Path.of(""))) { all.map(Path::toString).sorted().forEach(System.out::println); }
        Files.writeString(Path.of("ö.txt"), "x");
        System.out.println(new ProcessBuilder("ls", "ö.txt").start().inputReader().readLine());
        System.out.println(java.nio.charset.Charset.defaultCharset() + " " + System.getProperty("native.encoding"));
        String.format("%.1f", 1.5)
        """;
    Files.writeString(
        notebook,
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": %s}], \"metadata\": {}, \"nbformat\": 4}"
            .formatted(new JsonMapper().writeValueAsString(cell)));
    List<String> pages = new ArrayList<>();
    for (Map<String, String> changes : List.of(locale("C.UTF-8"), locale("POSIX"))) {
      Outcome outcome = call(changes, "run", notebook.toString());
      assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
      Files.delete(folder.resolve("ö.txt"));
      String path = notebook.toRealPath().toString().substring(1);
      pages.add(Files.readString(checkout.resolve("target/site/elsewhere").resolve(path)));
    }
    assertThat(pages.getFirst())
        .contains("é ß→", "ü\u0308.wav", "\"ö.txt\\n\"".replace("\"", ""), "UTF-8 UTF-8", "1.5");
    assertThat(new HashSet<>(pages)).hasSize(1);

    String client =
        """
        import sys
        from jupyter_client.manager import start_new_kernel
        manager, client = start_new_kernel(kernel_name="java", cwd=sys.argv[1])
        def show(message):
            if message["msg_type"] == "stream":
                sys.stdout.buffer.write(message["content"]["text"].encode())
        client.execute_interactive(sys.argv[2], output_hook=show, timeout=100)
        manager.shutdown_kernel(now=True)
        """;
    ProcessBuilder jupyter = new ProcessBuilder(python, "-c", client, folder.toString(), cell);
    jupyter.environment().putAll(Map.of("LC_ALL", "C", "PYTHONUTF8", "1"));
    jupyter.environment().put("JUPYTER_PATH", checkout.resolve("target/jupyter").toString());
    jupyter.redirectError(ProcessBuilder.Redirect.DISCARD);
    String printed =
        new String(jupyter.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed).startsWith("é ß→\n").contains("ü\u0308.wav\n", "\nö.txt\nUTF-8 UTF-8\n");
  }

  @Test
  @DisplayName("variables of the caller's tools change nothing")
  void variablesOfOtherTools() throws Exception {
    Path modules = Files.createDirectories(temporary.resolve("modules"));
    Files.writeString(modules.resolve("json.py"), "raise SystemExit('shadowed')\n");
    Path start = temporary.resolve("start.sh");
    Files.writeString(start, "cd() { exit 7; }; printf() { exit 8; }; set -e\n");
    Map<String, String> changes = new HashMap<>();
    changes.put("LD_LIBRARY_PATH", "/nonexistent");
    changes.put("PYTHONHOME", "/nonexistent");
    changes.put("PYTHONOPTIMIZE", "2");
    changes.put("PYTHONSAFEPATH", "1");
    changes.put("PYTHONWARNINGS", "error");
    changes.put("CDPATH", "/:/tmp");
    changes.put("BASH_ENV", start.toString());
    changes.put("GREP_OPTIONS", "--invalid");
    changes.put("POSIXLY_CORRECT", "1");
    changes.put("CLASSPATH", "/nonexistent");
    changes.put("TMPDIR", "/nonexistent");
    changes.put("JAVA_TOOL_OPTIONS", "-Dx=y");
    changes.put("_JAVA_OPTIONS", "-Dx=z");
    changes.put("BASH_FUNC_cd%%", "() { exit 9; }");
    Outcome outcome = call(changes, "data", "list");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("name ").contains("studio");
    assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("Picked up "));
    needsJupyter();
    changes.put("PYTHONPATH", modules.toString());
    changes.remove("PYTHONPATH");
    Outcome run = call(changes, "run", "00_works");
    assertThat(run.code()).as(run.out() + run.err()).isZero();
  }

  @Test
  @DisplayName("without HOME, or with one that cannot be written, all works")
  void withoutHome() throws Exception {
    assertThat(call(without("HOME"), "data", "list").code()).isZero();
    needsJupyter();
    for (Map<String, String> changes : List.of(without("HOME"), Map.of("HOME", "/dev/null"))) {
      Outcome run = call(changes, "run", "00_works");
      assertThat(run.code()).as(run.out() + run.err()).isZero();
    }
  }

  @Test
  @DisplayName("too few open files, too little memory: one line that says what to do")
  void limits() throws Exception {
    Outcome files = limited("ulimit -n 64");
    assertThat(files.code()).isEqualTo(1);
    assertThat(files.err())
        .isEqualTo(
            """
            workbench data: only 64 files may be open at a time, at least 256 are needed
              raise the limit with 'ulimit -n 1024', or open a new shell and rerun
            """);
    Outcome memory = limited("ulimit -v 2000000");
    assertThat(memory.code()).isEqualTo(1);
    assertThat(memory.err().lines().toList())
        .hasSize(2)
        .first(STRING)
        .startsWith("workbench data: Java does not start: ");
    assertThat(memory.out()).isEmpty();
    assertThat(limited("ulimit -n 256").code()).isZero();
  }

  private Outcome limited(String limit) throws Exception {
    call("data", "list");
    Path inner = temporary.resolve("limited");
    script(inner, limit + "; exec '" + checkout.resolve("workbench") + "' data list");
    ProcessBuilder builder = workbench(without("FIELDNOTES_JAVA_OPTIONS"), "data");
    builder.command(inner.toString());
    Path err = Files.createTempFile(temporary, "err", ".txt");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    Thread.sleep(200); // the filter of the error stream ends after the command
    return new Outcome(code, out, Files.readString(err));
  }

  @Test
  @DisplayName("where no JDK is new enough, the message says what JAVA_HOME is")
  void onlyAnOldJdk() throws Exception {
    Path old = jdk("old jdk", "17.0.2", "exit 3");
    for (Map.Entry<Path, String> home :
        Map.of(old, "version 17.0.2 (" + old + ")", Path.of("/no"), "/no, which does not exist")
            .entrySet()) {
      Outcome outcome = noJdk(home.getKey());
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .startsWith("workbench data: no JDK 99 or newer found: JAVA_HOME is " + home.getValue());
    }
  }

  /** As on a machine without a suitable JDK: none is of this version. */
  private Outcome noJdk(Path javaHome) throws Exception {
    Path launcher = checkout.resolve("workbench");
    Files.writeString(
        launcher, Files.readString(launcher).replace("java_wanted=25", "java_wanted=99"));
    return call(Map.of("JAVA_HOME", javaHome.toString()), "data", "list");
  }

  @Test
  @DisplayName("a copied checkout does not use the Jupyter of the one it was copied from")
  void copiedCheckout() throws Exception {
    needsJupyter();
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    script(bin.resolve("python3"), "exit 1");
    script(bin.resolve("jupyter"), "exit 1");
    Map<String, String> changes = without("FIELDNOTES_PYTHON");
    changes.put("PATH", bin + ":" + System.getenv("PATH"));
    Path venv = Files.createDirectories(checkout.resolve(".venv/bin"));
    script(venv.resolve("python"), "exec '" + python + "' \"$@\"");
    Files.writeString(
        checkout.resolve(".venv/requirements.txt"),
        Files.readString(checkout.resolve("requirements.txt"))
            + Files.readString(checkout.resolve("requirements-compiled.txt")));
    assertThat(call(changes, "doctor").out()).contains("ok       Jupyter");
    Path found = checkout.resolve("target/workbench/python");
    assertThat(found).content().contains(checkout.toRealPath() + "/.venv/bin/python");

    Path copy = temporary.resolve("copy of it");
    copy(checkout, copy);
    Path original = checkout;
    checkout = copy;
    copy.resolve("workbench").toFile().setExecutable(true);
    copy.resolve(".venv/bin/python").toFile().setExecutable(true);
    assertThat(call(changes, "run", "no_such_notebook").code()).isEqualTo(2);
    assertThat(copy.resolve("target/workbench/python"))
        .content()
        .contains(copy.toRealPath() + "/.venv/bin/python");
    checkout = original;
  }

  @Test
  @DisplayName("a path with a colon, which Java's class path cannot have, is refused in one line")
  void colonInThePath() throws Exception {
    Path there = Files.createDirectories(temporary.resolve("a:b"));
    for (String name : List.of("workbench", "pom.xml")) {
      Files.copy(checkout.resolve(name), there.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path original = checkout;
    checkout = there;
    Outcome outcome = call("--version");
    checkout = original;
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("has a colon or a line feed").contains("move the checkout");
  }

  @Test
  @DisplayName("a checkout that cannot be written is refused in one line that says what to do")
  void readOnly() throws Exception {
    assumeThat(
            Files.isExecutable(Path.of("/usr/bin/setpriv"))
                && "root".equals(System.getProperty("user.name")))
        .as("SKIPPED: needs root and setpriv, to call the launcher as another user")
        .isTrue();
    assertThat(call("data", "list").code()).isZero();
    Path shell = temporary.resolve("as-nobody");
    script(
        shell,
        "exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent '%s' \"$@\""
            .formatted(checkout.resolve("workbench")));
    for (Path folder = temporary;
        folder != null && Files.isWritable(folder);
        folder = folder.getParent()) {
      if (!folder.toFile().setExecutable(true, false)
          || !folder.toFile().setReadable(true, false)) {
        break;
      }
    }
    Files.delete(checkout.resolve("target/workbench/java.args"));
    ProcessBuilder builder = workbench(Map.of(), "data");
    builder.command(shell.toString(), "--version").redirectErrorStream(true);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(printed.lines().filter(line -> !line.startsWith("  "))).as(printed).hasSize(1);
    assertThat(printed).contains("target/workbench: cannot be written: Permission denied");
  }
}
