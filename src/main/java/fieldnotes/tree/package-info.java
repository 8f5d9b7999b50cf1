/**
 * Decision trees and random forests that draw as scikit-learn draws: the same rows, the same
 * features in the same order, the same thresholds, so that the same seed grows the same trees, node
 * for node. For numbers and for classes.
 *
 * <p>Start at {@link fieldnotes.tree.RegressionForest} and {@link
 * fieldnotes.tree.ClassificationForest}; single trees are {@link fieldnotes.tree.RegressionTree}
 * and {@link fieldnotes.tree.ClassificationTree}.
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
