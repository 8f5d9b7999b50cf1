/**
 * The Java kernel for Jupyter. {@link fieldnotes.kernel.JavaKernel} handles the messages of a front
 * end and runs cells on JShell in its own process, so that cells can use the library directly. The
 * functions that every cell can call are in {@link fieldnotes.kernel.CellFunctions}. This package
 * does not depend on the others: extensions render sounds and tables, as in JJava.
 *
 * <pre>{@code
 * import fieldnotes.kernel.CellFunctions;
 *
 * String id = CellFunctions.display("half done");
 * CellFunctions.updateDisplay(id, "done");
 * CellFunctions.display("<b>bold</b>", "text/html");
 * Object two = CellFunctions.eval("1 + 1");
 * }</pre>
 */
package fieldnotes.kernel;
