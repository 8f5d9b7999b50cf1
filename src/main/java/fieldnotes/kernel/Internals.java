package fieldnotes.kernel;

import java.nio.file.Path;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * What JShell has but does not show. Each has a way without, slower or with less, where the package
 * {@code jdk.jshell} is not open.
 */
final class Internals {
  CompletionInfo analyze(JShell shell, String code) {
    return shell.sourceCodeAnalysis().analyzeCompletion(code);
  }

  void addSources(SourceCodeAnalysis analysis, Path folder) {}
}
