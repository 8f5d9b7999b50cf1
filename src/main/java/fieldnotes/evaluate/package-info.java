/**
 * How good a result is: scores of numbers, classes and clusters that know which way is better,
 * folds of every kind, confidence intervals, silhouettes.
 *
 * <pre>{@code
 * List<String> truth = List.of("wren", "wren", "owl", "owl");
 * double[][] probabilities = {{0.2, 0.8}, {0.6, 0.4}, {0.9, 0.1}, {0.7, 0.3}};
 * Classified predicted = new Classified(List.of("owl", "wren"), probabilities);
 * double f1 = Scores.macroF1().of(new Outcome.Classes(truth, predicted));
 * Samples birds = Samples.of(Matrix.of(new double[4][2]), truth)
 *     .withGroups("recording", List.of("r1", "r2", "r3", "r4"));
 * List<Split> splits = Folds.stratifiedGrouped(2, "recording", 42).splits(birds);
 * double[] actual = {10, 20, 30, 40};
 * double[] predicted = {12, 19, 33, 38};
 * double rmse = Errors.rmse(actual, predicted);
 * Interval interval = Interval.ofRootMean(Errors.squares(actual, predicted), 0.95);
 * double[][] x = {{1, 1}, {1.2, 0.9}, {0.8, 1.1}, {5, 5}, {5.1, 4.8}, {4.9, 5.3}};
 * int[] labels = {0, 0, 0, 1, 1, 1};
 * Silhouette silhouette = Silhouette.of(x, labels);
 * Agreement agreement = Agreement.of(List.of("a", "a", "a", "b", "b", "a"), labels);
 * }</pre>
 */
package fieldnotes.evaluate;
