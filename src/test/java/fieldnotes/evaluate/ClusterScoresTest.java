package fieldnotes.evaluate;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.ints;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static fieldnotes.cluster.Fixtures.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tools.jackson.databind.JsonNode;

class ClusterScoresTest {
  private static final double[][] LINE = {{0}, {1}, {10}, {12}};
  private static final int[] HALVES = {0, 0, 1, 1};

  @Test
  @DisplayName("0, 1 | 10, 12: the first row has a = 1, b = 11, so 10/11")
  void silhouetteByHand() {
    Silhouette s = Silhouette.of(LINE, HALVES);
    close(s.values(), new double[] {10 / 11.0, 9 / 10.0, 7.5 / 9.5, 9.5 / 11.5}, 1e-15);
    assertThat(s.misplaced()).isZero();
  }

  @Test
  @DisplayName("0, 1 | 10, 12: spreads 0.5 and 1, centres 10.5 apart; 110.25 between, 2.5 within")
  void separationByHand() {
    close(Separation.daviesBouldin(LINE, HALVES), 1.5 / 10.5, 1e-15, 0);
    close(Separation.calinskiHarabasz(LINE, HALVES), 110.25 / (2.5 / 2), 1e-14, 0);
  }

  @Test
  void agreementByHand() {
    Agreement same = Agreement.of(List.of("b", "a", "b"), new int[] {7, -1, 7});
    same.scores().values().forEach(v -> close(v, 1, 1e-12, 0));
    assertThat(same.contingency().columnNames())
        .containsExactly("class", "cluster -1", "cluster 7", "rows");
    Agreement split = Agreement.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 2, 2});
    close(split.homogeneity(), 1, 1e-12, 0);
    close(split.completeness(), Math.log(2) / (1.5 * Math.log(2)), 1e-15, 0);
    close(split.fowlkesMallows(), Math.sqrt(0.5), 1e-15, 0);
    assertThat(Agreement.of(new int[] {0, 0, 1, 1}, new int[4]).purity()).isEqualTo(0.5);
  }

  @Test
  @DisplayName("where no class is known there is nothing to agree with, not an ARI of 0")
  void nothingKnown() {
    Agreement none = Agreement.of(List.of("", " ", ""), new int[] {0, 1, 1});
    assertThat(none.known()).isFalse();
    assertThat(none.scores().values()).containsOnly(Double.NaN);
    assertThat(none).hasToString("no classes are known: nothing to compare 2 clusters with");
    assertThat(none.contingency().stringColumn("class").asList()).containsExactly("(none)");
    Agreement some = Agreement.of(List.of("a", "", ""), new int[] {0, 1, 1});
    assertThat(some.classes()).containsExactly("(none)", "a");
    assertThat(some.adjustedRand()).isEqualTo(1);
  }

  @Property(tries = 20)
  void onePassServesAllLabelings(@ForAll @IntRange(min = 3, max = 60) int n, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = new double[n][3];
    int[][] labels = new int[2][n];
    for (int i = 0; i < n; i++) {
      x[i] = random.doubles(3).toArray();
      labels[0][i] = i < 2 ? i : random.nextInt(2);
      labels[1][i] = i < 2 ? -1 : random.nextInt(Math.max(1, n / 2));
    }
    List<Silhouette> both = Silhouette.ofAll(x, Arrays.asList(labels));
    for (int l = 0; l < 2; l++) {
      for (int i = 0; i < n; i++) {
        close(both.get(l).values()[i], slow(x, labels[l], i), 1e-12, 1);
      }
    }
  }

  private static double slow(double[][] x, int[] labels, int i) {
    double inside = 0;
    double outside = Double.POSITIVE_INFINITY;
    for (int label : Arrays.stream(labels).distinct().toArray()) {
      double sum = 0;
      int count = 0;
      for (int j = 0; j < x.length; j++) {
        if (labels[j] == label && j != i) {
          double square = 0;
          for (int c = 0; c < x[i].length; c++) {
            square += (x[i][c] - x[j][c]) * (x[i][c] - x[j][c]);
          }
          sum += Math.sqrt(square);
          count++;
        }
      }
      if (label != labels[i]) {
        outside = Math.min(outside, sum / count);
      } else if (count == 0) {
        return 0;
      } else {
        inside = sum / count;
      }
    }
    return (outside - inside) / Math.max(inside, outside);
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
  void asScikitLearn(String set) {
    JsonNode expected = read("scores").get(set);
    double[][] x = x(set);
    for (JsonNode one : expected.get("cases")) {
      int[] labels = ints(one.get("labels"));
      Agreement agreement = Agreement.of(y(set), labels);
      JsonNode scores = one.get("agreement");
      close(agreement.homogeneity(), number(scores.get("homogeneity")), 1e-9, 1e-3);
      close(agreement.completeness(), number(scores.get("completeness")), 1e-9, 1e-3);
      close(agreement.vMeasure(), number(scores.get("vMeasure")), 1e-9, 1e-3);
      close(agreement.adjustedRand(), number(scores.get("adjustedRand")), 1e-9, 1e-3);
      close(agreement.mutualInformation(), number(scores.get("mutualInformation")), 1e-9, 1e-3);
      close(
          agreement.normalizedMutualInformation(),
          number(scores.get("normalizedMutualInformation")),
          1e-9,
          1e-3);
      close(
          agreement.adjustedMutualInformation(),
          number(scores.get("adjustedMutualInformation")),
          1e-9,
          1e-3);
      close(agreement.fowlkesMallows(), number(scores.get("fowlkesMallows")), 1e-9, 1e-3);
      close(agreement.purity(), number(scores.get("purity")), 1e-12, 0);
      if (one.has("silhouette")) {
        Silhouette silhouette = Silhouette.of(x, labels);
        double[] first = vector(one.get("silhouettes"));
        close(Arrays.copyOf(silhouette.values(), first.length), first, 1e-9);
        close(silhouette.mean(), number(one.get("silhouette")), 1e-9, 1e-3);
        close(Separation.daviesBouldin(x, labels), number(one.get("daviesBouldin")), 1e-9, 0);
        close(Separation.calinskiHarabasz(x, labels), number(one.get("calinskiHarabasz")), 1e-9, 0);
      }
    }
    if (expected.has("trustworthiness")) {
      double[][] line = Arrays.stream(x).map(row -> new double[] {row[0]}).toArray(double[][]::new);
      for (int k : new int[] {1, 5}) {
        double trust = number(expected.get("trustworthiness").get(Integer.toString(k)));
        close(Separation.trustworthiness(x, line, k), trust, 1e-12, 0);
      }
    }
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Silhouette.of(LINE, new int[4]))
        .hasMessageContaining("labels name 1 clusters of 4 rows");
    assertThatThrownBy(() -> Silhouette.of(LINE, new int[3]))
        .hasMessageContaining("x has 4 entries and labels has 3");
    assertThatThrownBy(() -> Separation.daviesBouldin(new double[][] {{1}, {Double.NaN}}, HALVES))
        .hasMessageContaining("NaN at row 1, column 0");
    assertThatThrownBy(() -> Separation.trustworthiness(LINE, LINE, 2))
        .hasMessageContaining("below half of the 4 rows");
    assertThatThrownBy(() -> Agreement.of(new int[0], new int[0]))
        .hasMessageContaining("labels is empty");
  }

  @Test
  @DisplayName("classes that are numbers have the same names in every country")
  void numbersAsClasses() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      int[] labels = {0, 1, 0};
      assertThat(Agreement.of(IntColumn.create("c", 1, 2, 1), labels).classes())
          .containsExactly("1", "2");
      assertThat(Agreement.of(DoubleColumn.create("c", 1, 2.5, 1), labels).classes())
          .containsExactly("1", "2.5");
    } finally {
      Locale.setDefault(before);
    }
  }
}
