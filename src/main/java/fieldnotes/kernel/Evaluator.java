package fieldnotes.kernel;

import fieldnotes.debug.Debugger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Evaluates Java on JShell in this process and maps each snippet to its lines in the cell. */
final class Evaluator implements AutoCloseable {
  /** The result of the last snippet: none, or a value, which may be null. */
  record Result(boolean isValue, Object value) {
    static final Result NOTHING = new Result(false, null);
  }

  private static final String INDEX = "fieldnotes.kernel.classes";

  /** With parameters, so that completion and inspection know their names. */
  private static final String[] OPTIONS = {"-Xlint:-options", "-parameters"};

  private final CellLoader loader = new CellLoader();
  private final CellRunner runner = new CellRunner(loader.classLoader());
  private final CellControl control = new CellControl(loader, runner);
  private final JShell shell;
  private final CompilerThread compiler = new CompilerThread();
  private final ShellMemory memory;
  private final Debugged debugged;
  private final Declarations declarations;
  private final Problems problems;
  private final Ambiguity ambiguity;
  private final Failures failures;
  private final Origins origins;
  private final Ended ended;
  private final ClassIndex index;
  private final CellView view;

  Evaluator(DefaultImports imports) {
    this(imports, savedIndex(), false);
  }

  private Evaluator(DefaultImports imports, ClassIndex index, boolean recording) {
    this.index = index;
    Internals.holdIndex();
    JShell.Builder builder =
        JShell.builder().executionEngine(control, Map.of()).compilerOptions(OPTIONS);
    if (index != null) {
      builder.fileManager(files -> new CompilePath(files, index, classPath(), recording));
    }
    shell = builder.build();
    Internals.dropIndex();
    view = new CellView(shell, index, compiler, control.variables());
    memory = new ShellMemory(shell, loader);
    debugged = new Debugged(shell, memory, control);
    origins = new Origins(memory, control);
    declarations = new Declarations(shell);
    MemberRemedies members = new MemberRemedies(view, runner::isCellThread);
    problems = new Problems(shell, declarations, new NameRemedies(shell, view.known(), members));
    ambiguity = new Ambiguity(shell, imports);
    failures =
        new Failures(declarations, origins::translate, () -> List.copyOf(view.values().values()));
    ended = new Ended(shell, control, memory, declarations, problems, failures);
    compiler.start();
  }

