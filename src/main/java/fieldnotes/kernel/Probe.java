package fieldnotes.kernel;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import jdk.jshell.JShell;

/**
 * Has the compiler of JShell look at code that is not run: it knows what cells have declared, and
 * the classes it has read for cells need not be read again, as the options are the same. JShell
 * itself offers no access to what its compiler finds, so this reaches into the package {@code
 * jdk.jshell}, which the launcher opens.
 */
final class Probe {
  /** The compiler's trees of a piece of code and the types in them; valid only while it is seen. */
  record Seen(JavacTask task, Trees trees, CompilationUnitTree unit) {
    Elements elements() {
      return task.getElements();
    }

    Types types() {
      return task.getTypes();
    }
  }

  private final JShell shell;
  private Inside inside;

  Probe(JShell shell) {
    this.shell = shell;
  }

  /** The imports that every cell begins with, of packages and of what cells have declared. */
  String imports() {
    try {
      Inside in = inside();
      return (String) in.imports.invoke(in.maps.get(shell), null, null);
    } catch (ReflectiveOperationException e) {
      throw failed(e);
    }
  }

  /**
   * Analyses a compilation unit, with errors or without.
   *
   * @throws IllegalStateException if the compiler fails or the package is not opened
   */
  <T> T look(String unit, Function<Seen, T> work) {
    try {
      Inside in = inside();
      Object wrap = in.newOuter.newInstance(in.simple.invoke(null, unit));
      Object worker =
          Proxy.newProxyInstance(
              in.worker.getClassLoader(),
              new Class<?>[] {in.worker},
              (proxy, method, arguments) -> work.apply(in.seen(arguments[0])));
      @SuppressWarnings("unchecked")
      T found = (T) in.analyze.invoke(in.tasks.get(shell), wrap, List.of(), worker);
      return found;
    } catch (ReflectiveOperationException e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(ReflectiveOperationException e) {
    Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("the code cannot be analysed: " + cause, cause);
  }

  private synchronized Inside inside() throws ReflectiveOperationException {
    if (inside == null) {
      inside = new Inside();
    }
    return inside;
  }

  /** What is used of JShell. */
  private static final class Inside {
    private final Field tasks = open(JShell.class.getDeclaredField("taskFactory"));
    private final Field maps = open(JShell.class.getDeclaredField("maps"));
    private final Class<?> worker = type("TaskFactory$Worker");
    private final Constructor<?> newOuter =
        open(type("OuterWrap").getDeclaredConstructor(type("Wrap")));
    private final Method simple = open(type("Wrap").getDeclaredMethod("simpleWrap", String.class));
    private final Method analyze =
        open(
            type("TaskFactory")
                .getDeclaredMethod("analyze", type("OuterWrap"), List.class, worker));
    private final Method imports =
        open(
            type("SnippetMaps")
                .getDeclaredMethod("packageAndImportsExcept", Set.class, Collection.class));
    private final Field task = open(type("TaskFactory$BaseTask").getDeclaredField("task"));
    private final Method unit = open(type("TaskFactory$BaseTask").getDeclaredMethod("firstCuTree"));

    Inside() throws ReflectiveOperationException {}

    Seen seen(Object analysis) throws ReflectiveOperationException {
      JavacTask one = (JavacTask) task.get(analysis);
      return new Seen(one, Trees.instance(one), (CompilationUnitTree) unit.invoke(analysis));
    }

    private static Class<?> type(String name) throws ReflectiveOperationException {
      return Class.forName("jdk.jshell." + name);
    }

    private static <T extends java.lang.reflect.AccessibleObject> T open(T member) {
      member.setAccessible(true);
      return member;
    }
  }
}
