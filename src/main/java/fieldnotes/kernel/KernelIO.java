package fieldnotes.kernel;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/**
 * The streams of the kernel; the environment of the last cell is kept for threads that outlive it.
 */
final class KernelIO extends JupyterIO {
  private volatile CellEnvironment current;

  /** Reads lines that the front end requests from the user. */
  final InputStream questions = new Questions();

  KernelIO() {
    super(StandardCharsets.UTF_8);
  }

  CellEnvironment current() {
    return current;
  }

  void attach(CellEnvironment environment, boolean input) {
    environment.allowInput(input);
    current = environment;
    setEnv(environment);
    setJupyterInEnabled(input);
  }

  /** Asks the user for a line. */
  String ask(String prompt, boolean isPassword) {
    CellEnvironment environment = current;
    if (environment == null) {
      throw new IllegalStateException("System.console(): no cell is running");
    }
    return environment.readFromStdIn(prompt, isPassword).replaceFirst("\n\\z", "");
  }

  @Override
  protected void retractEnv(ShellReplyEnvironment environment) {
    // A thread left running by a cell may still display something.
  }

  private final class Questions extends InputStream {
    private byte[] line = new byte[0];
    private int at;

    @Override
    public synchronized int read() {
      return fill() ? line[at++] & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int n = Math.min(length, line.length - at);
      System.arraycopy(line, at, into, offset, n);
      at += n;
      return n;
    }

    @Override
    public synchronized int available() {
      return line.length - at;
    }

    private boolean fill() {
      if (at >= line.length) {
        CellEnvironment environment = current;
        if (environment == null) {
          return false;
        }
        line = environment.readFromStdIn("", false).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return true;
    }
  }
}
