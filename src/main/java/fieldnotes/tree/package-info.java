/**
 * Decision trees, random forests, extra trees and gradient boosting that reproduce scikit-learn's:
 * the same seed gives the same bootstrap rows, feature order and thresholds, and so the same trees,
 * node for node. Regression and classification.
 *
 * <p>Start at {@link fieldnotes.tree.RegressionForest} and {@link
 * fieldnotes.tree.ClassificationForest}; single trees are {@link fieldnotes.tree.RegressionTree}
 * and {@link fieldnotes.tree.ClassificationTree}, boosted ones {@link
 * fieldnotes.tree.RegressionBoosting} and {@link fieldnotes.tree.ClassificationBoosting}.
 *
 * <pre>{@code
 * double[][] x = {{1, 0}, {2, 1}, {3, 0}, {4, 1}};
 * double[] y = {10, 20, 30, 40};
 * RegressionForest forest = RegressionForest.fit(x, y, ForestOptions.of(42).withTrees(50));
 * System.out.println(forest);
 * System.out.println(forest.predict(x)[0] + " " + forest.importances()[0]);
 * }</pre>
 */
package fieldnotes.tree;
