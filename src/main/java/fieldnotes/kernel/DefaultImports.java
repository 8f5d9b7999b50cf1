package fieldnotes.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What cells can use without an import: the JDK's module {@code java.base}, the functions of {@link
 * CellFunctions}, and the packages in a file of import lines, which the system property {@value
 * #FILE} names. The file is plain Java, so that other kernels can load it, too.
 *
 * <p>All packages are imported at once, as one snippet: JShell compiles each snippet together with
 * all before it. A class that a cell declares, and one that a cell imports, comes before those of
 * these packages, which come before those of the JDK.
 */
final class DefaultImports {
  private static final String FILE = "fieldnotes.kernel.imports";
  private static final String TITLE = "default imports";

  /** First, as JShell takes the first for the name of the snippet: an import that no cell has. */
  private static final String OWN = "import static fieldnotes.kernel.CellFunctions.*;";

  private static final String MODULE = "java.base";
  private static final Pattern LINE =
      Pattern.compile("import(?<static>\\s+static)?\\s+(?<from>[\\w.]+)\\.(?<name>\\w+|\\*)\\s*;");

  /**
   * An import.
   *
   * @param from the package, or the class of static members
   * @param name of the class or member, or {@code *} for all
   */
  record One(boolean isStatic, String from, String name) {
    String line() {
      return "import %s%s.%s;".formatted(isStatic ? "static " : "", from, name);
    }

    boolean isAll() {
      return name.equals("*");
    }
  }

  private final List<One> all = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  private DefaultImports() {}

  /** Reads the file; where it is not named, or cannot be read, there are fewer imports. */
  static DefaultImports read() {
    DefaultImports imports = new DefaultImports();
    String file = System.getProperty(FILE);
    if (file != null) {
      try {
        imports.addAll(Files.readString(Path.of(file)));
      } catch (IOException e) {
        imports.refused.put(file, "cannot be read");
      }
    }
    return imports;
  }

  /** The imports of a text in the form of the file. */
  static DefaultImports of(String text) {
    DefaultImports imports = new DefaultImports();
    imports.addAll(text);
    return imports;
  }

  private void addAll(String text) {
    for (String line : text.replaceAll("//.*", "").lines().toList()) {
      Matcher one = LINE.matcher(line.strip());
      if (one.matches()) {
        all.add(new One(one.group("static") != null, one.group("from"), one.group("name")));
      } else if (!line.isBlank()) {
        refused.put(line.strip(), "is no import");
      }
    }
  }

  List<One> all() {
    return all;
  }

  /** What could not be imported, with the reason. */
  Map<String, String> refused() {
    return refused;
  }

  /** Whether a package is imported as a whole, and not as one of the JDK's module. */
  boolean isWhole(String packageName) {
    return all.stream()
        .anyMatch(one -> one.isAll() && !isOfModule(one) && one.from().equals(packageName));
  }

  /** The JDK's module has the package, so that no import of its own is needed here. */
  private static boolean isOfModule(One one) {
    return !one.isStatic()
        && one.isAll()
        && ModuleLayer.boot()
            .findModule(MODULE)
            .map(base -> base.getPackages().contains(one.from()) && base.isExported(one.from()))
            .orElse(false);
  }

  /** Imports everything; what fails is left out. */
  void evaluate(Evaluator evaluator) {
    String module = "import module " + MODULE + ";";
    List<String> whole =
        all.stream().filter(One::isAll).filter(one -> !isOfModule(one)).map(One::line).toList();
    try {
      evaluateOne(evaluator, OWN + String.join("", whole) + module);
    } catch (CompilationFailure e) {
      evaluateOne(evaluator, OWN + module);
      whole.forEach(one -> tried(evaluator, one));
    }
    all.stream().filter(one -> !one.isAll()).forEach(one -> tried(evaluator, one.line()));
  }

  private void tried(Evaluator evaluator, String line) {
    try {
      evaluateOne(evaluator, line);
    } catch (CompilationFailure e) {
      refused.put(
          line,
          e.problems().stream()
              .map(problem -> problem.message().lines().findFirst().orElse(""))
              .collect(Collectors.joining("; ")));
    }
  }

  private static void evaluateOne(Evaluator evaluator, String source) {
    evaluator.evalSnippet(new Cell(0, TITLE, source));
  }
}
