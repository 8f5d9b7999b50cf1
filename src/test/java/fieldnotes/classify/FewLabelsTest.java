package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class FewLabelsTest {
  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  private static Learner<Classified, ClassTree> tree(int depth) {
    return Classifiers.tree(TreeOptions.of(3).withMaxDepth(depth));
  }

  /** Rows on a line; a dot is a row without a class. */
  private static Samples line(String classes, double... x) {
    double[][] rows = Arrays.stream(x).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    List<String> names = Arrays.stream(classes.split("")).map(c -> c.equals(".") ? "" : c).toList();
    return Samples.of(Matrix.of(rows), names).withId("line");
  }

  /** Rows of which every fifth keeps its class. */
  private static Samples few(Samples rows) {
    List<String> names = new ArrayList<>(rows.classes());
    for (int i = 0; i < names.size(); i++) {
      if (i % 5 != 0) {
        names.set(i, "");
      }
    }
    return rows.withClasses(names);
  }

  @Test
  @DisplayName("a chain of neighbours from a to b: shares fall by thirds from one end to the other")
  void propagationByHand() {
    // each of the inner rows reaches itself and its two neighbours
    Samples rows = line("a..b", 0, 1, 2.1, 3.1);
    Propagated model =
        Classifiers.labelPropagation().withNeighbours(3).withTolerance(1e-14).fit(rows);
    // row 1 reaches 0, 1, 2, row 2 reaches 1, 2, 3: s1 = (1 + s1 + s2) / 3, s2 = (s1 + s2) / 3
    assertThat(model.shares()[1]).containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-12));
    assertThat(model.shares()[2]).containsExactly(new double[] {1 / 3.0, 2 / 3.0}, within(1e-12));
    assertThat(model.shares()[0]).containsExactly(1, 0);
    assertThat(model.labels()).containsExactly("a", "a", "b", "b");
    assertThat(model.still()).isTrue();
    assertThat(model.predict(Matrix.of(new double[][] {{0.2}})).label(0)).isEqualTo("a");
  }

  @Test
  @DisplayName("rows that no label reaches stay without one, and say nothing about new rows")
  void outOfReach() {
    Samples rows = line("ab..", 0, 1, 50, 51);
    Propagated model = Classifiers.labelSpreading().withNeighbours(2).fit(rows);
    assertThat(model.labels()).containsExactly("a", "b", "", "");
    assertThat(model).asString().endsWith("; none reached 2 rows");
    assertThat(model.predict(Matrix.of(new double[][] {{50.2}})).probabilities()[0])
        .containsExactly(0.5, 0.5);
    Propagated far = Classifiers.labelPropagation().withGamma(1e3).fit(line("ab", 0, 1));
    assertThat(far.predict(Matrix.of(new double[][] {{9}, {-9}})).labels())
        .containsExactly("b", "a");
  }

  @Test
  @DisplayName("a wrong label among many is outvoted by spreading, and kept by propagation")
  void spreadingOutvotes() {
    Samples rows = line("aabaabbb", 0, 0.1, 0.2, 0.3, 0.4, 5, 5.1, 5.2);
    assertThat(Classifiers.labelSpreading().withAlpha(0.9).fit(rows).labels().get(2))
        .isEqualTo("a");
    assertThat(Classifiers.labelPropagation().fit(rows).labels().get(2)).isEqualTo("b");
  }

  @Test
  @DisplayName("self-training reaches along a line, a round at a time, and says so")
  void selfTrainingByHand() {
    Samples rows = line("a...b...", 0, 1, 2, 3, 10, 11, 12, 13);
    SelfTrained<ClassTree> model = Classifiers.selfTraining(tree(1)).withBest(2).fit(rows);
    assertThat(model.labels().stream().map(PseudoLabel::row)).containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(model.labels().stream().map(PseudoLabel::round)).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(model.labels().getLast()).isEqualTo(new PseudoLabel(7, 3, "itself", "b", 1));
    assertThat(model.end()).isEqualTo(SelfTrained.End.ALL_LABELLED);
    assertThat(model.model().made().rows()).isEqualTo(8);
    assertThat(model.toTable().rowCount()).isEqualTo(6);
    SelfTrained<ClassTree> once = Classifiers.pseudoLabels(tree(1), 0.9).fit(rows);
    assertThat(once.rounds()).isEqualTo(1);
    assertThat(once.labels()).hasSize(6);
    // a tree that cannot split is not sure
    SelfTrained<ClassTree> unsure =
        Classifiers.selfTraining(Classifiers.tree(TreeOptions.of(1).withMinRowsToSplit(99)))
            .fit(rows);
    assertThat(unsure.end()).isEqualTo(SelfTrained.End.NONE_SURE);
    assertThat(unsure.labels()).isEmpty();
  }

  /** Two columns that each tell the classes apart, for some rows by far and for others just so. */
  private static Samples twoViews(int rows) {
    Samples one = Drawn.rows(3, rows, 2, false);
    Samples two = Drawn.rows(4, rows, 2, false);
    double[][] x = new double[rows][4];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int up = i % 2;
      double[] a = one.matrix().values()[i];
      double[] b = two.matrix().values()[i];
      x[i] = new double[] {a[0] + 0.7 * up, a[1], b[0] - 0.7 * up, b[1]};
      names.add(up == 1 ? "up" : "down");
    }
    return Samples.of(Matrix.of(List.of("p", "q", "r", "s"), x), names).withId("views");
  }

  @Test
  @DisplayName("co-training: each labels for the other, and both together beat few labels alone")
  void coTraining() {
    Samples all = twoViews(120);
    Samples test = twoViews(400).rows(IntStream.range(120, 400).toArray());
    List<String> names = new ArrayList<>(all.classes());
    for (int i = 8; i < names.size(); i++) {
      names.set(i, "");
    }
    Samples few = all.withClasses(names);
    var views = Classifiers.labelSpreading().withGamma(5);
    CoTraining learner =
        Classifiers.coTraining(views, List.of("p", "q"), views, 7).withEach(3).withRounds(6);
    CoTrained model = learner.fit(few);
    assertThat(model.first().made().columns()).containsExactly("p", "q");
    assertThat(model.second().made().columns()).containsExactly("r", "s");
    assertThat(model.rounds()).isEqualTo(6);
    assertThat(model.labels().stream().map(PseudoLabel::row)).doesNotHaveDuplicates();
    long bySecond = model.labels().stream().filter(l -> l.by().equals("second")).count();
    assertThat(model.first().made().rows()).isEqualTo((int) (8 + bySecond));
    assertThat(model.second().made().rows())
        .isEqualTo((int) (8 + model.labels().size() - bySecond));
    double alone = Scores.accuracy().of(views.fit(few.labelled()).judge(test));
    assertThat(Scores.accuracy().of(model.judge(test))).isGreaterThan(alone);
    assertThat(learner.withSeed(8).fit(few).labels()).isNotEqualTo(model.labels());
  }

  @Test
  void invalid() {
    Samples one = line("a..a", 0, 1, 2, 3);
    Samples none = line("....", 0, 1, 2, 3);
    for (Learner<Classified, ? extends Model<Classified>> learner :
        List.of(
            Classifiers.selfTraining(tree(2)),
            Classifiers.labelPropagation(),
            Classifiers.labelSpreading())) {
      assertThatThrownBy(() -> learner.fit(one))
          .hasMessage(
              "'line' has the class 'a' only: learning from few labels needs rows of at least two"
                  + " classes with a label");
      assertThatThrownBy(() -> learner.fit(none)).hasMessageContaining("no known classes");
    }
    Samples rows = line("a..b", 0, 1, 2, 3);
    assertThatThrownBy(() -> Classifiers.labelPropagation().withNeighbours(5).fit(rows))
        .hasMessage("neighbours=5: must be at most the number of rows, 4");
    assertThatThrownBy(() -> Classifiers.labelPropagation().withGamma(0))
        .hasMessageContaining("gamma=0.0");
    assertThatThrownBy(() -> Classifiers.labelSpreading().withAlpha(1))
        .hasMessageContaining("alpha=1.0");
    assertThatThrownBy(
            () -> Classifiers.labelSpreading().fit(rows.withWeights(new double[] {1, 2, 1, 1})))
        .hasMessageContaining("does not support them");
    assertThatThrownBy(() -> Classifiers.selfTraining(tree(1)).withThreshold(1))
        .hasMessageContaining("threshold=1.0");
    assertThatThrownBy(() -> Classifiers.coTraining(tree(1), List.of("y"), tree(1), 3).fit(rows))
        .hasMessage("no column 'y' for the first learner; there are [x0]");
    assertThatThrownBy(() -> Classifiers.coTraining(tree(1), List.of("x0"), tree(1), 3).fit(rows))
        .hasMessageContaining("sees all columns");
    assertThatThrownBy(
            () -> Classifiers.selfTraining(tree(1)).fit(line("a..b", 0, 1, Double.NaN, 3)))
        .hasMessageContaining("NaN at row 2, column 'x0'");
    var hard = Classifiers.voting(Member.of("t", tree(1))).withHard();
    assertThatThrownBy(() -> Classifiers.selfTraining(hard).fit(rows))
        .hasMessageContaining("gives no probabilities, which self-training needs");
  }

  static Stream<JsonNode> cases() {
    return Drawn.read("classify/few_labels").valueStream();
  }

  private static Learner<Classified, ? extends Model<Classified>> learner(JsonNode one) {
    JsonNode options = one.get("options");
    double gamma = options.path("gamma").asDouble(20);
    int neighbours = options.path("n_neighbors").asInt(0);
    Affinity affinity = neighbours > 0 ? new Affinity.Nearest(neighbours) : new Affinity.Rbf(gamma);
    double tolerance = options.path("tol").asDouble(1e-3);
    return switch (one.get("kind").asString()) {
      case "propagation" ->
          new LabelPropagation(affinity, options.path("max_iter").asInt(1000), tolerance);
      case "spreading" ->
          new LabelSpreading(
              affinity,
              options.path("alpha").asDouble(0.2),
              options.path("max_iter").asInt(30),
              tolerance);
      case "tree" -> selfTraining(options, tree(options.get("depth").asInt()));
      default -> selfTraining(options, Classifiers.labelSpreading().withGamma(2));
    };
  }

  private static <M extends Model<Classified>> SelfTraining<M> selfTraining(
      JsonNode options, Learner<Classified, M> base) {
    boolean best = options.has("k_best");
    return new SelfTraining<>(
        base,
        best ? 0 : options.path("threshold").asDouble(0.75),
        best ? options.get("k_best").asInt() : 0,
        options.has("max_iter") ? options.get("max_iter").asInt(0) : 10);
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("what scikit-learn predicts and passes on")
  void agreesWithScikitLearn(JsonNode one) {
    long seed = one.get("seed").asLong();
    int classes = one.get("classes").asInt();
    Samples rows = few(Drawn.rows(seed, one.get("rows").asInt(), classes, false));
    Model<Classified> model = learner(one).fit(rows);
    double[][] expected = Drawn.table(one.get("probabilities"));
    double[][] said = model.predict(Drawn.tested(seed, expected.length)).probabilities();
    for (int i = 0; i < expected.length; i++) {
      assertThat(said[i]).containsExactly(expected[i], within(1e-9));
    }
    int rounds = one.get("rounds").asInt();
    switch (model) {
      case Propagated passed -> {
        assertThat(passed.rounds()).isEqualTo(rounds);
        double[][] shares = Drawn.table(one.get("shares"));
        for (int i = 0; i < shares.length; i++) {
          assertThat(passed.shares()[i]).containsExactly(shares[i], within(1e-9));
        }
      }
      case SelfTrained<?> trained -> {
        assertThat(trained.rounds()).isEqualTo(rounds);
        double[] labels = new double[rows.rowCount()];
        double[] labelled = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = i % 5 == 0 ? "abcdefgh".indexOf(rows.classes().get(i)) : -1;
          labelled[i] = i % 5 == 0 ? 0 : -1;
        }
        for (PseudoLabel label : trained.labels()) {
          labels[label.row()] = "abcdefgh".indexOf(label.name());
          labelled[label.row()] = label.round();
        }
        assertThat(labels).containsExactly(Drawn.numbers(one.get("labels")));
        assertThat(labelled).containsExactly(Drawn.numbers(one.get("labelled")));
        String end = one.get("end").asString();
        if (end.equals("all_labeled")) {
          assertThat(trained.end()).isEqualTo(SelfTrained.End.ALL_LABELLED);
        } else if (end.equals("no_change")) {
          assertThat(trained.end()).isEqualTo(SelfTrained.End.NONE_SURE);
        }
      }
      default -> throw new IllegalStateException(model.toString());
    }
  }
}
