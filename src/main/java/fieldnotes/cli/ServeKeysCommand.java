package fieldnotes.cli;

import fieldnotes.serve.ApiKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench serve keys}: makes, lists and revokes the keys of the service. */
@Command(
    name = "keys",
    description = "Make, list and revoke the keys of the service, also while it runs.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: ./workbench serve keys add laptop --keys keys.json"})
final class ServeKeysCommand implements Runnable {
  private static final String FILE = "File of keys (default: ${DEFAULT-VALUE}).";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: one of add, list, revoke");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Make a key and print it; it is kept nowhere, only its SHA-256.")
  void add(
      @Parameters(paramLabel = "NAME", description = "Who or what the key is for.") String name,
      @Option(names = "--keys", paramLabel = "FILE", defaultValue = "keys.json", description = FILE)
          Path file,
      @Option(names = "--admin", description = "The key may also load models anew.") boolean admin,
      @Option(
              names = "--rate",
              paramLabel = "N",
              defaultValue = "0",
              description =
                  "Requests a second of this key; 0 for the rate of the service (default:"
                      + " ${DEFAULT-VALUE}).")
          double rate)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(ApiKeys.add(file, name, admin, rate));
    out.flush();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the keys, without what is secret.")
  void list(
      @Option(names = "--keys", paramLabel = "FILE", defaultValue = "keys.json", description = FILE)
          Path file)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<ApiKeys.Key> keys = ApiKeys.open(file).list();
    keys.forEach(key -> out.println(Printed.of("%s", key)));
    out.println(Printed.of("%s keys in %s", keys.size(), file));
    out.flush();
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Revoke a key: from now on it is refused.")
  void revoke(
      @Parameters(paramLabel = "ID|NAME", description = "Its id or its name, as list prints them.")
          String which,
      @Option(names = "--keys", paramLabel = "FILE", defaultValue = "keys.json", description = FILE)
          Path file)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Printed.of("revoked %s", ApiKeys.revoke(file, which)));
    out.flush();
  }
}
