package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShellException;
import jdk.jshell.spi.SPIResolutionException;

/** Makes the failure of a cell from what its code threw. */
final class Failures {
  private static final Pattern NULL_VARIABLE =
      Pattern.compile("\"(REPL\\.\\$Variable\\$\\d+)\\.[^\"]*\" is null");

  private static final Pattern TO_ITSELF =
      Pattern.compile("class (\\S+) cannot be cast to class \\1(?!\\S)");

  private final Declarations declarations;
  private final UnaryOperator<StackTraceElement> translate;
  private final Supplier<List<Object>> values;

  /**
   * @param translate makes a frame of a snippet of one of JShell's classes
   * @param values gives the values of the notebook's variables
   */
  Failures(
      Declarations declarations,
      UnaryOperator<StackTraceElement> translate,
      Supplier<List<Object>> values) {
    this.values = values;
    this.declarations = declarations;
    this.translate = translate;
  }

  /**
   * @param label what stands before the first exception, or nothing
   * @param translated the stand-ins of {@link Causes#chain} as translated by JShell, or null
   */
  CellFailure of(String label, Causes causes, JShellException translated) {
    List<CellFailure.Thrown> chain = new ArrayList<>();
    Throwable shown = translated;
    List<Causes.One> all = causes.all();
    for (int i = 0; i < all.size(); i++) {
      Causes.One one = all.get(i);
      if (one.again()) {
        chain.add(
            new CellFailure.Thrown(
                one.label(), one.text() + " (shown above)", new StackTraceElement[0]));
        continue;
      }
      chain.add(
          new CellFailure.Thrown(
              chain.isEmpty() ? label : one.label(),
              isCopy(one, i + 1 < all.size() ? all.get(i + 1) : null)
                  ? text(all.get(i + 1))
                  : text(one),
              frames(shown == null ? one.frames() : shown.getStackTrace())));
      shown = shown == null ? null : shown.getCause();
    }
    return new CellFailure(causes, chain);
  }

  /** What a parallel stream threw on another thread is thrown again around itself. */
  private static boolean isCopy(Causes.One one, Causes.One cause) {
    return cause != null
        && one.thrown().getClass() == cause.thrown().getClass()
        && one.text().equals(Names.of(one.thrown().getClass()) + ": " + cause.text());
  }

  /** Why a variable has no value. */
  static String whyUnset(Cell cell, Causes causes) {
    String where = cell.count() > 0 ? "cell " + cell.count() : cell.title();
    return causes.first().thrown() instanceof CellStopped
        ? "its initialiser was stopped in " + where
        : "its initialiser failed in %s with %s".formatted(where, causes.first().text());
  }

  private StackTraceElement[] frames(StackTraceElement[] frames) {
    return Arrays.stream(frames).map(translate).toArray(StackTraceElement[]::new);
  }

  private String text(Causes.One one) {
    Throwable thrown = one.thrown();
    if (thrown instanceof SPIResolutionException use) {
      DeclarationSnippet snippet = declarations.withId(use.id());
      return snippet == null
          ? "this cannot be used until what it needs is declared or imported"
          : declarations.whyNot(snippet);
    }
    String text = one.text();
    if (thrown instanceof OutOfMemoryError) {
      return text + Memory.advice(text);
    }
    if (thrown instanceof ClassCastException) {
      return TO_ITSELF.matcher(text).replaceAll("$0: the value is of an earlier declaration of $1");
    }
    if (thrown instanceof NullPointerException && one.message() != null) {
      Matcher variable = NULL_VARIABLE.matcher(one.message());
      String reason = variable.find() ? Unset.reason(variable.group(1)) : null;
      return reason == null ? text : text + "\n" + reason;
    }
    String remedy = Remedies.of(thrown, one.message(), values);
    return remedy.isEmpty() ? text : text + "\n" + remedy;
  }
}
