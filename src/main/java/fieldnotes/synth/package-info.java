/**
 * Generated sound with known labels: speech, music and everyday sounds. It needs no recording and
 * no network, and the same options and seed give the same bytes on every machine.
 *
 * <p>{@link fieldnotes.synth.Studio} writes a folder of it; {@link fieldnotes.synth.StudioOptions}
 * sets how much of each kind. {@code DataSets.get("studio")} of {@code fieldnotes.data} is the same
 * sound as a data set.
 *
 * <pre>{@code
 * var small = StudioOptions.of(7).withEpisodes(1).withTracks(2).withSoundsPerClass(1);
 * Path studio = Studio.make(Files.createTempDirectory("small").resolve("studio"), small);
 * System.out.println(SoundFiles.folder(studio));    // 13 sound files: 1 + 2 + 10
 * for (String row : Files.readAllLines(studio.resolve("tracks/tracks.csv"))) System.out.println(row);
 * Clip bell = AudioFiles.read(studio.resolve("sounds/bell-01.wav"));
 * }</pre>
 */
package fieldnotes.synth;
