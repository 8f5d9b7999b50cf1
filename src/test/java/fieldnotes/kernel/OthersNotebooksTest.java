package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells of notebooks that were written for IJava, JJava, rapaio's kernel and IPython. */
class OthersNotebooksTest extends KernelCells {
  @TempDir Path folder;

  @Test
  @DisplayName("the kernel is found under the names of IJava and JJava")
  void kernelNames() {
    assertThat(value("import io.github.spencerpark.ijava.IJava;")).isNull();
    assertThat(value("IJava.getKernelInstance()")).isSameAs(kernel);
    assertThat(value("getKernelInstance()")).isSameAs(kernel);
    assertThat(value("io.github.spencerpark.ijava.IJava.getKernelInstance()")).isSameAs(kernel);
    assertThat(value("import org.dflib.jjava.JJava;\nJJava.getKernelInstance()")).isSameAs(kernel);
    assertThat(value("org.dflib.jjava.JJava.getKernelInstance()")).isSameAs(kernel);
    assertThat(
            value(
                """
                import io.github.spencerpark.ijava.runtime.*;
                import static io.github.spencerpark.ijava.runtime.Kernel.*;
                Kernel.eval("40 + 2")"""))
        .isEqualTo(42);
    assertThat(value("import io.github.spencerpark.ijava.*;\nJavaKernel jk = getKernelInstance();"))
        .isNull();
  }

  @Test
  @DisplayName("a renderer is registered as d2l-java's plot-utils does")
  void rendererOfPlotUtils() throws Exception {
    Path utils = Files.createDirectory(folder.resolve("utils"));
    Files.writeString(
        utils.resolve("plot-utils.ipynb"),
        """
        {"cells": [
          {"cell_type": "markdown", "source": ["# Plot utilities"]},
          {"cell_type": "code", "source": ["record Figure(String script) {\\n",
            "  String asJavascript(String id) { return script; }\\n}"]},
          {"cell_type": "code", "source": ["import io.github.spencerpark.ijava.IJava;\\n", "\\n",
            "IJava.getKernelInstance().getRenderer()\\n",
            "    .createRegistration(Figure.class)\\n",
            "    .preferring(io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML)\\n",
            "    .register((figure, ctx) -> {\\n",
            "        ctx.renderIfRequested(io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML, () -> {\\n",
            "            String id = UUID.randomUUID().toString().replace(\\"-\\", \\"\\");\\n",
            "            return \\"<div id='\\" + id + \\"'></div>\\" + figure.asJavascript(id);\\n",
            "        });\\n", "    });"]}
        ]}
        """);
    Object figure =
        value("%load " + utils.resolve("plot-utils") + "\nnew Figure(\"<script></script>\")");
    DisplayData shown = kernel.asData(figure);
    assertThat(String.valueOf(shown.getData(MIMEType.TEXT_HTML)))
        .startsWith("<div id='")
        .endsWith("<script></script>");
  }

  @Test
  @DisplayName("displays, by the names of the library that IJava runs on")
  void displays() {
    assertThat(
            value(
                """
                import io.github.spencerpark.jupyter.kernel.display.DisplayData;
                import io.github.spencerpark.jupyter.kernel.display.common.*;
                import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
                DisplayData shown1 = render("<b>x</b>", "text/html");
                shown1.getData(MIMEType.TEXT_HTML)"""))
        .isEqualTo("<b>x</b>");
    assertThat(value("\"io.github.spencerpark.ijava.IJava\" // io.github.spencerpark.ijava.IJava"))
        .isEqualTo("io.github.spencerpark.ijava.IJava");
  }

  @Test
  @DisplayName("errors after translated names keep their place")
  void places() {
    assertThat(
            error(
                """
                import io.github.spencerpark.ijava.IJava;
                Object at1 = io.github.spencerpark.ijava.IJava.class; int at2 = nope1;"""))
        .contains("line 2, column 65: cannot find symbol: variable nope1");
    assertThat(error("import io.github.spencerpark.jupyter.nope.Nope;")).contains("line 1");
  }

  @Test
  @DisplayName("magics are added by annotations and functions")
  void ownMagics() {
    assertThat(
            value(
                "import io.github.spencerpark.jupyter.kernel.magic.registry.*;\n"
                    + "import io.github.spencerpark.jupyter.kernel.magic.common.Shell;\n"
                    + "class Mine {\n"
                    + "  @LineMagic(aliases = \"twicely\")\n"
                    + "  public int twice(List<String> args) { return 2 * Integer.parseInt(args.get(0)); }\n"
                    + "  @CellMagic(\"upper\")\n"
                    + "  public String up(List<String> args, String body) {\n"
                    + "    return body.toUpperCase(Locale.ROOT);\n  }\n}\n"
                    + "getKernelInstance().getMagics().registerMagics(Shell.class);\n"
                    + "getKernelInstance().getMagics().registerMagics(new Mine());\n"
                    + "getKernelInstance().getMagics().registerLineMagic(\"sum\","
                    + " args -> args.stream().mapToInt(Integer::parseInt).sum());"))
        .isNull();
    assertThat(
            value(
                """
                int doubled = %twicely 21
                int summed = %sum 1 2 3
                doubled + summed"""))
        .isEqualTo(48);
    assertThat(value("%%upper\nabc")).isEqualTo("ABC");
    assertThat(error("getKernelInstance().getMagics().registerMagics(Mine.class)"))
        .contains("must take (List<String>")
        .contains("be static");
  }

