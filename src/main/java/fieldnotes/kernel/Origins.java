package fieldnotes.kernel;

import fieldnotes.debug.Host;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the snippets stand in the cells, and so what the frames of their classes mean there. */
final class Origins {
  private final ShellMemory memory;
  private final CellControl control;
  private final Map<String, Origin> all = new LinkedHashMap<>();

  /** The snippet that was evaluated last; it has no number of JShell's before it has run. */
  private volatile Origin latest;

  Origins(ShellMemory memory, CellControl control) {
    this.memory = memory;
    this.control = control;
  }

  /** A snippet begins to be evaluated. */
  void begin(Origin origin) {
    latest = origin;
  }

  /** The last snippet that began. */
  Origin latest() {
    return latest;
  }

  /** Notes where a snippet stands that JShell knows by this number. */
  void put(String snippetId, Origin origin) {
    synchronized (all) {
      all.put(snippetId, origin);
    }
  }

  /** Where a snippet stands, or null if it is not known. */
  Origin of(String snippetId) {
    synchronized (all) {
      return all.get(snippetId);
    }
  }

  /** A stack frame with the number and the line of the snippet, if it is of one. */
  StackTraceElement translate(StackTraceElement frame) {
    Places.Place place = memory.place(frame.getClassName(), frame.getLineNumber());
    return place == null || place.snippetId() == null
        ? frame
        : new StackTraceElement("", frame.getMethodName(), "#" + place.snippetId(), place.line());
  }

  /** The text that a frame has in errors, or null if it is not one of a cell. */
  String frame(String className, String method, int line) {
    Places.Place place = memory.place(className, line);
    if (place == null) {
      return null;
    }
    Origin from = place.snippetId() == null ? latest : of(place.snippetId());
    return ErrorText.frame(
        new StackTraceElement(Names.plain(className), method, null, place.line()),
        from == null ? latest : from);
  }

  /** The line of a cell that a line of a class was compiled from, or null if it is of none. */
  Host.Place cellLine(String className, int line) {
    Places.Place place = memory.place(className, line);
    if (place == null) {
      return null;
    }
    Origin known =
        place.snippetId() == null || control.isInvoked(className) ? null : of(place.snippetId());
    Origin from = known == null ? latest : known;
    int at = from == null ? 0 : from.line(place.line());
    return at < 1 || from.cell().lineText(at) == null
        ? null
        : new Host.Place(from.cell().text(), from.cell().title(), at);
  }
}
