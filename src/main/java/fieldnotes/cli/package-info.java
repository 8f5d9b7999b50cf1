/**
 * The commands behind {@code ./workbench}.
 *
 * <p>Each command is a class with picocli annotations, named {@code …Command} and registered in
 * {@link fieldnotes.cli.Main}. Results go to standard output, progress and errors to standard error.
 * The exit code is 0 for success, 1 for failure and 2 for a usage error. An example of a command:
 *
 * <pre>{@code
 * @picocli.CommandLine.Command(name = "greet", description = "Says hello.")
 * final class GreetCommand implements Runnable {
 *   @Override public void run() {
 *     System.out.println("hello");
 *   }
 * }
 * }</pre>
 */
package fieldnotes.cli;
