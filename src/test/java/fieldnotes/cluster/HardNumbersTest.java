package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.ints;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.embed.Pca;
import fieldnotes.embed.Tsne;
import fieldnotes.embed.TsneOptions;
import fieldnotes.embed.Umap;
import fieldnotes.embed.UmapOptions;
import fieldnotes.evaluate.Agreement;
import fieldnotes.evaluate.Separation;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.math.Neighbours;
import fieldnotes.prepare.Scaler;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers whose squares leave the range of doubles, and rows far from zero. */
class HardNumbersTest {
  private static final int[] LABELS = {0, 0, 0, 0, 1, 1, 1, 1};

  /** Every method that sums squares, of named rows and of bare numbers. */
  private static Map<String, Consumer<Rows>> methods() {
    Map<String, Consumer<Rows>> all = new LinkedHashMap<>();
    all.put("k-means", x -> KMeans.fit(x, KMeansOptions.of(2, 1)));
    all.put(
        "k-means of the book",
        x -> KMeans.fit(x, KMeansOptions.of(2, 1).withStart(KMeansOptions.Start.BOOK)));
    all.put("k-means sweep", x -> KMeansSweep.of(x, 2, 3, 1));
    all.put("HDBSCAN", x -> Hdbscan.fit(x, HdbscanOptions.of(2)));
    all.put("DBSCAN", x -> Dbscan.fit(x, DbscanOptions.of(1, 2)));
    all.put("DBSCAN grid", x -> DbscanGrid.of(x, new double[] {1, 2}));
    all.put("k-distances", KDistances::of);
    for (Linkage linkage : Linkage.values()) {
      all.put(linkage.label(), x -> Hierarchy.of(x, linkage));
    }
    all.put("trees", HierarchySweep::of);
    all.put("mixture", x -> Mixture.fit(x, MixtureOptions.of(2, 1)));
    all.put("diagonal mixture", x -> Mixture.fit(x, MixtureOptions.of(2, 1).withDiagonal(true)));
    all.put("UMAP", x -> Umap.fit(x, UmapOptions.of(1).withNeighbours(3).withRounds(5)));
    all.put("t-SNE", x -> Tsne.fit(x, TsneOptions.of(1).withPerplexity(2)));
    all.put("PCA", Pca::fit);
    all.put("silhouette", x -> Silhouette.of(x, LABELS));
    all.put("Calinski–Harabasz", x -> Separation.calinskiHarabasz(x, LABELS));
    all.put("Davies–Bouldin", x -> Separation.daviesBouldin(x, LABELS));
    all.put("trustworthiness", x -> Separation.trustworthiness(x, x, 2));
    all.put("profiles", x -> ClusterProfiles.of(x, x, LABELS));
    all.put(
        "nearness to centres",
        x -> Similarity.ofClusters(KMeansOptions.of(2, 1), 1).fit(Samples.of(x.matrix())));
    return all;
  }

