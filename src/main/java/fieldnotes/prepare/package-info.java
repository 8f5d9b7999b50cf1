/**
 * Preparation that is learnt on training rows and then applied to any rows: fill missing cells,
 * scale columns, turn text into columns of 0 and 1, find outliers, drop redundant columns.
 *
 * <p>Each of these is a {@link fieldnotes.prepare.Step}: {@code fit} learns from a table, a matrix
 * or samples, {@code apply} prepares any rows with the same columns. {@link
 * fieldnotes.prepare.Columns} gives each group of columns its own steps, {@link
 * fieldnotes.prepare.Steps} joins steps and has those that learn nothing. {@code
 * fieldnotes.model.Pipeline} takes steps in front of a learner.
 *
 * <pre>{@code
 * Table train = Table.create("t", DoubleColumn.create("rooms", 1, 2, Double.NaN, 4));
 * Table test = Table.create("t", DoubleColumn.create("rooms", 3, Double.NaN));
 * Missing missing = Missing.median().fit(train);             // learns the median, 2
 * Scaler scaler = Scaler.standard().fit(missing.apply(train));
 * System.out.println(scaler.apply(missing.apply(test)));     // with the mean and median of train
 * System.out.println(missing.report(test));
 * }</pre>
 */
package fieldnotes.prepare;
