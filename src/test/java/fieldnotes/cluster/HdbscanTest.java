package fieldnotes.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HdbscanTest {
  private static HdbscanOptions options(JsonNode one) {
    return HdbscanOptions.of(one.get("minClusterSize").intValue())
        .withMinSamples(one.get("minSamples").intValue())
        .withLeaves(one.get("leaves").booleanValue())
        .withAllowSingle(one.get("allowSingle").booleanValue());
  }

  @Test
  @DisplayName("two groups: that of row 0 is cluster 0, wherever it lies")
  void numbersFollowTheRows() {
    double[][] x = {{9}, {9.1}, {9.2}, {9.3}, {0}, {0.3}, {0.6}, {0.9}};
    assertThat(Hdbscan.fit(x, HdbscanOptions.of(3)).labels())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  @DisplayName("nothing splits: a single cluster may be found by stability, never among leaves")
  void leavesWhereNothingSplits() {
    double[][] x = {{0}, {1}, {2}, {3}, {4}, {5}};
    HdbscanOptions single = HdbscanOptions.of(4).withMinSamples(2).withAllowSingle(true);
    assertThat(Hdbscan.fit(x, single).labels()).containsOnly(0);
    assertThat(Hdbscan.fit(x, single.withLeaves(true)).labels()).containsOnly(-1);
  }

  @Test
  @DisplayName("fewer rows than the smallest cluster has: all are noise, and a warning says so")
  void fewRows() {
    for (int n : new int[] {1, 2, 4}) {
      for (boolean single : new boolean[] {false, true}) {
        HdbscanClusters few =
            Hdbscan.fit(new double[n][2], HdbscanOptions.of(5).withAllowSingle(single));
        assertThat(few.labels()).hasSize(n).containsOnly(-1);
        assertThat(few.probabilities()).containsOnly(0);
        assertThat(few.count()).isZero();
        assertThat(few.warnings())
            .containsExactly(
                "every row is noise: minClusterSize=5 is above the number of rows, " + n);
      }
    }
    assertThatThrownBy(() -> Hdbscan.fit(new double[4][1], HdbscanOptions.of(3).withMinSamples(5)))
        .hasMessage("minSamples=5: must be at most the number of rows, 4");
  }

  /**
   * Written by src/test/python/hdbscan_fixtures.py; with {@code -Dfieldnotes.hdbscan=FILE} more of
   * them are read from a file that it wrote.
   */
  @Test
  @DisplayName("labels, their numbers and the probabilities as scikit-learn, on random data")
  void asScikitLearn() {
    String more = System.getProperty("fieldnotes.hdbscan");
    JsonNode cases =
        more == null
            ? Fixtures.read("hdbscan")
            : JsonMapper.builder().build().readTree(Path.of(more).toFile());
    List<String> other = new ArrayList<>();
    for (int c = 0; c < cases.size(); c++) {
      JsonNode one = cases.get(c);
      double[][] x = Fixtures.matrix(one.get("x"));
      if (x.length < one.get("minClusterSize").intValue()) {
        continue; // all noise here, one cluster there if a single one is allowed
      }
      HdbscanClusters found = Hdbscan.fit(x, options(one));
      double[] expected = Fixtures.vector(one.get("probabilities"));
      boolean same = Arrays.equals(found.labels(), Fixtures.ints(one.get("labels")));
      for (int i = 0; i < expected.length; i++) {
        same &= Math.abs(found.probabilities()[i] - expected[i]) < 1e-9;
      }
      if (!same) {
        other.add("case %d (%s, %s)".formatted(c, one.get("kind").asString(), options(one)));
      }
    }
    assertThat(other).as("different, of %d", cases.size()).isEmpty();
  }
}
