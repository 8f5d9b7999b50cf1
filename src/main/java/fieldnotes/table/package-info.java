/**
 * Tables and rows to learn from.
 *
 * <p>{@link fieldnotes.table.Samples} keeps together what a model may see, what it predicts
 * (numbers or classes), which rows belong to one recording or speaker, and where the rows came
 * from. {@link fieldnotes.table.Matrix} is named columns of numbers. {@link fieldnotes.table.Csv}
 * and {@link fieldnotes.table.Parquet} read and write Tablesaw tables, {@link
 * fieldnotes.table.Describe} describes columns, {@link fieldnotes.table.Split} draws training and
 * test rows. {@code DataSets.samples} of {@code fieldnotes.data} makes samples from sound or a
 * file.
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
