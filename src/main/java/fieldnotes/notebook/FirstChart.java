package fieldnotes.notebook;

import fieldnotes.draw.Lines;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * Draws a chart that nobody sees while the reader still reads, so that the reader's first one comes
 * as soon as the others.
 */
final class FirstChart {
  private FirstChart() {}

  /** Asks a kernel that knows when nothing runs to do it then. */
  static void prepare(BaseKernel kernel) {
    double[] values = IntStream.range(0, 100).mapToDouble(Math::sin).toArray();
    Runnable work = () -> kernel.getRenderer().render(Lines.of("Values", "x", "y", values, values));
    try { // packages that a kernel shows are not to depend on it
      kernel.getClass().getMethod("whenIdle", Runnable.class).invoke(kernel, work);
    } catch (ReflectiveOperationException e) {
      // JJava's own kernel draws the first chart when it is asked to.
    }
  }
}
