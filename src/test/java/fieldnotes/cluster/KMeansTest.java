package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.ints;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class KMeansTest {
  @AfterEach
  void anyNumberOfThreads() {
    System.clearProperty("fieldnotes.threads");
  }

  @Test
  @DisplayName("0, 1 | 10, 12: centres 0.5 and 11, inertia 0.5 + 2")
  void handWorked() {
    double[][] line = {{0}, {1}, {10}, {12}};
    Clusters found = KMeans.fromCentres(line, new double[][] {{0}, {1}}, KMeansOptions.of(2, 0));
    assertThat(found.labels()).containsExactly(0, 0, 1, 1);
    close(found.centres(), new double[][] {{0.5}, {11}}, 1e-15);
    close(found.inertia(), 2.5, 1e-15, 0);
    assertThat(found.predict(Matrix.of(new double[][] {{3}, {100}}))).containsExactly(0, 1);
    assertThat(found.sizes()).containsExactly(2, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blobs",
        "moons",
        "aniso",
        "iris",
        "one",
        "constant",
        "single",
        "wide",
        "telephone"
      })
  void asScikitLearn(String set) {
    double[][] x = x(set);
    for (JsonNode one : read("kmeans").get(set)) {
      KMeansOptions options = KMeansOptions.of(one.get("k").intValue(), 42);
      Clusters given = KMeans.fromCentres(x, matrix(one.get("start")), options.withTolerance(0));
      assertThat(given.labels()).isEqualTo(ints(one.get("labels")));
      close(given.centres(), matrix(one.get("centres")), 1e-9);
      close(given.inertia(), number(one.get("inertia")), 1e-9, 0);
      assertThat(given.rounds()).isEqualTo(one.get("rounds").intValue());
      Clusters seeded = KMeans.fit(x, options);
      assertThat(seeded.labels()).isEqualTo(ints(one.get("seededLabels")));
      close(seeded.inertia(), number(one.get("seededInertia")), 1e-9, 0);
    }
  }

  @Test
  void clustersThatRunEmptyAreMovedAsScikitLearnMovesThem() {
    JsonNode one = read("kmeans").get("empty");
    Clusters found =
        KMeans.fromCentres(
            x("blobs"), matrix(one.get("start")), KMeansOptions.of(4, 0).withTolerance(0));
    assertThat(found.labels()).isEqualTo(ints(one.get("labels")));
    close(found.inertia(), number(one.get("inertia")), 1e-9, 0);
    assertThat(found.sizes()).doesNotContain(0);
  }

  @Test
  void weightedRows() {
    JsonNode one = read("kmeans").get("weighted");
    Samples weighted = Samples.of(Matrix.of(x("blobs"))).withWeights(vector(one.get("weights")));
    Clusters found = KMeans.fit(weighted, KMeansOptions.of(4, 0));
    assertThat(found.labels()).isEqualTo(ints(one.get("labels")));
    close(found.inertia(), number(one.get("inertia")), 1e-9, 0);
    KMeansOptions book = KMeansOptions.of(4, 0).withStart(Start.BOOK);
    assertThatThrownBy(() -> book.fit(weighted)).hasMessageContaining("does not support them");
  }

  @Test
  void fourCorners() {
    double[][] x = {{0, 0}, {0, 1}, {10, 0}, {10, 1}};
    for (Start start : Start.values()) {
      KMeansOptions options = KMeansOptions.of(2, 42).withStart(start);
      Clusters found = KMeans.fit(x, options);
      assertThat(found.inertia()).isEqualTo(1);
      assertThat(found.sizes()).containsExactly(2, 2);
      assertThat(KMeans.fit(x, options.withClusters(4)).inertia()).isZero();
      assertThatThrownBy(() -> KMeans.fit(x, options.withClusters(5)))
          .hasMessageContaining("clusters=5: must be at most the number of rows, 4");
    }
  }

  @Tag("long")
  @Test
  @DisplayName("on a grid full of ties every row is with its nearest centre, and rounds lower sums")
  void onAGrid() {
    double[][] x = new double[900][];
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {i % 30 * 0.01, Math.floor(i / 30.0) / 100 + 1000};
    }
    for (Start start : Start.values()) {
      for (int clusters : new int[] {1, 2, 7, 40}) {
        Clusters found = KMeans.fit(x, KMeansOptions.of(clusters, clusters).withStart(start));
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
          double[] distances = new double[clusters];
          for (int c = 0; c < clusters; c++) {
            distances[c] =
                Math.hypot(x[i][0] - found.centres()[c][0], x[i][1] - found.centres()[c][1]);
          }
          double own = distances[found.labels()[i]];
          assertThat(own).isLessThanOrEqualTo(Arrays.stream(distances).min().orElse(0) + 1e-9);
          sum += own * own;
        }
        assertThat(found.inertia()).isCloseTo(sum, within(1e-9));
        assertThat(found.sizes()).doesNotContain(0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "iris", "wide"})
  @DisplayName("both arithmetics find the same clusters where no row lies between two")
  void bothArithmetics(String set) {
    double[][] x = x(set);
    KMeansOptions options = KMeansOptions.of(3, 7);
    double[][] start = Arrays.copyOf(x, 3);
    Clusters quick = KMeans.fromCentres(x, start, options);
    Clusters plain = KMeans.fromCentres(x, start, options.withStart(Start.BOOK));
    assertThat(plain.labels()).isEqualTo(quick.labels());
    assertThat(plain.rounds()).isEqualTo(quick.rounds());
    close(plain.centres(), quick.centres(), 1e-12);
    close(plain.inertia(), quick.inertia(), 1e-12, 0);
  }

  @Test
  void theSameOnAnyNumberOfThreads() {
    System.setProperty("fieldnotes.threads", "1");
    KMeansSweep one = KMeansSweep.of(x("iris"), 2, 6, 3);
    System.setProperty("fieldnotes.threads", "3");
    KMeansSweep three = KMeansSweep.of(x("iris"), 2, 6, 3);
    assertThat(one.inertias()).isEqualTo(three.inertias());
    assertThat(one.stability()).isEqualTo(three.stability());
    assertThat(one.clusters(4).labels()).isEqualTo(three.clusters(4).labels());
  }

  @Test
  void theSweepFindsFourBlobs() {
    KMeansSweep sweep = KMeansSweep.of(x("blobs"), 2, 8, 0);
    assertThat(sweep.elbow()).isEqualTo(4);
    assertThat(sweep.bestBySilhouette()).isEqualTo(4);
    assertThat(sweep.bestByDaviesBouldin()).isEqualTo(4);
    assertThat(sweep.bestByCalinskiHarabasz()).isEqualTo(4);
    assertThat(sweep.stability()[2]).isGreaterThan(0.99);
    assertThat(sweep.inertias()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(sweep.toTable().columnNames()).contains("k", "silhouette", "stability (ARI)");
    assertThat(sweep.silhouette(4).values()).hasSize(100);
  }

  @Test
  void badInputIsNamedAndSenselessInputSaid() {
    assertThatThrownBy(() -> KMeans.fit(x("few"), KMeansOptions.of(6, 0)))
        .hasMessageContaining("clusters=6: must be at most the number of rows, 5");
    assertThatThrownBy(() -> KMeansSweep.of(x("few"), 2, 5, 0)).hasMessageContaining("at most 4");
    assertThatThrownBy(() -> KMeans.fit(new double[][] {{1}, {1, 2}}, KMeansOptions.of(1, 0)))
        .hasMessageContaining("ragged: row 1 has 2 columns");
    assertThatThrownBy(() -> KMeans.fit(new double[][] {{1e200}, {0}}, KMeansOptions.of(1, 0)))
        .hasMessageContaining("their squares overflow");
    assertThatThrownBy(() -> KMeansOptions.of(1, -1)).hasMessageContaining("seed=-1");
    assertThatThrownBy(() -> KMeansOptions.of(0, 0)).hasMessageContaining("clusters=0");
    Clusters same = KMeans.fit(new double[][] {{1, 1}, {1, 1}, {1, 1}}, KMeansOptions.of(2, 0));
    assertThat(same.warnings()).singleElement().asString().contains("only 1 of 2 clusters");
    Clusters hasty = KMeans.fit(x("iris"), KMeansOptions.of(3, 0).withMaxRounds(1));
    assertThat(hasty.warnings()).singleElement().asString().contains("not settled after 1 rounds");
  }

  @Test
  void anInterruptStopsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> KMeans.fit(x("iris"), KMeansOptions.of(3, 0)))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
