package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.embed.Tsne;
import fieldnotes.embed.TsneOptions;
import fieldnotes.embed.Umap;
import fieldnotes.embed.UmapOptions;
import fieldnotes.evaluate.Separation;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.table.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All long work heeds an interrupt and leaves its mark for whoever called. */
class StoppableTest {
  private static Map<String, Runnable> work() {
    double[][] x = x("iris");
    int[] labels = Fixtures.y("iris");
    Map<String, Runnable> work = new LinkedHashMap<>();
    work.put("k-means", () -> KMeans.fit(x, KMeansOptions.of(3, 1)));
    work.put("sweep", () -> KMeansSweep.of(x, 2, 8, 1));
    work.put("DBSCAN", () -> Dbscan.fit(x, DbscanOptions.of(1, 3)));
    work.put("grid", () -> DbscanGrid.of(x, new double[] {0.5, 1}, new int[] {3, 5}));
    work.put("k-distances", () -> KDistances.of(x, 5));
    work.put("HDBSCAN", () -> Hdbscan.fit(x, HdbscanOptions.of(5)));
    for (Linkage linkage : Linkage.values()) {
      work.put(linkage.label() + " linkage", () -> Hierarchy.of(x, linkage));
    }
    work.put("mixture", () -> Mixture.fit(x, MixtureOptions.of(2, 1)));
    work.put("mixtures", () -> MixtureSweep.of(x, 1, 3, 1));
    work.put("silhouettes", () -> Silhouette.of(x, labels));
    work.put("trustworthiness", () -> Separation.trustworthiness(x, x, 5));
    work.put("profiles", () -> ClusterProfiles.of(Matrix.of(x), Matrix.of(x), labels));
    work.put("t-SNE", () -> Tsne.fit(x, TsneOptions.of(1)));
    work.put("UMAP", () -> Umap.fit(x, UmapOptions.of(1)));
    return work;
  }

  static List<String> names() {
    return List.copyOf(work().keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("stops when its thread is interrupted")
  void stops(String name) {
    Runnable task = work().get(name);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(task::run).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
