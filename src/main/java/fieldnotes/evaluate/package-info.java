/**
 * How good a result is: scores of clusters and embeddings.
 *
 * <pre>{@code
 * double[][] x = {{1, 1}, {1.2, 0.9}, {0.8, 1.1}, {5, 5}, {5.1, 4.8}, {4.9, 5.3}};
 * int[] labels = {0, 0, 0, 1, 1, 1};
 * Silhouette silhouette = Silhouette.of(x, labels);
 * double spread = Separation.daviesBouldin(x, labels);
 * Agreement agreement = Agreement.of(List.of("a", "a", "a", "b", "b", "a"), labels);
 * Table table = agreement.contingency();
 * }</pre>
 */
package fieldnotes.evaluate;
