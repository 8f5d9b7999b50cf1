/**
 * Charts of results: waveforms and spectrograms, features, principal components, parameter sweeps,
 * silhouettes, density clusterings, dendrograms, embeddings, column preparations, and how
 * classifiers do: confusion, ROC, precision and recall, reliability, coverage, boundaries,
 * searches. Each class is named after what it shows and returns a {@link fieldnotes.draw.Figure}.
 * General charts such as bars and histograms are in {@link fieldnotes.draw}. {@link
 * fieldnotes.plot.Player} encodes a clip for an audio player.
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
