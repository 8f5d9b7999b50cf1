/**
 * Drawing without a domain: figures, axes, lines, bars, heat maps and clouds of points in one house
 * style. A {@link fieldnotes.draw.Figure} paints itself at any size and gives the same PNG for the
 * same data; {@link fieldnotes.draw.Sheet} puts several together.
 *
 * <pre>{@code
 * Figure bars = Bars.of("Rows by class", "class", List.of("a", "b"), "rows", new double[] {3, 5});
 * byte[] file = bars.png();
 * }</pre>
 */
package fieldnotes.draw;
