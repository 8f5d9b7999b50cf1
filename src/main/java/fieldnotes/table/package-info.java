/**
 * Tables: read and write CSV and Parquet, describe columns, split rows into sets, and go between a
 * Tablesaw table and a {@code double[][]}.
 *
 * <p>Start at {@link fieldnotes.table.Csv}, {@link fieldnotes.table.Matrix} (columns to rows of
 * numbers and back) and {@link fieldnotes.table.Split}. {@link fieldnotes.math.NumpyRandom} draws
 * the numbers that NumPy draws.
 *
 * <pre>{@code
 * Table table = Table.create("t", DoubleColumn.create("x", 1, 2, 3, 4, 5));
 * Split split = Split.random(table.rowCount(), 0.2, 42);
 * Table train = split.train(table);
 * Matrix x = Matrix.ofNumeric(train);
 * System.out.println(x.column("x").length + " rows to train on");
 * }</pre>
 */
package fieldnotes.table;
