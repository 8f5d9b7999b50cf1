package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine line = Main.commandLine();
    line.addSubcommand(new Explained());
    line.addSubcommand(new Mistaken());
    line.addSubcommand(new Forging());
    line.addSubcommand(new Hungry());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  @DisplayName("an unknown command or option is a usage error with the names most like it")
  void unknownCommand() {
    assertThat(execute("explaind")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("workbench: unknown command 'explaind'; did you mean explained?")
        .endsWith(
            System.lineSeparator() + "  for usage: ./workbench --help" + System.lineSeparator());
    err.getBuffer().setLength(0);
    assertThat(execute("features", "talks", "--out", "x.csv", "--chunks", "3")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("workbench features: unknown option '--chunks'; did you mean --chunk");
    err.getBuffer().setLength(0);
    assertThat(execute("journal", "comprae", "x")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("workbench journal: unknown command 'comprae'; did you mean compare");
  }

  @Test
  @DisplayName("a usage error starts with the name of the command")
  void namesTheCommand() {
    assertThat(execute("features", "talks")).isEqualTo(2);
    assertThat(err.toString()).startsWith("workbench features: missing required option: '--out");
    err.getBuffer().setLength(0);
    assertThat(execute("features", "talks", "--hop", "x", "--out", "x.csv")).isEqualTo(2);
    assertThat(err.toString()).startsWith("workbench features: invalid value for option '--hop'");
    err.getBuffer().setLength(0);
    assertThat(execute("data", "fetch", "no-such-set")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("workbench data fetch: no-such-set: no such data set; the catalogue has [");
    err.getBuffer().setLength(0);
    assertThat(execute("data", "list", "stduio")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean studio?");
  }

  @Test
  @DisplayName("a missing command is a usage error, too")
  void noCommand() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).startsWith("workbench: missing command");
  }

  @Test
  @DisplayName("every command has --help and a description of one line")
  void everyCommandHasHelp() {
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(execute(name, "--help")).as(name).isZero();
              assertThat(command.getCommandSpec().usageMessage().description())
                  .as(name)
                  .isNotEmpty();
            });
  }

  @Test
  @DisplayName("--commands lists a line for each command, which the launcher's help shows")
  void listsCommands() {
    assertThat(execute("--commands")).isZero();
    assertThat(out.toString()).contains("explained").contains("Fails with a reason.");
  }

  @Test
  @DisplayName("a failure with a reason is one line and exit code 1")
  void failureIsOneLine() {
    assertThat(execute("explained")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("workbench explained: no such folder: x");
  }

  @Test
  @DisplayName("more lines of a message do not begin like a message of their own")
  void linesOfAMessage() {
    assertThat(execute("forging")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("workbench forging: x\n  workbench features: all is well");
  }

  @Test
  @DisplayName("without memory: one line that says how to allow more")
  void outOfMemory() {
    assertThat(execute("hungry")).isEqualTo(1);
    assertThat(err.toString().strip())
        .matches(
            "workbench hungry: out of memory: the heap has [0-9,]+ MB; allow more with"
                + " FIELDNOTES_JAVA_OPTIONS=-Xmx4g");
  }

  @Test
  @DisplayName("help and errors have no colours")
  void noColours() {
    execute("--help");
    execute("features", "--help");
    execute("nonsense");
    assertThat(out.toString() + err).doesNotContain("\u001b");
  }

  @Test
  @DisplayName("--trace adds where it happened")
  void traceShowsTheStack() {
    assertThat(execute("--trace", "explained")).isEqualTo(1);
    assertThat(err.toString()).contains("no such folder: x").contains("MainTest$Explained.call");
  }

  @Test
  @DisplayName("a mistake in the program shows its stack unasked")
  void mistakeShowsTheStack() {
    assertThat(execute("mistaken")).isEqualTo(1);
    assertThat(err.toString()).contains("NullPointerException").contains("MainTest$Mistaken.call");
  }

  @Command(name = "explained", description = "Fails with a reason.")
  private static final class Explained implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      throw new IOException("no such folder: x");
    }
  }

  @Command(name = "forging", description = "Fails with a reason of two lines.")
  private static final class Forging implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalArgumentException("x\nworkbench features: all is well\n");
    }
  }

  @Command(name = "hungry", description = "Fails for lack of memory.")
  private static final class Hungry implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("task failed", new OutOfMemoryError("Java heap space"));
    }
  }

  @Command(name = "mistaken", description = "Fails by a mistake.")
  private static final class Mistaken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new NullPointerException();
    }
  }
}