  private static ClassIndex savedIndex() {
    String file = System.getProperty(INDEX);
    return file == null ? null : ClassIndex.read(Path.of(file), classPath());
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  /**
   * Runs a cell to find which packages a start reads, and writes the index of classes for later
   * starts to the file named by the system property {@value #INDEX}.
   */
  static void writeIndex(DefaultImports imports, String code) throws IOException {
    String file = System.getProperty(INDEX);
    ClassIndex index = file == null ? null : ClassIndex.scan(classPath());
    if (index == null) {
      return;
    }
    try (Evaluator evaluator = new Evaluator(imports, index, true)) {
      imports.evaluate(evaluator);
      evaluator.eval(new Cell(0, "first", code), 0, code);
    }
    index.readNames();
    index.write(Path.of(file));
  }

  /** The extensions on the class path, if an index lists them without a search. */
  Optional<List<Extension>> extensions() {
    return Optional.ofNullable(index).map(known -> known.extensions(classLoader()));
  }

  long ranNanos() {
    return control.ranNanos();
  }

  ClassLoader classLoader() {
    return loader.classLoader();
  }

  JShell shell() {
    return shell;
  }

  /**
   * The value of a variable, as it is now.
   *
   * @throws IllegalStateException saying why it has none
   */
  Object valueOf(VarSnippet variable) {
    return control.variables().value(variable.id(), variable.name());
  }

  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  /** Where the snippets stand in the cells. */
  Origins origins() {
    return origins;
  }

  void addToClasspath(List<Path> paths) {
    String joined =
        paths.stream()
            .map(p -> p.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    if (!joined.isEmpty()) {
      shell.addToClasspath(joined);
      view.known().add(paths);
      Internals.dropIndex();
    }
  }

  /** Begins a cell: resets the stop flag, releases what only the cell before needed. */
  void begin() {
    runner.begin();
    declarations.begin();
    memory.release();
    debugged.begin();
  }

  /** Notes for the user after a cell, also one that failed. */
  List<String> takeNotes() {
    return declarations.takeNotes();
  }

  /**
   * Stops the cell.
   *
   * @param asked when the user wished it
   * @return what to tell the user, or null
   */
  String stop(Instant asked) {
    return runner.stop(asked);
  }

  /** Begins to watch for cells that ignore a stop or fill the heap. */
  void watch(Consumer<String> tell) {
    new Watch(runner, tell).start();
  }

  CompletionInfo analyze(String code) {
    return runner.isCellThread()
        ? runner.uninterrupted(() -> analysis().analyzeCompletion(code))
        : compiler.call(() -> analysis().analyzeCompletion(code));
  }

  /**
   * Runs code of the user that the kernel calls, for example a magic, like that of a cell.
   *
   * @param label what stands before its error, or nothing
   */
  Object call(String label, Callable<Object> code) {
    CellRunner.Outcome outcome = runner.run(code::call);
    if (outcome.thrown() == null) {
      return outcome.value();
    }
    switch (outcome.thrown()) {
      case CellStopped stopped -> throw stopped;
      case CompilationFailure known -> throw known;
      case CellFailure known -> throw known;
      case MagicFailure known -> throw known;
      default -> throw failures.of(label, outcome.causes(), null);
    }
  }

  /** What code of the user threw that the kernel called, to be shown. */
  Throwable failure(Throwable thrown) {
    if (Memory.isLack(thrown)) {
      Memory.release();
    }
    if (runner.isStopAsked()) {
      return new CellStopped(); // whatever a library made of the interruption
    }
    return thrown instanceof CompilationFailure ? thrown : failures.of("", Causes.of(thrown), null);
  }

  /** Renders a value, so that slow rendering can be stopped. */
  DisplayData render(Callable<Object> work) {
    return (DisplayData) call("The value cannot be displayed: ", work);
  }

  void throwIfStopped() {
    if (runner.isStopAsked()) {
      throw new CellStopped();
    }
  }

  boolean isCellThread() {
    return runner.isCellThread();
  }

  /** Runs code of the kernel like the code of a cell, so that it can be stopped. */
  Object runAsCell(Callable<Object> code) throws Exception {
    throwIfStopped();
    CellRunner.Outcome outcome = runner.run(code::call);
    switch (outcome.thrown()) {
      case null -> {
        return outcome.value();
      }
      case Exception e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(outcome.thrown());
    }
  }

  /**
   * Evaluates all snippets of a piece of Java code.
   *
   * @param cell the cell that contains the code
   * @param start where the code begins in the cell
   * @throws CompilationFailure at the first snippet that does not compile; those before it have run
   * @throws CellFailure if the code throws
   * @throws CellStopped if the cell was stopped
   */
  Result eval(Cell cell, int start, String code) {
    Result result = Result.NOTHING;
    String left = code;
    while (!left.isBlank()) {
      throwIfStopped();
      String rest = left;
      int at = start + code.length() - rest.length();
      CompletionInfo info = compiling(cell, at, () -> analyze(rest));
      switch (info.completeness()) {
        case EMPTY -> {
          return result;
        }
        case DEFINITELY_INCOMPLETE ->
            throw new CompilationFailure(
                cell, List.of(Problems.incomplete(start + code.length(), rest, at)));
        default -> {}
      }
      String source = info.source() == null ? rest : info.source();
      // JShell counts the lines of a snippet from its first token.
      int lead = CellParts.codeStart(source);
      Result one = evalOne(cell, at + lead, source.substring(lead));
      // A ";" or a comment after the last expression does not discard its value.
      if (one != null) {
        result = one;
      }
      left = info.remaining() == null || isAllTaken(info) ? "" : info.remaining();
    }
    return result;
  }

  /** Evaluates a text that is one snippet for JShell, or that it takes for one: many imports. */
  void evalSnippet(Cell cell) {
    evalOne(cell, 0, cell.text());
  }

  private static boolean isAllTaken(CompletionInfo info) {
    return !info.completeness().isComplete();
  }

  /** Calls the compiler; if it fails itself, a new one is used from now on. */
  private <T> T compiling(Cell cell, int at, Supplier<T> work) {
    try {
      return runner.compiling(work);
    } catch (RuntimeException | AssertionError | VirtualMachineError e) {
      boolean lack = Memory.isLack(e);
      if (lack) {
        Memory.release();
      }
      memory.newCompiler();
      if (lack) {
        Throwable full = new OutOfMemoryError("Java heap space while compiling");
        throw failures.of("", Causes.of(full), null);
      }
      throw new CompilationFailure(
          cell, List.of(Problems.ofCompiler(at, Math.min(at + 1, cell.text().length()), e)));
    }
  }

  private List<SnippetEvent> events(String source) {
    return runner.isCellThread() ? shell.eval(source) : compiler.call(() -> shell.eval(source));
  }

  private Result evalOne(Cell cell, int at, String source) {
    if (source.isBlank() || source.strip().equals(";")) {
      return null;
    }
    Origin origin = new Origin(cell, at);
    origins.begin(origin);
    Snippet same = declarations.same(source);
    if (same != null) {
      origins.put(same.id(), origin);
      if (!debugged.wantsAgain(same, origin, source)) {
        return Result.NOTHING;
      }
    }
    List<SnippetEvent> events = compiling(cell, at, () -> events(source));
    if (events.isEmpty()) {
      return null;
    }
    while (isDecided(cell, events)) {
      events = compiling(cell, at, () -> events(source));
    }
    CellRunner.Outcome outcome = control.takeOutcome();
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        origins.put(event.snippet().id(), origin);
        debugged.declared(event.snippet());
      }
    }
    declarations.follow(events, control.variables().takeEmptied());
    ambiguity.follow(events);
    Result result = Result.NOTHING;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        result = ended.of(cell, at, event, outcome);
      }
    }
    return result;
  }

  /** Whether code failed for an ambiguous name, and an import has been added that decides it. */
  private boolean isDecided(Cell cell, List<SnippetEvent> events) {
    SnippetEvent first = events.getFirst();
    if (first.status() != Status.REJECTED) {
      return false;
    }
    Map<String, String> remedies = ambiguity.remedies(first.snippet());
    remedies.forEach(
        (name, line) ->
            ambiguity.decided(name, compiling(cell, 0, () -> events(line)).getFirst().snippet()));
    return !remedies.isEmpty();
  }

  void debugWith(Debugger debugger) {
    debugged.by(debugger);
  }

  /** The variables of the notebook by name. */
  Map<String, Object> variables() {
    return debugged.variables();
  }

  /** Runs code of the debugger on the cell thread, while a cell is stopped. */
  void aside(Cell code) {
    Origin before = origins.latest();
    try {
      eval(code, 0, code.text());
    } finally {
      origins.begin(before);
    }
  }

  /** What completion and inspection see of the cells. */
  CellView view() {
    return view;
  }

  @Override
  public void close() {
    shell.close();
    compiler.end();
    control.variables().close();
  }
}
