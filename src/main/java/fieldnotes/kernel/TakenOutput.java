package fieldnotes.kernel;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Runs functions of widgets, whose outputs belong below the widget and not to a cell. Packages that
 * a kernel shows call it by reflection, as they also work in other kernels.
 */
public final class TakenOutput {
  private final JavaKernel kernel;
  private final Output output;
  private final Connection connection;

  TakenOutput(JavaKernel kernel, Output output, Connection connection) {
    this.kernel = kernel;
    this.output = output;
    this.connection = connection;
  }

  /**
   * Runs code; what it prints and displays goes there instead of to the front end: outputs of
   * Jupyter's notebook format, and {@code update_display_data} and {@code clear_output}.
   */
  public Object run(Callable<?> code, Consumer<JsonObject> outputs) throws Exception {
    CellEnvironment environment = ((KernelIO) kernel.getIO()).current();
    if (environment == null) {
      return code.call();
    }
    output.flush();
    CellEnvironment.Place taken = environment.giveTo(outputs);
    try {
      return code.call();
    } finally {
      output.flush();
      environment.giveBack(taken);
    }
  }

  /** An error of such code as a cell shows it, with the line of the cell. */
  public List<String> explain(Throwable thrown) {
    return kernel.formatError(kernel.evaluator().failure(thrown));
  }

  /** Whether messages for one of these comms wait, up to the next cell. */
  public boolean isWaiting(Collection<String> comms) {
    return connection != null && connection.isWaiting(comms);
  }
}
