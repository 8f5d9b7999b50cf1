package fieldnotes.kernel;

/**
 * What notebooks written for IJava and JJava call by name. The kernel translates their names, for
 * example {@code io.github.spencerpark.ijava.IJava}, to these.
 */
public final class IJava {
  private IJava() {}

  /** The kernel that runs this notebook. */
  public static JavaKernel getKernelInstance() {
    return CellFunctions.kernel();
  }

  /** JJava's name for the same. */
  public static final class JJava extends CellFunctions {
    private JJava() {}
  }

  /** {@code Display.display(value)} and the like. */
  public static final class Display extends CellFunctions {
    private Display() {}
  }

  /** {@code Kernel.getKernelInstance()} and {@code Kernel.eval(code)}. */
  public static final class Kernel extends CellFunctions {
    private Kernel() {}
  }

  /** {@code Magics.lineMagic(name, arguments)} and {@code Magics.cellMagic}. */
  public static final class Magics extends CellFunctions {
    private Magics() {}
  }
}
