package fieldnotes.kernel;

import java.util.List;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Functions that every cell can call by their simple names, as in IJava and JJava: {@code display},
 * {@code render}, {@code updateDisplay}, {@code clearOutput}, {@code eval}, {@code kernel}.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // as in JJava, whose notebooks call these
public class CellFunctions extends BaseNotebookStatics {
  CellFunctions() {}

  /** The kernel that runs this notebook. */
  public static JavaKernel kernel() {
    return (JavaKernel) BaseKernel.notebookKernel();
  }

  /** The kernel that runs this notebook, as IJava's notebooks name it. */
  public static JavaKernel getKernelInstance() {
    return kernel();
  }

  /** Renders a value as a front end would receive it, in its preferred media types. */
  public static DisplayData render(Object value) {
    return kernel().getRenderer().render(value);
  }

  /** Renders a value as these media types, for example {@code "text/html"}. */
  public static DisplayData render(Object value, String... types) {
    return kernel().getRenderer().renderAs(value, types);
  }

  /**
   * Shows a value below the cell immediately.
   *
   * @return the id for {@link #updateDisplay(String, Object)}
   */
  public static String display(Object value) {
    return show(kernel().asData(value));
  }

  /** Shows a value below the cell immediately, as these media types. */
  public static String display(Object value, String... types) {
    return show(render(value, types));
  }

  private static String show(DisplayData data) {
    String id = data.getDisplayId();
    if (id == null) {
      id = UUID.randomUUID().toString();
      data.setDisplayId(id);
    }
    kernel().display(data);
    kernel().doNotShow(id);
    return id;
  }

  /** Replaces the value that {@link #display(Object)} showed with this id. */
  public static void updateDisplay(String id, Object value) {
    kernel().getIO().display.updateDisplay(id, kernel().asData(value));
  }

  /** Replaces the value shown with this id, as these media types. */
  public static void updateDisplay(String id, Object value, String... types) {
    kernel().getIO().display.updateDisplay(id, render(value, types));
  }

  /** Clears the output of the cell as soon as it shows something new. */
  public static void clearOutput() {
    kernel().clearOutput(true);
  }

  /** Runs Java code or magics given as text, with access to the notebook's variables. */
  public static Object eval(String code) {
    try {
      return kernel().evalRaw(code);
    } catch (CellFailure e) {
      throw thrownBy(e);
    }
  }

  /** What the code itself threw, as it would be without {@code eval}. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException thrownBy(CellFailure failure) throws E {
    throw (E) failure.getCause();
  }

  /** Runs a magic: {@code lineMagic("jars", List.of("lib/*.jar"))}. */
  @SuppressWarnings("unchecked")
  public static <T> T lineMagic(String name, List<String> arguments) {
    return (T) kernel().magics().line(name, arguments);
  }

  /**
   * The result of the magic in {@code var x = %magic}; the kernel replaces the magic by this call.
   */
  @SuppressWarnings("unchecked")
  public static <T> T magicValue() {
    return (T) kernel().magics().assigned();
  }

  /** The result of a magic that returns a list of paths. */
  public static List<String> magicList() {
    return magicValue();
  }

  /** Runs a cell magic on a text. */
  @SuppressWarnings("unchecked")
  public static <T> T cellMagic(String name, List<String> arguments, String body) {
    return (T) kernel().magics().cell(name, arguments, body);
  }
}
