package fieldnotes.debug;

import java.util.List;

/** A place where code of a cell can stop: the start of a line in one method. */
final class Site {
  final String className;
  final String method;
  final int classLine;
  final List<Local> locals;

  /** The cell and the line in it; another one once an edited cell declares the same again. */
  volatile Host.Place place;

  volatile boolean breakpoint;

  /** Larger than that of the places before it in its method. */
  int id;

  Site(String className, String method, int classLine, List<Local> locals, Host.Place place) {
    this.className = className;
    this.method = method;
    this.classLine = classLine;
    this.locals = locals;
    this.place = place;
  }

  /** The class of JShell's that holds this one and what is nested in it. */
  static String outermost(String className) {
    int nested = className.indexOf('$', className.indexOf("$JShell$") + "$JShell$".length());
    return className.contains("$JShell$") && nested > 0
        ? className.substring(0, nested)
        : className;
  }

  String outermost() {
    return outermost(className);
  }
}
