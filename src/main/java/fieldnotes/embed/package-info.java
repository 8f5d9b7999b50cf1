/**
 * Dimensionality reduction: principal components, t-SNE and UMAP.
 *
 * <pre>{@code
 * Matrix x =
 *     Matrix.of(
 *         new double[][] {{170, 65, 30}, {180, 80, 41}, {165, 58, 22}, {175, 90, 60}, {190, 85, 35}});
 * Matrix scaled = Scaler.standard().fit(x).apply(x);
 * Pca pca = Pca.fit(scaled);
 * int enough = pca.componentsFor(0.8);
 * Matrix scores = Pca.fit(scaled, PcaOptions.of(enough)).scores();
 * Embedding picture = Tsne.fit(scaled, TsneOptions.of(42).withPerplexity(2));
 * }</pre>
 */
package fieldnotes.embed;
