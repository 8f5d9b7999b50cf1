package fieldnotes.kernel;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** What a snippet that JShell has evaluated came to: a value, nothing, or an error in words. */
final class Ended {
  private final JShell shell;
  private final CellControl control;
  private final ShellMemory memory;
  private final Declarations declarations;
  private final Problems problems;
  private final Failures failures;

  Ended(
      JShell shell,
      CellControl control,
      ShellMemory memory,
      Declarations declarations,
      Problems problems,
      Failures failures) {
    this.shell = shell;
    this.control = control;
    this.memory = memory;
    this.declarations = declarations;
    this.problems = problems;
    this.failures = failures;
  }

  /**
   * The result of a snippet.
   *
   * @param at where it begins in the cell
   * @param outcome of its code, or null if none ran
   * @throws CompilationFailure if it does not compile
   * @throws CellFailure if its code threw
   * @throws CellStopped if it was stopped
   */
  Evaluator.Result of(Cell cell, int at, SnippetEvent event, CellRunner.Outcome outcome) {
    Snippet snippet = event.snippet();
    if (event.status() == Status.REJECTED) {
      throw new CompilationFailure(cell, problems.of(cell, at, snippet));
    }
    boolean defined = event.status().isDefined();
    if (problems.isTooLarge(snippet)
        || (defined && snippet.subKind().isExecutable() && outcome == null)) {
      throw withoutClass(cell, at, snippet);
    }
    if (snippet instanceof VarSnippet variable
        && event.status() == Status.RECOVERABLE_NOT_DEFINED) {
      throw new CompilationFailure(cell, problems.missing(at, variable));
    }
    if (outcome != null && outcome.thrown() != null) {
      if (snippet instanceof VarSnippet variable) {
        control
            .variables()
            .failed(variable.id(), variable.name(), Failures.whyUnset(cell, outcome.causes()));
      }
      if (outcome.thrown() instanceof CellStopped stopped) {
        throw stopped;
      }
      throw failures.of("", outcome.causes(), event.exception());
    }
    if (snippet instanceof VarSnippet variable) {
      control.variables().initialised(variable.id(), variable.name());
      if (snippet.subKind() == SubKind.VAR_DECLARATION_SUBKIND) {
        control.variables().reset(variable.id(), variable.name());
      }
    }
    return outcome != null && isExpression(snippet.subKind())
        ? new Evaluator.Result(true, outcome.value())
        : Evaluator.Result.NOTHING;
  }

  /** Drops a snippet that compiles but of which no class can be made, for example a large one. */
  private CompilationFailure withoutClass(Cell cell, int at, Snippet snippet) {
    List<Problem> why = problems.of(cell, at, snippet);
    declarations.forget(snippet);
    if (shell.status(snippet).isActive()) {
      shell.drop(snippet);
    }
    memory.newCompiler();
    return new CompilationFailure(cell, why);
  }

  private static boolean isExpression(SubKind kind) {
    return switch (kind) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }
}
