/**
 * Utilities for every package: argument checks with clear messages, progress of long tasks, and
 * parallel loops whose result does not depend on the number of threads.
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
