package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.NearestNeighbours.Distance;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class NearestTest {
  private static final Samples ROWS =
      Samples.of(
          Matrix.of(new double[][] {{0, 0}, {3, 4}, {0, 1}, {6, 8}}), List.of("a", "b", "a", "b"));

  static Stream<JsonNode> cases() {
    return DrawnRows.cases("neighbours", "neighbours");
  }

  private static NearestNeighbours learner(JsonNode options) {
    NearestNeighbours learner =
        Classifiers.nearest(options.has("n_neighbors") ? options.get("n_neighbors").asInt() : 5);
    if (options.has("weights")) {
      learner = learner.withVotesByDistance();
    }
    if (options.has("p")) {
      return learner.withMinkowski(options.get("p").asDouble());
    }
    return options.has("metric")
        ? learner.withDistance(
            Distance.valueOf(options.get("metric").asString().toUpperCase(Locale.ROOT)))
        : learner;
  }

  @Test
  @DisplayName("at (3, 0) the rows are at 3, 4, √10 and √73: a, a and b are the nearest three")
  void handWorked() {
    Matrix query = Matrix.of(new double[][] {{3, 0}, {0, 0}});
    Classified even = Classifiers.nearest(3).fit(ROWS).predict(query);
    assertThat(even.probabilities()[0]).containsExactly(2 / 3.0, 1 / 3.0);
    NearestModel model = Classifiers.nearest(3).withVotesByDistance().fit(ROWS);
    double a = 1 / 3.0 + 1 / Math.sqrt(10);
    assertThat(model.predict(query).probabilities()[0])
        .containsExactly(new double[] {a / (a + 0.25), 0.25 / (a + 0.25)}, within(1e-15));
    assertThat(model.predict(query).probabilities()[1])
        .as("only the row at distance 0 votes")
        .containsExactly(1, 0);
    assertThat(model).hasToString("3 nearest rows, votes by distance of 4 rows, 2 columns");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilitiesAreThoseOfScikitLearn(JsonNode expected) {
    DrawnRows drawn = DrawnRows.of(expected);
    Matrix queries =
        Matrix.of(
            Stream.concat(
                    Stream.of(drawn.rows().matrix().values()).limit(2),
                    Stream.of(drawn.unseen().values()))
                .toArray(double[][]::new));
    Classified said = learner(expected.get("options")).fit(drawn.rows()).predict(queries);
    SupportVectorsTest.near(
        said.probabilities(), DrawnRows.matrix(expected.get("probabilities")), 1e-12);
    assertThat(said.codes()).containsExactly(DrawnRows.wholes(expected.get("codes")));
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  @DisplayName("by any distance a row is nearest to itself, and of equally near ones the first is")
  void itself(Distance distance) {
    Samples rows = DrawnRows.of(4, 37, 3, 3).rows();
    int[] twice = java.util.stream.IntStream.range(0, 74).map(i -> i % 37).toArray();
    NearestModel model = Classifiers.nearest(1).withDistance(distance).fit(rows.rows(twice));
    assertThat(model.predict(rows).labels()).isEqualTo(rows.classes());
  }

  @Test
  void minkowskiOfPowerOneIsManhattan() {
    DrawnRows drawn = DrawnRows.of(9, 100, 4, 3);
    NearestNeighbours learner = Classifiers.nearest(9).withVotesByDistance();
    SupportVectorsTest.near(
        learner.withMinkowski(1).fit(drawn.rows()).predict(drawn.unseen()).probabilities(),
        learner
            .withDistance(Distance.MANHATTAN)
            .fit(drawn.rows())
            .predict(drawn.unseen())
            .probabilities(),
        1e-12);
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> Classifiers.nearest(5).fit(ROWS))
        .hasMessage("k=5: there are 4 rows only; choose a smaller k");
    assertThatThrownBy(() -> Classifiers.nearest(0)).hasMessage("k=0: must be at least 1");
    assertThatThrownBy(() -> Classifiers.nearest(3).withMinkowski(0.5))
        .hasMessageContaining("power=0.5: must be at least 1");
    assertThatThrownBy(
            () -> Classifiers.nearest(3).fit(ROWS.withWeights(new double[] {1, 2, 1, 1})))
        .hasMessageContaining("3 nearest rows does not support them");
    assertThatThrownBy(
            () ->
                Classifiers.nearest(3)
                    .fit(ROWS)
                    .predict(Matrix.of(new double[][] {{1, 1}, {1e200, 0}})))
        .hasMessage("the distances are Infinity at row 1: scale the columns first");
  }

  @ParameterizedTest(name = "columns × {0} ± {1}, queries × {2}")
  @CsvSource({
    "1, 0, 1",
    "1e-3, 1e6, 1",
    "1e-8, 1, 1",
    "1e-160, 0, 1",
    "1e-120, 0, 1e20",
    "1e120, 0, 1",
    "1, 0, 1e20",
    "1, 1e14, 1",
    "1e-4, 1, 1",
    "0.1, 0, 1e8"
  })
  @DisplayName("bounds of distances leave out none of the nearest, of any size and any place")
  void bounds(double scale, double offset, double far) {
    Random random = new Random(5);
    double[][] x = new double[411][7];
    for (double[] row : x) {
      boolean coarse = random.nextBoolean(); // equal distances
      double place = random.nextBoolean() ? offset : -offset;
      for (int j = 0; j < row.length; j++) {
        double value = coarse ? random.nextInt(3) : random.nextGaussian();
        row[j] = value * scale + place;
      }
    }
    double[][] queries = new double[70][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = x[random.nextInt(x.length)].clone();
      if (i % 3 > 0) {
        queries[i][random.nextInt(7)] += random.nextGaussian() * scale * (i % 3 == 1 ? 1 : far);
      }
    }
    int[][] index = new int[queries.length][9];
    double[][] distance = new double[queries.length][9];
    RowDistances.of(Classifiers.nearest(9), x).nearest(queries, 0, queries.length, index, distance);
    for (int i = 0; i < queries.length; i++) {
      double[] squared = new double[x.length];
      for (int r = 0; r < x.length; r++) {
        squared[r] = Points.between(queries[i], x[r]);
      }
      int[] nearest =
          IntStream.range(0, x.length)
              .boxed()
              .sorted(
                  Comparator.comparingDouble(r -> squared[r])) // stable: the first of equal ones
              .limit(9)
              .mapToInt(r -> r)
              .toArray();
      assertThat(index[i]).as("query %d", i).isEqualTo(nearest);
      assertThat(distance[i][8]).isEqualTo(Math.sqrt(squared[nearest[8]]));
    }
  }
}
