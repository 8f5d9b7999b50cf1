/**
 * Decision trees and random forests that draw as scikit-learn draws: the same rows, the same
 * features in the same order, the same thresholds, so that the same seed grows the same trees, node
 * for node. For numbers ({@code regress}) and for classes ({@code classify}).
 *
 * <p>Start at {@link fieldnotes.tree.Forest} and {@link fieldnotes.tree.Tree}.
 *
 * <pre>{@code
 * double[][] x = {{1, 0}, {2, 1}, {3, 0}, {4, 1}};
 * double[] y = {10, 20, 30, 40};
 * Forest forest = Forest.regress(x, y, ForestOptions.of(42).withTrees(50));
 * System.out.println(forest);
 * System.out.println(forest.predict(x)[0] + " " + forest.importances()[0]);
 * }</pre>
 */
package fieldnotes.tree;
