package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.Network.Activation;
import fieldnotes.classify.Network.Schedule;
import fieldnotes.classify.Network.Sgd;
import fieldnotes.classify.Network.Stopping;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Softmax;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class NetworkTest {
  static Stream<JsonNode> cases() {
    return DrawnRows.cases("networks", "network");
  }

  private static double number(JsonNode options, String name, double otherwise) {
    return options.has(name) ? options.get(name).asDouble() : otherwise;
  }

  private static Network learner(long seed, JsonNode options) {
    Network learner = Classifiers.network(seed).withAlpha(number(options, "alpha", 1e-4));
    if (options.has("hidden_layer_sizes")) {
      learner = learner.withHidden(DrawnRows.wholes(options.get("hidden_layer_sizes")));
    }
    if (options.has("activation")) {
      learner =
          learner.withActivation(
              Activation.valueOf(options.get("activation").asString().toUpperCase(Locale.ROOT)));
    }
    if (options.has("batch_size")) {
      learner = learner.withBatch(options.get("batch_size").asInt());
    }
    double rate = number(options, "learning_rate_init", 1e-3);
    Schedule schedule =
        switch (options.has("learning_rate") ? options.get("learning_rate").asString() : "") {
          case "invscaling" -> Schedule.INVERSE;
          case "adaptive" -> Schedule.ADAPTIVE;
          default -> Schedule.CONSTANT;
        };
    learner =
        options.has("solver")
            ? learner.withDescent(
                new Sgd(
                    rate,
                    schedule,
                    number(options, "momentum", 0.9),
                    !options.has("nesterovs_momentum")))
            : learner.withAdam(rate);
    return learner.withStopping(
        new Stopping(
            options.get("max_iter").asInt(),
            number(options, "tol", 1e-4),
            10,
            options.has("early_stopping") ? 0.1 : 0));
  }

  @Test
  @DisplayName("one step of gradient descent on two rows without hidden layer")
  void handWorked() {
    Samples rows = Samples.of(Matrix.of(new double[][] {{1}, {-1}}), List.of("a", "b"));
    NetworkModel model =
        Classifiers.network(5)
            .withHidden()
            .withAlpha(0)
            .withDescent(new Sgd(0.5, Schedule.CONSTANT, 0, false))
            .withMaxEpochs(1)
            .fit(rows);
    NumpyRandom random = NumpyRandom.of(5);
    double w = random.uniform(-Math.sqrt(3), Math.sqrt(3));
    double b = random.uniform(-Math.sqrt(3), Math.sqrt(3));
    double first = Softmax.sigmoid(w + b);
    double second = Softmax.sigmoid(-w + b);
    assertThat(model.losses()[0])
        .isCloseTo(-(Math.log(1 - first) + Math.log(second)) / 2, within(1e-15));
    double slope = (first - (second - 1)) / 2;
    assertThat(model.layers().getFirst().weights()[0][0]).isCloseTo(w - 0.5 * slope, within(1e-15));
    assertThat(model.layers().getFirst().intercepts()[0])
        .isCloseTo(b - 0.5 * (first + second - 1) / 2, within(1e-15));
    assertThat(model.converged()).isFalse();
    assertThat(model.toString())
        .startsWith(
            "network of no hidden layer, alpha 0.0, batches of 200, gradient descent of rate 0.5,"
                + " momentum 0.0, at most 1 epochs, seed 5: loss ")
        .endsWith(" after 1 epochs, not converged: allow more with withMaxEpochs(…)");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossesAndProbabilitiesAreThoseOfScikitLearn(JsonNode expected) {
    DrawnRows drawn = DrawnRows.of(expected);
    NetworkModel model =
        learner(expected.get("seed").asInt() + 40, expected.get("options"))
            .fit(drawn.rows(expected.get("weighted").asBoolean()));
    assertThat(model.losses())
        .containsExactly(DrawnRows.numbers(expected.get("losses")), within(1e-9));
    assertThat(model.converged()).isEqualTo(expected.get("converged").asBoolean());
    SupportVectorsTest.near(
        model.predict(drawn.unseen()).probabilities(),
        DrawnRows.matrix(expected.get("probabilities")),
        1e-9);
  }

  @Test
  @DisplayName("products of many rows are the same on one thread and on eight")
  void threads() {
    Samples rows = DrawnRows.of(3, 700, 30, 3).rows();
    Network learner = Classifiers.network(2).withBatch(600).withMaxEpochs(3);
    String before = System.getProperty("fieldnotes.threads");
    try {
      System.setProperty("fieldnotes.threads", "1");
      NetworkModel one = learner.fit(rows);
      System.setProperty("fieldnotes.threads", "8");
      assertThat(learner.fit(rows)).isEqualTo(one);
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", before);
      }
    }
  }

  @Test
  void badInput() {
    Samples rows = DrawnRows.of(3, 15, 3, 3).rows();
    Network learner = Classifiers.network(2);
    assertThatThrownBy(() -> learner.withHidden(3, 0)).hasMessage("units=0: must be at least 1");
    assertThatThrownBy(() -> learner.withMaxEpochs(0))
        .hasMessage("maxEpochs=0: must be at least 1");
    assertThatThrownBy(() -> learner.withStopping(new Stopping(5, 1e-4, 10, 0.05)).fit(rows))
        .hasMessage("heldBack=0.05 of 15 rows is 1: hold back at least 2 rows");
    assertThatThrownBy(() -> learner.withSgd(1e200).withMaxEpochs(9).fit(rows))
        .hasMessageContaining("the loss became ")
        .hasMessageContaining("scale the columns first (Scaler.standard()) or lower the rate");
  }
}
