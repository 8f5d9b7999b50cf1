package fieldnotes.debug;

import java.util.ArrayList;
import java.util.List;

/** The running calls of woven methods on one thread. */
final class Chain {
  /** The method of JShell's that runs a snippet. */
  static final String SNIPPET = "do_it$";

  /** Does what a snippet does, where it exists; the other only calls it. */
  static final String SPLIT = "do_it$Aux";

  Activation top;

  /** Whether the debugger itself runs code here, which does not stop. */
  boolean quiet;

  Activation enter(String className, String method) {
    if (method.startsWith(SNIPPET)) {
      prune();
    }
    top = new Activation(this, className, method, top);
    return top;
  }

  /**
   * Removes the calls that have ended by an exception, which nothing has noted: what is not on the
   * thread's stack.
   */
  void prune() {
    if (top == null) {
      return;
    }
    List<Activation> real = new ArrayList<>();
    Activation[] at = {top};
    StackWalker.getInstance()
        .forEach(
            frame -> {
              for (Activation one = at[0]; one != null; one = one.caller) {
                if (one.className.equals(frame.getClassName())
                    && one.method.equals(frame.getMethodName())) {
                  real.add(one);
                  at[0] = one.caller;
                  return;
                }
              }
            });
    Activation caller = null;
    for (Activation one : real.reversed()) {
      one.calledBy(caller);
      caller = one;
    }
    top = caller;
  }
}
