/**
 * Dimensionality reduction: principal components, t-SNE and UMAP.
 *
 * <pre>{@code
 * double[][] x = {{170, 65, 30}, {180, 80, 41}, {165, 58, 22}, {175, 90, 60}, {190, 85, 35}};
 * double[][] scaled = Scaler.standard(x).apply(x);
 * Pca pca = Pca.fit(scaled);
 * int enough = pca.componentsFor(0.8);
 * double[][] scores = Pca.fit(scaled, PcaOptions.of(enough)).scores();
 * Embedding picture = Tsne.fit(scaled, TsneOptions.of(42).withPerplexity(2));
 * }</pre>
 */
package fieldnotes.embed;
