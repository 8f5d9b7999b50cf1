package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./workbench run}: executes notebooks and writes their pages. */
class NotebookRunIT extends LauncherChecks {
  @Override
  boolean oneCheckout() {
    return true;
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
        .contains("1 ok, 1 failed, 1 skipped, ", " s; pages: ")
        .containsSubsequence("00_works", "01_fails", "02_is_skipped");

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
      assertThat(html).doesNotContain("<script", "<link", "@import", "src=\"http");
      assertThat(html).as("only a font of its own").doesNotContainPattern("url\\((?!data:font/)");
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
  @DisplayName("--twice runs all cells again in the same kernel, which must show the same")
  void runsTwice() throws Exception {
    needsJupyter();
    notebook(
        elsewhere.resolve("counts.ipynb"),
        """
        System.setProperty("runs", 1 + Integer.getInteger("runs", 0) + "");
        Integer.getInteger("runs")""");
    notebook(
        elsewhere.resolve("once.ipynb"), "Files.createFile(Path.of(\"made\")).toFile().length()");
    Outcome outcome = call("run", "--twice", "00_works", "counts.ipynb", "once.ipynb");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern("00_works +[0-9.]+ s  ok\n")
        .containsPattern(
            """
            counts.ipynb +[0-9.]+ s  differs
             +cell \\[1], run again, printed different text:
             +-1
             +\\+2
            """)
        .containsPattern(
            "once.ipynb +[0-9.]+ s  failed: cell \\[1], run again, FileAlreadyExistsException");
    assertThat(saved("00_works.ipynb"))
        .isEqualTo(Files.readString(PROJECT.resolve("src/test/notebooks/00_works.ipynb")));
    assertThat(checkout.resolve("target/site/00_works.ipynb")).content().doesNotContain("again-");
  }

  @Test
  @Tag("timed")
  @DisplayName("every notebook of the project runs twice in one kernel (long form)")
  void allRunTwice() throws Exception {
    needsJupyter();
    assumeThat(System.getProperty("fieldnotes.twice", ""))
        .as("set -Dfieldnotes.twice=all, or a part of a notebook's name, to run notebooks twice")
        .isNotEmpty();
    String chosen = System.getProperty("fieldnotes.twice");
    List<String> command =
        new ArrayList<>(List.of("./workbench", "run", "--twice", "--check", "--jobs", "1"));
    command.addAll(List.of("--site", elsewhere.resolve("site").toString()));
    if (!chosen.equals("all")) {
      command.add(chosen);
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(PROJECT.toFile());
    builder.environment().put("FIELDNOTES_BUILT", "1");
    builder.environment().put("FIELDNOTES_JOURNAL", elsewhere.resolve("journal").toString());
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
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

  private void notebook(Path file, String source) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
          "source": %s}],
         "metadata": {"kernelspec": {"name": "java", "language": "java", "display_name": "Java"}},
         "nbformat": 4, "nbformat_minor": 4}
        """
            .formatted(new JsonMapper().writeValueAsString(source)));
  }

  @Test
  @DisplayName("a notebook runs wherever it lies, in its own folder; its page lies by its path")
  void anyPath() throws Exception {
    needsJupyter();
    Path outside = elsewhere.resolve("mine/a 'b' 100% é.ipynb");
    notebook(outside, "System.out.println(Path.of(\"\").toAbsolutePath().getFileName());");
    notebook(checkout.resolve("my/c.ipynb"), "6 * 7");
    Outcome outcome = call("run", "mine", checkout.resolve("my/c.ipynb").toString());
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out()).contains("mine/a 'b' 100% é.ipynb").contains("2 ok");
    Path site = checkout.toRealPath().resolve("target/site");
    Path page =
        site.resolve("elsewhere")
            .resolve(outside.toRealPath().toString().substring(1).replace(".ipynb", ".html"));
    assertThat(page).content().contains("mine");
    assertThat(site.resolve("checkout/my/c.html")).content().contains("42");
    assertThat(site.resolve("index.html"))
        .content()
        .contains("href=\"checkout/my/c.html\"", "a%20%27b%27%20100%25%20%C3%A9.html");

    Outcome none = call("run", "mine/no_such.ipynb");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).startsWith("workbench run: no notebook 'mine/no_such.ipynb'");
    Outcome near = call("run", "00_wroks");
    assertThat(near.err())
        .startsWith("workbench run: no notebook '00_wroks'; did you mean 00_works?");
    Files.writeString(elsewhere.resolve("x.txt"), "");
    assertThat(call("run", "x.txt").err())
        .startsWith("workbench run: x.txt: is not a notebook; the name must end in .ipynb");
  }

  @Test
  @DisplayName(
      "a bad notebook costs its own row: it has its reason, the others run, the index lists all")
  void badNotebooks() throws Exception {
    needsJupyter();
    Path folder = Files.createDirectories(elsewhere.resolve("bad"));
    notebook(folder.resolve("00_good.ipynb"), "6 * 7");
    Files.writeString(
        folder.resolve("01_v3.ipynb"),
        """
        {"metadata": {"name": "old"}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [
        {"cell_type": "code", "input": ["1+1"], "language": "java", "outputs": [], "metadata": {}}],
        "metadata": {}}]}
        """);
    Files.writeString(folder.resolve("02_zero.ipynb"), "");
    Files.writeString(folder.resolve("04_truncated.ipynb"), "{\n \"cells\": [\n");
    Files.writeString(
        folder.resolve("06_nosource.ipynb"),
        "{\"cells\": [{\"cell_type\": \"code\"}], \"metadata\": {}, \"nbformat\": 4}");
    Files.writeString(
        folder.resolve("07_nulloutputs.ipynb"),
        "{\"cells\": [{\"cell_type\": \"code\", \"outputs\": null, \"source\": \"2+3\"}],"
            + " \"metadata\": {}, \"nbformat\": 4}");
    Files.createDirectory(folder.resolve("08_folder.ipynb"));
    Files.createSymbolicLink(folder.resolve("09_dangling.ipynb"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
    Files.writeString(
        folder.resolve("10_r.ipynb"),
        "{\"cells\": [], \"metadata\": {\"kernelspec\": {\"name\": \"ir\", \"language\": \"R\"}},"
            + " \"nbformat\": 4}");
    Files.write(folder.resolve("11_\u001b[31m.ipynb"), new byte[] {'{', '"', (byte) 0xe9});
    Outcome outcome = call("run", "--jobs", "2", "bad");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err()).doesNotContain("Traceback");
    assertThat(outcome.out())
        .containsPattern("00_good.ipynb +[0-9.]+ s  ok\n")
        .containsPattern("01_v3.ipynb +[0-9.]+ s  ok \\(converted from nbformat 3\\)\n")
        .containsPattern("02_zero.ipynb +0.0 s  failed: is empty \\(0 bytes\\)\n")
        .containsPattern("04_truncated.ipynb +0.0 s  failed: is truncated: line 3, column 1: ")
        .containsPattern("06_nosource.ipynb +0.0 s  failed: cell 1: has no source")
        .containsPattern("07_nulloutputs.ipynb +[0-9.]+ s  ok \\(cell 1: outputs=null: ")
        .containsPattern("08_folder.ipynb +0.0 s  failed: is a folder\n")
        .containsPattern("09_dangling.ipynb +0.0 s  failed: is a link to 'nowhere'")
        .containsPattern("10_r.ipynb +0.0 s  failed: needs the kernel 'ir' for the language R")
        .contains("11_\\u001b[31m.ipynb", "is not UTF-8 text: byte 0xE9 at position 2")
        .contains("3 ok, 7 failed, ")
        .doesNotContain("\u001b", "loop");
    assertThat(checkout.resolve("target/site/index.html"))
        .content()
        .contains("is truncated: line 3", "is empty (0 bytes)", "00_good.html")
        .doesNotContain("02_zero.html\"");
    Files.delete(folder.resolve("loop"));
    Files.delete(folder.resolve("09_dangling.ipynb"));
  }

  @Test
  @DisplayName("the shared bad notebooks: each is a line, the good ones run")
  void sharedCases() throws Exception {
    needsJupyter();
    Path cases = PROJECT.resolve("../shared/cases/notebooks").normalize();
    assumeThat(cases).as("SKIPPED: %s", cases).isDirectory();
    Outcome outcome = call("run", "--notebooks", cases.toString());
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.out()).contains("00_good", "01_v3", "09_good", "4 ok, 3 failed, ");
    for (String bad : List.of("02_zero", "04_truncated", "06_nosource")) {
      assertThat(outcome.out()).containsPattern(bad + " +0.0 s  failed: ");
    }
    assertThat(outcome.out())
        .containsPattern("07_nulloutputs +[0-9.]+ s  ok \\(cell 1: outputs=null");
  }

  @Test
  @DisplayName("a progress bar leaves one line, and no output that is empty")
  void progressLeavesNothingEmpty() throws Exception {
    needsJupyter();
    String client =
        """
        import json, nbformat
        from nbclient import NotebookClient
        loop = \"\"\"try (var progress = fieldnotes.common.Progress.start("count", 20)) {
          for (int i = 0; i < 20; i++) { Thread.sleep(80); progress.advance(1); }
        }\"\"\"
        sources = [loop, loop + "\\n6 * 7", 'System.out.println("before");' + loop]
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells)
        NotebookClient(notebook, kernel_name="java", timeout=100).execute()
        for cell in notebook.cells:
            shown = [o.get("text") or o["data"]["text/plain"] for o in cell.outputs]
            print(json.dumps(shown))
        """;
    ProcessBuilder jupyter = new ProcessBuilder(python, "-c", client);
    jupyter.environment().remove("FIELDNOTES_NOTEBOOK");
    jupyter.environment().put("JUPYTER_PATH", checkout.resolve("target/jupyter").toString());
    Process process = jupyter.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    String line = "\"count: 20 of 20 in \\d+\\.\\d s\"";
    assertThat(printed)
        .containsPattern(
            "\\[%s]\n\\[%s, \"42\"]\n\\[\"before\\\\n\", %s]\n\\z".formatted(line, line, line));
  }
}
