package fieldnotes.common;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Python that tests of the kernel and of the launcher use as a front end's. */
public final class JupyterPython {
  private JupyterPython() {}

  /**
   * The first of {@code FIELDNOTES_PYTHON}, the project's {@code .venv} and {@code python3} that
   * has JupyterLab and what executes notebooks, or null.
   */
  public static String find() throws InterruptedException {
    List<String> candidates = new ArrayList<>();
    Optional.ofNullable(System.getenv("FIELDNOTES_PYTHON")).ifPresent(candidates::add);
    candidates.add(Path.of(".venv/bin/python").toAbsolutePath().toString());
    candidates.add("python3");
    for (String candidate : candidates) {
      try {
        Process process =
            new ProcessBuilder(
                    candidate, "-c", "import jupyterlab, jupyter_client, nbclient, nbconvert")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() == 0) {
          return candidate;
        }
      } catch (IOException notThere) {
        // the next one
      }
    }
    return null;
  }
}
