package fieldnotes.debug;

import java.util.concurrent.Callable;

/**
 * Called by woven code: at the start of every method, at each line and before each return. Public
 * because the classes of cells call it.
 */
public final class Pause {
  private static final ThreadLocal<Chain> CHAINS = ThreadLocal.withInitial(Chain::new);

  /** The debugger that is on, or null. */
  static volatile Stops stops;

  private Pause() {}

  /** Begins a method. Returns null while the debugger is off. */
  public static Activation enter(String className, String method) {
    return stops == null ? null : CHAINS.get().enter(className, method);
  }

  /** Reaches a line; says whether {@link #locals} must be called with the local variables. */
  public static boolean line(Activation activation, int site) {
    Stops on = stops;
    if (activation == null || on == null) {
      return false;
    }
    activation.chain.top = activation;
    activation.reach(on.sites().get(site));
    return on.isWatching();
  }

  /** Notes the local variables and stops here if the user wants it. */
  public static void locals(Activation activation, Object[] values) {
    activation.values = values;
    Stops on = stops;
    if (on != null && !activation.chain.quiet) {
      on.reached(activation);
    }
  }

  /** Ends a method. */
  public static void leave(Activation activation) {
    if (activation != null) {
      activation.chain.top = activation.caller;
    }
  }

  /** Keeps the value of an expression for the debugger that has made code of it. */
  public static void evaluate(Callable<Object> expression) throws Exception {
    Evaluation.keep(expression.call());
  }

  /**
   * The value of a local variable of the frame in which an expression is evaluated on this thread.
   *
   * @param index as in the code that the debugger has made of the expression
   */
  public static Object local(int index) {
    return Evaluation.local(index);
  }

  static boolean isQuiet() {
    return CHAINS.get().quiet;
  }

  /** Runs code of the debugger on this thread, in which nothing stops. */
  static <T> T quietly(Callable<T> code) throws Exception {
    Chain chain = CHAINS.get();
    boolean before = chain.quiet;
    Activation top = chain.top;
    chain.quiet = true;
    try {
      return code.call();
    } finally {
      chain.quiet = before;
      chain.top = top;
    }
  }
}
