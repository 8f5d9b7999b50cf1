package fieldnotes.kernel;

import fieldnotes.debug.Debugger;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.VarSnippet;

/** What the evaluation of cells does for the debugger, if one is on. */
final class Debugged {
  private static final String WITH_NAMES = "-g";
  private static final int MOST_LOOKS = 5;

  private final JShell shell;
  private final ShellMemory memory;
  private final CellControl control;
  private Debugger debugger;
  private boolean on;

  Debugged(JShell shell, ShellMemory memory, CellControl control) {
    this.shell = shell;
    this.memory = memory;
    this.control = control;
  }

  void by(Debugger by) {
    debugger = by;
    control.debugWith(by);
  }

  /**
   * Begins a cell. If the debugger was switched on since the last, the compiler keeps the names of
   * local variables from now on, and what is declared again is made again, so that it can stop.
   */
  void begin() {
    boolean now = debugger != null && debugger.isOn();
    if (now != on) {
      on = now;
      memory.compilerOption(WITH_NAMES, on);
      if (on) {
        memory.reload(one -> !debugger.isWoven(one));
      }
    }
  }

  /**
   * Whether code that is declared already has to be declared again, so that it can stop. A type
   * only for a breakpoint in it, because that resets the variables of the type.
   */
  boolean wantsAgain(Snippet same, Origin origin, String source) {
    if (!on || same.kind() == Kind.IMPORT) {
      return false;
    }
    String name = memory.className(same);
    if (name == null || debugger.isWoven(name)) {
      debugger.locate(name);
      return false;
    }
    int first = origin.line(1);
    int last = origin.line((int) source.lines().count());
    return same.kind() == Kind.METHOD || debugger.hasBreakpoint(origin.cell().text(), first, last);
  }

  /** A snippet was declared, perhaps by another cell than before. */
  void declared(Snippet snippet) {
    if (on && snippet.kind() != Kind.IMPORT) {
      debugger.locate(memory.className(snippet));
    }
  }

  /** The variables of the notebook by name, in the order of their declaration. */
  Map<String, Object> variables() {
    for (int i = 0; i < MOST_LOOKS; i++) {
      try {
        Map<String, Object> all = new LinkedHashMap<>();
        List<VarSnippet> declared = shell.variables().toList();
        for (VarSnippet one : declared) {
          if (shell.status(one) == Status.VALID
              && one.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            control
                .variables()
                .valueIfSet(one.id(), one.name())
                .ifPresent(value -> all.put(one.name(), value.value()));
          }
        }
        return all;
      } catch (ConcurrentModificationException e) {
        LockSupport.parkNanos(1_000_000); // a running cell has declared a variable
      }
    }
    return new LinkedHashMap<>();
  }
}
