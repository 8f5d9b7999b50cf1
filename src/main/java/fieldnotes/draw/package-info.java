/**
 * General drawing: axes, lines, bars, histograms, heat maps and scatter charts in one common style.
 * Everything here is a {@link fieldnotes.draw.Figure} or can be wrapped by {@code Figure.of}: it
 * paints at any size and can be saved as PNG or SVG; the same data give the same bytes.
 *
 * <ul>
 *   <li>{@link fieldnotes.draw.Sheet} arranges several figures in a grid.
 *   <li>{@link fieldnotes.draw.HeatMap}, {@link fieldnotes.draw.Histogram} and {@link
 *       fieldnotes.draw.ScatterMatrix} take tables and {@link fieldnotes.table.Rows}; lines, bars
 *       and points take arrays.
 *   <li>{@link fieldnotes.draw.Lines} returns an XChart chart; {@link fieldnotes.draw.Style#dress}
 *       applies the common style to any XChart chart.
 *   <li>{@link fieldnotes.draw.Figure#drawn} creates a figure with a custom painter; {@link
 *       fieldnotes.draw.Axes} draws its axes.
 * </ul>
 *
 * <pre>{@code
 * Path folder = Files.createTempDirectory("figures");
 * Figure bars = Bars.of("Rows by class", "class", List.of("a", "b"), "rows", new double[] {3, 5});
 * bars.save(folder.resolve("bars.png"));
 * var losses = new TreeMap<>(Map.of("test", new double[] {9, 5, 4}, "train", new double[] {9, 4, 2}));
 * Figure lines = Figure.of(Lines.of("Loss", "epoch", "loss", new double[] {1, 2, 3}, losses));
 * Sheet.sideBySide(bars, lines).save(folder.resolve("both.svg"));
 * }</pre>
 */
package fieldnotes.draw;
