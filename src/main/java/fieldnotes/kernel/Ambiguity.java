package fieldnotes.kernel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;

/**
 * A name that a default import and an import of the notebook bring alike: the notebook's is meant.
 * To the compiler both are equal, so the name is imported by itself as soon as code uses it.
 */
final class Ambiguity {
  private static final String CODE = "compiler.err.ref.ambiguous";
  private static final Pattern MESSAGE =
      Pattern.compile(
          "reference to (?<name>\\w+) is ambiguous\\s+both (?<kind>[\\w@]+) \\S.* in (?<first>\\S+)"
              + " and [\\w@]+ \\S.* in (?<second>\\S+) match",
          Pattern.DOTALL);

  private final JShell shell;
  private final DefaultImports imports;

  /** The names that were imported by themselves, with their imports. */
  private final Map<String, Snippet> decided = new HashMap<>();

  Ambiguity(JShell shell, DefaultImports imports) {
    this.shell = shell;
    this.imports = imports;
  }

  /**
   * The imports, by name, that make a rejected snippet unambiguous; none if that is not possible.
   */
  Map<String, String> remedies(Snippet rejected) {
    Map<String, String> remedies = new LinkedHashMap<>();
    for (Diag diag : shell.diagnostics(rejected).toList()) {
      Matcher message = MESSAGE.matcher(diag.getMessage(Locale.ROOT));
      if (CODE.equals(diag.getCode()) && message.find()) {
        String first = message.group("first");
        String second = message.group("second");
        if (imports.isWhole(first) != imports.isWhole(second)
            && !decided.containsKey(message.group("name"))) {
          boolean isType =
              List.of("class", "interface", "enum", "record", "@interface")
                  .contains(message.group("kind"));
          remedies.put(
              message.group("name"),
              new DefaultImports.One(
                      !isType, imports.isWhole(first) ? second : first, message.group("name"))
                  .line());
        }
      }
    }
    return remedies;
  }

  /** Notes that a name was imported by itself. */
  void decided(String name, Snippet snippet) {
    decided.put(name, snippet);
  }

  /** A class that a cell declares comes before all imports. */
  void follow(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof TypeDeclSnippet type && event.status().isActive()) {
        Snippet other = decided.remove(type.name());
        if (other != null && shell.status(other).isActive()) {
          shell.drop(other);
        }
      }
    }
  }
}
