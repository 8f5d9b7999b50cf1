package fieldnotes.kernel;

import fieldnotes.debug.Debugger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs compiled snippets on the cell thread and keeps the object that each returned or threw. */
final class CellControl extends DirectExecutionControl implements ExecutionControlProvider {
  private final CellLoader loader;
  private final CellRunner runner;
  private final Variables variables;
  private final Instrument instrument;
  private CellRunner.Outcome last;
  private long ranNanos;
  private volatile Debugger debugger;
  private volatile String invoked;

  CellControl(CellLoader loader, CellRunner runner) {
    super(loader);
    this.loader = loader;
    this.runner = runner;
    this.variables = new Variables(loader);
    this.instrument = new Instrument(loader::bytes, variables);
  }

  @Override
  public String name() {
    return "fieldnotes";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return this;
  }

  void debugWith(Debugger by) {
    debugger = by;
  }

  /** Whether the class is that of the snippet that is about to run. */
  boolean isInvoked(String className) {
    String one = invoked;
    return one != null && (className.equals(one) || className.startsWith(one + "$"));
  }

  Variables variables() {
    return variables;
  }

  /** Total run time of the snippets, without compilation. */
  long ranNanos() {
    return ranNanos;
  }

  /** Takes the outcome of the last snippet; a second call gives nothing. */
  CellRunner.Outcome takeOutcome() {
    CellRunner.Outcome outcome = last;
    last = null;
    return outcome;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    loader.declare(classes);
    ClassBytecodes[] stoppable = new ClassBytecodes[classes.length];
    for (int i = 0; i < classes.length; i++) {
      stoppable[i] =
          new ClassBytecodes(
              classes[i].name(), stoppable(classes[i].name(), classes[i].bytecodes()));
    }
    super.load(stoppable);
  }

  private byte[] stoppable(String name, byte[] original) {
    Debugger by = debugger;
    if (by != null && by.isOn()) {
      try {
        return instrument.apply(by.weave(instrument.classFile(), name, original));
      } catch (IllegalArgumentException e) {
        // A method has become too large; then the debugger does not stop in its class.
      }
    }
    return instrument.apply(original);
  }

  /** Unlike the overridden method, reads no exception and flushes no stream on this thread. */
  @Override
  public String invoke(String className, String methodName)
      throws RunException, InternalException, EngineTerminationException {
    Method method;
    try {
      method = findClass(className).getDeclaredMethod(methodName);
      method.setAccessible(true);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new InternalException(e.toString());
    }
    if (debugger != null && debugger.isOn()) {
      invoked = className;
      debugger.locate(className);
      invoked = null;
    }
    long begin = System.nanoTime();
    last = Streams.running(() -> runner.run(() -> call(method)));
    ranNanos += System.nanoTime() - begin;
    if (last.thrown() == null) {
      return "";
    }
    if (last.thrown() instanceof CellStopped) {
      throw new StoppedException();
    }
    return throwConvertedInvocationException(last.causes().chain());
  }

  private static Object call(Method method) throws Throwable {
    Object value;
    try {
      value = method.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Streams.flush();
    return value;
  }
}
