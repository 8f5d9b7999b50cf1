package fieldnotes.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.SeededKMeansOptions.Start;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SeededKMeansTest {
  @Test
  void kMeansByHand() {
    double[][] x = {{0, 0}, {0, 1}, {10, 0}, {10, 1}};
    SeededKMeans found = SeededKMeans.fit(x, SeededKMeansOptions.of(2, 42));
    assertThat(found.inertia()).isEqualTo(1);
    assertThat(found.sizes()).containsExactly(2, 2);
    assertThat(SeededKMeans.fit(x, SeededKMeansOptions.of(4, 42)).inertia()).isZero();
    assertThatThrownBy(() -> SeededKMeans.fit(x, SeededKMeansOptions.of(5, 42)))
        .hasMessage("clusters=5: must be at most the number of rows, 4");
  }

  @Test
  @DisplayName("on a grid full of ties every row is with its nearest centre, and rounds lower sums")
  void kMeansOnAGrid() {
    double[][] x = new double[900][];
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {i % 30 * 0.01, Math.floor(i / 30.0) / 100 + 1000};
    }
    for (int clusters : new int[] {1, 2, 7, 40}) {
      var options = SeededKMeansOptions.of(clusters, clusters).withStart(Start.BOOK);
      SeededKMeans found = SeededKMeans.fit(x, options);
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
