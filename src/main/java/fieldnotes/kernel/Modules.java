package fieldnotes.kernel;

import java.lang.reflect.InvocationTargetException;

/** Loads modules of the JDK that the command line did not ask for. */
final class Modules {
  private Modules() {}

  /**
   * Loads modules into the running JVM, as {@code --add-modules} would before its start. Where the
   * JDK does not let us, they stay away, and code that needs them says so.
   *
   * @param names module names with commas between, or the empty string
   */
  static void load(String names) {
    for (String name : names.split(",")) {
      if (!name.isBlank() && ModuleLayer.boot().findModule(name).isEmpty()) {
        try {
          Class.forName("jdk.internal.module.Modules")
              .getMethod("loadModule", String.class)
              .invoke(null, name.strip());
        } catch (ReflectiveOperationException | RuntimeException e) {
          Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
          System.err.println("kernel: no module " + name + ": " + cause);
        }
      }
    }
  }
}
