/**
 * Features of sound: what a clip's frames and spectra say about it, with the numbers of librosa
 * 0.11.
 *
 * <p>{@link fieldnotes.feature.Features} measures one clip, frame by frame. {@link
 * fieldnotes.feature.FeatureTable} measures a folder, a playlist or a list: one row a clip, by one
 * of the sets of {@link fieldnotes.feature.FeatureSet}. {@link fieldnotes.feature.Spectrogram} and
 * {@link fieldnotes.feature.MelSpectrogram} are for looking at.
 *
 * <pre>{@code
 * Clip clip = AudioFiles.read(Path.of("talk.mp3"), ReadOptions.of(22_050));
 * double[][] mfcc = Features.mfcc(clip, 13); // frames × 13
 * FeatureSet mine = FeatureSet.of("mine", Measure.mfcc(13), Measure.centroid(), Measure.rms());
 * FeatureTable table = FeatureTable.extract(Source.folder(Path.of("talks")), mine);
 * System.out.println(table.table().first(3));
 * table.failures().forEach(System.out::println);
 * }</pre>
 */
package fieldnotes.feature;
