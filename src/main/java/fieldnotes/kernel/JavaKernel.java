package fieldnotes.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.reply.InterruptReply;
import org.dflib.jjava.jupyter.messages.reply.IsCompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ShutdownReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.IsCompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;

/**
 * The Java kernel for Jupyter: runs cells on JShell in this process.
 *
 * <p>Extensions found by {@link org.dflib.jjava.jupyter.Extension} are installed before the first
 * cell.
 */
public final class JavaKernel extends BaseKernel implements Connection.Handler {
  // The expensive one last, as every import is checked together with those before it.
  static final String IMPORTS =
      "import static fieldnotes.kernel.CellFunctions.*;import module java.base;";

  private final CompletableFuture<Evaluator> made = new CompletableFuture<>();
  private final CompletableFuture<Evaluator> ready = new CompletableFuture<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Output output = new Output(this::sendPrinted);
  private final Magics magics;
  private Connection connection;
  private volatile CellEnvironment executing;
  private volatile Cell cell = new Cell(0, "", "");
  private volatile String shownId;

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
        new CommManager(),
        new PlainRenderer(),
        new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
    magics = new Magics(this);
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
    kernel.prepareInBackground();
    KernelConnectionProperties properties =
        KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
    kernel.connect(properties);
    Orphan.watch(kernel::end);
    kernel.connection.join();
  }

  void connect(KernelConnectionProperties properties) throws GeneralSecurityException {
    connection = new Connection(properties);
    commManager.setIOPubChannel(connection.published());
    output.start();
    System.setOut(output.out);
    System.setErr(output.err);
    System.setIn(((KernelIO) io).questions);
    connection.start(this);
    connection
        .published()
        .sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    made.thenAccept(evaluator -> evaluator.watch(output.err::println));
    Signals.on("INT", this::interrupt);
    Signals.on("TERM", this::end);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("last words").unstarted(this::lastWords));
  }

  /** Creates the compiler and installs the extensions while the sockets are bound. */
  void prepareInBackground() {
    Thread.ofPlatform().daemon().name("prepare").start(this::prepare);
  }

  void prepare() {
    try {
      Modules.load(System.getProperty("fieldnotes.kernel.modules", ""));
      Evaluator evaluator = new Evaluator();
      String sources = System.getProperty("fieldnotes.sources");
      if (sources != null) {
        evaluator.readSourcesFrom(Path.of(sources));
      }
      evaluator.eval(new Cell(0, "default imports", IMPORTS), 0, IMPORTS);
      made.complete(evaluator);
      onStartup();
      ready.complete(evaluator);
    } catch (Throwable e) {
      made.completeExceptionally(e);
      ready.completeExceptionally(e);
    }
  }

  @Override
  protected void installDefaultExtensions() {
    Optional<List<String>> known = evaluator().extensions();
    if (known.isEmpty()) {
      super.installDefaultExtensions();
      return;
    }
    for (String name : known.get()) {
      try {
        installExtension(
            Class.forName(name, true, getClassLoader())
                .asSubclass(Extension.class)
                .getConstructor()
                .newInstance());
      } catch (ReflectiveOperationException | LinkageError e) {
        throw new IllegalStateException("extension " + name + " cannot be created: " + e, e);
      }
    }
  }

  private static Evaluator await(CompletableFuture<Evaluator> one) {
    try {
      return one.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the kernel could not start: " + e.getCause(), e.getCause());
    }
  }

  Evaluator evaluator() {
    return await(made);
  }

  Magics magics() {
    return magics;
  }

  @Override
  protected ClassLoader getClassLoader() {
    return evaluator().classLoader();
  }

  /** Adds jars or folders to the class path of cells and installs the extensions in them. */
  public void addToClasspath(List<Path> paths) {
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
    Evaluator evaluator = evaluator();
    Evaluator.Result result = Evaluator.Result.NOTHING;
    for (CellParts.Part part : CellParts.of(start, text, magics::isLineMagic)) {
      evaluator.throwIfStopped();
      result =
          switch (part) {
            case CellParts.Code code -> evaluator.eval(one, code.start(), code.text());
            case CellParts.LineMagic magic -> magics.run(one, magic);
            case CellParts.CellMagic magic -> magics.run(one, magic);
            case CellParts.AssignedMagic magic -> magics.run(one, magic);
          };
    }
    return result;
  }

  /** Renders a value for the front end; display data is returned as it is. */
  DisplayData asData(Object value) {
    return value instanceof DisplayData data
        ? PlainRenderer.withText(data, data)
        : renderer.render(value);
  }

  /**
   * Remembers the id of a display, so that a cell ending with {@code display(x)} does not print it.
   */
  void doNotShow(String id) {
    shownId = id;
  }

  @SuppressWarnings("ReferenceEquality")
  private DisplayData shown(Evaluator.Result result) {
    // Compared by identity with the string that display returned. The stream that printf returns is
    // not shown either.
    if (!result.isValue()
        || result.value() == null
        || result.value() == (Object) shownId
        || result.value() instanceof java.io.PrintStream) {
      return null;
    }
    return evaluator().renderOnCellThread(() -> asData(result.value()));
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

  /** Clears the output of the cell if it is a single one; says whether it did. */
  public boolean clearOnlyOutput() {
    CellEnvironment environment = ((KernelIO) io).current();
    return environment != null && environment.clearOnlyOutput();
  }

  private void sendPrinted(PublishStream.StreamType stream, String text) {
    CellEnvironment environment = ((KernelIO) io).current();
    Evaluator evaluator = made.getNow(null);
    if (environment != null) {
      environment.sendPrinted(
          new PublishStream(
              stream, evaluator == null ? text : Traces.plain(text, evaluator::frame)));
    }
  }

  // Messages

  @Override
  public void handle(ShellChannel from, Message<?> message) {
    CellEnvironment environment = new CellEnvironment(from, connection, message, output);
    environment.setStatusBusy();
    try {
      answer(environment, message);
    } finally {
      Memory.surely("end a cell", environment::setStatusIdle);
    }
  }

  @Override
  public void handleAfterFailure(ShellChannel from, Message<?> message) {
    if (message.getContent() instanceof ExecuteRequest) {
      CellEnvironment environment = new CellEnvironment(from, connection, message, output);
      environment.setStatusBusy();
      reply(environment, MessageType.EXECUTE_REPLY, Map.of("status", "aborted"));
      environment.setStatusIdle();
    } else {
      handle(from, message);
    }
  }

  private static void reply(CellEnvironment environment, MessageType<?> type, Object content) {
    @SuppressWarnings("unchecked")
    MessageType<Object> any = (MessageType<Object>) type;
    environment.reply(new Message<>(environment.getContext(), any, content));
  }

  @SuppressWarnings("unchecked")
  private void answer(CellEnvironment environment, Message<?> message) {
    switch (message.getContent()) {
      case ExecuteRequest request -> execute(environment, message, request);
      case CompleteRequest request -> {
        ReplacementOptions options = complete(request.getCode(), request.getCursorPos());
        environment.reply(
            new CompleteReply(
                options.getReplacements(),
                options.getSourceStart(),
                options.getSourceEnd(),
                Map.of()));
      }
      case InspectRequest request -> {
        DisplayData found =
            inspect(request.getCode(), request.getCursorPos(), request.getDetailLevel() > 0);
        environment.reply(new InspectReply(found != null, DisplayData.emptyIfNull(found)));
      }
      case IsCompleteRequest request -> environment.reply(completeness(request.getCode()));
      case ShutdownRequest request -> {
        environment.reply(
            request.isRestart() ? ShutdownReply.SHUTDOWN_AND_RESTART : ShutdownReply.SHUTDOWN);
        environment.setStatusIdle();
        end();
      }
      default -> answerOther(environment, message);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void answerOther(CellEnvironment environment, Message message) {
    MessageType<?> type = message.getHeader().getType();
    if (type.equals(MessageType.KERNEL_INFO_REQUEST)) {
      reply(environment, MessageType.KERNEL_INFO_REPLY, kernelInfo());
    } else if (type.equals(MessageType.INTERRUPT_REQUEST)) {
      interrupt();
      environment.reply(new InterruptReply());
    } else if (type.equals(MessageType.HISTORY_REQUEST)) {
      environment.reply(new HistoryReply(List.of()));
    } else if (type.equals(MessageType.COMM_OPEN_COMMAND)) {
      forgetStop();
      commManager.handleCommOpenCommand(environment, message);
      environment.resolveDeferrals();
    } else if (type.equals(MessageType.COMM_MSG_COMMAND)) {
      forgetStop();
      commManager.handleCommMsgCommand(environment, message);
      environment.resolveDeferrals();
    } else if (type.equals(MessageType.COMM_CLOSE_COMMAND)) {
      forgetStop();
      commManager.handleCommCloseCommand(environment, message);
      environment.resolveDeferrals();
    } else if (type.equals(MessageType.COMM_INFO_REQUEST)) {
      commManager.handleCommInfoRequest(environment, message);
      environment.resolveDeferrals();
    }
  }

  /** A widget's message is not affected by the stop of an earlier cell. */
  private void forgetStop() {
    Evaluator evaluator = made.getNow(null);
    if (evaluator != null) {
      evaluator.begin();
    }
  }

  private Map<String, Object> kernelInfo() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("status", "ok");
    info.put("protocol_version", "5.3");
    info.put("implementation", getName());
    info.put("implementation_version", getVersion());
    info.put("language_info", getLanguageInfo());
    info.put("banner", "Java %s, Fieldnotes %s".formatted(Runtime.version(), getVersion()));
    info.put("debugger", false);
    info.put("help_links", getHelpLinks());
    return info;
  }

  private void execute(CellEnvironment environment, Message<?> message, ExecuteRequest request) {
    commManager.setMessageContext(message);
    boolean silent = request.isSilent();
    int count = silent ? executionCount.get() - 1 : executionCount.getAndIncrement();
    // Text printed so far by threads of the previous cell belongs to that cell.
    output.flush();
    ((KernelIO) io).attach(environment, request.isStdinEnabled());
    if (!silent) {
      environment.publish(new PublishExecuteInput(request.getCode(), count));
    }
    executing = environment;
    try {
      Evaluator evaluator = await(ready);
      evaluator.begin();
      if (stoppedEarly == environment) {
        throw new CellStopped();
      }
      cell = new Cell(silent ? 0 : count, "", request.getCode());
      DisplayData data = shown(run(cell));
      notes("");
      if (data != null && !silent) {
        environment.publish(new PublishExecuteResult(count, data));
      }
      output.flush();
      executing = null;
      Map<String, Object> reply = new LinkedHashMap<>();
      reply.put("status", "ok");
      reply.put("execution_count", count);
      reply.put("user_expressions", expressions(request.getUserExpr()));
      reply.put("payload", List.of());
      reply(environment, MessageType.EXECUTE_REPLY, reply);
    } catch (Throwable e) {
      executing = null;
      if (request.shouldStopOnError()) {
        connection.dropWaiting();
      }
      if (Memory.isLack(e)) {
        Memory.release();
      }
      Memory.surely("show an error", () -> fail(environment, e, count));
    }
  }

  /** Sends the notes on a cell that its error does not contain. */
  private void notes(String error) {
    Evaluator evaluator = made.getNow(null);
    if (evaluator != null) {
      evaluator.takeNotes().stream()
          .filter(note -> !error.contains(note))
          .forEach(note -> output.err.println("Note: " + note));
      output.flush();
    }
  }

  private void fail(CellEnvironment environment, Throwable e, int count) {
    String name = nameOf(e);
    String text = e.getMessage() == null ? "" : e.getMessage();
    List<String> lines;
    try {
      lines = formatError(e);
    } catch (RuntimeException | StackOverflowError broken) {
      lines = ErrorText.of(name + ": " + text);
    }
    environment.publish(new PublishError(name, text, lines));
    notes(String.join("\n", lines));
    ErrorReply error = new ErrorReply(name, text, lines);
    error.setExecutionCount(count);
    environment.replyError(ExecuteReply.MESSAGE_TYPE.error(), error);
  }

  private static String nameOf(Throwable e) {
    return switch (e) {
      case CellFailure failure -> failure.name();
      case CompilationFailure failure -> "CompilationError";
      case CellStopped stopped -> "KeyboardInterrupt";
      default -> Names.of(e.getClass());
    };
  }

  private Map<String, Object> expressions(Map<String, String> asked) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (asked != null) {
      Gson gson = new Gson();
      asked.forEach(
          (name, code) -> {
            try {
              JsonObject value = gson.toJsonTree(asData(evalRaw(code))).getAsJsonObject();
              value.addProperty("status", "ok");
              values.put(name, value);
            } catch (RuntimeException | CellStopped e) {
              values.put(
                  name, new ErrorReply(nameOf(e), String.valueOf(e.getMessage()), formatError(e)));
            }
          });
    }
    return values;
  }

  @Override
  public List<String> formatError(Throwable e) {
    return switch (e) {
      case CompilationFailure failure -> ErrorText.of(failure);
      case CellFailure failure -> ErrorText.of(failure, id -> evaluator().origin(id));
      case CellStopped stopped -> ErrorText.of("Stopped. Values that the cell has set are kept.");
      case MagicFailure failure -> ErrorText.of(failure.getMessage());
      default -> ErrorText.of(e);
    };
  }

  @Override
  public void interrupt() {
    // first, because the cell may be about to begin
    stoppedEarly = executing;
    String note = ready.isDone() ? evaluator().stop() : null;
    if (note != null) {
      output.err.println(note);
    }
  }

  // Help while typing

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return Help.inspect(await(ready), magics, code, Text.index(code, at));
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return Help.complete(await(ready), magics, code, at);
  }

  @Override
  public String isComplete(String code) {
    return Help.isComplete(await(ready), magics, code);
  }

  private IsCompleteReply completeness(String code) {
    String answer = isComplete(code);
    return switch (answer) {
      case IS_COMPLETE_YES -> IsCompleteReply.VALID_CODE;
      case IS_COMPLETE_BAD -> IsCompleteReply.INVALID_CODE;
      case IS_COMPLETE_MAYBE -> IsCompleteReply.UNKNOWN;
      default -> IsCompleteReply.getIncompleteReplyWithIndent(answer);
    };
  }

  // The end

  /** Ends the process: cleanly if possible, within two seconds in any case. */
  void end() {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    try {
      Thread.ofPlatform().daemon().name("last resort").start(JavaKernel::halt);
      startEnd();
    } catch (OutOfMemoryError e) {
      Memory.halt("no memory or thread is left to end in order");
    }
  }

  private void startEnd() {
    Thread.ofPlatform()
        .name("end")
        .start(
            () -> {
              try {
                output.flush();
                connection.flush();
                // The socket's thread may still have to write.
                Thread.sleep(50);
              } catch (InterruptedException | RuntimeException e) {
                // The process ends anyway.
              }
              System.exit(0);
            });
  }

  private static void halt() {
    try {
      Thread.sleep(2000);
    } catch (InterruptedException e) {
      // Then end sooner.
    }
    Runtime.getRuntime().halt(1);
  }

  /** A library ended the process while a cell ran: replies so that the front end does not wait. */
  private void lastWords() {
    if (!ending.get()) {
      Thread.ofPlatform().daemon().name("last resort").start(JavaKernel::halt);
      CellEnvironment environment = executing;
      if (environment != null) {
        String text = "System.exit was called: the kernel ended and all variables are lost";
        environment.publish(new PublishError("KernelExit", text, ErrorText.of(text)));
        environment.replyError(
            ExecuteReply.MESSAGE_TYPE.error(), new ErrorReply("KernelExit", text, List.of()));
        environment.setStatusIdle();
        connection.flush();
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          // The process ends anyway.
        }
      }
    }
    if (ready.isDone()) {
      try {
        onShutdown(false);
      } catch (RuntimeException e) {
        // An extension's clean-up failed; there is no front end left to report it to.
      }
    }
  }
}
