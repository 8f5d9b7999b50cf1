/**
 * How good a result is.
 *
 * <p>{@link fieldnotes.evaluate.Scores} has the scores of numbers and classes; each knows its name
 * and whether higher or lower is better. {@link fieldnotes.evaluate.ClassReport} and {@link
 * fieldnotes.evaluate.ConfusionMatrix} show predicted classes one by one, {@link
 * fieldnotes.evaluate.RocCurve} and {@link fieldnotes.evaluate.PrecisionRecallCurve} every
 * threshold. {@link fieldnotes.evaluate.Folds} divides rows for cross-validation: plain,
 * stratified, grouped, in time, repeated. {@link fieldnotes.evaluate.Interval} says how far a score
 * may be chance, {@link fieldnotes.evaluate.Significance} and {@link
 * fieldnotes.evaluate.ModelComparison} whether models differ. {@link fieldnotes.evaluate.Errors} is
 * for predicted numbers; {@link fieldnotes.evaluate.Silhouette} and {@link
 * fieldnotes.evaluate.Agreement} for clusters.
 *
 * <pre>{@code
 * List<String> truth = List.of("wren", "wren", "owl", "owl");
 * double[][] probabilities = {{0.2, 0.8}, {0.6, 0.4}, {0.9, 0.1}, {0.7, 0.3}};
 * Classified predicted = new Classified(List.of("owl", "wren"), probabilities);
 * Outcome.Classes outcome = new Outcome.Classes(truth, predicted);
 * System.out.println(Scores.macroF1().of(outcome));
 * System.out.print(ClassReport.of(outcome));
 * Samples birds = Samples.of(Matrix.of(new double[4][2]), truth)
 *     .withGroups("recording", List.of("r1", "r2", "r3", "r4"));
 * System.out.println(Folds.stratifiedGrouped(2, "recording").splits(birds));
 * System.out.println(Errors.rmse(new double[] {10, 20, 30}, new double[] {12, 19, 33}));
 * System.out.println(Agreement.of(truth, new int[] {0, 0, 1, 1}));
 * }</pre>
 */
package fieldnotes.evaluate;
