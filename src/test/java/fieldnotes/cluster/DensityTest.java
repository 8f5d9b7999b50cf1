package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.ints;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;

class DensityTest {
  @Test
  @DisplayName("0, 1, 2 | 10: with eps 1 and 3 neighbours only 1 is a core, 10 is noise")
  void handWorked() {
    double[][] line = {{0}, {1}, {2}, {10}};
    DensityClusters found = Dbscan.fit(line, DbscanOptions.of(1, 3));
    assertThat(found.labels()).containsExactly(0, 0, 0, -1);
    assertThat(found.core()).containsExactly(false, true, false, false);
    assertThat(found.noise()).isEqualTo(0.25);
    KDistances k = KDistances.of(line, 2);
    assertThat(k.sorted()).containsExactly(1, 1, 1, 8);
    assertThat(k.suggestedEps()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blobs",
        "moons",
        "aniso",
        "iris",
        "duplicates",
        "ties",
        "one",
        "few",
        "constant",
        "single",
        "wide",
        "telephone"
      })
  void theGridAsScikitLearnsSingleRuns(String set) {
    double[] eps =
        set.equals("telephone")
            ? new double[] {1.5, 3.0, 4.0, 5.0}
            : new double[] {0.1, 0.3, 0.5, 1.0, 1.5, 3.0};
    int[] minSamples = {1, 3, 4, 6, 9};
    DbscanGrid grid = DbscanGrid.of(x(set), eps, minSamples);
    int at = 0;
    JsonNode expected = read("density").get("dbscan").get(set);
    for (int l = 0; l < eps.length; l++) {
      for (int m = 0; m < minSamples.length; m++) {
        DensityClusters found = grid.clusters(l, m);
        assertThat(found.labels())
            .as("%s eps %s minSamples %d", set, eps[l], minSamples[m])
            .isEqualTo(ints(expected.get(at++).get(2)));
        assertThat(found.count()).isEqualTo(grid.count(l, m));
        assertThat(found.noise()).isEqualTo(grid.noise(l, m));
      }
    }
    assertThat(grid.toTable().rowCount()).isEqualTo(eps.length * minSamples.length);
  }

  @Property(tries = 25)
  void aSingleRunIsAPlaceInTheGrid(
      @ForAll @IntRange(min = 2, max = 80) int n, @ForAll @IntRange(max = 1000) int seed) {
    java.util.Random random = new java.util.Random(seed);
    double[][] x = new double[n][2];
    for (double[] row : x) {
      row[0] = random.nextInt(12) / 4.0;
      row[1] = random.nextInt(12) / 4.0;
    }
    double[] eps = DbscanGrid.steps(0.25, 1.5, 6);
    DbscanGrid grid = DbscanGrid.of(x, eps, new int[] {2, 5});
    for (int l = 0; l < eps.length; l++) {
      for (int m = 0; m < 2; m++) {
        DbscanOptions options = DbscanOptions.of(eps[l], m == 0 ? 2 : 5);
        assertThat(grid.clusters(l, m).labels()).isEqualTo(Dbscan.fit(x, options).labels());
        assertThat(grid.clusters(l, m).labels()).isEqualTo(slow(x, options));
      }
    }
  }

  /** DBSCAN as its paper has it. */
  private static int[] slow(double[][] x, DbscanOptions options) {
    int n = x.length;
    boolean[][] near = new boolean[n][n];
    int[] count = new int[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        near[i][j] =
            Math.hypot(x[i][0] - x[j][0], x[i][1] - x[j][1]) <= options.eps() * (1 + 1e-12);
        count[i] += near[i][j] ? 1 : 0;
      }
    }
    int[] labels = new int[n];
    java.util.Arrays.fill(labels, -1);
    int next = 0;
    for (int i = 0; i < n; i++) {
      if (labels[i] < 0 && count[i] >= options.minSamples()) {
        java.util.ArrayDeque<Integer> open = new java.util.ArrayDeque<>(List.of(i));
        labels[i] = next;
        while (!open.isEmpty()) {
          int at = open.pop();
          for (int j = 0; j < n && count[at] >= options.minSamples(); j++) {
            if (near[at][j] && labels[j] < 0) {
              labels[j] = next;
              open.push(j);
            }
          }
        }
        next++;
      }
    }
    return labels;
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "moons", "aniso", "one", "single", "constant", "telephone"})
  void hdbscanAsScikitLearn(String set) {
    for (JsonNode one : read("density").get("hdbscan").get(set)) {
      HdbscanOptions options =
          HdbscanOptions.of(one.get("minClusterSize").intValue())
              .withMinSamples(one.get("minSamples").intValue())
              .withLeaves(one.get("leaf").booleanValue())
              .withAllowSingle(one.get("single").booleanValue());
      HdbscanClusters found = Hdbscan.fit(x(set), options);
      int[] expected = ints(one.get("labels"));
      assertThat(found.labels()).as("%s %s", set, options).containsExactly(expected);
      close(found.probabilities(), vector(one.get("probabilities")), 1e-9);
      assertThat(found.tree().get(0).size()).isEqualTo(expected.length);
    }
  }

  @Test
  void hdbscanOfEqualRows() {
    double[][] x = new double[12][2];
    for (int i = 6; i < 12; i++) {
      x[i][0] = 5;
    }
    HdbscanClusters found = Hdbscan.fit(x, HdbscanOptions.of(3));
    assertThat(found.labels()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    assertThat(found.probabilities()).containsOnly(1);
  }

  @Test
  void senselessSettingsAreSaid() {
    double[][] x = x("blobs");
    assertThat(Dbscan.fit(x, DbscanOptions.of(0.001, 5)).warnings())
        .singleElement()
        .asString()
        .contains("every row is noise: eps=0.001");
    assertThat(Dbscan.fit(x, DbscanOptions.of(1000, 5)).warnings())
        .singleElement()
        .asString()
        .contains("one cluster holds everything");
    Table unscaled =
        Table.create(
            "clips",
            DoubleColumn.create("zcr", 0.1, 0.2, 0.15, 0.3),
            DoubleColumn.create("rolloffHz", 900.0, 4000.0, 2500.0, 100.0),
            DoubleColumn.create("rms", 0.4, 0.1, 0.3, 0.2));
    assertThat(Dbscan.fit(unscaled, DbscanOptions.of(1, 2)).warnings().get(0))
        .contains("'rolloffHz' carries 100 % of the squared distances of 3 columns: scale");
    assertThat(Hdbscan.fit(x, HdbscanOptions.of(90)).warnings())
        .singleElement()
        .asString()
        .contains("every row is noise");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> DbscanOptions.of(0, 3)).hasMessageContaining("eps=0.0");
    assertThatThrownBy(() -> DbscanOptions.of(1, 0)).hasMessageContaining("minSamples=0");
    assertThatThrownBy(() -> KDistances.of(x("few"), 6))
        .hasMessageContaining("from 2 to the number of rows, 5");
    assertThatThrownBy(() -> Hdbscan.fit(x("few"), HdbscanOptions.of(2).withMinSamples(6)))
        .hasMessage("minSamples=6: must be at most the number of rows, 5");
    assertThatThrownBy(() -> Dbscan.fit(new double[][] {{0}, {1 / 0.0}}, DbscanOptions.of(1, 2)))
        .hasMessageContaining("Infinity at row 1, column 0");
  }
}
