/**
 * What every package leans on: argument checks that say what was wrong, progress of long work, and
 * parallel loops whose result does not depend on the number of threads.
 *
 * <pre>{@code
 * Check.positive("eps", eps);
 * try (Progress progress = Progress.start("silhouettes", rows)) {
 *   Parallel.forEach(rows, i -> {
 *     out[i] = silhouette(i);
 *     progress.advance(1);
 *   });
 * }
 * }</pre>
 */
package fieldnotes.common;
