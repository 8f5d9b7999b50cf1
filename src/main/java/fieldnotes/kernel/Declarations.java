package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/** What cells have declared but cannot be used yet, or not any longer, and what they need. */
final class Declarations {
  private static final int DEEPEST = 4;
  private static final Pattern MUTABLE_STATIC = Pattern.compile("\\bstatic\\b");

  private final JShell shell;
  private final Map<String, DeclarationSnippet> unresolved = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  Declarations(JShell shell) {
    this.shell = shell;
  }

  /** Forgets the notes of the cell before. */
  void begin() {
    notes.clear();
    unresolved.clear();
  }

  /** Tracks declarations that depend on missing ones, and variables that were reset. */
  void follow(List<SnippetEvent> events, Set<String> emptied) {
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      if (event.status() != Status.RECOVERABLE_DEFINED
          && event.status() != Status.RECOVERABLE_NOT_DEFINED) {
        unresolved.remove(snippet.id());
      } else if (snippet instanceof DeclarationSnippet declaration) {
        unresolved.put(snippet.id(), declaration);
      }
    }
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

  /**
   * The identical import, record, method or class that exists, or null: declaring it again would
   * only reset the variables of that type.
   */
  Snippet same(String source) {
    String text = source.strip();
    if (text.startsWith("import ")) {
      return same(shell.imports(), text);
    }
    if (!text.endsWith("}") || MUTABLE_STATIC.matcher(text).find()) {
      return null;
    }
    Snippet type = same(shell.types(), text);
    return type == null ? same(shell.methods(), text) : type;
  }

  private Snippet same(Stream<? extends Snippet> all, String text) {
    return all.filter(one -> isSame(one, text)).findFirst().orElse(null);
  }

  private boolean isSame(Snippet snippet, String text) {
    return snippet.source().strip().equals(text) && shell.status(snippet) == Status.VALID;
  }

  /** Forgets a declaration of which no class could be made. */
  void forget(Snippet snippet) {
    unresolved.remove(snippet.id());
  }

  /** Notes for the user after a cell; each is given once. */
  List<String> takeNotes() {
    List<String> all = new ArrayList<>(notes);
    for (DeclarationSnippet snippet : unresolved.values()) {
      if (shell.status(snippet).isActive()) {
        all.add(whyNot(snippet));
      }
    }
    begin();
    return all;
  }

  /** Why a declaration cannot be used. */
  String whyNot(DeclarationSnippet snippet) {
    String missing = missing(snippet, DEEPEST);
    return missing.isEmpty()
        ? "%s cannot be used until its cell is rerun: %s"
            .formatted(describe(snippet), firstError(snippet).lines().findFirst().orElse(""))
        : "%s cannot be used until this is declared or imported: %s"
            .formatted(describe(snippet), missing);
  }

  private String missing(DeclarationSnippet snippet, int deepest) {
    return shell
        .unresolvedDependencies(snippet)
        .map(
            what -> {
              DeclarationSnippet declared = deepest == 0 ? null : unusable(what);
              String needs =
                  declared == null || declared.equals(snippet)
                      ? ""
                      : missing(declared, deepest - 1);
              return needs.isEmpty() ? what : what + " (declared, but it needs " + needs + ")";
            })
        .collect(Collectors.joining(", "));
  }

  /**
   * Finds the declaration of a name that the compiler misses although it is declared.
   *
   * @param what the compiler's words, for example "class Point" or "method f(int)"
   * @return the declaration, or null
   */
  DeclarationSnippet unusable(String what) {
    String name = what.replaceAll("^\\w+ ", "").replaceAll("[(<].*", "").strip();
    boolean method = what.startsWith("method ");
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast)
        .filter(one -> shell.status(one) == Status.RECOVERABLE_NOT_DEFINED)
        .filter(one -> one.name().equals(name) && one instanceof MethodSnippet == method)
        .findFirst()
        .orElse(null);
  }

  /** The declaration with this number of JShell's. */
  DeclarationSnippet withId(int id) {
    String wanted = Integer.toString(id);
    return shell
        .snippets()
        .filter(one -> one.id().equals(wanted) && one instanceof DeclarationSnippet)
        .map(DeclarationSnippet.class::cast)
        .findFirst()
        .orElse(null);
  }

  private String firstError(Snippet snippet) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .findFirst()
        .map(d -> Problems.message(d.getMessage(Locale.ROOT)))
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
}
