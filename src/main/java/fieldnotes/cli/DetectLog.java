package fieldnotes.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** What happens to a stream, on the error stream or in the view. */
final class DetectLog implements Consumer<String> {
  private final PrintWriter err;
  private final LiveView screen;

  /**
   * @param screen the view, or null
   */
  DetectLog(PrintWriter err, LiveView screen) {
    this.err = err;
    this.screen = screen;
  }

  @Override
  public void accept(String text) {
    if (screen != null) {
      screen.message(text);
    } else {
      err.println(Printed.of("detect: %s", text));
      err.flush();
    }
  }
}
