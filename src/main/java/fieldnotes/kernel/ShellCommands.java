package fieldnotes.kernel;

import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** {@code %jshell}: the commands of JShell that list what the notebook has declared. */
final class ShellCommands {
  private ShellCommands() {}

  static void register(JavaKernel kernel) {
    ((Registry) kernel.getMagicsRegistry())
        .line(
            "%jshell /vars|/methods|/types|/imports|/list",
            "lists what the notebook has declared", (k, args) -> list(kernel, args));
  }

  private static Object list(JavaKernel kernel, List<String> arguments) {
    JShell shell = kernel.evaluator().shell();
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    Stream<String> lines =
        switch (command) {
          case "/vars", "/v" ->
              shell
                  .variables()
                  .filter(v -> !v.name().startsWith("$"))
                  .map(v -> v.typeName() + " " + v.name());
          case "/methods", "/m" -> shell.methods().map(m -> m.name() + m.signature());
          case "/types", "/t" -> shell.types().map(t -> t.name());
          case "/imports", "/i" ->
              shell.imports().map(i -> i.source().strip().replace(";import", ";\nimport"));
          case "/list", "/l" ->
              shell
                  .snippets()
                  .filter(s -> shell.status(s) == Snippet.Status.VALID)
                  .map(s -> s.source().strip());
          default ->
              throw new MagicFailure(
                  "%%jshell %s: must be /vars, /methods, /types, /imports or /list"
                          .formatted(command)
                      + "; write code itself in a cell, and add jars with %jars or %maven");
        };
    lines.forEach(kernel.printer()::line);
    return null;
  }
}
