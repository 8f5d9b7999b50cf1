/**
 * How things look in a notebook cell: a table with its types and counts, a chart as a crisp
 * picture, a clip as a player under its waveform, an array by its shape and first values, long work
 * by a line of progress. The kernel finds {@link fieldnotes.notebook.Displays} by itself; a cell
 * needs only {@link fieldnotes.notebook.Show}, and that only to put several things together.
 *
 * <pre>{@code
 * Clip first = Clip.of("low", new float[8_000], 8_000);
 * Clip second = Clip.of("high", new float[8_000], 8_000);
 * Html players = Show.clips(first, second);
 * Figure waves = Show.sideBySide(WaveformPlot.of(first), WaveformPlot.of(second));
 * Html short5 = Show.clip(first, 5);
 * }</pre>
 */
package fieldnotes.notebook;
