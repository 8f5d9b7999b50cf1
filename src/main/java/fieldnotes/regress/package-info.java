/**
 * Predicting numbers: preparation by columns, linear models, trees and forests, composed into a
 * pipeline that is fitted once, cross-validated, searched over, saved and applied to new rows.
 *
 * <p>Start at {@link fieldnotes.model.Pipeline}, {@link fieldnotes.prepare.Columns} and {@link
 * fieldnotes.regress.Regressors}; {@link fieldnotes.housing.Housing} has the housing chapter.
 *
 * <pre>{@code
 * Table rooms = Table.create("t", DoubleColumn.create("rooms", 1, 2, 3, 4, 5, 6));
 * double[] price = {110, 190, 320, 400, 490, 610};
 * Columns columns = Columns.of().with("num", List.of("rooms"), Steps.median(), Steps.standardize());
 * Pipeline pipeline = Pipeline.of(columns, Regressors.leastSquares());
 * System.out.println(CrossValidation.of(pipeline, rooms, price, 3));
 * System.out.println(pipeline.fit(rooms, price).predict(rooms)[0]);
 * }</pre>
 */
package fieldnotes.regress;
