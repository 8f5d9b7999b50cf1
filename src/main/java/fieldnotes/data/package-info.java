/**
 * Data sets by name: found in the folders where people keep them, fetched with their checksums, or
 * made on the spot. {@link fieldnotes.data.DataSets} has them; {@link fieldnotes.data.Studio} makes
 * the one that needs nothing, out of {@link fieldnotes.data.SynthSpeech}, {@link
 * fieldnotes.data.SynthMusic} and {@link fieldnotes.data.SynthSounds}.
 *
 * <p>{@code DataSets.get("studio")} is where most notebooks begin; it takes some seconds the first
 * time. A smaller one:
 *
 * <pre>{@code
 * var small = StudioOptions.of(7).withEpisodes(1).withTracks(2).withSoundsPerClass(1);
 * var studio = Studio.make(Files.createTempDirectory("small").resolve("studio"), small);
 * var episodes = studio.part("episodes");
 * var first = episodes.files().get(0);
 * System.out.println(episodes.label(first, 0, 10)); // speech, music, both or silence
 * System.out.println(episodes.truth());             // a row for every stretch
 * }</pre>
 */
package fieldnotes.data;
