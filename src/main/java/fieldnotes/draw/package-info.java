/**
 * Drawing without a domain: axes, lines, bars, histograms, heat maps and clouds of points in one
 * house style. Everything here is a {@link fieldnotes.draw.Figure}, or becomes one by {@code
 * Figure.of}: it paints itself at any size and saves itself as PNG or SVG, the same bytes for the
 * same data.
 *
 * <ul>
 *   <li>{@link fieldnotes.draw.Sheet} puts several figures into one.
 *   <li>{@link fieldnotes.draw.HeatMap}, {@link fieldnotes.draw.Histogram} and {@link
 *       fieldnotes.draw.ScatterMatrix} take tables and {@link fieldnotes.table.Rows}; lines, bars
 *       and points take arrays.
 *   <li>{@link fieldnotes.draw.Lines} gives an XChart chart; {@link fieldnotes.draw.Style#dress}
 *       puts the house style on one of your own.
 *   <li>{@link fieldnotes.draw.Figure#drawn} makes a figure of your own drawing; {@link
 *       fieldnotes.draw.Axes} lays out its axes.
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
