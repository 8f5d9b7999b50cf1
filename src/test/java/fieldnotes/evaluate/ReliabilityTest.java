package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ReliabilityTest {
  private static Outcome.Classes outcome(String truth, double[] ofA, double[] weights) {
    double[][] p =
        Arrays.stream(ofA).mapToObj(a -> new double[] {a, 1 - a}).toArray(double[][]::new);
    return new Outcome.Classes(
        Arrays.asList(truth.split("")), new Classified(List.of("a", "b"), p), weights);
  }

  @Test
  @DisplayName(
      "0.1 and 0.3 do not come true, 0.9 does: two rows 0.2 off and one 0.1, in the mean 0.5 / 3")
  void byHand() {
    Reliability of = Reliability.of(outcome("bba", new double[] {0.1, 0.3, 0.9}, null), "a", 2);
    assertThat(of.bins())
        .containsExactly(
            new Reliability.Bin(0, 0.5, 2, 2, 0.2, 0), new Reliability.Bin(0.5, 1, 1, 1, 0.9, 1));
    assertThat(of.expectedError()).isCloseTo(0.5 / 3, Offset.offset(1e-15));
    assertThat(of.largestError()).isEqualTo(0.2);
    assertThat(of.toTable().columnNames())
        .containsExactly("from", "to", "rows", "predicted", "observed");
    assertThat(of)
        .hasToString("reliability of a: expected error 0.1667, largest 0.2000, in 2 bins");
  }

  @Test
  @DisplayName("the likeliest class: said with 0.9, 0.7 and 0.9, right, wrong and right")
  void likeliest() {
    Outcome.Classes outcome = outcome("bba", new double[] {0.1, 0.7, 0.9}, null);
    Reliability of = Reliability.ofLikeliest(outcome, 10);
    assertThat(of.bins()).hasSize(2);
    assertThat(of.expectedError()).isCloseTo((0.7 + 2 * 0.1) / 3, Offset.offset(1e-15));
  }

  @Test
  @DisplayName("a row of weight 3 is three rows, one of weight 0 none")
  void weights() {
    Outcome.Classes weighted =
        outcome("abab", new double[] {0.2, 0.3, 0.7, 0.9}, new double[] {3, 1, 1, 0});
    Outcome.Classes repeated = outcome("aaaba", new double[] {0.2, 0.2, 0.2, 0.3, 0.7}, null);
    assertThat(Reliability.of(weighted, "a", 4).expectedError())
        .isCloseTo(Reliability.of(repeated, "a", 4).expectedError(), Offset.offset(1e-15));
  }

  @Test
  void invalid() {
    Outcome.Classes outcome = outcome("ab", new double[] {0.2, 0.7}, null);
    assertThatThrownBy(() -> Reliability.of(outcome, "c", 5))
        .hasMessage("no class 'c' was predicted; there are [a, b]");
    assertThatThrownBy(() -> Reliability.of(outcome, "a", 0)).hasMessageContaining("bins=0");
    Classified scores =
        new Classified(List.of("a", "b"), new int[] {1}, new double[][] {{-3, 3}}, false);
    assertThatThrownBy(() -> Reliability.of(new Outcome.Classes(List.of("a"), scores), "a", 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("calibrate");
  }

  static Stream<JsonNode> curves() {
    return Reference.read("reliability").valueStream();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void agreesWithScikitLearn(JsonNode one) {
    double[] p = one.get("probabilities").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    StringBuilder truth = new StringBuilder();
    one.get("inside").valueStream().forEach(in -> truth.append(in.asInt() == 1 ? 'a' : 'b'));
    Outcome.Classes outcome = outcome(truth.toString(), p, null);
    int bins = one.get("bins").asInt();
    Reliability of =
        one.get("quantile").asBoolean()
            ? Reliability.ofQuantiles(outcome, "a", bins)
            : Reliability.of(outcome, "a", bins);
    assertThat(of.bins().stream().mapToDouble(Reliability.Bin::observed).toArray())
        .containsExactly(numbers(one.get("true")), Offset.offset(1e-12));
    assertThat(of.bins().stream().mapToDouble(Reliability.Bin::predicted).toArray())
        .containsExactly(numbers(one.get("predicted")), Offset.offset(1e-12));
  }

  private static double[] numbers(JsonNode node) {
    return node.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }
}
