package fieldnotes.kernel;

import java.lang.reflect.Proxy;

/** What the kernel does on a signal: an interrupt must not end it, and an end is a quiet one. */
final class Signals {
  private Signals() {}

  /**
   * Runs this on a signal, where the JVM lets us.
   *
   * @param name of the signal without SIG, as INT
   */
  static void on(String name, Runnable what) {
    try {
      // Named by text, as the compiler warns of the class in a way that cannot be turned off.
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
      // Then the signal ends the kernel; front ends ask for interrupts by message anyway.
    }
  }
}
