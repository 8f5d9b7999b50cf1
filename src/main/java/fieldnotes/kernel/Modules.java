package fieldnotes.kernel;

import java.lang.reflect.InvocationTargetException;

/** Loads modules of the JDK that are not named on the command line. */
final class Modules {
  private Modules() {}

  /**
   * Loads modules into the running JVM, as {@code --add-modules} does at its start. If the JDK does
   * not allow it, the modules are missing and code that needs them fails.
   *
   * @param names module names separated by commas, or the empty string
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
          System.err.println("kernel: could not load module " + name + ": " + cause);
        }
      }
    }
  }
}
