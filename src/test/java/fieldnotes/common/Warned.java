package fieldnotes.common;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The warnings while it is open; nothing is printed. */
public final class Warned implements AutoCloseable {
  private final List<String> lines = new ArrayList<>();
  private final Consumer<String> before = Warnings.showOn(this::add);

  /** Collects from now on. */
  public Warned() {}

  private synchronized void add(String line) {
    lines.add(line);
  }

  /** All warnings so far. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    Warnings.showOn(before);
  }
}
