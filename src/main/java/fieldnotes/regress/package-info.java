/**
 * Learners that predict numbers: least squares, ridge regression, trees, forests, support vector
 * machines and boosting.
 *
 * <p>Start at {@link fieldnotes.regress.Regressors}, which has all of them. {@link
 * fieldnotes.regress.Selection} is a step that keeps the columns that matter to a forest. {@code
 * fieldnotes.model} fits, cross-validates, searches and saves; {@code fieldnotes.housing} is a
 * whole chapter of examples.
 *
 * <pre>{@code
 * double[][] x = {{1, 30}, {2, 45}, {3, 70}, {4, 90}, {5, 110}, {6, 140}};
 * double[] rent = {110, 190, 320, 400, 490, 610};
 * Samples rows = Samples.of(Matrix.of(List.of("rooms", "area_m2"), x), rent);
 * var fitted = Pipeline.of(Scaler.standard(), Regressors.forest(ForestOptions.of(42))).fit(rows);
 * System.out.println(fitted.predict(rows)[0]);
 * System.out.println(Scores.rmse().of(fitted.judge(rows)));
 * System.out.println(Arrays.toString(fitted.model().forest().importances()));
 * }</pre>
 */
package fieldnotes.regress;
