/**
 * Clustering: k-means and its curves, density (DBSCAN, HDBSCAN), hierarchies, mixtures, and
 * profiles of clusters.
 *
 * <p>Start at {@link fieldnotes.cluster.KMeans} and {@link fieldnotes.cluster.KMeansSweep}, which
 * tries every number of clusters; {@link fieldnotes.cluster.ClusterProfiles} says what each cluster
 * is like. {@link fieldnotes.cluster.KMeansOptions} and {@link fieldnotes.cluster.MixtureOptions}
 * are learners of {@code fieldnotes.model}. All take a matrix or samples; scale the columns first.
 *
 * <pre>{@code
 * Matrix x =
 *     Matrix.of(new double[][] {{1, 1}, {1.2, 0.9}, {0.8, 1.1}, {5, 5}, {5.1, 4.8}, {4.9, 5.3}});
 * Clusters two = KMeans.fit(x, KMeansOptions.of(2, 42));
 * int[] of = two.predict(Matrix.of(new double[][] {{1, 2}, {4, 5}}));
 * KMeansSweep sweep = KMeansSweep.upTo(x, 4, 42);
 * int[] labels = sweep.clusters(sweep.bestBySilhouette()).labels();
 * System.out.println(ClusterProfiles.of(x, x, labels).summary());
 * Hierarchy tree = Hierarchy.of(x, Linkage.WARD);
 * }</pre>
 */
package fieldnotes.cluster;
