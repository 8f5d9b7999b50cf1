package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.x;
import static fieldnotes.cluster.Fixtures.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.embed.Embedding;
import fieldnotes.embed.Pca;
import fieldnotes.embed.Tsne;
import fieldnotes.embed.TsneOptions;
import fieldnotes.embed.Umap;
import fieldnotes.embed.UmapOptions;
import fieldnotes.evaluate.Separation;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Samples, matrices, embeddings and scores go in as they are, and give what arrays give. */
class RowsTest {
  private static final double[][] X = x("iris");
  private static final Samples IRIS =
      Samples.of(Matrix.of(List.of("a", "b", "c", "d"), X)).withId("iris");

  @Test
  void asArrays() {
    int[] labels = y("iris");
    assertThat(KMeans.fit(IRIS, KMeansOptions.of(3, 1)).labels())
        .isEqualTo(KMeans.fit(X, KMeansOptions.of(3, 1)).labels());
    assertThat(KMeansSweep.upTo(IRIS, 4, 1).inertias())
        .isEqualTo(KMeansSweep.of(X, 2, 4, 1).inertias());
    assertThat(MixtureSweep.upTo(IRIS, 2, 1).full().get(1).bic())
        .isEqualTo(MixtureSweep.of(X, 2, 2, 1).full().get(0).bic());
    assertThat(Hierarchy.of(IRIS, Linkage.WARD).heights())
        .isEqualTo(Hierarchy.of(X, Linkage.WARD).heights());
    assertThat(HierarchySweep.of(IRIS).cophenetic()).isEqualTo(HierarchySweep.of(X).cophenetic());
    assertThat(Hdbscan.fit(IRIS, HdbscanOptions.of(5)).labels())
        .isEqualTo(Hdbscan.fit(X, HdbscanOptions.of(5)).labels());
    assertThat(Silhouette.of(IRIS, labels).values()).isEqualTo(Silhouette.of(X, labels).values());
    assertThat(Separation.daviesBouldin(IRIS, labels))
        .isEqualTo(Separation.daviesBouldin(X, labels));
    assertThat(Separation.calinskiHarabasz(IRIS, labels))
        .isEqualTo(Separation.calinskiHarabasz(X, labels));
    TsneOptions brief = TsneOptions.of(1).withRounds(250);
    assertThat(Tsne.fit(IRIS, brief).points()).isDeepEqualTo(Tsne.fit(X, brief).points());
    UmapOptions few = UmapOptions.of(1).withRounds(5);
    assertThat(Umap.fit(IRIS, few).points()).isDeepEqualTo(Umap.fit(X, few).points());
  }

  @Test
  @DisplayName("what is not said: minSamples 5, 30 radii about the knee, 3 to 9 neighbours")
  void defaults() {
    KDistances near = KDistances.of(IRIS);
    assertThat(near.sorted()).isEqualTo(KDistances.of(X, 5).sorted());
    assertThat(KDistances.of(Matrix.of(x("few")).rows(new int[] {0, 1, 2})).minSamples())
        .isEqualTo(3);
    assertThat(DbscanOptions.of(near)).isEqualTo(DbscanOptions.of(near.suggestedEps(), 5));
    assertThat(Dbscan.fit(IRIS, DbscanOptions.of(near)).labels())
        .isEqualTo(Dbscan.fit(X, DbscanOptions.of(near)).labels());
    DbscanGrid grid = DbscanGrid.of(IRIS, near);
    double knee = near.suggestedEps();
    assertThat(grid.eps()).isEqualTo(DbscanGrid.steps(knee / 4, knee * 1.5, 30));
    assertThat(grid.minSamples()).containsExactly(3, 4, 5, 6, 7, 8, 9);
    assertThat(DbscanGrid.of(Matrix.of(x("few")), new double[] {1}).minSamples())
        .containsExactly(3, 4, 5);
    assertThat(KMeansSweep.upTo(Matrix.of(x("few")), 15, 1).ks()).containsExactly(2, 3, 4);
    assertThat(MixtureSweep.upTo(Matrix.of(x("blobs")).rows(new int[] {0, 1}), 9, 1).ks())
        .containsExactly(1);
    assertThat(Tsne.fit(Matrix.of(x("few")), 1)).asString().startsWith("t-SNE (perplexity 1.33");
    assertThat(Umap.fit(Matrix.of(x("few")), 1)).asString().startsWith("UMAP (4 neighbours");
  }

  @Test
  void resultsThatAreRowsGoOn() {
    Pca pca = Pca.fit(IRIS);
    Embedding picture = Tsne.fit(IRIS, TsneOptions.of(1).withRounds(250));
    assertThat(picture.matrix().names()).containsExactly("x", "y");
    assertThat(KMeans.fit(picture, KMeansOptions.of(3, 1)).made().columns())
        .containsExactly("x", "y");
    KMeansTrials trials =
        KMeansTrials.of(IRIS.classes(), IRIS, 1)
            .and("PCA", pca.scores(), 3)
            .and("t-SNE", picture, 3)
            .and("all", IRIS, 3);
    assertThat(trials.trial("t-SNE").trustworthiness().mean())
        .isEqualTo(Separation.trustworthiness(IRIS, picture, 5));
    int[] labels = y("iris");
    ClusterProfiles profiles = ClusterProfiles.of(IRIS, pca.scores(), labels);
    assertThat(profiles.features()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aCellThatIsNotFiniteIsNamed() {
    double[][] holed = Arrays.stream(X).map(double[]::clone).toArray(double[][]::new);
    holed[3][1] = Double.NaN;
    Rows rows = Matrix.of(List.of("a", "b", "c", "d"), holed);
    int[] labels = y("iris");
    Map<String, Consumer<Rows>> verbs =
        Map.of(
            "k-means", r -> KMeans.fit(r, KMeansOptions.of(2, 1)),
            "mixture", r -> Mixture.fit(r, MixtureOptions.of(2, 1)),
            "tree", r -> Hierarchy.of(r, Linkage.WARD),
            "DBSCAN", r -> Dbscan.fit(r, DbscanOptions.of(1, 3)),
            "HDBSCAN", r -> Hdbscan.fit(r, HdbscanOptions.of(5)),
            "distances", KDistances::of,
            "PCA", Pca::fit,
            "t-SNE", r -> Tsne.fit(r, 1),
            "UMAP", r -> Umap.fit(r, 1),
            "silhouette", r -> Silhouette.of(r, labels));
    verbs.forEach(
        (name, verb) ->
            assertThatThrownBy(() -> verb.accept(rows))
                .as(name)
                .hasMessageContaining("has NaN at row 3, column 'b'"));
  }
}
