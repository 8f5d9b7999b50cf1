package fieldnotes.kernel;

import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * {@code System.console()} of a kernel: it asks the front end, and hides what is typed for a
 * password. The JDK gives none to a process without a terminal, so that {@code
 * System.console().readLine()} would fail without a reason. Where the JDK does not allow it, there
 * is none.
 */
final class KernelConsole implements InvocationHandler {
  private final KernelIO io;

  private KernelConsole(KernelIO io) {
    this.io = io;
  }

  /** Makes it the console of this process. */
  static void install(KernelIO io) {
    try {
      // java.lang is opened by the launcher, java.io is not
      Method open = Module.class.getDeclaredMethod("implAddOpensToAllUnnamed", String.class);
      open.setAccessible(true);
      open.invoke(Console.class.getModule(), "java.io");
      Class<?> type = Class.forName("jdk.internal.io.JdkConsole");
      Object asked =
          Proxy.newProxyInstance(
              KernelConsole.class.getClassLoader(), new Class<?>[] {type}, new KernelConsole(io));
      Constructor<?> made = Class.forName("java.io.ProxyingConsole").getDeclaredConstructor(type);
      made.setAccessible(true);
      Field console = System.class.getDeclaredField("cons");
      console.setAccessible(true);
      console.set(null, made.newInstance(asked));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then System.console() is null, as in other kernels.
    }
  }

  @Override
  public Object invoke(Object console, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "writer" -> new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      case "reader" -> new InputStreamReader(System.in, StandardCharsets.UTF_8);
      case "charset" -> StandardCharsets.UTF_8;
      case "flush" -> {
        System.out.flush();
        yield null;
      }
      case "println" -> {
        System.out.println(arguments[0]);
        yield console;
      }
      case "print" -> {
        System.out.print(arguments[0]);
        yield console;
      }
      case "format" -> {
        System.out.print(formatted(arguments));
        yield console;
      }
      case "readLine" -> io.ask(formatted(arguments), false);
      case "readPassword" -> io.ask(formatted(arguments), true).toCharArray();
      case "equals" -> console == arguments[0];
      case "hashCode" -> System.identityHashCode(console);
      default -> "the console of the kernel";
    };
  }

  /** A prompt: a locale, a format and its values, or nothing. */
  private static String formatted(Object[] arguments) {
    return arguments == null
        ? ""
        : String.format((Locale) arguments[0], (String) arguments[1], (Object[]) arguments[2]);
  }
}
