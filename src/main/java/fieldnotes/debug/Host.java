package fieldnotes.debug;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** What a debugger asks of the kernel whose cells it stops. */
public interface Host {
  /**
   * A line of a cell.
   *
   * @param code the whole text of the cell
   * @param title how the user knows the cell, for example {@code Cell In[3]}
   * @param line counted from 1
   */
  record Place(String code, String title, int line) {}

  /** The line of a cell that a line of a class was compiled from, or null if it is of none. */
  Place place(String className, int line);

  /** The variables of the notebook by name, in the order of their declaration. */
  Map<String, Object> variables();

  /** A value as plain text of limited length. */
  String text(Object value);

  /** The name of a class as the user wrote it. */
  String name(String className);

  /** A value as a front end shows it: an object with {@code data} and {@code metadata}. */
  JsonObject render(Object value);

  /**
   * Runs Java code that sees the notebook, on this thread.
   *
   * @param code forms of it, of which the first that compiles is run
   * @throws Exception if none compiles, or it throws; the message says why
   */
  void run(List<String> code) throws Exception;

  /** Throws what ends the code of a cell if the user has stopped the cell of this thread. */
  void throwIfStopped();
}
