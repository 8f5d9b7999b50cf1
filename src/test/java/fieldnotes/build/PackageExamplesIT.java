package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every package teaches with an example, and the example runs as a cell would run it: with the
 * classes of all packages in reach and nothing else prepared.
 */
class PackageExamplesIT {
  private static final Path SOURCES = Path.of("src/main/java/fieldnotes");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\s*\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

  private static JShell shell;
  private static List<Snippet> prepared;

  /** One for all examples: its imports took longer than they. */
  @BeforeAll
  static void prepare() throws IOException {
    shell =
        JShell.builder()
            .executionEngine(new LocalExecutionControlProvider(), java.util.Map.of())
            .compilerOptions("--add-modules", "jdk.incubator.vector")
            .build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    for (String path :
        System.getProperty("surefire.test.class.path", "").split(java.io.File.pathSeparator)) {
      shell.addToClasspath(path);
    }
    for (Path other : packages()) {
      shell.eval("import fieldnotes." + other.getFileName() + ".*;");
    }
    for (String name :
        List.of("java.nio.file.*", "java.util.*", "tech.tablesaw.api.*", "java.io.*")) {
      shell.eval("import " + name + ";");
    }
    prepared = shell.snippets().toList();
  }

  /**
   * Nothing that an example declared or imported is there for the next; the last of it goes first.
   */
  @AfterEach
  void forget() {
    shell
        .snippets()
        .filter(snippet -> snippet.kind().isPersistent() && !prepared.contains(snippet))
        .filter(snippet -> shell.status(snippet).isActive())
        .toList()
        .reversed()
        .forEach(shell::drop);
  }

  @AfterAll
  static void leave() {
    shell.close();
  }

  static List<Path> packages() throws IOException {
    try (Stream<Path> folders = Files.list(SOURCES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @Test
  void everyPackageHasAPageThatTeaches() throws IOException {
    assertThat(packages())
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .exists()
                    .content()
                    .containsPattern(EXAMPLE));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void itsExampleRuns(Path folder) throws IOException {
    Matcher matcher = EXAMPLE.matcher(Files.readString(folder.resolve("package-info.java")));
    assertThat(matcher.find()).as("an example in %s", folder).isTrue();
    String code = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
    assertThat(failures(code)).as(code).isEmpty();
  }

  /** What a cell calls to reach its kernel compiles here, and then says that there is none. */
  private static boolean needsKernel(Exception exception) {
    return String.valueOf(exception.getMessage()).startsWith("No kernel running");
  }

  private static List<String> failures(String code) {
    List<String> failures = new ArrayList<>();
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String rest = code;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(rest);
      String source = next.source() == null ? rest : next.source();
      for (SnippetEvent event : shell.eval(source)) {
        if (event.status() == Snippet.Status.REJECTED) {
          shell.diagnostics(event.snippet()).forEach(d -> failures.add(d.getMessage(null)));
        }
        if (event.exception() != null && !needsKernel(event.exception())) {
          failures.add(event.exception() + " at " + source);
        }
      }
      rest = next.source() == null ? "" : next.remaining();
    }
    return failures;
  }
}
