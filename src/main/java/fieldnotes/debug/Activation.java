package fieldnotes.debug;

/** A running call of a woven method. */
final class Activation {
  final Chain chain;
  final String className;
  final String method;
  Activation caller;

  /** 1 for the outermost woven call of the thread. */
  int depth;

  /** The line that it is at, or null before the first. */
  Site site;

  /** Whether this is the line that it was at before, further on in it. */
  boolean sameLine;

  /** The values of {@link Site#locals} when the line was reached, or null if not kept. */
  Object[] values;

  Activation(Chain chain, String className, String method, Activation caller) {
    this.chain = chain;
    this.className = className;
    this.method = method;
    calledBy(caller);
  }

  void reach(Site now) {
    sameLine = site != null && site.id < now.id && site.place.line() == now.place.line();
    site = now;
  }

  void calledBy(Activation by) {
    caller = by;
    depth = by == null ? 1 : by.depth + 1;
  }
}
