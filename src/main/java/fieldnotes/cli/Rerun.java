package fieldnotes.cli;

import fieldnotes.journal.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs notebooks of the journal again, next to it. */
final class Rerun {
  private Rerun() {}

  /** Runs notebooks with the launcher; journal and pages go to a separate folder. */
  static int execute(Journal journal, Path aside, List<String> notebooks, PrintWriter out)
      throws IOException, InterruptedException {
    remove(aside);
    Path launcher = journal.root().resolve("workbench");
    if (!Files.isExecutable(launcher)) {
      throw new IllegalStateException(
          "%s: there is no such program; it must be next to the journal".formatted(launcher));
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of(launcher.toString(), "run", "--site", aside.resolve("site").toString()));
    notebooks.forEach(n -> command.add(journal.root().resolve(n).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("FIELDNOTES_JOURNAL", aside.resolve("journal").toString());
    out.flush();
    return builder.start().waitFor();
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
