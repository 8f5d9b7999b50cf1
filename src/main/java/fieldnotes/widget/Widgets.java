package fieldnotes.widget;

import fieldnotes.notebook.Displays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;

/**
 * Inputs below a cell, and under them what a function makes of their values: a figure, a table, a
 * player, a text. Each change runs the function again; while it runs, changes are collected, and
 * only the latest values are computed next. Printed text, progress and errors of the function
 * appear in the same place. A function that shows nothing returns null.
 *
 * <p>As the last line of a cell the widgets are shown; elsewhere with {@code display(widgets)}. The
 * function runs once when they are made, so that an error in it is the cell's. Where nobody
 * watches, on a page or in a saved notebook, the result of the values at the start is shown.
 */
public final class Widgets {
  /**
   * A function of one input.
   *
   * @param <A> the type of its value
   */
  @FunctionalInterface
  public interface One<A> {
    /** What to show for this value; null for nothing. */
    Object of(A first) throws Exception;
  }

  /**
   * A function of two inputs.
   *
   * @param <A> the type of the first value
   * @param <B> the type of the second value
   */
  @FunctionalInterface
  public interface Two<A, B> {
    /** What to show for these values; null for nothing. */
    Object of(A first, B second) throws Exception;
  }

  /**
   * A function of three inputs.
   *
   * @param <A> the type of the first value
   * @param <B> the type of the second value
   * @param <C> the type of the third value
   */
  @FunctionalInterface
  public interface Three<A, B, C> {
    /** What to show for these values; null for nothing. */
    Object of(A first, B second, C third) throws Exception;
  }

  /** The function, of the present values. */
  interface Work {
    Object result() throws Exception;
  }

  private final List<Held<?>> inputs;
  private final Work work;
  private final Outputs outputs = new Outputs();
  private Object first;
  private Panel panel;

  private Widgets(List<Held<?>> inputs, Work work) {
    this.inputs = inputs;
    this.work = work;
    BaseKernel kernel = BaseKernel.notebookKernel();
    first = unchecked(() -> inKernel(kernel));
  }

  /** One input: the function of its value is shown. */
  public static <A> Widgets of(Input<A> input, One<? super A> function) {
    Held<A> a = new Held<>(input);
    return new Widgets(List.of(a), () -> function.of(a.value()));
  }

  /** Two inputs: the function of their values is shown. */
  public static <A, B> Widgets of(
      Input<A> first, Input<B> second, Two<? super A, ? super B> function) {
    Held<A> a = new Held<>(first);
    Held<B> b = new Held<>(second);
    return new Widgets(List.of(a, b), () -> function.of(a.value(), b.value()));
  }

  /** Three inputs: the function of their values is shown. */
  public static <A, B, C> Widgets of(
      Input<A> first,
      Input<B> second,
      Input<C> third,
      Three<? super A, ? super B, ? super C> function) {
    Held<A> a = new Held<>(first);
    Held<B> b = new Held<>(second);
    Held<C> c = new Held<>(third);
    return new Widgets(List.of(a, b, c), () -> function.of(a.value(), b.value(), c.value()));
  }

  /** The present values of the inputs, in their order, for use in later cells. */
  public List<Object> values() {
    List<Object> values = new ArrayList<>();
    inputs.forEach(one -> values.add(one.value()));
    return values;
  }

  /** The first run; what it shows is kept for the place under the inputs. */
  private Object inKernel(BaseKernel kernel) throws Exception {
    if (kernel == null || !Displays.isWatched()) {
      return work.result();
    }
    Calls calls = new Calls(kernel);
    try {
      DisplayData data = calls.capture(() -> calls.data(work.result()), outputs::take);
      outputs.end(data);
      return data;
    } catch (Throwable e) {
      outputs.printed().forEach(System.out::print);
      throw e;
    }
  }

  private static Object unchecked(Work work) {
    try {
      return work.result();
    } catch (Exception e) {
      return Widgets.<RuntimeException>thrown(e);
    }
  }

  /** Throws what a function has thrown, as it is: the cell's error then begins with its line. */
  @SuppressWarnings("unchecked")
  private static <X extends Exception> Object thrown(Exception e) throws X {
    throw (X) e;
  }

  /** Shows them: live, or where nobody watches the result of the values at the start. */
  void render(BaseKernel kernel, RenderContext context) {
    DisplayData out = context.getOutputContainer();
    Calls calls = new Calls(kernel);
    if (Displays.isWatched()) {
      if (panel == null || panel.isClosed()) {
        panel = Panel.open(calls, inputs, work, outputs);
      }
      if (panel != null) {
        panel.show(out);
        Static.fallback(out, outputs, toString());
        return;
      }
    }
    DisplayData data = first instanceof DisplayData made ? made : calls.data(first);
    if (data != null) {
      kernel.display(data);
    }
    Static.line(out, toString());
  }

  /** What can be set, in one line. */
  @Override
  public String toString() {
    return "Interactive in JupyterLab: "
        + inputs.stream().map(one -> one.input().range()).collect(Collectors.joining("; "));
  }
}
