/**
 * Audio features with the values of librosa 0.11.
 *
 * <p>{@link fieldnotes.feature.Features} computes the features of a clip per frame; its page has a
 * table of all features with librosa call, defaults, unit and column names. {@link
 * fieldnotes.feature.FeatureTable} extracts a {@link fieldnotes.feature.FeatureSet} from many
 * files, one row per chunk. {@link fieldnotes.feature.Spectrogram} and {@link
 * fieldnotes.feature.MelSpectrogram} are for plots.
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
