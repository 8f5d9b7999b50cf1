/**
 * What every package leans on: argument checks that say what was wrong, progress of long work,
 * parallel loops whose result does not depend on the number of threads, files that appear whole or
 * not at all, and their SHA-256.
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
