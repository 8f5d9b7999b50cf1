package fieldnotes.kernel;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;

/**
 * The Java kernel for Jupyter: runs cells on JShell in this process.
 *
 * <p>Extensions found by {@link org.dflib.jjava.jupyter.Extension} are installed before the first
 * cell.
 */
public final class JavaKernel extends BaseKernel {
  private final Start start = new Start();
  private final Ending ending = new Ending(this::flush);
  private final Output output;
  private final Printer printer;
  private final Shown shown = new Shown();
  private final History history = new History();
  private final DefaultImports imports = DefaultImports.read();
  private final LastOutput lastOutput;
  private final CellOutput cellOutput;
  private final Magics magics;
  private final Typing typing;
  private Connection connection;
  private Answers answers;
  private volatile CellEnvironment executing;
  private volatile Cell cell = new Cell(0, "", "");

  /** The cell that was stopped while waiting for the kernel to start. */
  private volatile CellEnvironment stoppedEarly;

  JavaKernel() {
    super(
        "fieldnotes",
        Optional.ofNullable(JavaKernel.class.getPackage().getImplementationVersion()).orElse("dev"),
        new LanguageInfo.Builder("java")
            .version(Integer.toString(Runtime.version().feature()))
            .mimetype("text/x-java-source")
            .fileExtension(".jshell")
            .pygments("java")
            .codemirror("text/x-java")
            .build(),
        List.of(
            new HelpLink("Java SE API", "https://docs.oracle.com/en/java/javase/25/docs/api/"),
            new HelpLink("JShell", "https://docs.oracle.com/en/java/javase/25/jshell/")),
        null,
        new KernelIO(),
        new Comms(),
        new PlainRenderer(),
        new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
        new Registry(),
        true,
        new StringStyler.Builder().build());
    ((PlainRenderer) renderer).hasDefaults();
    lastOutput = new LastOutput(this);
    cellOutput = new CellOutput((KernelIO) io, lastOutput, start::now);
    output = new Output(cellOutput::send);
    printer = new Printer(output, start::evaluator);
    magics = new Magics(this);
    typing = new Typing(start::ready, magics);
  }

  /**
   * Runs a kernel for the front end that wrote the connection file.
   *
   * @param arguments the connection file; or {@code --train} to run typical first cells, so that
   *     the JVM records the classes they need, and exit
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: JavaKernel CONNECTION_FILE | --train");
      System.exit(2);
    }
    if (arguments[0].equals("--train")) {
      Training.run();
      return;
    }
    JavaKernel kernel = new JavaKernel();
    Thread.ofPlatform().daemon().name("prepare").start(kernel::prepare);
    Thread.ofPlatform()
        .daemon()
        .name("warm up")
        .start(() -> kernel.typing.warmUp(() -> kernel.executing != null));
    try {
      kernel.connect(ConnectionFile.read(Path.of(arguments[0])));
    } catch (ConnectionFile.Unusable e) {
      Connection.CONSOLE.println("kernel: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
    Orphan.watch(kernel::end);
    Footprint.watch();
    kernel.connection.join();
  }

  void connect(KernelConnectionProperties properties) throws ConnectionFile.Unusable {
    connection = new Connection(properties);
    answers = new Answers(this, connection, output);
    commManager.setIOPubChannel(connection.published());
    output.start();
    Streams.install(output.out, output.err);
    Thread.setDefaultUncaughtExceptionHandler(CellStopped::ended);
    System.setIn(((KernelIO) io).questions);
    KernelConsole.install((KernelIO) io);
    connection.start(answers);
    connection
        .published()
        .sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    Signals.on("INT", this::interrupt);
    Signals.on("TERM", this::end);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("last words").unstarted(this::lastWords));
  }

  /** Creates the compiler and installs the extensions, while the sockets are bound. */
  void prepare() {
    start.run(imports, printer::tell, this::onStartup);
  }

  @Override
  protected void installDefaultExtensions() {
    Optional<List<Extension>> known = evaluator().extensions();
    known.ifPresentOrElse(
        all -> all.forEach(this::installExtension), super::installDefaultExtensions);
  }

  Evaluator evaluator() {
    return start.evaluator();
  }

  Magics magics() {
    return magics;
  }

  Printer printer() {
    return printer;
  }

  History history() {
    return history;
  }

  DefaultImports imports() {
    return imports;
  }

  @Override
  protected ClassLoader getClassLoader() {
    return evaluator().classLoader();
  }

  /** Adds jars or folders, separated as in class paths, to the class path of cells. */
  public void addToClasspath(String paths) {
    addToClasspath(Arrays.stream(paths.split(File.pathSeparator)).map(Path::of).toList());
  }

  /** The magics, as IJava's notebooks use them. */
  public IJavaMagics.Magics getMagics() {
    return new IJavaMagics.Magics(this);
  }

  /**
   * Adds jars or folders to the class path of cells and installs the extensions in them. Where the
   * class path has other versions of their classes, a note says which are used.
   */
  public void addToClasspath(List<Path> paths) {
    Clashes.notes(paths, evaluator().classLoader()).forEach(printer::note);
    evaluator().addToClasspath(paths);
    installExtensions(evaluator().classLoader());
  }

  // Evaluation

  @Override
  public Object evalRaw(String source) {
    return run(new Cell(0, cell.title(), source)).value();
  }

  /** The running cell, or the last one. */
  Cell currentCell() {
    return cell;
  }

