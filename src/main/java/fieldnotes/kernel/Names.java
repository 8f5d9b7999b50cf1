package fieldnotes.kernel;

import java.util.regex.Pattern;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Names as the user wrote them. JShell puts each snippet into a class of its own, and its names
 * stand before those of the notebook: {@code REPL.$JShell$12$Point} is {@code Point}.
 */
final class Names {
  private static final Pattern LAMBDA =
      Pattern.compile("(?:REPL[./])?\\$JShell\\$\\w+\\$\\$Lambda(?:/0x\\p{XDigit}+)?");
  private static final Pattern ANONYMOUS =
      Pattern.compile("(?:REPL[./])?\\$JShell\\$\\w+(?:\\$\\w+)*?\\$\\$?\\d+(?![\\w$])");
  private static final Pattern LOCAL =
      Pattern.compile("(?:REPL[./])?\\$JShell\\$\\w+\\$\\d+(?=[A-Za-z_])");
  private static final Pattern INSIDE =
      Pattern.compile("(?:REPL[./])?\\$(?:JShell|Variable)\\$\\w+[$.]");
  private static final Pattern WRAPPER = Pattern.compile("(?:REPL[./])?\\$JShell\\$\\w+");
  private static final Pattern METHOD = Pattern.compile("(?:lambda\\$)?do_it\\$(?:\\$\\d+|Aux)?");
  private static final Pattern LOADER =
      Pattern.compile(
          " \\((?:\\S+ is|\\S+ and \\S+ are) in unnamed module of loader 'cells'[^)]*\\)"
              + "| \\(\\S+ is in [^()]*; \\S+ is in [^()]* of loader 'cells'[^()]*\\)"
              + "|(?: of loader)? 'cells' @\\p{XDigit}+|cells//");
  private static final Pattern FILE = Pattern.compile("\\$JShell\\$\\w+\\.java(?::\\d+)?");
  private static final Pattern OWN =
      Pattern.compile("fieldnotes\\.kernel\\.Cell(?:Exit|Stopped)(?:: )?");
  private static final String COMPILATION = "CompilationError";
  private static final String MAGIC = "MagicError";

  private static final Pattern ANNOTATION = Pattern.compile("@[\\w.]+(?:\\([^()]*\\))? ?");
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[\\p{Lu}$])");
  private static final Pattern COMMA = Pattern.compile(",(?=\\S)");

  private Names() {}

  /** A type as code names it, without packages; called for hundreds of types at once. */
  static String shortType(String type) {
    String text = plain(type);
    text = text.indexOf('@') < 0 ? text : ANNOTATION.matcher(text).replaceAll("");
    text = text.indexOf('.') < 0 ? text : PACKAGE.matcher(text).replaceAll("");
    return text.indexOf(',') < 0 ? text : COMMA.matcher(text).replaceAll(", ");
  }

  /** Whether a text is digits alone. */
  static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A text without the names of JShell's and the kernel's classes. */
  static String plain(String text) {
    String plain = text;
    if (plain.contains("$JShell$") || plain.contains("$Variable$") || plain.contains("do_it$")) {
      plain = LOADER.matcher(plain).replaceAll("");
      plain = FILE.matcher(plain).replaceAll("cell");
      plain = LAMBDA.matcher(plain).replaceAll("Lambda");
      plain = LOCAL.matcher(plain).replaceAll("");
      plain = ANONYMOUS.matcher(plain).replaceAll("Anonymous");
      plain = INSIDE.matcher(plain).replaceAll("");
      plain = WRAPPER.matcher(plain).replaceAll("cell");
      plain = METHOD.matcher(plain).replaceAll("cell");
    }
    if (plain.contains("fieldnotes.kernel.")) {
      plain = OWN.matcher(plain).replaceAll("");
      plain = plain.replace(CompilationFailure.class.getName(), COMPILATION);
      plain = plain.replace(MagicFailure.class.getName(), MAGIC);
    }
    return plain;
  }

  /** The name of a class, for example as the heading of an error. */
  static String of(Class<?> type) {
    if (SPIResolutionException.class.equals(type)) {
      return "UnresolvedReference";
    }
    return CellExit.class.equals(type) ? "SystemExit" : plain(type.getName());
  }

  /** What an exception says of itself, even if its own methods throw. */
  static String text(Throwable e) {
    return Traces.plain(
        Causes.guarded(
            e,
            one -> PlainText.cut(String.valueOf(one.toString())),
            broken ->
                "%s (its message threw %s)".formatted(of(e.getClass()), of(broken.getClass()))));
  }
}
