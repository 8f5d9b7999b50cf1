package fieldnotes.kernel;

import java.lang.reflect.Proxy;

/** Signal handlers: an interrupt does not end the kernel, and a termination is quiet. */
final class Signals {
  private Signals() {}

  /**
   * Runs an action on a signal, if the JVM allows it.
   *
   * @param name name of the signal without SIG, for example INT
   */
  static void on(String name, Runnable what) {
    try {
      // By reflection, because the compiler's warning about this class cannot be turned off.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  what.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the signal ends the kernel; front ends send interrupts as messages anyway.
    }
  }
}
