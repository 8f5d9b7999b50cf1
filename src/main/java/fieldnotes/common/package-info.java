/**
 * What every package may use.
 *
 * <p>{@link fieldnotes.common.Check} checks arguments and says what is wrong with them; {@link
 * fieldnotes.common.Progress} shows the progress of long work; {@link fieldnotes.common.Parallel}
 * runs loops whose result does not depend on the number of threads; {@link
 * fieldnotes.common.WholeFile} writes files that appear complete or not at all; {@link
 * fieldnotes.common.Sha256} hashes them; {@link fieldnotes.common.Project} has the project's
 * folder; {@link fieldnotes.common.Format} is how a package registers what can be saved in a model
 * file.
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
