package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** The compiler's errors, at their positions in the cell and in plain words. */
final class Problems {
  private static final String LIMIT = "compiler.err.limit";
  private static final String MISSING = "cannot find symbol: ";

  /** What to do where code exceeds a limit of class files, by the compiler's code. */
  private static final Map<String, String> REMEDIES =
      Map.of(
          "compiler.err.limit.string",
          "a text in the code can have at most 65,535 bytes; read it from a file, or join shorter"
              + " ones with String.join",
          "compiler.err.limit.string.overflow",
          "a text in the code can have at most 65,535 bytes; read it from a file, or join shorter"
              + " ones with String.join",
          "compiler.err.limit.code",
          "a method, an initialiser or the list of an array can have at most 65,535 bytes of"
              + " compiled code; split it, or read the data from a file",
          "compiler.err.limit.code.too.large.for.try.stmt",
          "a try statement can have at most 65,535 bytes of compiled code; move its body to methods",
          "compiler.err.limit.pool",
          "a class can have at most 65,535 names and constants; split it, or read the data from a"
              + " file",
          "compiler.err.limit.pool.in.class",
          "a class can have at most 65,535 names and constants; split it, or read the data from a"
              + " file",
          "compiler.err.limit.locals",
          "a method can have at most 65,535 local variables; split it, or use an array",
          "compiler.err.limit.dimensions",
          "an array can have at most 255 dimensions");

  private final JShell shell;
  private final Declarations declarations;
  private final NameRemedies remedies;

  Problems(JShell shell, Declarations declarations, NameRemedies remedies) {
    this.shell = shell;
    this.declarations = declarations;
    this.remedies = remedies;
  }

  /** The errors of a snippet that was rejected. */
  List<Problem> of(Cell cell, int at, Snippet snippet) {
    List<Problem> problems =
        shell
            .diagnostics(snippet)
            .filter(Diag::isError)
            .map(d -> problem(cell, at, snippet.source(), d))
            .collect(Collectors.toCollection(ArrayList::new));
    if (problems.isEmpty() && snippet instanceof DeclarationSnippet declaration) {
      return missing(at, declaration);
    }
    if (problems.isEmpty()) {
      problems.add(
          new Problem(
              at,
              at + snippet.source().stripTrailing().length(),
              snippet instanceof ImportSnippet
                  ? "no such package or class to import"
                  : "not valid Java"));
    }
    return problems;
  }

  /** Whether the compiler accepted a snippet but could not make a class of it. */
  boolean isTooLarge(Snippet snippet) {
    return shell.diagnostics(snippet).anyMatch(d -> d.isError() && d.getCode().startsWith(LIMIT));
  }

  private Problem problem(Cell cell, int at, String source, Diag d) {
    int length = cell.text().length();
    int start = Math.clamp(at + Math.max(0, d.getStartPosition()), 0, length);
    int end = Math.clamp(at + Math.max(0, d.getEndPosition()), start, length);
    int position = Math.clamp(at + Math.max(0, d.getPosition()), 0, length);
    // A long problem is shown from the compiler's position on.
    boolean oneLine = cell.line(start) == cell.line(end);
    String text = message(d.getMessage(Locale.ROOT));
    if (d.getCode().startsWith(LIMIT)) {
      text +=
          ": "
              + REMEDIES.getOrDefault(
                  d.getCode(),
                  "a method can have at most 255 parameters; use a record, a list or an array");
    } else if (text.startsWith(MISSING)) {
      DeclarationSnippet declared = declarations.unusable(text.substring(MISSING.length()));
      text =
          declared == null
              ? remedies.added(text, source, (int) d.getPosition())
              : remedies.added(declarations.whyNot(declared));
    } else {
      text = remedies.added(text, source, (int) d.getPosition());
    }
    return new Problem(oneLine ? start : position, oneLine ? Math.max(end, start) : position, text);
  }

  /** Moves the symbol, which javac writes on its own line, into the message; drops the location. */
  static String message(String text) {
    return Names.plain(
        text.strip()
            .replaceAll("\\R\\s*symbol:\\s*", ": ")
            .replaceAll("\\R\\s*location:[^\\n]*", "")
            .replace("REPL.", ""));
  }

  /** What a declaration lacks. */
  List<Problem> missing(int at, DeclarationSnippet snippet) {
    List<Problem> problems = new ArrayList<>();
    String source = snippet.source();
    shell
        .unresolvedDependencies(snippet)
        .forEach(
            what -> {
              String name = what.replaceAll("^\\w+ ", "").replaceAll("\\(.*", "");
              int found = Math.max(0, source.indexOf(name));
              DeclarationSnippet declared = declarations.unusable(what);
              problems.add(
                  new Problem(
                      at + found,
                      at + found + name.length(),
                      remedies.added(
                          declared == null ? MISSING + what : declarations.whyNot(declared))));
            });
    if (problems.isEmpty()) {
      problems.add(new Problem(at, at, "cannot be declared"));
    }
    return problems;
  }

  /** The compiler itself failed. */
  static Problem ofCompiler(int at, int end, Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause.getCause() != null && i < 20; i++) {
      cause = cause.getCause();
    }
    return new Problem(
        at,
        end,
        cause instanceof StackOverflowError
            ? "nested too deeply for the compiler, for example an expression of many thousand"
                + " terms; split it into several statements"
            : "the compiler failed (" + cause + "); write this differently");
  }

  /**
   * The problem of code that ends too early.
   *
   * @param end where the code ends in the cell
   * @param rest what is left of it, which begins at a given character of the cell
   */
  static Problem incomplete(int end, String rest, int at) {
    int last = at + rest.stripTrailing().length();
    return new Problem(
        Math.max(at, last - 1),
        Math.min(last, end),
        "the cell ends here, but its code is incomplete");
  }
}
