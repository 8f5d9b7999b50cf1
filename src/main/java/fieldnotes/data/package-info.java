/**
 * Data sets by name: found in the folders where people keep them, fetched with their checksums, or
 * made on the spot. {@link fieldnotes.data.DataSets} has them; {@link fieldnotes.data.Studio} makes
 * the one that needs nothing, out of {@link fieldnotes.data.SynthSpeech}, {@link
 * fieldnotes.data.SynthMusic} and {@link fieldnotes.data.SynthSounds}.
 *
 * <pre>{@code
 * var episodes = DataSets.get("studio").part("episodes"); // made on first use, then found
 * System.out.println(episodes);                            // how many files, which labels
 * var first = episodes.files().get(0);
 * System.out.println(episodes.label(first, 0, 10));        // speech, music, both or silence
 * var parts = episodes.truth();                            // a row for every stretch
 * var mine = DataSets.of(Path.of("."));                    // any folder of your own
 * }</pre>
 */
package fieldnotes.data;
