package fieldnotes.common;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one step of writing whole files fail while it is open: creating a part, writing, forcing,
 * closing or moving. Run the work with {@link #none()} to count its steps, then once with {@link
 * #at(int)} for each of them.
 */
public final class Faults implements AutoCloseable {
  /** What the failing step throws. */
  public static final String MESSAGE = "no space left (made up)";

  private final int failing;
  private final List<String> steps = new ArrayList<>();

  private Faults(int failing) {
    this.failing = failing;
  }

  /** No step fails. */
  public static Faults none() {
    return at(-1);
  }

  /** The step of this number fails, counted from 0 over all files. */
  public static Faults at(int step) {
    Faults faults = new Faults(step);
    WholeFile.watch = faults::before;
    return faults;
  }

  private synchronized void before(WholeFile.Step step, Path file) throws IOException {
    steps.add(step + " " + file.getFileName());
    if (steps.size() - 1 == failing) {
      throw new IOException(MESSAGE);
    }
  }

  /** What was done so far, such as {@code MOVE a.txt}. */
  public synchronized List<String> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void close() {
    WholeFile.watch = (step, file) -> {};
  }
}
