/**
 * A debugger for the code of notebooks that needs no agent of the JVM. While a front end has
 * switched it on, {@link fieldnotes.debug.Debugger#weave} adds a call of {@link
 * fieldnotes.debug.Pause} to each line of a cell's classes, and {@link
 * fieldnotes.debug.Debugger#answer} answers the requests of the Debug Adapter Protocol as Jupyter
 * extends it: breakpoints, steps, frames, variables, expressions. While it is off, nothing is
 * added.
 *
 * <p>This package does not depend on the others. What it needs of the kernel it asks a {@link
 * fieldnotes.debug.Host}.
 *
 * <pre>{@code
 * Host host = null;                         // the kernel's; it is asked only of code that runs
 * Debugger debugger = new Debugger(host, event -> System.out.println(event));
 * System.out.println(debugger.isOn());      // false, until a front end switches it on
 * }</pre>
 *
 * @see "Debug Adapter Protocol 1.71; Messaging in Jupyter 5.5, debug requests"
 */
package fieldnotes.debug;
