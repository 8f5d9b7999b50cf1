package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that run cells, numbered 7, in one kernel without a front end. */
abstract class KernelCells {
  static JavaKernel kernel;

  @BeforeAll
  static void start() {
    kernel = new JavaKernel();
    kernel.prepare();
  }

  @AfterAll
  static void end() {
    kernel.onShutdown(false);
    kernel.evaluator().close();
  }

  static Object value(String cell) {
    return value(7, cell);
  }

  static Object value(int number, String cell) {
    kernel.evaluator().begin();
    return kernel.run(new Cell(number, "", cell)).value();
  }

  /** What is shown of the error of a cell, without colours. */
  static String error(String cell) {
    return error(7, cell);
  }

  static String error(int number, String cell) {
    RuntimeException e = catchThrowableOfType(RuntimeException.class, () -> value(number, cell));
    assertThat(e).as(cell).isNotNull();
    return shown(e);
  }

  static String shown(RuntimeException e) {
    return String.join("\n", kernel.formatError(e)).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  /** Interrupts the kernel as soon as a cell has counted down. */
  static void stopWhen(CountDownLatch reached) {
    try {
      reached.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return;
    }
    kernel.interrupt();
  }
}
