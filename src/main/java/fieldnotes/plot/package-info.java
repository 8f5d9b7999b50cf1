/**
 * Every chart, from results to pictures, in one house style. A {@link fieldnotes.draw.Figure} is
 * anything to look at: an XChart chart, a heat map, a drawing, or a {@link fieldnotes.draw.Sheet}
 * of them. It paints itself at any size and gives the same PNG for the same data.
 *
 * <pre>{@code
 * Clip clip = Clip.of("a tone", new float[22_050], 22_050);
 * float[][] db = new float[40][513];
 * Figure wave = WaveformPlot.of(clip);
 * Figure spectrum = SpectrogramPlot.of("a tone", db, 512 / 22_050.0, 22_050 / 1_024.0);
 * Figure both = Sheet.sideBySide(wave, spectrum);
 * byte[] file = both.png();
 * }</pre>
 */
package fieldnotes.plot;
