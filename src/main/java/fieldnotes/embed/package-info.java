/**
 * Dimensionality reduction: principal components, t-SNE and UMAP.
 *
 * <p>{@link fieldnotes.embed.Pca} is fitted once and applied to any rows; its options, {@link
 * fieldnotes.embed.PcaOptions}, are a step of a pipeline. {@link fieldnotes.embed.Tsne} and {@link
 * fieldnotes.embed.Umap} return an {@link fieldnotes.embed.Embedding}, a picture of the rows they
 * were fitted on. Scale the columns first.
 *
 * <pre>{@code
 * double[][] people = {{170, 65, 30}, {180, 80, 41}, {165, 58, 22}, {175, 90, 60}, {190, 85, 35}};
 * Samples x = Scaler.standard().fitApply(Samples.of(Matrix.of(people)));
 * Pca pca = Pca.fit(x);
 * int enough = pca.componentsFor(0.8);
 * Matrix scores = Pca.fit(x, PcaOptions.of(enough)).scores();
 * Embedding picture = Tsne.fit(x, TsneOptions.of(42).withPerplexity(2));
 * }</pre>
 */
package fieldnotes.embed;
