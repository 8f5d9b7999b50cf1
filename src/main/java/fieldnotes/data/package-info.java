/**
 * Data sets by name: found in the folders where people keep them, downloaded and verified by
 * checksum, or generated.
 *
 * <p>{@link fieldnotes.data.DataSets} has them. {@code DataSets.samples("studio")} returns rows to
 * learn from, with classes, recordings and provenance; {@code DataSets.get("studio")} returns the
 * {@link fieldnotes.data.DataSet} itself, which knows its files, their labels and a hash of both.
 * {@code studio} is generated on first use, which takes some seconds. A folder of your own is a
 * data set, too:
 *
 * <pre>{@code
 * Path mine = Files.createTempDirectory("mine");
 * AudioFiles.writeWav(Clip.of("low", new float[80_000], 8000), mine.resolve("low/a.wav"));
 * AudioFiles.writeWav(Clip.of("high", new float[80_000], 8000), mine.resolve("high/b.wav"));
 * Samples rows = DataSets.samples(mine);
 * System.out.println(rows.classes());                            // [high, low], the folders
 * System.out.println(DataSets.of(mine).label("low/a.wav"));      // low
 * }</pre>
 */
package fieldnotes.data;
