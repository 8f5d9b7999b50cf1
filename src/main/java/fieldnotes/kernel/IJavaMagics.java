package fieldnotes.kernel;

import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * How notebooks written for IJava add magics: by an annotation or a function. The kernel translates
 * the names of {@code io.github.spencerpark.jupyter.kernel.magic.registry} to these.
 */
public final class IJavaMagics {
  private IJavaMagics() {}

  /** Marks a method that takes the arguments of a line magic, as a list of strings. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  public @interface LineMagic {
    /** Name of the magic; that of the method if empty. */
    String value() default "";

    /** More names. */
    String[] aliases() default {};
  }

  /** Marks a method that takes the arguments and the body of a cell magic. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  public @interface CellMagic {
    /** Name of the magic; that of the method if empty. */
    String value() default "";

    /** More names. */
    String[] aliases() default {};
  }

  /** A line magic. */
  @FunctionalInterface
  public interface LineMagicFunction<T> {
    /** Runs it. */
    T execute(List<String> arguments) throws Exception;
  }

  /** A cell magic. */
  @FunctionalInterface
  public interface CellMagicFunction<T> {
    /** Runs it. */
    T execute(List<String> arguments, String body) throws Exception;
  }

  /** Named by notebooks that register it for {@code %sh}, which this kernel does not offer. */
  public static final class Shell {
    private Shell() {}
  }

  /** The magics of the kernel, as IJava offers them. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // as in IJava, whose notebooks call these
  public static final class Magics {
    private final JavaKernel kernel;

    Magics(JavaKernel kernel) {
      this.kernel = kernel;
    }

    /** Adds a line magic. */
    public void registerLineMagic(String name, LineMagicFunction<?> function) {
      kernel.getMagicsRegistry().registerLineMagic(name, (k, args) -> function.execute(args));
    }

    /** Adds a cell magic. */
    public void registerCellMagic(String name, CellMagicFunction<?> function) {
      kernel
          .getMagicsRegistry()
          .registerCellMagic(name, (k, args, body) -> function.execute(args, body));
    }

    /** Adds the annotated methods of an object, or the static ones of a class. */
    public void registerMagics(Object from) {
      Class<?> type = from instanceof Class<?> itself ? itself : from.getClass();
      Object on = from instanceof Class<?> ? null : from;
      for (Method method : type.getDeclaredMethods()) {
        LineMagic line = method.getAnnotation(LineMagic.class);
        CellMagic cell = method.getAnnotation(CellMagic.class);
        if (line != null && check(method, on, line, 1)) {
          names(method, line.value(), line.aliases())
              .forEach(name -> registerLineMagic(name, args -> call(method, on, args)));
        }
        if (cell != null && check(method, on, cell, 2)) {
          names(method, cell.value(), cell.aliases())
              .forEach(
                  name -> registerCellMagic(name, (args, body) -> call(method, on, args, body)));
        }
      }
    }

    private static boolean check(Method method, Object on, Annotation kind, int parameters) {
      if (method.getParameterCount() != parameters
          || (on == null && !Modifier.isStatic(method.getModifiers()))) {
        throw new IllegalArgumentException(
            "%s %s: must take %s%s"
                .formatted(
                    kind.annotationType().getSimpleName(),
                    method.getName(),
                    parameters == 1 ? "(List<String>)" : "(List<String>, String)",
                    on == null ? " and be static, as a class was registered" : ""));
      }
      method.setAccessible(true);
      return true;
    }

    private static List<String> names(Method method, String value, String[] aliases) {
      List<String> names = new ArrayList<>();
      names.add(value.isEmpty() ? method.getName() : value);
      names.addAll(List.of(aliases));
      return names;
    }

    private static Object call(Method method, Object on, Object... arguments) throws Exception {
      try {
        return method.invoke(on, arguments);
      } catch (InvocationTargetException e) {
        switch (e.getCause()) {
          case Exception cause -> throw cause;
          case Error cause -> throw cause;
          default -> throw e;
        }
      }
    }

    /** Runs a line magic. */
    @SuppressWarnings("unchecked")
    public <T> T applyLineMagic(String name, List<String> arguments) {
      return (T) kernel.magics().line(name, arguments);
    }

    /** Runs a cell magic. */
    @SuppressWarnings("unchecked")
    public <T> T applyCellMagic(String name, List<String> arguments, String body) {
      return (T) kernel.magics().cell(name, arguments, body);
    }
  }
}
