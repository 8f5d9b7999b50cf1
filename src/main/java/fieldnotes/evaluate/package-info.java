/**
 * How good a result is.
 *
 * <p>{@link fieldnotes.evaluate.Scores} has the scores of numbers and classes; each knows its name
 * and whether higher or lower is better. {@link fieldnotes.evaluate.Folds} divides rows for
 * cross-validation: plain, stratified, grouped, in time. {@link fieldnotes.evaluate.Errors} and
 * {@link fieldnotes.evaluate.Interval} are for predicted numbers; {@link
 * fieldnotes.evaluate.Silhouette} and {@link fieldnotes.evaluate.Agreement} for clusters.
 *
 * <pre>{@code
 * List<String> truth = List.of("wren", "wren", "owl", "owl");
 * double[][] probabilities = {{0.2, 0.8}, {0.6, 0.4}, {0.9, 0.1}, {0.7, 0.3}};
 * Classified predicted = new Classified(List.of("owl", "wren"), probabilities);
 * System.out.println(Scores.macroF1().of(new Outcome.Classes(truth, predicted)));
 * Samples birds = Samples.of(Matrix.of(new double[4][2]), truth)
 *     .withGroups("recording", List.of("r1", "r2", "r3", "r4"));
 * System.out.println(Folds.stratifiedGrouped(2, "recording").splits(birds));
 * System.out.println(Errors.rmse(new double[] {10, 20, 30}, new double[] {12, 19, 33}));
 * System.out.println(Agreement.of(truth, new int[] {0, 0, 1, 1}));
 * }</pre>
 */
package fieldnotes.evaluate;
