/**
 * The commands behind {@code ./workbench}.
 *
 * <p>{@link fieldnotes.cli.Main} holds them all; each is a class of its own with picocli's
 * annotations. Results go to standard output, progress and complaints to standard error, and the
 * exit code is 0 for done, 1 for failed, 2 for called wrongly. A command of your own is a class and
 * a line in {@code Main}:
 *
 * <pre>{@code
 * @picocli.CommandLine.Command(name = "greet", description = "Says hello.")
 * final class Greet implements Runnable {
 *   @Override public void run() {
 *     System.out.println("hello");
 *   }
 * }
 * }</pre>
 */
package fieldnotes.cli;
