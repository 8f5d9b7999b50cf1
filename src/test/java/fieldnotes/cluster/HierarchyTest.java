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

import fieldnotes.evaluate.Agreement;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class HierarchyTest {
  private static final double[][] LINE = {{0}, {1}, {10}, {12}};

  @Test
  @DisplayName("0, 1 | 10, 12: merged at 1, at 2, and at 9 (nearest), 12 (farthest) or 10.5 (mean)")
  void handWorked() {
    double[][] nearest = {{0, 1, 1, 2}, {2, 3, 2, 2}, {4, 5, 9, 4}};
    close(Hierarchy.of(LINE, Linkage.SINGLE).linkage(), nearest, 1e-15);
    assertThat(Hierarchy.of(LINE, Linkage.COMPLETE).heights()).containsExactly(1, 2, 12);
    assertThat(Hierarchy.of(LINE, Linkage.AVERAGE).heights()).containsExactly(1, 2, 10.5);
    assertThat(Hierarchy.of(LINE, Linkage.CENTROID).heights()).containsExactly(1, 2, 10.5);
    // ward: √(2·2·2/4)·10.5
    close(Hierarchy.of(LINE, Linkage.WARD).heights()[2], Math.sqrt(2) * 10.5, 1e-15, 0);
    assertThat(Hierarchy.of(LINE, Linkage.SINGLE).cutInto(2)).containsExactly(0, 0, 1, 1);
    assertThat(Hierarchy.of(LINE, Linkage.SINGLE).cutAt(1.5)).containsExactly(0, 0, 1, 2);
    assertThat(Hierarchy.of(LINE, Linkage.SINGLE).leaves()).containsExactly(0, 1, 2, 3);
    assertThat(Hierarchy.of(LINE, Linkage.SINGLE).heightFor(2)).isEqualTo(5.5);
  }

  @ParameterizedTest
  @EnumSource(Linkage.class)
  void asSciPy(Linkage method) {
    JsonNode all = read("linkage");
    for (String set :
        new String[] {
          "blobs",
          "moons",
          "aniso",
          "duplicates",
          "ties",
          "one",
          "few",
          "single",
          "wide",
          "telephone"
        }) {
      JsonNode expected = all.get(set).get(method.label());
      double[][] data = x(set);
      double[][] x = Arrays.copyOf(data, Math.min(60, data.length));
      Hierarchy found = Hierarchy.of(x, method);
      if (!expected.has("linkage")) {
        if (method == Linkage.SINGLE) {
          close(found.heights(), vector(expected.get("heights")), 1e-9);
        }
        // With equal distances there are several right answers; each has as many merges, and the
        // same number of them at height 0.
        assertThat(Arrays.stream(found.heights()).filter(h -> h < 1e-9).count())
            .isEqualTo(
                Arrays.stream(vector(expected.get("heights"))).filter(h -> h < 1e-9).count());
        continue;
      }
      close(found.linkage(), matrix(expected.get("linkage")), 1e-9);
      assertThat(found.leaves()).isEqualTo(ints(expected.get("leaves")));
      double cophenetic = number(expected.get("cophenetic"));
      close(found.copheneticCorrelation(x), cophenetic, 1e-9, 0);
      int[] byCount = ints(expected.get("byCount"));
      assertThat(Agreement.of(byCount, found.cutInto(4)).adjustedRand()).isEqualTo(1.0);
      double[] sorted = vector(expected.get("heights"));
      Arrays.sort(sorted);
      int half = sorted.length / 2;
      double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
      int[] byHeight = ints(expected.get("byHeight"));
      assertThat(Agreement.of(byHeight, found.cutAt(median * (1 + 1e-12))).adjustedRand())
          .isEqualTo(1.0);
    }
  }

  @Test
  void inversionsAreSaid() {
    // An almost equilateral triangle: the third point is nearer to the centre of the first two.
    double[][] x = {{0, 0}, {1, 0}, {0.5, 0.87}};
    Hierarchy centroid = Hierarchy.of(x, Linkage.CENTROID);
    assertThat(centroid.inversions()).isEqualTo(1);
    assertThat(centroid.warnings()).singleElement().asString().contains("inversions");
    assertThat(centroid.cutAt(0.95)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(Hierarchy.of(x, Linkage.WARD).inversions()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Linkage.class,
      names = {"WARD", "SINGLE", "CENTROID", "MEDIAN"})
  void withoutStoredDistancesAsWithThem(Linkage method) {
    // More rows than one block holds, so that merged rows are cleared away many times.
    java.util.Random random = new java.util.Random(1);
    double[][] x = new double[400][3];
    for (double[] row : x) {
      for (int j = 0; j < 3; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double[][] found = Hierarchy.of(x, method).linkage();
    close(found, slow(x, method), 1e-9);
  }

  /** The definition: merge the nearest two clusters, by the Lance–Williams update. */
  private static double[][] slow(double[][] x, Linkage method) {
    int n = x.length;
    double[][] d = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < x[i].length; c++) {
          d[i][j] += (x[i][c] - x[j][c]) * (x[i][c] - x[j][c]);
        }
      }
    }
    int[] node = new int[n];
    double[] size = new double[n];
    boolean[] gone = new boolean[n];
    for (int i = 0; i < n; i++) {
      node[i] = i;
      size[i] = 1;
    }
    double[][] linkage = new double[n - 1][];
    for (int m = 0; m < n - 1; m++) {
      int p = -1;
      int q = -1;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i && !gone[i]; j++) {
          if (!gone[j] && (p < 0 || d[i][j] < d[p][q])) {
            p = i;
            q = j;
          }
        }
      }
      double between = d[p][q];
      linkage[m] =
          new double[] {
            Math.min(node[p], node[q]),
            Math.max(node[p], node[q]),
            Math.sqrt(between),
            size[p] + size[q]
          };
      gone[q] = true;
      double total = size[p] + size[q];
      for (int k = 0; k < n; k++) {
        if (!gone[k] && k != p) {
          double now =
              switch (method) {
                case SINGLE -> Math.min(d[p][k], d[q][k]);
                case WARD ->
                    ((size[p] + size[k]) * d[p][k]
                            + (size[q] + size[k]) * d[q][k]
                            - size[k] * between)
                        / (total + size[k]);
                case CENTROID ->
                    (size[p] * d[p][k] + size[q] * d[q][k]) / total
                        - size[p] * size[q] * between / (total * total);
                default -> (d[p][k] + d[q][k]) / 2 - between / 4;
              };
          d[p][k] = now;
          d[k][p] = now;
        }
      }
      size[p] = total;
      node[p] = n + m;
    }
    return linkage;
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Hierarchy.of(new double[][] {{1}}, Linkage.WARD))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Hierarchy.of(LINE, Linkage.WARD).cutInto(5))
        .hasMessageContaining("count=5: must be from 1 to the number of rows, 4");
    assertThatThrownBy(() -> Hierarchy.of(new double[][] {{1}, {Double.NaN}}, Linkage.WARD))
        .hasMessageContaining("NaN at row 1");
  }
}
