/**
 * Every chart, from results to pictures: waveforms and spectrograms of a clip, features, principal
 * components, sweeps, silhouettes, densities, dendrograms, embeddings, preparations. Each class is
 * named after what it shows and gives a {@link fieldnotes.draw.Figure}, which saves itself. Charts
 * that know no results, such as bars and histograms, are in {@link fieldnotes.draw}. {@link
 * fieldnotes.plot.Player} is the sound of a clip for a page.
 *
 * <pre>{@code
 * Clip clip = Clip.of("half a second of silence", new float[11_025], 22_050);
 * Figure wave = WaveformPlot.of(clip);
 * Figure spectrum = SpectrogramPlot.of(clip, Axis.Spacing.MEL);
 * Figure bands = SpectrogramPlot.mel(clip);
 * Figure all = Sheet.of("Silence", 1, List.of(wave, spectrum, bands));
 * all.save(Files.createTempDirectory("figures").resolve("silence.png"));
 * }</pre>
 */
package fieldnotes.plot;
