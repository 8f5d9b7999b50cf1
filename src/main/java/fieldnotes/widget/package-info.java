/**
 * Sliders, lists, buttons and tables under a cell whose change runs a function again.
 *
 * <p>{@link fieldnotes.widget.Widgets} shows one to three inputs and the result of a function of
 * their values. JupyterLab and VS Code draw them with the package {@code jupyterlab_widgets}, which
 * {@code ./workbench lab} brings along.
 *
 * <pre>{@code
 * Slider<Double> cut = Slider.of("cut height", 0, 10, 4.5).withStep(0.5);
 * Choice<String> linkage = Choice.of("linkage", "ward", "average");
 * Widgets.of(cut, linkage, (h, name) -> name + " cut at " + h);
 * }</pre>
 */
package fieldnotes.widget;
