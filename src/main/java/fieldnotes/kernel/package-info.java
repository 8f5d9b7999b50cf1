/**
 * The Java kernel for Jupyter. {@link fieldnotes.kernel.JavaKernel} answers a front end's messages
 * and runs cells on JShell in its own process, so that a cell uses the library at once. What every
 * cell can call is in {@link fieldnotes.kernel.CellFunctions}. It knows nothing of sound or tables:
 * how those look comes from extensions, the same as in JJava.
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
