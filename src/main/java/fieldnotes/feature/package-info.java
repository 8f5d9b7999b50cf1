/**
 * Features of sound: what a clip's frames and spectra say about it, with the numbers of librosa
 * 0.11.
 *
 * <p>{@link fieldnotes.feature.Features} measures one clip, frame by frame; its page has a table of
 * every feature, with its librosa call, defaults, unit and column names. {@link
 * fieldnotes.feature.FeatureTable} measures a folder, a playlist or a list: one row per chunk, by
 * one of the sets of {@link fieldnotes.feature.FeatureSet}. {@link fieldnotes.feature.Spectrogram}
 * and {@link fieldnotes.feature.MelSpectrogram} are for looking at.
 *
 * <pre>{@code
 * Path talks = Files.createTempDirectory("talks");
 * float[] noise = new float[3 * 22_050];
 * for (int i = 0; i < noise.length; i++) noise[i] = (float) new SplittableRandom(i).nextDouble() - 0.5f;
 * AudioFiles.writeWav(Clip.of("noise", noise, 22_050), talks.resolve("talk.wav"));
 * Clip clip = AudioFiles.read(talks.resolve("talk.wav"), ReadOptions.of(22_050));
 * double[][] mfcc = Features.mfcc(clip, 13); // frames × 13
 * FeatureSet mine = FeatureSet.of("mine", Measure.mfcc(13), Measure.centroid(), Measure.rms());
 * FeatureTable table = FeatureTable.extract(SoundFiles.folder(talks), mine);
 * System.out.println(table.table().first(3));
 * table.failures().forEach(System.out::println);
 * }</pre>
 */
package fieldnotes.feature;
