package fieldnotes.kernel;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;

/**
 * Releases what JShell keeps of code that has run and that no later code can use: the expressions
 * and statements, the earlier declarations of a name, and with every snippet a list of all imports.
 * JShell keeps all of it for ever, has no way to release it and becomes slower with it. If the
 * package {@code jdk.jshell} is not opened, nothing is released.
 */
final class ShellMemory {
  private static final String PACKAGE = "REPL.";
  private static final String CLASS = PACKAGE + "$JShell$";
  private static final byte[] NOTHING = {};
  private static final int CELLS_OF_A_COMPILER = 100;

  private final JShell shell;
  private final CellLoader loader;
  private final Places places = new Places();
  private Inside inside;
  private int cells;
  private boolean closed;

  ShellMemory(JShell shell, CellLoader loader) {
    this.shell = shell;
    this.loader = loader;
  }

  /** Makes the next compilation start with a new compiler, as the last one failed. */
  void newCompiler() {
    try {
      inside().newCompiler();
    } catch (ReflectiveOperationException | RuntimeException e) {
      // As a side effect this makes a new compiler, too.
      shell.addToClasspath(System.getProperty("java.home"));
    }
  }

  /** Releases what is not needed any longer. Called while nothing runs. */
  void release() {
    if (closed) {
      return;
    }
    try {
      inside().release();
      // The compiler keeps the source of each class that it has made.
      if (++cells % CELLS_OF_A_COMPILER == 0) {
        inside().newCompiler();
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      closed = true;
    }
  }

  /** Finds the position of a stack frame in the code of the user, or null. */
  Places.Place place(String className, int line) {
    try {
      return inside().place(className, line);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** The class that a declaration is compiled to, or null. */
  String className(Snippet snippet) {
    try {
      return (String) inside().className.invoke(snippet);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** Makes the compiler work with an option, or without it, from the next snippet on. */
  void compilerOption(String option, boolean wanted) {
    try {
      @SuppressWarnings("unchecked")
      List<String> options = (List<String>) field(JShell.class, "extraCompilerOptions").get(shell);
      options.remove(option);
      if (wanted) {
        options.add(option);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the names of local variables are not known.
    }
  }

  /** Makes classes of snippets load again when their code is declared or run again. */
  void reload(Predicate<String> which) {
    try {
      inside().reload(which);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then they stay as they are.
    }
  }

  private synchronized Inside inside() throws ReflectiveOperationException {
    if (inside == null) {
      inside = new Inside();
    }
    return inside;
  }

  private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    Method method = type.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static Class<?> type(String name) throws ReflectiveOperationException {
    return Class.forName("jdk.jshell." + name);
  }

  /** The fields of JShell that hold what it keeps. */
  private final class Inside {
    private final Object tasks = field(JShell.class, "taskFactory").get(shell);
    private final Object outerMap = field(JShell.class, "outerMap").get(shell);
    private final Collection<Snippet> snippets;
    private final List<Snippet> byKey;
    private final Map<String, Set<Integer>> dependencies;
    private final Map<String, Object> outers;
    private final Map<String, Object> classFiles;
    private final Map<String, Object> tracked;
    private final Map<String, Object> variableKeys;
    private final Field currentBytes = field(type("ClassTracker$ClassInfo"), "currentBytes");
    private final Field loadedBytes = field(type("ClassTracker$ClassInfo"), "loadedBytes");
    private final Field outer = field(Snippet.class, "outer");
    private final Method key = method(Snippet.class, "key");
    private final Method index = method(type("Key"), "index");
    private final Method className = method(Snippet.class, "classFullName");
    private final Method name = method(Snippet.class, "name");
    private final Field wrap = field(type("OuterWrap"), "w");
    private final Field wrapToSnippet = field(type("OuterSnippetsClassWrap"), "wrapToSnippet");
    private final Field parts = field(type("Wrap$CompoundWrap"), "os");
    private final Constructor<?> newParts =
        type("Wrap$CompoundWrap").getDeclaredConstructor(Object[].class);
    private final Constructor<?> newOuter =
        type("OuterSnippetsClassWrap")
            .getDeclaredConstructor(
                String.class, type("Wrap$CompoundWrap"), List.class, List.class);
    private final Method wrapped = method(type("OuterWrap"), "wrapped");
    private final Method getOuter = method(type("OuterWrapMap"), "getOuter", String.class);
    private final Method toSnippet =
        method(type("OuterSnippetsClassWrap"), "wrapLineToSnippet", int.class);
    private final Method toLine = method(type("OuterWrap"), "wrapLineToSnippetLine", int.class);

    @SuppressWarnings("unchecked")
    Inside() throws ReflectiveOperationException {
      Object maps = field(JShell.class, "maps").get(shell);
      snippets = (Collection<Snippet>) field(maps.getClass(), "snippets").get(maps);
      byKey = (List<Snippet>) field(maps.getClass(), "keyIndexToSnippet").get(maps);
      dependencies = (Map<String, Set<Integer>>) field(maps.getClass(), "dependencies").get(maps);
      outers = (Map<String, Object>) field(type("OuterWrapMap"), "classOuters").get(outerMap);
      Object files = field(tasks.getClass(), "fileManager").get(tasks);
      classFiles = (Map<String, Object>) field(files.getClass(), "classObjects").get(files);
      Object tracker = field(JShell.class, "classTracker").get(shell);
      tracked = (Map<String, Object>) field(tracker.getClass(), "map").get(tracker);
      Object keys = field(JShell.class, "keyMap").get(shell);
      variableKeys = (Map<String, Object>) field(keys.getClass(), "varMap").get(keys);
      newParts.setAccessible(true);
      newOuter.setAccessible(true);
    }

    void newCompiler() throws ReflectiveOperationException {
      method(tasks.getClass(), "initTaskPool").invoke(tasks);
    }

    Places.Place place(String type, int line) throws ReflectiveOperationException {
      Object found = getOuter.invoke(outerMap, type);
      return found == null ? places.find(ofSnippet(type), line) : place(found, line - 1);
    }

    private Places.Place place(Object of, int line) throws ReflectiveOperationException {
      Snippet snippet = (Snippet) toSnippet.invoke(of, line);
      return snippet == null
          ? null
          : new Places.Place(snippet.id(), (int) toLine.invoke(of, line) + 1);
    }

    void release() throws ReflectiveOperationException {
      Set<Integer> gone = new HashSet<>();
      for (Snippet snippet : new ArrayList<>(snippets)) {
        if (!isNeeded(snippet)) {
          forget(snippet, gone);
        }
      }
      dependencies.values().forEach(of -> of.removeAll(gone));
      dependencies.values().removeIf(Set::isEmpty);
      Set<String> needed = new HashSet<>();
      for (Snippet snippet : snippets) {
        if (outer.get(snippet) != null) {
          needed.add((String) className.invoke(snippet));
        }
      }
      Iterator<String> files = classFiles.keySet().iterator();
      while (files.hasNext()) {
        String one = files.next();
        if (!needed.contains(ofSnippet(one))) {
          files.remove();
          loader.forget(one);
          untrack(one);
        }
      }
      Iterator<Map.Entry<String, Object>> all = outers.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<String, Object> one = all.next();
        if (needed.contains(PACKAGE + one.getKey())) {
          one.setValue(withoutImports(one.getKey(), one.getValue()));
        } else {
          keepPlaces(one.getKey(), one.getValue());
          all.remove();
        }
      }
      for (Snippet snippet : snippets) {
        Object slim = outers.get(simple(snippet));
        if (slim != null) {
          outer.set(snippet, slim);
        }
      }
    }

    private String simple(Snippet snippet) throws ReflectiveOperationException {
      return outer.get(snippet) == null
          ? ""
          : ((String) className.invoke(snippet)).substring(PACKAGE.length());
    }

    private boolean isNeeded(Snippet snippet) throws ReflectiveOperationException {
      if (!shell.status(snippet).isActive() || !snippet.kind().isPersistent()) {
        return false;
      }
      return snippet.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND || isUsed(snippet);
    }

    /** Whether a declaration uses the value of an expression by its name, $1, $2, … */
    private boolean isUsed(Snippet snippet) throws ReflectiveOperationException {
      for (int user : dependencies.getOrDefault(name.invoke(snippet), Set.of())) {
        Snippet one = user < byKey.size() ? byKey.get(user) : null;
        if (one != null
            && !one.equals(snippet)
            && shell.status(one).isActive()
            && one.kind().isPersistent()) {
          return true;
        }
      }
      return false;
    }

    private void forget(Snippet snippet, Set<Integer> gone) throws ReflectiveOperationException {
      if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND && outer.get(snippet) != null) {
        loader.empty((String) className.invoke(snippet), (String) name.invoke(snippet));
        if (shell.status(snippet).isActive()) {
          shell.drop(snippet);
        }
        variableKeys.remove((String) name.invoke(snippet));
      }
      snippets.remove(snippet);
      int at = (int) index.invoke(key.invoke(snippet));
      if (at < byKey.size() && snippet.equals(byKey.get(at))) {
        byKey.set(at, null);
        gone.add(at);
      }
    }

    /** The class of the snippet that this class is in. */
    private static String ofSnippet(String type) {
      int end = type.startsWith(CLASS) ? type.indexOf('$', CLASS.length()) : -1;
      return end < 0 ? type : type.substring(0, end);
    }

    void reload(Predicate<String> which) throws ReflectiveOperationException {
      for (Map.Entry<String, Object> one : tracked.entrySet()) {
        if (loadedBytes.get(one.getValue()) != null && which.test(one.getKey())) {
          loadedBytes.set(one.getValue(), NOTHING);
        }
      }
    }

    /** Keeps the knowledge that a class of this name was loaded, but not its bytes. */
    private void untrack(String type) throws ReflectiveOperationException {
      Object info = tracked.get(type);
      if (info != null) {
        currentBytes.set(info, null);
        if (loadedBytes.get(info) != null) {
          loadedBytes.set(info, NOTHING);
        }
      }
    }

    /** Keeps which lines of a class are which of the user's, and nothing else of it. */
    private void keepPlaces(String type, Object full) throws ReflectiveOperationException {
      Object[] of = (Object[]) parts.get(wrap.get(full));
      int before = of[0] instanceof String imports ? lines(imports) : 0;
      Object body =
          newParts.newInstance((Object) Arrays.copyOfRange(of, before > 0 ? 1 : 0, of.length));
      Object bare = withParts(type, body, full);
      Places.Place[] found = new Places.Place[lines((String) wrapped.invoke(bare)) + 1];
      for (int i = 0; i < found.length; i++) {
        found[i] = place(bare, i);
      }
      places.keep(PACKAGE + type, before, found);
    }

    private static int lines(String text) {
      return (int) text.chars().filter(c -> c == '\n').count();
    }

    private Object withParts(String type, Object body, Object full)
        throws ReflectiveOperationException {
      Map<?, ?> inner = (Map<?, ?>) wrapToSnippet.get(full);
      return newOuter.newInstance(
          type, body, new ArrayList<>(inner.values()), new ArrayList<>(inner.keySet()));
    }

    /** The same wrap with as many lines, which give the lines of stack frames, but no imports. */
    private Object withoutImports(String type, Object full) throws ReflectiveOperationException {
      Object whole = wrap.get(full);
      Object[] of = (Object[]) parts.get(whole);
      if (!(of[0] instanceof String imports) || imports.startsWith(" \n")) {
        return full;
      }
      Object[] slim = of.clone();
      slim[0] = " " + "\n".repeat(lines(imports));
      return withParts(type, newParts.newInstance((Object) slim), full);
    }
  }
}
