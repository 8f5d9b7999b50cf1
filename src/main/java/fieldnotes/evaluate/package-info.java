/**
 * Evaluation: errors of predicted numbers, folds, confidence intervals, scores of clusters and
 * embeddings.
 *
 * <pre>{@code
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
