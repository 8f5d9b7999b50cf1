package fieldnotes.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.model.Learner;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DummyNumberTest {
  private static Samples rows(double... target) {
    return Samples.of(Matrix.of(new double[target.length][1]), target);
  }

  @Test
  @DisplayName("1, 2, 3 and 10: mean 4, median 2.5, third quartile 4.75, or any number")
  void byHand() {
    Samples rows = rows(1, 10, 2, 3);
    assertThat(Regressors.dummyMean().fit(rows).predict(rows)).containsExactly(4, 4, 4, 4);
    assertThat(Regressors.dummyMedian().fit(rows).number()).isEqualTo(2.5);
    assertThat(Regressors.dummyQuantile(0.75).fit(rows).number()).isEqualTo(4.75);
    assertThat(Regressors.dummyQuantile(1).fit(rows).number()).isEqualTo(10);
    assertThat(Regressors.dummyConstant(-7).fit(rows).number()).isEqualTo(-7);
    double[] weights = {1, 0, 0, 3};
    assertThat(Regressors.dummyMean().fit(rows.withWeights(weights)).number()).isEqualTo(2.5);
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = DummyNumberTest.class.getResourceAsStream("/classify/" + name)) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  void agreesWithScikitLearn() throws IOException {
    JsonNode tables = read("linear_tables.json");
    for (JsonNode one : read("linear_numbers.json")) {
      JsonNode table = tables.get(one.get("table").asString());
      double[] target =
          table.get("x").valueStream().mapToDouble(r -> r.get(0).asDouble()).toArray();
      Samples rows = rows(target);
      if (one.get("weighted").asBoolean()) {
        JsonNode weights = table.get("weights");
        rows = rows.withWeights(weights.valueStream().mapToDouble(JsonNode::asDouble).toArray());
      }
      Learner<double[], DummyNumberModel> how =
          switch (one.get("kind").asString()) {
            case "mean" -> Regressors.dummyMean();
            case "median" -> Regressors.dummyMedian();
            default -> Regressors.dummyQuantile(one.get("quantile").asDouble());
          };
      double largest = Arrays.stream(target).map(Math::abs).max().orElse(0);
      assertThat(how.fit(rows).number())
          .as("%s", one)
          .isCloseTo(one.get("says").asDouble(), within(1e-14 * largest));
    }
  }

  @Test
  void badOptions() {
    assertThatThrownBy(() -> Regressors.dummyQuantile(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantile=1.1: must be 0 to 1");
    assertThatThrownBy(() -> Regressors.dummyConstant(Double.NaN)).hasMessageContaining("NaN");
    Samples weighted = rows(1, 2).withWeights(new double[] {1, 2});
    assertThatThrownBy(() -> Regressors.dummyMedian().fit(weighted))
        .hasMessageContaining("a baseline by quantile does not support them");
  }
}
