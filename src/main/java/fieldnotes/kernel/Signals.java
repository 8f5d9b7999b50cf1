package fieldnotes.kernel;

import java.lang.reflect.Proxy;

/** A front end that interrupts by signal must not end the kernel. */
final class Signals {
  private Signals() {}

  /** Runs this instead of ending on SIGINT, where the JVM lets us. */
  static void onInterrupt(Runnable what) {
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
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the signal ends the kernel; the kernel asks for interrupts by message anyway.
    }
  }
}
