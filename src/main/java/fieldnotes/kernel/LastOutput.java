package fieldnotes.kernel;

import java.util.List;

/** {@code %output} and {@code %trace}: what a cell has left out to stay readable. */
final class LastOutput {
  private static final String OUTPUT = "%output";
  private static final String TRACE = "%trace";
  private final JavaKernel kernel;
  private LongOutput cut;
  private CellFailure failure;
  private int mostLines = LongOutput.LINES;

  LastOutput(JavaKernel kernel) {
    this.kernel = kernel;
    Registry all = (Registry) kernel.getMagicsRegistry();
    all.line(
        "%output [text | all | LINES]",
        "prints what a cell printed and was left out; text gives it as a value; all or a number of"
            + " lines sets how much is shown from now on",
        (k, args) -> output(args));
    all.line(
        TRACE,
        "prints the whole stack trace of the last error",
        (k, args) -> trace(),
        List.of("tb"));
  }

  /** What the next cell prints. */
  synchronized LongOutput next() {
    return new LongOutput(mostLines);
  }

  /** A cell has printed more than was shown. */
  synchronized void cut(LongOutput output) {
    cut = output;
  }

  synchronized void failed(CellFailure thrown) {
    failure = thrown;
  }

  private synchronized Object output(List<String> arguments) {
    String what = arguments.isEmpty() ? "" : arguments.getFirst();
    if (what.equals("all")) {
      mostLines = Integer.MAX_VALUE;
      return null;
    }
    if (what.matches("[1-9]\\d{0,8}")) {
      mostLines = Integer.parseInt(what);
      return null;
    }
    if (arguments.size() > 1 || !(what.isEmpty() || what.equals("text"))) {
      throw new MagicFailure(
          "%%output %s: must be text, all, a number of lines, or nothing"
              .formatted(String.join(" ", arguments)));
    }
    if (cut == null) {
      throw new MagicFailure(OUTPUT + ": no cell has printed more than was shown");
    }
    String text = cut.rest();
    if (what.isEmpty()) {
      kernel.showAll();
      kernel.printer().line(text.stripTrailing());
      return null;
    }
    return text;
  }

  private synchronized Object trace() {
    if (failure == null) {
      throw new MagicFailure(TRACE + ": no cell has failed with an exception");
    }
    ErrorText.all(failure, kernel.evaluator().origins()::of)
        .forEach(line -> kernel.printer().line(line));
    return null;
  }
}
