package fieldnotes.cli;

import fieldnotes.common.Progress;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
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
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands behind {@code ./workbench} that are written in Java.
 *
 * <p>A command is a class with picocli annotations and a line in {@link #commandLine()}. Its exit
 * code is 0 for success, 1 for failure and 2 for a usage error, unless its help says otherwise.
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
      description = "Print the stack trace of an error.")
  private boolean trace;

  @Option(names = "--commands", hidden = true, description = "List the commands, one per line.")
  private boolean commands;

  private static PrintStream terminal = System.out;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Standard output, not quoted, for what draws on a terminal. */
  static PrintStream terminal() {
    return terminal;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.US);
    Progress.showOn(TerminalProgress.standard(System.err));
    terminal = System.out;
    System.setOut(QuotedStream.to(System.out));
    System.setErr(QuotedStream.to(System.err));
    int code;
    try {
      code = commandLine().execute(args);
    } catch (OutOfMemoryError | LinkageError e) {
      System.err.println(Printed.of("workbench: %s", remedy(e)));
      code = 1;
    }
    System.out.flush();
    System.exit(code);
  }

  /** What an error of the machine means, and what to do, on one line. */
  static String remedy(Error error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (hasCause(error, OutOfMemoryError.class)) {
      return outOfMemory();
    }
    return "a library could not be loaded: "
        + Reason.words(cause)
        + "; if %s is full or read-only, give another folder by FIELDNOTES_JAVA_OPTIONS=-Djava.io.tmpdir=DIR"
            .formatted(System.getProperty("java.io.tmpdir"));
  }

  /** The message of an exception; of an input or output error with file and reason. */
  static String message(Exception exception) {
    String message = exception.getMessage();
    return switch (exception) {
      case IOException e -> Reason.of(e);
      case UncheckedIOException e when message.equals(e.getCause().toString()) -> Reason.of(e);
      case UncheckedIOException e when !message.contains(Reason.words(e.getCause())) ->
          message + ": " + Reason.of(e.getCause());
      default -> message;
    };
  }

  /** All commands, ready to execute; a new instance on each call. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    // one line per command, in the order of the help
    line.addSubcommand(new DataCommand());
    line.addSubcommand(new DetectCommand());
    line.addSubcommand(new FeaturesCommand());
    line.addSubcommand(new FormulasCommand());
    line.addSubcommand(new JournalCommand());
    line.addSubcommand(new LabelCommand());
    line.addSubcommand(new LabelsCommand());
    line.addSubcommand(new NativesCommand());

    line.registerConverter(LocalDate.class, Main::date);
    line.setExecutionExceptionHandler(main.new Failure());
    line.setParameterExceptionHandler(Main::misuse);
    // escapes of picocli's own would be quoted
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    addHelp(line);
    return line;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' must be a date such as 2026-03-01");
    }
  }

  @Override
  public void run() {
    if (!commands) {
      throw new ParameterException(spec.commandLine(), "missing command");
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

  /** Adds {@code -h} and {@code --help} to each command that does not declare them. */
  private static void addHelp(CommandLine line) {
    for (CommandLine sub : line.getSubcommands().values()) {
      CommandSpec command = sub.getCommandSpec();
      if (command.findOption("--help") == null) {
        command.mixinStandardHelpOptions(true);
      }
      addHelp(sub);
    }
  }

  /** Prints a usage error; for an unknown word, suggests similar ones. */
  private static int misuse(ParameterException exception, String[] arguments) {
    CommandLine line = exception.getCommandLine();
    String message = exception.getMessage();
    if (exception instanceof UnmatchedArgumentException unknown) {
      boolean option = unknown.isUnknownOption();
      String kind = option ? "option" : line.getSubcommands().isEmpty() ? "argument" : "command";
      String word = unknown.getUnmatched().getFirst();
      message = "unknown %s '%s'".formatted(kind, Quoted.line(word));
      if (option && !unknown.getSuggestions().isEmpty()) {
        message += "; did you mean " + String.join(" or ", unknown.getSuggestions()) + "?";
      } else if (kind.equals("command")) {
        message += Alike.suggestion(word, line.getSubcommands().keySet());
      }
    }
    String name = line.getCommandSpec().qualifiedName();
    PrintWriter err = line.getErr();
    message = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    err.println(name + ": " + Printed.indented(message).strip());
    err.println("  for usage: ./" + name + " --help");
    err.flush();
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> kind) {
    Throwable cause = failure;
    for (int i = 0; i < 20 && cause != null && !kind.isInstance(cause); i++) {
      cause = cause.getCause();
    }
    return kind.isInstance(cause);
  }

  private static String outOfMemory() {
    return String.format(
        Locale.ROOT,
        "out of memory: the heap has %,d MB; allow more with FIELDNOTES_JAVA_OPTIONS=-Xmx4g",
        Runtime.getRuntime().maxMemory() / 1_000_000);
  }

  /** Prints an error on one line; a stack trace only on request or for a bug. */
  private final class Failure implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception exception, CommandLine line, CommandLine.ParseResult result) {
      PrintWriter err = line.getErr();
      if (hasCause(exception, OutOfMemoryError.class)) {
        err.println(line.getCommandSpec().qualifiedName() + ": " + outOfMemory());
        err.flush();
        return line.getCommandSpec().exitCodeOnExecutionException();
      }
      String message = message(exception);
      boolean explained =
          message != null
              && (!(exception instanceof RuntimeException)
                  || exception instanceof IllegalArgumentException
                  || exception instanceof IllegalStateException
                  || exception instanceof UncheckedIOException
                  || exception.getClass().getName().startsWith("fieldnotes."));
      String shown = explained ? message : exception.toString();
      err.println(line.getCommandSpec().qualifiedName() + ": " + Printed.indented(shown).strip());
      if (trace || !explained) {
        StringWriter stack = new StringWriter();
        exception.printStackTrace(new PrintWriter(stack, true));
        err.println(Printed.indented(stack.toString()));
      }
      err.flush();
      return line.getCommandSpec().exitCodeOnExecutionException();
    }
  }

  /** The versions of Fieldnotes (from the jar), Java and the operating system. */
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
