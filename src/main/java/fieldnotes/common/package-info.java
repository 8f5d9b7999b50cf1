/**
 * Utilities shared by all packages.
 *
 * <p>{@link fieldnotes.common.Check} validates arguments; {@link fieldnotes.common.Progress} shows
 * the progress of long tasks; {@link fieldnotes.common.Parallel} runs loops whose result does not
 * depend on the number of threads; {@link fieldnotes.common.WholeFile} writes files atomically;
 * {@link fieldnotes.common.Reason} says in plain words why that failed; {@link
 * fieldnotes.common.Sha256} hashes; {@link fieldnotes.common.Project} locates the project's folder;
 * {@link fieldnotes.common.Format} defines what can be saved in a model file.
 *
 * <pre>{@code
 * double[] squares = new double[1000];
 * Check.positive("eps", 0.5);
 * try (Progress progress = Progress.start("squares", squares.length)) {
 *   Parallel.forEach(squares.length, i -> {
 *     squares[i] = (double) i * i;
 *     progress.advance(1);
 *   });
 * }
 * }</pre>
 */
package fieldnotes.common;
