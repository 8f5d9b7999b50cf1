/**
 * What is learnt on training rows and applied to any: missing cells filled, columns scaled, text
 * turned into columns of 0 and 1, outliers found, redundant columns dropped.
 *
 * <p>Start at {@link fieldnotes.prepare.Scaler} and {@link fieldnotes.prepare.Columns}.
 *
 * <pre>{@code
 * Table train = Table.create("t", DoubleColumn.create("rooms", 1, 2, 3, 4));
 * Scaler scaler = Scaler.standard(train);
 * System.out.println(scaler.apply(train));
 * }</pre>
 */
package fieldnotes.prepare;
