/**
 * Numerical methods on arrays: distances and nearest neighbours, moments, eigenvectors, and NumPy's
 * random numbers.
 *
 * <p>Start with {@link fieldnotes.math.NumpyRandom}, which draws the same numbers as {@code
 * numpy.random.RandomState} with the same seed, and {@link fieldnotes.math.Neighbours}, which finds
 * nearest rows.
 *
 * <pre>{@code
 * double[][] x = {{0, 0}, {1, 0}, {5, 5}, {6, 5}};
 * Neighbours near = Neighbours.of(x, 1);
 * System.out.println(near.index()[0][0]);           // 1: the row nearest to row 0
 * System.out.println(NumpyRandom.of(42).uniform()); // 0.3745401188473625
 * }</pre>
 */
package fieldnotes.math;
