package fieldnotes.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Evaluates Java on JShell in this process and maps each snippet to its lines in the cell. */
final class Evaluator implements AutoCloseable {
  /** The result of the last snippet: none, or a value, which may be null. */
  record Result(boolean isValue, Object value) {
    static final Result NOTHING = new Result(false, null);
  }

  /** The position of a snippet: it begins at this character of this cell. */
  record Origin(Cell cell, int start) {
    /** Converts a line of the snippet to a line of the cell, both counted from 1. */
    int line(int snippetLine) {
      return cell.line(start) + snippetLine - 1;
    }
  }

  private static final String INDEX = "fieldnotes.kernel.classes";
  private static final Pattern MUTABLE_STATIC = Pattern.compile("\\bstatic\\b");

  private final CellLoader loader = new CellLoader();
  private final CellRunner runner = new CellRunner(loader.classLoader());
  private final CellControl control = new CellControl(loader, runner);
  private final Internals internals = new Internals();
  private final JShell shell;
  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private final Map<String, DeclarationSnippet> unresolved = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final ClassIndex index;
  private Path sources;

  Evaluator() {
    this(savedIndex(), false);
  }

  private Evaluator(ClassIndex index, boolean recording) {
    this.index = index;
    internals.holdIndex();
    JShell.Builder builder =
        JShell.builder().executionEngine(control, Map.of()).compilerOptions("-Xlint:-options");
    if (index != null) {
      builder.fileManager(files -> new CompilePath(files, index, classPath(), recording));
    }
    shell = builder.build();
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
  static void writeIndex(String imports, String code) throws IOException {
    String file = System.getProperty(INDEX);
    ClassIndex index = file == null ? null : ClassIndex.scan(classPath());
    if (index == null) {
      return;
    }
    try (Evaluator evaluator = new Evaluator(index, true)) {
      for (String one : List.of(imports, code)) {
        evaluator.eval(new Cell(0, "first", one), 0, one);
      }
    }
    index.write(Path.of(file));
  }

  /** The extensions on the class path, if an index lists them without a search. */
  Optional<List<String>> extensions() {
    return Optional.ofNullable(index).map(ClassIndex::extensions);
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

  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  Origin origin(String snippetId) {
    synchronized (origins) {
      return origins.get(snippetId);
    }
  }

  void addToClasspath(List<Path> paths) {
    String joined =
        paths.stream()
            .map(p -> p.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    if (!joined.isEmpty()) {
      shell.addToClasspath(joined);
    }
  }

  /** Begins a cell: resets the stop flag and the notes of the cell before. */
  void begin() {
    runner.begin();
    notes.clear();
    unresolved.clear();
  }

  /**
   * Stops the cell.
   *
   * @return whether code was left running because it ignores the stop
   */
  boolean stop() {
    return runner.stop();
  }

  CompletionInfo analyze(String code) {
    return analysis().analyzeCompletion(code);
  }

  List<SourceCodeAnalysis.Suggestion> suggestions(String code, int cursor, int[] anchor) {
    internals.wantIndex();
    return analysis().completionSuggestions(code, cursor, anchor);
  }

  /** Renders a value on the cell thread, so that slow rendering can be stopped. */
  DisplayData renderOnCellThread(Callable<DisplayData> work) {
    CellRunner.Outcome outcome = runner.run(work::call);
    return switch (outcome.thrown()) {
      case null -> (DisplayData) outcome.value();
      case CellStopped stopped -> throw stopped;
      case Throwable e ->
          throw new CellFailure(
              e,
              List.of(
                  new CellFailure.Thrown(
                      "The value cannot be displayed: " + e, e.getStackTrace())));
    };
  }

  void throwIfStopped() {
    if (runner.isStopAsked()) {
      throw new CellStopped();
    }
  }

  /** Runs code of the kernel like the code of a cell, so that it can be stopped. */
  Object runAsCell(Callable<Object> code) throws Exception {
    throwIfStopped();
    CellRunner.Outcome outcome = runner.run(code);
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
    String rest = code;
    while (!rest.isBlank()) {
      throwIfStopped();
      int at = start + code.length() - rest.length();
      CompletionInfo info = compiling(rest);
      switch (info.completeness()) {
        case EMPTY -> {
          return result;
        }
        case DEFINITELY_INCOMPLETE ->
            throw new CompilationFailure(
                cell, List.of(incomplete(cell, start + code.length(), rest, at)));
        default -> {}
      }
      String source = info.source() == null ? rest : info.source();
      // JShell counts the lines of a snippet from its first token.
      int lead = codeStart(source);
      Result one = evalOne(cell, at + lead, source.substring(lead));
      // A ";" or a comment after the last expression does not discard its value.
      if (one != null) {
        result = one;
      }
      rest = info.remaining() == null || isAllTaken(info) ? "" : info.remaining();
    }
    return result;
  }

  /** Where the code begins after blanks and comments; the length if there is nothing else. */
  static int codeStart(String source) {
    int at = 0;
    while (at < source.length()) {
      if (Character.isWhitespace(source.charAt(at))) {
        at++;
      } else if (source.startsWith("//", at)) {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        at = end < 0 ? source.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }

  private static boolean isAllTaken(CompletionInfo info) {
    return !info.completeness().isComplete();
  }

  private Problem incomplete(Cell cell, int end, String rest, int at) {
    int last = at + rest.stripTrailing().length();
    return new Problem(
        Math.max(at, last - 1),
        Math.min(last, end),
        "the cell ends here, but its code is incomplete");
  }

  private CompletionInfo compiling(String code) {
    if (!runner.isCellThread()) {
      return analyze(code);
    }
    try {
      return runner.uninterrupted(() -> analyze(code));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Result evalOne(Cell cell, int at, String source) {
    if (source.isBlank() || source.strip().equals(";")) {
      return null;
    }
    if (isDeclaredAlready(source)) {
      return Result.NOTHING;
    }
    List<SnippetEvent> events = shell.eval(source);
    if (events.isEmpty()) {
      return null;
    }
    CellRunner.Outcome outcome = control.takeOutcome();
    Result result = Result.NOTHING;
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      if (event.causeSnippet() == null) {
        synchronized (origins) {
          origins.put(snippet.id(), new Origin(cell, at));
        }
      }
      follow(event);
    }
    followEmptied(events);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() != null) {
        continue;
      }
      Snippet snippet = event.snippet();
      if (event.status() == Status.REJECTED) {
        throw new CompilationFailure(cell, problems(cell, at, snippet));
      }
      if (snippet instanceof VarSnippet variable
          && event.status() == Status.RECOVERABLE_NOT_DEFINED) {
        throw new CompilationFailure(cell, missing(cell, at, variable));
      }
      if (event.exception() != null) {
        throw failure(event.exception(), outcome);
      }
      if (outcome != null && outcome.thrown() != null) {
        if (outcome.thrown() instanceof CellStopped stopped) {
          throw stopped;
        }
        throw failure(event.exception(), outcome);
      }
      if (snippet.subKind() == SubKind.VAR_DECLARATION_SUBKIND) {
        control.variables().reset(snippet.id(), ((VarSnippet) snippet).name());
      }
      result =
          outcome != null && isExpression(snippet.subKind())
              ? new Result(true, outcome.value())
              : Result.NOTHING;
    }
    return result;
  }

  private static boolean isExpression(SubKind kind) {
    return switch (kind) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }

  /**
   * Whether an identical import, record, method or class exists: declaring it again would only
   * reset the variables of that type.
   */
  private boolean isDeclaredAlready(String source) {
    String text = source.strip();
    if (text.startsWith("import ")) {
      return shell.imports().anyMatch(s -> isSame(s, text));
    }
    if (!text.endsWith("}") || MUTABLE_STATIC.matcher(text).find()) {
      return false;
    }
    return shell.types().anyMatch(s -> isSame(s, text))
        || shell.methods().anyMatch(s -> isSame(s, text));
  }

  private boolean isSame(Snippet snippet, String text) {
    return snippet.source().strip().equals(text) && shell.status(snippet) == Status.VALID;
  }

  /** Tracks declarations that depend on missing ones, and variables that were reset. */
  private void follow(SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (event.status() == Status.RECOVERABLE_DEFINED
        || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
      if (snippet instanceof DeclarationSnippet declaration) {
        unresolved.put(snippet.id(), declaration);
      }
    } else {
      unresolved.remove(snippet.id());
    }
  }

  private void followEmptied(List<SnippetEvent> events) {
    Set<String> emptied = control.variables().takeEmptied();
    for (SnippetEvent event : events) {
      if (event.causeSnippet() instanceof DeclarationSnippet cause
          && event.snippet() instanceof VarSnippet variable
          && event.status().isDefined()
          && emptied.contains(variable.name())) {
        notes.add(
            "%s was reset because its type changed with %s; rerun the cell that sets it."
                .formatted(variable.name(), cause.name()));
      }
    }
  }

  /** Notes for the user after a successful cell. */
  List<String> takeNotes() {
    List<String> all = new ArrayList<>(notes);
    notes.clear();
    for (DeclarationSnippet snippet : unresolved.values()) {
      if (shell.status(snippet).isActive()) {
        String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        all.add(
            missing.isEmpty()
                ? "%s cannot be used until its cell is rerun: %s"
                    .formatted(
                        describe(snippet), firstError(snippet).lines().findFirst().orElse(""))
                : "%s cannot be used until this is declared or imported: %s"
                    .formatted(describe(snippet), missing));
      }
    }
    unresolved.clear();
    return all;
  }

  private String firstError(Snippet snippet) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .findFirst()
        .map(d -> message(d.getMessage(Locale.ROOT)))
        .orElse("it no longer compiles");
  }

  private static String describe(DeclarationSnippet snippet) {
    return switch (snippet) {
      case MethodSnippet method ->
          "method %s(%s)".formatted(method.name(), method.parameterTypes());
      case TypeDeclSnippet type ->
          "%s %s"
              .formatted(
                  type.subKind().name().replaceAll("_.*", "").toLowerCase(Locale.ROOT),
                  type.name());
      default -> snippet.name();
    };
  }

  private List<Problem> problems(Cell cell, int at, Snippet snippet) {
    List<Problem> problems =
        shell
            .diagnostics(snippet)
            .filter(Diag::isError)
            .map(d -> problem(cell, at, d))
            .collect(Collectors.toCollection(ArrayList::new));
    if (problems.isEmpty() && snippet instanceof DeclarationSnippet declaration) {
      return missing(cell, at, declaration);
    }
    if (problems.isEmpty()) {
      String text =
          snippet instanceof ImportSnippet
              ? "no such package or class to import"
              : "not valid Java";
      problems.add(new Problem(at, at + snippet.source().stripTrailing().length(), text));
    }
    return problems;
  }

  private static Problem problem(Cell cell, int at, Diag d) {
    int length = cell.text().length();
    int start = Math.clamp(at + Math.max(0, d.getStartPosition()), 0, length);
    int end = Math.clamp(at + Math.max(0, d.getEndPosition()), start, length);
    int position = Math.clamp(at + Math.max(0, d.getPosition()), 0, length);
    // A long problem is shown from the compiler's position on.
    return new Problem(
        cell.line(start) == cell.line(end) ? start : position,
        cell.line(start) == cell.line(end) ? Math.max(end, start) : position,
        message(d.getMessage(Locale.ROOT)));
  }

  /** Moves the symbol, which javac writes on its own line, into the message; drops the location. */
  private static String message(String text) {
    return text.strip()
        .replaceAll("\\R\\s*symbol:\\s*", ": ")
        .replaceAll("\\R\\s*location:[^\\n]*", "")
        .replace("REPL.", "");
  }

  private List<Problem> missing(Cell cell, int at, DeclarationSnippet snippet) {
    List<Problem> problems = new ArrayList<>();
    String source = snippet.source();
    shell
        .unresolvedDependencies(snippet)
        .forEach(
            what -> {
              String name = what.replaceAll("^\\w+ ", "").replaceAll("\\(.*", "");
              int found = Math.max(0, source.indexOf(name));
              problems.add(
                  new Problem(
                      at + found, at + found + name.length(), "cannot find symbol: " + what));
            });
    if (problems.isEmpty()) {
      problems.add(new Problem(at, at, "cannot be declared"));
    }
    return problems;
  }

  private CellFailure failure(JShellException translated, CellRunner.Outcome outcome) {
    Throwable raw = outcome == null ? null : outcome.thrown();
    List<CellFailure.Thrown> chain = new ArrayList<>();
    Throwable original = raw;
    Throwable shown = translated == null ? raw : translated;
    for (int i = 0; shown != null && i < 20; i++) {
      chain.add(new CellFailure.Thrown(text(original, shown), shown.getStackTrace()));
      shown = shown.getCause();
      original = original == null ? null : original.getCause();
    }
    return new CellFailure(raw == null ? translated : raw, chain);
  }

  private String text(Throwable original, Throwable shown) {
    if (shown instanceof UnresolvedReferenceException unresolvedUse) {
      DeclarationSnippet snippet = unresolvedUse.getSnippet();
      return "%s cannot be used until this is declared or imported: %s"
          .formatted(
              describe(snippet),
              shell.unresolvedDependencies(snippet).collect(Collectors.joining(", ")));
    }
    if (original == null) {
      return shown instanceof EvalException e
          ? e.getExceptionClassName() + ": " + e.getMessage()
          : shown.toString();
    }
    String text;
    try {
      text = String.valueOf(original.toString());
    } catch (RuntimeException e) {
      text = original.getClass().getName() + " (its message threw " + e.getClass().getName() + ")";
    }
    // A class declared in a cell has the wrapper's name before its own.
    return withoutWrapper(text);
  }

  static String withoutWrapper(String text) {
    return text.replaceAll("REPL\\.\\$JShell\\$\\w+[$.]", "");
  }

  /** The folder of sources that inspection reads in addition to those of the JDK, or null. */
  void readSourcesFrom(Path folder) {
    sources = folder;
  }

  List<SourceCodeAnalysis.Documentation> documentation(String code, int cursor) {
    internals.addSources(analysis(), sources);
    return analysis().documentation(code, cursor, true);
  }

  @Override
  public void close() {
    shell.close();
  }
}
