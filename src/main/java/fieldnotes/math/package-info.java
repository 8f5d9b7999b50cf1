/**
 * Arithmetic without a domain, arrays in and arrays out: distances and nearest neighbours, moments,
 * eigenvectors, and the generator that draws the numbers that NumPy draws.
 *
 * <p>Start at {@link fieldnotes.math.NumpyRandom} and {@link fieldnotes.math.Neighbours}.
 *
 * <pre>{@code
 * double[][] x = {{0, 0}, {1, 0}, {5, 5}, {6, 5}};
 * Neighbours near = Neighbours.of(x, 1);
 * System.out.println(near.index()[0][0]);
 * System.out.println(NumpyRandom.of(42).uniform());
 * }</pre>
 */
package fieldnotes.math;