  @ParameterizedTest
  @DisplayName("what is not offered is answered in plain words")
  @CsvSource(
      delimiter = '|',
      value = {
        "%%bash\\nls | %%bash: not offered; commands of the system",
        "%sh ls | %sh: not offered; commands of the system",
        "%pip install x | %pip: not offered; Python packages cannot be used from Java",
        "%matplotlib inline | %matplotlib: not offered; charts need no setting here",
        "%%writefile a.txt\\nx | %%writefile: not offered; use Files.writeString",
        "%%python\\nx | %%python: not offered; only Java runs here",
        "%javasrcClassByName A.java A | %javasrcClassByName: not offered; use %load File.java",
        "%addJars none.jar | %jars none.jar: no such jar",
        "%cd .. | %cd: not offered; the folder of a running program cannot change",
        "%mavne a:b:1 | no magic %mavne; did you mean %maven?",
        "%%htm\\nx | no magic %%htm; did you mean %%html?",
        "%zzzzzz | no magic %zzzzzz; available: %",
        "!ls -l | If this is meant as a command: use Files.list",
        "!ls | cannot find symbol: variable ls. If this is meant as a command",
        "!pip install x | Python packages cannot be used from Java",
        "%jshell /set | %jshell /set: must be /vars",
        "%dependency /x | %dependency /x: must be /add",
        "%dependency /add a | must be group:artifact:version",
        "%maven --scope=x a:b:1 | no option --scope=x",
        "%maven a:b | must be group:artifact:version",
        "%addMavenRepo x | %addMavenRepo: needs an id and a URL",
        "%addMavenRepo x not-a-url | %addMavenRepo: the URL is 'not-a-url': must begin with https://"
      })
  void advice(String cell, String message) {
    assertThat(error(cell.replace("\\n", "\n"))).contains(message);
  }

  @Test
  @DisplayName("negations that fail are still Java")
  void negations() {
    assertThat(error("boolean no1 = !nope2.isEmpty();")).doesNotContain("command");
    assertThat(value("boolean yes1 = true;\n!yes1")).isEqualTo(false);
  }

  @Test
  void offeredMagics() {
    assertThat(value("%addMavenRepo other https://example.org/maven2")).isNull();
    assertThat(value("%dependency /repo more https://example.org/maven")).isNull();
    assertThat(value("%dependency /add a:b:1\n%dependency /list-dependencies")).isNull();
    assertThat(value("int listed1 = 1;\n%jshell /vars\n%jshell /imports")).isNull();
    DisplayData html = (DisplayData) value("%%html\n<b>x</b>");
    assertThat(html.getData(MIMEType.TEXT_HTML)).isEqualTo("<b>x</b>");
  }

  private Path jar(String name, String... entries) throws Exception {
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return jar;
  }

  @Test
  @DisplayName("other versions of what the kernel has are named, with the one that is used")
  void otherVersions() throws Exception {
    ClassLoader loader = kernel.evaluator().classLoader();
    Path gson = jar("gson-2.8.5.jar", "com/google/gson/Gson.class");
    assertThat(Clashes.notes(List.of(gson), loader))
        .singleElement()
        .asString()
        .contains("they are used: gson 2.11.0 (not 2.8.5)");
    Path fat = jar("fat.jar", "com/google/gson/Gson.class", "own/Own.class");
    assertThat(Clashes.notes(List.of(fat), loader))
        .singleElement()
        .asString()
        .contains("fat.jar and gson-2.11.0.jar have different classes in com.google.gson;")
        .endsWith("those of the second are used");
    Path log = jar("slf4j-simple-1.7.36.jar", "org/slf4j/impl/StaticLoggerBinder.class");
    assertThat(Clashes.notes(List.of(log), loader))
        .singleElement()
        .asString()
        .contains("slf4j-simple-1.7.36.jar is not used")
        .contains("slf4j-nop-2.0.20.jar, which writes nothing");
    Path logback =
        jar("logback-classic-1.5.0.jar", "META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
    assertThat(Clashes.notes(List.of(logback), loader)).hasSize(1);
  }

  @Test
  @DisplayName("the same version, or classes that nobody else has, need no note; a second one does")
  void noClash() throws Exception {
    ClassLoader loader = kernel.evaluator().classLoader();
    String used =
        com.google.gson.Gson.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    Path own = jar("own-1.0.jar", "own/thing/Own.class");
    assertThat(Clashes.notes(List.of(Path.of(used), own, folder, folder.resolve("no.jar")), loader))
        .isEmpty();
    value("%jars " + own);
    Path next = folder.resolve("own-2.0.jar");
    try (OutputStream out = Files.newOutputStream(next);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("own/thing/Own.class"));
      zip.write(1);
      zip.closeEntry();
    }
    assertThat(Clashes.notes(List.of(next), loader))
        .singleElement()
        .asString()
        .contains("own 1.0 (not 2.0)");
  }
}
