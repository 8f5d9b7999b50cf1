/**
 * The way from rows to a fitted model: pipelines, cross-validation, searches, saved files.
 *
 * <p>Start at {@link fieldnotes.model.Pipeline}.
 *
 * <pre>{@code
 * Table rooms = Table.create("t", DoubleColumn.create("rooms", 1, 2, 3, 4, 5, 6));
 * double[] price = {110, 190, 320, 400, 490, 610};
 * Columns columns = Columns.of().with("num", List.of("rooms"), Steps.median(), Steps.standardize());
 * Pipeline pipeline = Pipeline.of(columns, Regressors.leastSquares());
 * System.out.println(CrossValidation.of(pipeline, rooms, price, 3));
 * }</pre>
 */
package fieldnotes.model;
