package fieldnotes.kernel;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import jdk.jshell.JShell;

/** What completion and inspection see of the cells that have run; they run nothing themselves. */
final class CellView {
  /** A person has long gone on; on a busy machine an answer may take seconds. */
  private static final long MOST_MILLIS = 10_000;

  private final JShell shell;
  private final ClassIndex index;
  private final CompilerThread compiler;
  private final Variables variables;
  private final KnownClasses known;
  private final Probe probe;

  /**
   * @param index of the jars of the start, or null
   */
  CellView(JShell shell, ClassIndex index, CompilerThread compiler, Variables variables) {
    this.shell = shell;
    this.index = index;
    this.compiler = compiler;
    this.variables = variables;
    this.known = new KnownClasses(index == null ? ClassNames.NONE : index.names());
    this.probe = new Probe(shell);
  }

  /**
   * Has the compiler look at code that is not run.
   *
   * @param head the code before the mark
   * @param mark with what has to follow it
   * @param work what to find out; its result must not be of the compiler
   * @return null if the compiler fails or takes too long
   */
  <T> T see(String head, String mark, Function<Members, T> work) {
    AtomicBoolean late = new AtomicBoolean();
    T found =
        compiler.call(
            () -> {
              try {
                return probe.look(
                    CellCode.unit(probe.imports(), head, mark),
                    seen -> late.get() ? null : work.apply(new Members(seen, known)));
              } catch (RuntimeException | AssertionError | StackOverflowError e) {
                return null; // the compiler fails on some wrong code
              }
            },
            MOST_MILLIS);
    late.set(true);
    return found;
  }

  KnownClasses known() {
    return known;
  }

  /** The values of the variables, without running any code; those without one are left out. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    shell
        .variables()
        .forEach(
            one -> {
              variables
                  .valueIfSet(one.id(), one.name())
                  .map(CellLoader.Value::value)
                  .ifPresent(value -> values.put(one.name(), value));
            });
    return values;
  }

  /** The jars of the start that have classes of a package. */
  List<File> jarsOf(String packageName) {
    return index == null
        ? List.of()
        : index.jarsOf(packageName).stream().map(jar -> jar.file).toList();
  }
}
