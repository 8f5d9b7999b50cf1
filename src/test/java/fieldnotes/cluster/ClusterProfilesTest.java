package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterProfilesTest {
  private static final Matrix FEATURES =
      Matrix.of(
          List.of("pitch", "still"), new double[][] {{1, 5}, {2, 5}, {6, 5}, {10, 5}, {12, 5}});
  private static final int[] LABELS = {0, 0, 0, 1, 1};

  private static ClusterProfiles profiles() {
    return ClusterProfiles.of(FEATURES, FEATURES, LABELS);
  }

  @Test
  @DisplayName("1, 2, 6 and 10, 12: means 3 and 11, 8 apart, which is 1.90 deviations")
  void handWorked() {
    ClusterProfiles p = profiles();
    assertThat(p.sizes()).containsExactly(3, 2);
    assertThat(p.means()).isDeepEqualTo(new double[][] {{3, 5}, {11, 5}});
    close(p.deviations()[0][0], Math.sqrt(14 / 3.0), 1e-12, 0);
    // All: mean 6.2, variance (27.04 + 17.64 + 0.04 + 14.44 + 33.64) / 5 = 18.56.
    close(p.differences()[0][0], -8 / Math.sqrt(18.56), 1e-12, 0);
    close(p.differences()[1][0], 8 / Math.sqrt(18.56), 1e-12, 0);
    assertThat(p.differences()[0][1]).isZero();
    // From 2 to 1 and 6 it is 5, from 1 it is 6, from 6 it is 9.
    assertThat(p.medoid(0)).isEqualTo(1);
    assertThat(p.members(0)).containsExactly(1, 0, 2);
    assertThat(p.nearness()).containsExactly(1, 0, 4, 0, 2);
    assertThat(p.telling(0)).containsExactly(0, 1);
    assertThat(p.summary().stringColumn("set apart by").asList())
        .containsExactly("pitch -1.9", "pitch +1.9");
    assertThat(p.toTable().rowCount()).isEqualTo(4);
    assertThat(p.toTable(1).name()).isEqualTo("cluster 1");
    assertThat(p).hasToString("profiles of 2 clusters of [3, 2] rows by 2 features");
  }

  @Test
  void examplesBeginWithTheMedoidAndComeOnceEach() {
    double[][] x = x("blobs");
    int[] labels = KMeans.fit(x, KMeansOptions.of(3, 1)).labels();
    ClusterProfiles p = ClusterProfiles.of(Matrix.of(x), Matrix.of(x), labels);
    for (int c = 0; c < 3; c++) {
      int cluster = c;
      int[] five = p.examples(c, 5, 7);
      assertThat(five).hasSize(5).doesNotHaveDuplicates().startsWith(p.medoid(c));
      assertThat(five).isEqualTo(p.examples(c, 5, 7));
      assertThat(Arrays.stream(five).map(i -> labels[i]).toArray()).containsOnly(cluster);
      double least =
          Arrays.stream(p.members(c)).mapToDouble(i -> far(x, labels, i)).min().orElse(0);
      close(far(x, labels, p.medoid(c)), least, 1e-12, 0);
    }
    assertThat(p.examples(0, 10_000, 7)).hasSize(p.sizes()[0]);
  }

  private static double far(double[][] x, int[] labels, int i) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      if (labels[j] == labels[i]) {
        double square = 0;
        for (int c = 0; c < x[i].length; c++) {
          square += (x[i][c] - x[j][c]) * (x[i][c] - x[j][c]);
        }
        sum += Math.sqrt(square);
      }
    }
    return sum;
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> profiles().medoid(2)).hasMessage("cluster=2: must be one of [0, 1]");
    assertThatThrownBy(() -> ClusterProfiles.of(FEATURES, FEATURES, new int[4]))
        .hasMessage("features has 5 entries and labels has 4: they must be equally long");
    assertThatThrownBy(
            () ->
                ClusterProfiles.of(
                    Matrix.of(new double[][] {{1}, {Double.NaN}}),
                    Matrix.of(new double[][] {{1}, {2}}),
                    new int[2]))
        .hasMessageContaining("features has NaN at row 1, column 'x0'");
    ClusterProfiles one = ClusterProfiles.of(FEATURES, FEATURES, new int[5]);
    assertThat(one.differences()[0]).containsOnly(Double.NaN);
  }
}
