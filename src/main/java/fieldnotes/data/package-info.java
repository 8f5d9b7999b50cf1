/**
 * Data sets by name: found locally, downloaded and verified by checksum, or generated.
 *
 * <p>{@link fieldnotes.data.DataSets} is the entry point. {@code DataSets.samples("studio")}
 * returns rows for learning, with classes, recordings and provenance; {@code
 * DataSets.get("studio")} returns the {@link fieldnotes.data.DataSet} itself, with its files,
 * labels and hash. {@code studio} is generated on first use, which takes some seconds. Any folder
 * of sound files is also a data set:
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
