package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fieldnotes.common.JupyterPython;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The kernel as front ends meet it: started by the specification that the launcher writes, and
 * asked over its sockets by jupyter_client. The checks themselves are
 * src/test/python/kernel_checks.py. Much of a check is waiting, so two run at a time. {@code
 * -Dfieldnotes.kernel=all} for all repetitions.
 */
class KernelIT {
  private static final boolean ALL = "all".equals(System.getProperty("fieldnotes.kernel"));

  /** The longest first: they run two at a time. */
  static final List<String> CHECKS =
      List.of(
          "memory",
          "soak",
          "stubborn",
          "flood",
          "cold_starts",
          "quick_ends",
          "streams",
          "much_output",
          "called",
          "wire",
          "errors",
          "orphans",
          "terminated",
          "reading",
          "typing",
          "places",
          "widgets",
          "newcomer",
          "redefinition",
          "displays",
          "other_peoples_notebooks",
          "protocol");

  /** How often what is repeated is repeated. */
  private static final Map<String, Map<String, String>> FEWER =
      Map.of(
          "soak", Map.of("FIELDNOTES_SOAK", "100"),
          "much_output", Map.of("FIELDNOTES_LINES", "200000"),
          "cold_starts", Map.of("FIELDNOTES_STARTS", "4"),
          "quick_ends", Map.of("FIELDNOTES_STARTS", "8"));

  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir static Path folder;
  private static String python;
  private static Path specification;
  private static ExecutorService two;
  private static Map<String, Future<Void>> begun;

  @BeforeAll
  static void prepareTheKernel() throws Exception {
    python = JupyterPython.find();
    assumeThat(python)
        .as("a Python with jupyter_client: the kernel is not tested; './workbench test' has one")
        .isNotNull();
    // prepared where the launcher looks for it, so once: in "./workbench test" the timed checks and
    // the notebooks come later
    run(
        Map.of("FIELDNOTES_PYTHON", python, "FIELDNOTES_BUILT", "kernel"),
        List.of("./workbench", "build"));
    specification = PROJECT.resolve("target/jupyter/kernels/java/kernel.json");
    Path cache = PROJECT.resolve("target/workbench/kernel.aot");
    assertThat(specification).content().contains(cache.toString());
    assertThat(cache).isNotEmptyFile();
  }

  @AfterAll
  static void end() {
    if (two != null) {
      two.shutdownNow();
    }
  }

  private static String run(Map<String, String> environment, List<String> words) throws Exception {
    Path log = Files.createTempFile(folder, "log", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(PROJECT.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("FIELDNOTES_BUILT", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended;
    try {
      ended = process.waitFor(420, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(log);
    assertThat(ended).as("%s ends within seven minutes: %s", words, text).isTrue();
    assertThat(process.exitValue()).as("%s: %s", words, text).isZero();
    return text;
  }

  @ParameterizedTest
  @FieldSource("CHECKS")
  void keeps(String check) throws Exception {
    if (begun == null) {
      two = Executors.newFixedThreadPool(2);
      begun = new HashMap<>();
      CHECKS.forEach(one -> begun.put(one, two.submit(() -> check(one))));
    }
    try {
      begun.get(check).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    }
  }

  @Test
  @Tag("timed")
  @DisplayName("whatever a cell does, it stops within a second")
  void stops() throws Exception {
    check("interrupt");
  }

  private static Void check(String check) throws Exception {
    Map<String, String> environment =
        new HashMap<>(Map.of("FIELDNOTES_KERNEL_SPEC", specification.toString()));
    if (!ALL) {
      environment.putAll(FEWER.getOrDefault(check, Map.of()));
    }
    run(environment, List.of(python, "src/test/python/kernel_checks.py", check));
    return null;
  }
}
