/**
 * Output of results in notebook cells: tables with types and counts, long ones with pages, sorting
 * and search; charts as pictures, light or dark as the page is; clips as audio players with
 * waveform; arrays by shape and first values; long work as a line of progress. In unattended runs
 * outputs are static and the same each time.
 *
 * <p>The kernel uses {@link fieldnotes.notebook.Displays} for cell values automatically. {@link
 * fieldnotes.notebook.Show} combines several results, and {@link fieldnotes.notebook.Listen} plays
 * the sound behind rows of samples.
 *
 * <pre>{@code
 * Clip first = Clip.of("low", new float[8_000], 8_000);
 * Clip second = Clip.of("high", new float[8_000], 8_000);
 * Html players = Show.clips(first, second);
 * Figure waves = Show.sideBySide(WaveformPlot.of(first), WaveformPlot.of(second));
 * Samples rows = Samples.of(Matrix.of(new double[][] {{1}, {2}}));
 * System.out.println(Listen.can(rows));     // false: these rows are no sound
 * }</pre>
 */
package fieldnotes.notebook;
