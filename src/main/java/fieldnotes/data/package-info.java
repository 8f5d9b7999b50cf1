/**
 * Data sets by name: found in the folders where people keep them, downloaded and checked against
 * their checksums, or generated. {@link fieldnotes.data.DataSets} has them; a {@link
 * fieldnotes.data.DataSet} knows its files, their labels, and a hash of both.
 *
 * <p>{@code DataSets.get("studio")} is where most notebooks begin; it takes some seconds the first
 * time. A folder of your own is a data set, too:
 *
 * <pre>{@code
 * Path mine = Files.createTempDirectory("mine");
 * AudioFiles.writeWav(Clip.of("low", new float[8000], 8000), mine.resolve("low/a.wav"));
 * AudioFiles.writeWav(Clip.of("high", new float[8000], 8000), mine.resolve("high/b.wav"));
 * DataSet data = DataSets.of(mine);
 * System.out.println(data.label("low/a.wav"));  // the name of its folder
 * System.out.println(data.truth());             // one row per file
 * System.out.println(data.sounds());            // what FeatureTable takes
 * }</pre>
 */
package fieldnotes.data;
