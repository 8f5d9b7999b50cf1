package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.Kernel.Gamma;
import fieldnotes.evaluate.Classified;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SupportVectorsTest {
  @TempDir Path folder;

  static Stream<JsonNode> cases() {
    return DrawnRows.cases("svm", "svc");
  }

  static Kernel kernel(JsonNode options, String otherwise) {
    String name = options.has("kernel") ? options.get("kernel").asString() : otherwise;
    Gamma gamma =
        !options.has("gamma") || options.get("gamma").asString().equals("scale")
            ? Gamma.SCALE
            : options.get("gamma").isNumber()
                ? Gamma.of(options.get("gamma").asDouble())
                : Gamma.AUTO;
    double offset = options.has("coef0") ? options.get("coef0").asDouble() : 0;
    return switch (name) {
      case "linear" -> Kernel.linear();
      case "rbf" -> Kernel.rbf(gamma);
      case "poly" -> Kernel.polynomial(options.get("degree").asInt(), gamma, offset);
      case "sigmoid" -> Kernel.sigmoid(gamma, offset);
      case "own" -> Kernel.own("intersection", SupportVectorsTest::intersection);
      default -> throw new IllegalStateException(name);
    };
  }

  private static double intersection(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += Math.min(a[c], b[c]);
    }
    return sum;
  }

  private static SupportVectorMachine learner(JsonNode options) {
    SupportVectorMachine learner = Classifiers.supportVectors().withKernel(kernel(options, ""));
    if (options.has("tol")) {
      learner = learner.withTolerance(options.get("tol").asDouble());
    }
    return options.has("C") ? learner.withC(options.get("C").asDouble()) : learner;
  }

  @Test
  @DisplayName("two points, 1 and 3: the border is halfway, the margin 1 on either side")
  void handWorked() {
    Samples rows = Samples.of(Matrix.of(new double[][] {{1}, {3}}), List.of("a", "b"));
    SupportVectorModel model = Classifiers.supportVectors().withKernel(Kernel.linear()).fit(rows);
    // w = −1 and rho = −2: α = 2 / |1 − 3|² = 1/2 each
    assertThat(model.coefficients()).isDeepEqualTo(new double[][] {{0.5, -0.5}});
    assertThat(model.rhos()).containsExactly(-2);
    Classified said = model.predict(Matrix.of(new double[][] {{1}, {2}, {3}, {5}}));
    assertThat(said.of("b")).containsExactly(new double[] {-1, 0, 1, 3}, within(1e-15));
    assertThat(said.of("a")).containsExactly(new double[] {1, 0, -1, -3}, within(1e-15));
    assertThat(said.labels()).containsExactly("a", "b", "b", "b");
    assertThat(said.hasProbabilities()).isFalse();
    assertThat(model)
        .hasToString(
            "support vectors, linear kernel, C 1.0: 2 of 2 rows are support vectors, by class [1, 1]");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void supportVectorsAndDecisionsAreThoseOfScikitLearn(JsonNode expected) {
    DrawnRows drawn = DrawnRows.of(expected);
    SupportVectorModel model =
        learner(expected.get("options")).fit(drawn.rows(expected.get("weighted").asBoolean()));
    if (!expected.get("support").isEmpty()) {
      assertThat(model.rows()).containsExactly(DrawnRows.wholes(expected.get("support")));
    }
    assertThat(model.counts()).containsExactly(DrawnRows.wholes(expected.get("counts")));
    near(model.decisions(drawn.unseen()), DrawnRows.matrix(expected.get("decisions")), 1e-6);
    Classified said = model.predict(drawn.unseen());
    assertThat(said.codes()).containsExactly(DrawnRows.wholes(expected.get("codes")));
    if (said.classes().size() > 2) {
      near(said.scores(), DrawnRows.matrix(expected.get("scores")), 1e-6);
    }
  }

  static void near(double[][] actual, double[][] expected, double by) {
    assertThat(actual).hasNumberOfRows(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("row %d", i).containsExactly(expected[i], within(by));
    }
  }

  @Test
  @DisplayName("libsvm's own Java edition finds the same decisions")
  void libsvm() {
    DrawnRows drawn = DrawnRows.of(77, 150, 4, 3);
    double[][] x = drawn.rows().matrix().values();
    svm_problem problem = new svm_problem();
    problem.l = x.length;
    problem.x = Stream.of(x).map(SupportVectorsTest::nodes).toArray(svm_node[][]::new);
    problem.y =
        drawn.rows().classes().stream().mapToDouble(c -> "012".indexOf(c.charAt(6))).toArray();
    svm_parameter parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.C_SVC;
    parameter.kernel_type = svm_parameter.RBF;
    parameter.gamma = 0.4;
    parameter.C = 7;
    parameter.eps = 1e-6;
    parameter.cache_size = 10;
    parameter.shrinking = 1;
    svm.svm_set_print_string_function(text -> {});
    svm_model theirs = svm.svm_train(problem, parameter);
    SupportVectorModel ours =
        Classifiers.supportVectors()
            .withKernel(Kernel.rbf(0.4))
            .withC(7)
            .withTolerance(1e-6)
            .fit(drawn.rows());
    double[][] decided = ours.decisions(drawn.unseen());
    int[] place = new int[3];
    for (int k = 0; k < 3; k++) {
      place[theirs.label[k]] = k;
    }
    for (int i = 0; i < decided.length; i++) {
      double[] values = new double[3];
      svm.svm_predict_values(theirs, nodes(drawn.unseen().values()[i]), values);
      for (int p = 0; p < 3; p++) {
        int[] pair = SupportVectorFit.pair(p, 3);
        int a = Math.min(place[pair[0]], place[pair[1]]);
        int b = Math.max(place[pair[0]], place[pair[1]]);
        double sign = place[pair[0]] < place[pair[1]] ? 1 : -1;
        assertThat(decided[i][p]).isCloseTo(sign * values[a + b - 1], within(1e-4));
      }
    }
  }

  private static svm_node[] nodes(double[] row) {
    svm_node[] nodes = new svm_node[row.length];
    for (int c = 0; c < row.length; c++) {
      nodes[c] = new svm_node();
      nodes[c].index = c + 1;
      nodes[c].value = row[c];
    }
    return nodes;
  }

  @Test
  void aWeightOfTwoIsARowTwice() {
    Samples rows = DrawnRows.of(3, 60, 3, 3).rows();
    double[] weights = new double[60];
    int[] twice = new int[80];
    for (int i = 0; i < 80; i++) {
      twice[i] = i % 60;
      weights[i % 60]++;
    }
    SupportVectorMachine learner =
        Classifiers.supportVectors().withTolerance(1e-9).withKernel(Kernel.rbf(1));
    Matrix unseen = DrawnRows.of(3, 60, 3, 3).unseen();
    near(
        learner.fit(rows.withWeights(weights)).decisions(unseen),
        learner.fit(rows.rows(twice)).decisions(unseen),
        1e-6);
  }

  @Test
  void badInput() throws Exception {
    Samples rows = DrawnRows.of(3, 60, 3, 3).rows();
    double[] weights = new double[60];
    for (int i = 0; i < 60; i++) {
      weights[i] = rows.classes().get(i).equals("class 1") ? 0 : 1;
    }
    SupportVectorMachine learner = Classifiers.supportVectors();
    assertThatThrownBy(() -> learner.fit(rows.withWeights(weights)))
        .hasMessage(
            "all rows of class 'class 1' have weight 0: leave the class out, or give one of them a"
                + " weight");
    assertThatThrownBy(() -> learner.withC(0)).hasMessage("c=0.0: must be a finite number above 0");
    assertThatThrownBy(
            () -> learner.withKernel(Kernel.own("gap", (a, b) -> Math.abs(a[0] - b[0]))).fit(rows))
        .hasMessageContaining(
            "kernel 'gap' is not positive semi-definite: the least eigenvalue on 60")
        .hasMessageContaining("or Kernel.rbf()");
    assertThatThrownBy(() -> learner.withKernel(Kernel.own("one-way", (a, b) -> a[0])).fit(rows))
        .hasMessageContaining("kernel 'one-way' is not symmetric: it gives ")
        .hasMessageContaining("for rows 1 and 0");
    assertThatThrownBy(
            () -> learner.withKernel(Kernel.own("root", (a, b) -> Math.sqrt(-a[0]))).fit(rows))
        .hasMessageContaining(
            "kernel 'root' gives NaN for rows 0 and 0: its values must be finite");
    SupportVectorModel own =
        learner.withKernel(Kernel.own("mine", SupportVectorsTest::intersection)).fit(rows);
    assertThatThrownBy(() -> own.save(folder.resolve("own.model")))
        .hasMessageContaining("kernel 'mine' cannot be saved, because a file holds no code");
  }
}
