package fieldnotes.kernel;

import java.util.function.Supplier;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;

/** What the running cell, or the last one, prints: translated, cut if it is long, and sent. */
final class CellOutput {
  private final KernelIO io;
  private final LastOutput last;

  /** Gives the evaluator, or null while there is none. */
  private final Supplier<Evaluator> evaluator;

  CellOutput(KernelIO io, LastOutput last, Supplier<Evaluator> evaluator) {
    this.io = io;
    this.last = last;
    this.evaluator = evaluator;
  }

  /** Sends a text that was printed. */
  void send(PublishStream.StreamType stream, String text) {
    CellEnvironment environment = io.current();
    if (environment != null) {
      Evaluator known = evaluator.get();
      String plain = known == null ? text : Traces.plain(text, known.origins()::frame);
      String shown = environment.printed().take(plain);
      if (!shown.isEmpty()) {
        environment.sendPrinted(new PublishStream(stream, shown));
      }
    }
  }

  /** A cell begins to print. */
  void begin(CellEnvironment environment) {
    environment.printed(last.next());
  }

  /** The cell leaves nothing out of what it prints from now on. */
  void showAll() {
    CellEnvironment environment = io.current();
    if (environment != null) {
      environment.printed(new LongOutput(Integer.MAX_VALUE));
    }
  }

  /** The cell has ended: shows the end of what it has printed, if not all was shown. */
  void end(CellEnvironment environment) {
    LongOutput printed = environment.printed();
    String end = printed.end();
    if (!end.isEmpty()) {
      last.cut(printed);
      begin(environment); // of threads that the cell has left running
      environment.sendPrinted(new PublishStream(PublishStream.StreamType.OUT, end));
    }
  }

  /** Tells the notes on a cell that its error does not contain. */
  void notes(String error, Printer printer) {
    Evaluator known = evaluator.get();
    if (known != null) {
      known.takeNotes().stream()
          .filter(note -> !error.contains(note))
          .forEach(note -> printer.tell("Note: " + note));
    }
  }
}