  private static Matrix rows(double scale) {
    double[][] x = new double[8][];
    for (int i = 0; i < 8; i++) {
      x[i] = new double[] {5, (i % 2 == 0 ? 1 : -1) * (1 - i / 10.0) * scale};
    }
    return Matrix.of(List.of("a", "b"), x);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e155, 1e200, Double.MAX_VALUE, 1e-170, 1e-300, Double.MIN_VALUE})
  void refusedByColumnAndRange(double scale) {
    Matrix x = rows(scale);
    double[] b = x.column("b");
    String says =
        "values from %s to %s: their squares %sflow; scale first"
            .formatted(b[1], b[0], scale > 1 ? "over" : "under");
    methods()
        .forEach(
            (name, method) ->
                assertThatThrownBy(() -> method.accept(x))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column 'b': " + says));
    double[][] bare = x.values();
    List<Consumer<double[][]>> unnamed =
        List.of(
            y -> Neighbours.of(y, 2),
            y -> KDistances.of(y, 2),
            y -> Hdbscan.fit(y, HdbscanOptions.of(2)),
            y -> Dbscan.fit(y, DbscanOptions.of(1, 2)),
            y -> Hierarchy.of(y, Linkage.WARD),
            y -> Silhouette.of(y, LABELS),
            y -> Separation.daviesBouldin(y, LABELS),
            y -> Separation.calinskiHarabasz(y, LABELS),
            y -> Tsne.fit(y, TsneOptions.of(1).withPerplexity(2)),
            y -> Umap.fit(y, UmapOptions.of(1).withNeighbours(3)));
    for (Consumer<double[][]> method : unnamed) {
      assertThatThrownBy(() -> method.accept(bare)).hasMessageContaining("column 1: " + says);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e155, 1e200, Double.MAX_VALUE, 1e-170, 1e-300})
  @DisplayName("what the error says helps: scaled, the same numbers are clustered as at scale 1")
  void scalingHelps(double scale) {
    Matrix x = Scaler.standard().fit(Samples.of(rows(scale))).apply(rows(scale));
    Matrix one = Scaler.standard().fit(Samples.of(rows(1))).apply(rows(1));
    assertThat(x.column("b")).containsExactly(one.column("b"), within(1e-12));
    assertThat(KMeans.fit(x, KMeansOptions.of(2, 1)).labels())
        .containsExactly(KMeans.fit(one, KMeansOptions.of(2, 1)).labels());
  }

  @Test
  void rowsToPredictAndWeights() {
    Clusters clusters = KMeans.fit(rows(1), KMeansOptions.of(2, 1));
    assertThatThrownBy(() -> clusters.predict(rows(1e200)))
        .hasMessageContaining("x, column 'b': values from -9.0E199 to 1.0E200: their squares");
    assertThat(clusters.predict(rows(1e-170))).hasSize(8);
    Samples rows = Samples.of(rows(1));
    double[] weights = {1e307, 1, 1, 1, 1, 1, 1, 0};
    assertThatThrownBy(() -> KMeans.fit(rows.withWeights(weights), KMeansOptions.of(2, 1)))
        .hasMessageStartingWith("weights sum to 1.0E307: times the squares of the columns");
    weights[0] = Double.NaN;
    assertThatThrownBy(() -> rows.withWeights(weights))
        .hasMessage("weights has NaN at row 0: must be finite and at least 0");
    weights[0] = Double.MAX_VALUE;
    weights[3] = Double.MAX_VALUE;
    assertThatThrownBy(() -> rows.withWeights(weights))
        .hasMessageStartingWith("weights sum to inf");
  }

  private static JsonNode far() {
    try (InputStream in = HardNumbersTest.class.getResourceAsStream("/evaluate/numbers.json")) {
      return JsonMapper.builder().build().readTree(in).get("far");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Written by src/test/python/number_fixtures.py from the rows before they are moved. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e6, -1e9, 1L << 40})
  @DisplayName("rows far from zero: trees, scores, mixtures, components as near it")
  void farFromZero(double offset) {
    JsonNode far = far();
    double[][] x = matrix(far.get("x"));
    for (double[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] += offset;
      }
    }
    int[] labels = ints(far.get("labels"));
    far.get("linkage")
        .properties()
        .forEach(
            one -> {
              Hierarchy tree =
                  Hierarchy.of(x, Linkage.valueOf(one.getKey().toUpperCase(Locale.ROOT)));
              double[][] expected = matrix(one.getValue());
              for (int m = 0; m < expected.length; m++) {
                assertThat(tree.linkage()[m])
                    .as("%s, merge %d", one.getKey(), m)
                    .containsExactly(expected[m], within(1e-9));
              }
            });
    assertThat(Separation.calinskiHarabasz(x, labels))
        .isCloseTo(far.get("calinskiHarabasz").doubleValue(), within(1e-9));
    assertThat(Separation.daviesBouldin(x, labels))
        .isCloseTo(far.get("daviesBouldin").doubleValue(), within(1e-12));
    assertThat(Silhouette.of(x, labels).mean())
        .isCloseTo(far.get("silhouette").doubleValue(), within(1e-12));
    Clusters clusters = KMeans.fit(x, KMeansOptions.of(3, 0));
    assertThat(clusters.inertia()).isCloseTo(far.get("kMeansInertia").doubleValue(), within(1e-9));
    assertThat(Agreement.of(ints(far.get("kMeansLabels")), clusters.labels()).adjustedRand())
        .isEqualTo(1);
    assertThat(Pca.fit(x).explainedVariance())
        .containsExactly(vector(far.get("pcaVariance")), within(1e-10));
    assertThat(
            Mixture.fit(x, MixtureOptions.of(3, 0).withTolerance(1e-12).withMaxRounds(2000))
                .logLikelihood())
        .isCloseTo(far.get("mixtureLogLikelihood").doubleValue(), within(1e-6));
    assertThat(Scaler.standard().fit(Samples.of(Matrix.of(x))).scale())
        .containsExactly(vector(far.get("deviations")), within(1e-12));
  }

  @Test
  @DisplayName("of two rows there is one distance: no correlation, as in SciPy")
  void copheneticCorrelationOfTwoRows() {
    double[][] two = {{0, 0}, {3, 4}};
    Hierarchy tree = Hierarchy.of(two, Linkage.WARD);
    assertThat(tree.heights()).containsExactly(5);
    assertThat(tree.copheneticCorrelation(two)).isNaN();
    assertThat(HierarchySweep.of(two).cophenetic().values()).allMatch(c -> c.isNaN());
  }

  @Test
  @DisplayName("distances of 1e-100 and 1e100 are correlated as those of 1")
  void copheneticCorrelationOfAnyScale() {
    double[][] x = {{0}, {1}, {3}, {8}};
    double expected = Hierarchy.of(x, Linkage.AVERAGE).copheneticCorrelation(x);
    for (double scale : new double[] {1e-100, 1e100}) {
      double[][] scaled = new double[4][1];
      for (int i = 0; i < 4; i++) {
        scaled[i][0] = x[i][0] * scale;
      }
      assertThat(Hierarchy.of(scaled, Linkage.AVERAGE).copheneticCorrelation(scaled))
          .isCloseTo(expected, within(1e-12));
    }
  }
}
