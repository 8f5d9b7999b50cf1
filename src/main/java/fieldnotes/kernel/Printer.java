package fieldnotes.kernel;

import java.io.PrintStream;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * Prints what magics say to {@code System.out} and {@code System.err}, like the code of a cell. If
 * these are the kernel's own, no thread of a cell can hold it up; if a cell has replaced them, the
 * text is printed on the cell thread, where a stop applies.
 */
final class Printer {
  private final Output output;
  private final Supplier<Evaluator> evaluator;

  Printer(Output output, Supplier<Evaluator> evaluator) {
    this.output = output;
    this.evaluator = evaluator;
  }

  /** Tells the user something below the cell, whatever a cell has done to the streams. */
  void tell(String text) {
    output.line(StreamType.ERR, text);
  }

  void line(String text) {
    print(StreamType.OUT, System.out, text);
  }

  void note(String text) {
    print(StreamType.ERR, System.err, "Note: " + text);
  }

  @SuppressWarnings("ReferenceEquality")
  private void print(StreamType to, PrintStream stream, String text) {
    if (stream == null || stream == output.out || stream == output.err) {
      output.line(to, text);
      return;
    }
    evaluator
        .get()
        .call(
            "",
            () -> {
              stream.println(text);
              return null;
            });
  }
}
