package fieldnotes.kernel;

import java.util.List;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * What every cell can call by its plain name, as in IJava and JJava: {@code display}, {@code
 * render}, {@code updateDisplay}, {@code clearOutput}, {@code eval}, {@code kernel}.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // as in JJava, whose notebooks call these
public final class CellFunctions extends BaseNotebookStatics {
  private CellFunctions() {}

  /** The kernel that runs this notebook. */
  public static JavaKernel kernel() {
    return (JavaKernel) BaseKernel.notebookKernel();
  }

  /** The value as a front end would be given it, by its preferred types. */
  public static DisplayData render(Object value) {
    return kernel().getRenderer().render(value);
  }

  /** The value as these media types, for instance {@code "text/html"}. */
  public static DisplayData render(Object value, String... types) {
    return kernel().getRenderer().renderAs(value, types);
  }

  /**
   * Shows a value below the cell now.
   *
   * @return the name to give {@link #updateDisplay(String, Object)}
   */
  public static String display(Object value) {
    return show(kernel().asData(value));
  }

  /** Shows a value below the cell now, as these media types. */
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

  /** Replaces what {@link #display(Object)} showed under this name. */
  public static void updateDisplay(String id, Object value) {
    kernel().getIO().display.updateDisplay(id, kernel().asData(value));
  }

  /** Replaces what was shown under this name, as these media types. */
  public static void updateDisplay(String id, Object value, String... types) {
    kernel().getIO().display.updateDisplay(id, render(value, types));
  }

  /** Clears what the cell has shown so far, as soon as it shows something new. */
  public static void clearOutput() {
    kernel().clearOutput(true);
  }

  /** Runs Java or magics given as text, with the variables of the notebook. */
  public static Object eval(String code) {
    return kernel().evalRaw(code);
  }

  /** Runs a magic: {@code lineMagic("jars", List.of("lib/*.jar"))}. */
  @SuppressWarnings("unchecked")
  public static <T> T lineMagic(String name, List<String> arguments) {
    return (T) kernel().magics().line(name, arguments);
  }

  /** What the magic gave in {@code var x = %magic}; the kernel puts this call in its place. */
  @SuppressWarnings("unchecked")
  public static <T> T magicValue() {
    return (T) kernel().magics().assigned();
  }

  /** What the magic gave, where that is a list of paths. */
  public static List<String> magicList() {
    return magicValue();
  }

  /** Runs a magic over a text. */
  @SuppressWarnings("unchecked")
  public static <T> T cellMagic(String name, List<String> arguments, String body) {
    return (T) kernel().magics().cell(name, arguments, body);
  }
}