  Evaluator.Result run(Cell one) {
    return run(one, 0, one.text());
  }

  /** Runs a part of a cell that begins at a given character. */
  Evaluator.Result run(Cell one, int start, String text) {
    return CellParts.run(one, start, text, evaluator(), magics);
  }

  /** Renders a value for the front end; display data is returned as it is. */
  DisplayData asData(Object value) {
    return value instanceof DisplayData data
        ? PlainRenderer.withText(data, data)
        : renderer.render(value);
  }

  /** Does not show a display once more whose id is the value of the cell. */
  void doNotShow(String id) {
    shown.displayed(id);
  }

  DisplayData shown(Evaluator.Result result) {
    return shown.shows(result) ? evaluator().render(() -> asData(result.value())) : null;
  }

  /**
   * Clears the output of the cell.
   *
   * @param wait whether to wait until there is new output
   */
  public void clearOutput(boolean wait) {
    CellEnvironment environment = ((KernelIO) io).current();
    if (environment != null) {
      environment.publish(wait ? PublishClearOutput.BEFORE_NEXT_OUTPUT : PublishClearOutput.NOW);
    }
  }

  /** For widgets, by reflection: runs code whose outputs go elsewhere. */
  public TakenOutput takenOutput() {
    return new TakenOutput(this, output, connection);
  }

  /** The cell leaves nothing out of what it prints from now on. */
  void showAll() {
    output.flush();
    cellOutput.showAll();
  }

  /** The cell has ended: shows the end of what it has printed, if not all was shown. */
  void endOutput(CellEnvironment environment) {
    output.flush();
    cellOutput.end(environment);
  }

  // Messages

  /** The execution count of a cell; one that is not stored has that of the last stored one. */
  int count(boolean stored) {
    return stored ? executionCount.getAndIncrement() : executionCount.get() - 1;
  }

  /** Runs a cell: the value of its last expression as the front end shows it, or null. */
  DisplayData runCell(CellEnvironment environment, Cell one) {
    executing = environment;
    cellOutput.begin(environment);
    Evaluator evaluator = start.ready();
    evaluator.begin();
    if (stoppedEarly == environment) {
      throw new CellStopped();
    }
    cell = one;
    DisplayData data = shown(run(one));
    notes("");
    return data;
  }

  /** Sends the notes on a cell that its error does not contain. */
  void notes(String error) {
    cellOutput.notes(error, printer);
    output.flush();
  }

  /** The cell has ended. */
  void ran() {
    typing.ran();
    executing = null;
  }

  /** A widget's message is not affected by the stop of an earlier cell. */
  void forgetStop() {
    Evaluator evaluator = start.now();
    if (evaluator != null) {
      evaluator.begin();
    }
  }

  @Override
  public List<String> formatError(Throwable e) {
    return switch (e) {
      case CompilationFailure failure -> ErrorText.of(failure);
      case CellFailure failure -> {
        lastOutput.failed(failure);
        yield ErrorText.of(failure, evaluator().origins()::of);
      }
      case CellStopped stopped -> ErrorText.of("Stopped. Values that the cell has set are kept.");
      case MagicFailure failure -> ErrorText.of(failure.getMessage());
      default -> ErrorText.of(e);
    };
  }

  @Override
  public void interrupt() {
    interrupt(Instant.now());
  }

  /** Stops the cell, as the user wished at this time. */
  void interrupt(Instant asked) {
    // first, because the cell may be about to begin
    stoppedEarly = executing;
    String note = start.isReady() ? evaluator().stop(asked) : null;
    if (note != null) {
      printer.tell(note);
    }
  }

  // Help while typing

  /** What answers while a person types. */
  Typing typing() {
    return typing;
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return typing.inspect(code, at, extraDetail);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    Candidates found = typing.candidates(code, at);
    return new ReplacementOptions(
        found.texts(),
        Text.characters(code, found.start()),
        Text.characters(code, Text.index(code, at)));
  }

  /**
   * Registers what completion offers inside a text in the code. The function gets what is known of
   * the place: {@code text} (what is written of the text), and if it is an argument {@code method}
   * (its name), {@code owner} (the class that has the method), {@code argument} (its index), {@code
   * parameters} (the names that overloads give the argument), {@code receiver} and {@code root}
   * (the value of the variable that the method is called on, directly or by a chain of calls),
   * {@code arguments} (the values of variables before it, or null), and always {@code variables}
   * (the values of all variables by name). It must not change them.
   */
  public void addTextHints(Function<Map<String, Object>, ? extends Collection<String>> hint) {
    typing.addTextHints(hint);
  }

  /** For extensions, by reflection: adds work for the first time that nothing runs for a while. */
  public void whenIdle(Runnable work) {
    typing.whenIdle(work);
  }

  @Override
  public String isComplete(String code) {
    return typing.isComplete(code);
  }

  // The end

  /** Ends the process: in order if possible, within two seconds in any case. */
  void end() {
    ending.begin();
  }

  private void flush() {
    output.flush();
    connection.flush();
  }

  /** A library ended the process while a cell ran: replies so that the front end does not wait. */
  private void lastWords() {
    CellEnvironment environment = executing;
    ending.lastWords(environment == null ? null : () -> answers.lastWords(environment));
    if (start.isReady()) {
      try {
        onShutdown(false);
      } catch (RuntimeException e) {
        // An extension's clean-up failed; there is no front end left to report it to.
      }
    }
  }
}
