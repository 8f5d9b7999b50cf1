package fieldnotes.widget;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * What widgets ask of a kernel. This project's kernel answers by its method {@code takenOutput}
 * (packages that a kernel shows do not depend on it); on another built on {@code jjava-jupyter},
 * printed text is taken by replacing {@code System.out}.
 */
final class Calls {
  private final BaseKernel kernel;
  private final Object own;

  Calls(BaseKernel kernel) {
    this.kernel = kernel;
    this.own = own(kernel);
  }

  private static Object own(BaseKernel kernel) {
    try {
      return kernel.getClass().getMethod("takenOutput").invoke(kernel);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  CommManager comms() {
    return kernel.getCommManager();
  }

  /** A value as the front end shows it; null for null. */
  DisplayData data(Object value) {
    return value == null || value instanceof DisplayData
        ? (DisplayData) value
        : kernel.getRenderer().render(value);
  }

  /**
   * Runs code whose outputs go there.
   *
   * @throws Exception what the code throws
   */
  DisplayData capture(Callable<DisplayData> code, Consumer<JsonObject> outputs) throws Exception {
    if (own != null) {
      return (DisplayData)
          call("run", new Class<?>[] {Callable.class, Consumer.class}, code, outputs);
    }
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      return code.call();
    } finally {
      System.setOut(before);
      if (bytes.size() > 0) {
        JsonObject printed = new JsonObject();
        printed.addProperty("output_type", "stream");
        printed.addProperty("name", "stdout");
        printed.addProperty("text", bytes.toString(StandardCharsets.UTF_8));
        outputs.accept(printed);
      }
    }
  }

  /** An error in lines, as a cell shows it. */
  @SuppressWarnings("unchecked")
  List<String> explain(Throwable e) {
    try {
      return own == null
          ? kernel.formatError(e)
          : (List<String>) call("explain", new Class<?>[] {Throwable.class}, e);
    } catch (Exception broken) {
      return List.of(e.getClass().getName());
    }
  }

  /** Whether messages for one of these comms wait to be handled. */
  boolean isWaiting(Collection<String> comms) {
    try {
      return own != null && (boolean) call("isWaiting", new Class<?>[] {Collection.class}, comms);
    } catch (Exception e) {
      return false;
    }
  }

  private Object call(String name, Class<?>[] types, Object... values) throws Exception {
    try {
      Method method = own.getClass().getMethod(name, types);
      return method.invoke(own, values);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        default -> throw e;
      }
    }
  }
}
