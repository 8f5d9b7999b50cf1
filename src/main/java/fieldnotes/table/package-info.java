/**
 * Tables and rows to learn from.
 *
 * <p>{@link fieldnotes.table.Samples} holds features, target (numbers or classes), groups such as
 * recording or speaker, weights and provenance. {@link fieldnotes.table.Matrix} is a numeric matrix
 * with named columns. {@link fieldnotes.table.Csv} and {@link fieldnotes.table.Parquet} read and
 * write Tablesaw tables, {@link fieldnotes.table.Describe} describes columns, {@link
 * fieldnotes.table.Split} makes training and test rows. {@code DataSets.samples} of {@code
 * fieldnotes.data} creates samples from sound files or a table file.
 *
 * <pre>{@code
 * Table table = Table.create("calls", DoubleColumn.create("pitch_hz", 210, 190, 90, 110));
 * Samples rows = Samples.of(table).withClasses(List.of("wren", "wren", "owl", "owl"))
 *     .withGroups("recording", List.of("r1", "r2", "r1", "r3"));
 * Split split = Split.random(rows.rowCount(), 0.25, 42);
 * Samples train = rows.rows(split.train());
 * System.out.println(train);
 * System.out.println(train.matrix().column("pitch_hz").length + " rows to train on");
 * }</pre>
 */
package fieldnotes.table;
