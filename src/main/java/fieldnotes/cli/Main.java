package fieldnotes.cli;

import fieldnotes.common.Progress;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The commands behind {@code ./workbench}: words that the launcher does not know itself come here.
 *
 * <p>A command is a class of its own, annotated for picocli, and a line in {@link #commandLine()}.
 * It exits with 0 when it did its work, 1 when the work failed and 2 when it was called wrongly,
 * unless it says otherwise in its help.
 */
@Command(
    name = "workbench",
    description = "Learn from sound and from tables: the commands behind ./workbench.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "On failure, print where in the program it happened.")
  private boolean trace;

  @Option(names = "--commands", hidden = true, description = "List the commands, one a line.")
  private boolean commands;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Progress.showOn(TerminalProgress.standard());
    int code = commandLine().execute(args);
    System.out.flush();
    System.exit(code);
  }

  /** Every command, ready to execute; a new instance at each call. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    // one line for each command, in the order in which the help lists them
    line.addSubcommand(new DataCommand());
    line.addSubcommand(new FeaturesCommand());
    line.addSubcommand(new FormulasCommand());
    line.addSubcommand(new JournalCommand());
    line.addSubcommand(new NativesCommand());

    line.setExecutionExceptionHandler(main.new Failure());
    addHelp(line);
    return line;
  }

  @Override
  public void run() {
    if (!commands) {
      throw new ParameterException(spec.commandLine(), "Missing command; --help lists them");
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Map.Entry<String, CommandLine> entry : spec.subcommands().entrySet()) {
      String[] description = entry.getValue().getCommandSpec().usageMessage().description();
      if (!entry.getValue().getCommandSpec().usageMessage().hidden()) {
        out.printf("  %-22s %s%n", entry.getKey(), description.length == 0 ? "" : description[0]);
      }
    }
    out.flush();
  }

  /** Gives {@code -h} and {@code --help} to each command that did not declare them itself. */
  private static void addHelp(CommandLine line) {
    for (CommandLine sub : line.getSubcommands().values()) {
      CommandSpec command = sub.getCommandSpec();
      if (command.findOption("--help") == null) {
        command.mixinStandardHelpOptions(true);
      }
      addHelp(sub);
    }
  }

  /** Says what failed in one line; the stack only when asked for, or when it is our mistake. */
  private final class Failure implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception exception, CommandLine line, CommandLine.ParseResult result) {
      PrintWriter err = line.getErr();
      String message = exception.getMessage();
      boolean explained =
          message != null
              && (!(exception instanceof RuntimeException)
                  || exception instanceof IllegalArgumentException
                  || exception instanceof IllegalStateException
                  || exception instanceof UncheckedIOException
                  || exception.getClass().getName().startsWith("fieldnotes."));
      err.println(line.getCommandSpec().qualifiedName() + ": " + (explained ? message : exception));
      if (trace || !explained) {
        exception.printStackTrace(err);
      }
      err.flush();
      return line.getCommandSpec().exitCodeOnExecutionException();
    }
  }

  /** Fieldnotes' version from the jar, with the versions of Java and of the system. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "Fieldnotes " + (version == null ? "(not packed)" : version),
        "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
      };
    }
  }
}
