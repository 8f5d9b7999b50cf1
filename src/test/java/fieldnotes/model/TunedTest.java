package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.classify.ClassTree;
import fieldnotes.classify.Classifiers;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import fieldnotes.math.NumpyRandom;
import fieldnotes.prepare.Balance;
import fieldnotes.prepare.Scaler;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learners around learners, and scores of rows that they were not fitted on. */
class TunedTest {
  @TempDir Path folder;

  /** 90 rows of two classes, 75 and 15, in groups of three. */
  private static Samples rows() {
    NumpyRandom random = NumpyRandom.of(8);
    double[][] x = new double[90][];
    List<String> classes = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      boolean rare = i % 6 == 5;
      x[i] = new double[] {random.normal() + (rare ? 1.5 : 0), random.normal(), random.uniform()};
      classes.add(rare ? "rare" : "common");
      groups.add("g" + i / 3);
    }
    return Samples.of(Matrix.of(x), classes).withGroups("recording", groups).withId("ninety");
  }

  private static Learner<Classified, ClassTree> tree(int depth) {
    return Classifiers.tree(TreeOptions.of(1).withMaxDepth(depth));
  }

  private static Tuned<Classified, ClassTree> tuned() {
    return Tuned.of(
        Search.grid(Map.of("depth", List.of(1, 2, 4, 8))),
        s -> tree(s.whole("depth")),
        Folds.stratified(3),
        Scores.logLoss());
  }

  @Test
  @DisplayName("it fits what a search on the training rows finds best, to all of them")
  void tunedByHand() throws IOException {
    Samples rows = rows();
    Search search =
        Search.over(
            Search.grid(Map.of("depth", List.of(1, 2, 4, 8))),
            s -> tree(s.whole("depth")),
            rows,
            Folds.stratified(3),
            Scores.logLoss());
    Tuned.Fitted<Classified, ClassTree> fitted = tuned().fit(rows);
    assertThat(fitted.scores())
        .containsExactly(search.candidates().stream().mapToDouble(c -> c.mean()).toArray());
    assertThat(search.best().whole("depth")).isEqualTo(List.of(1, 2, 4, 8).get(fitted.best()));
    assertThat(fitted.model()).isEqualTo(tree(search.best().whole("depth")).fit(rows));
    assertThat(fitted).asString().startsWith("candidate " + fitted.best() + ", the best of 0.");
    assertThat(tuned())
        .asString()
        .startsWith("the best by log loss on 3 stratified folds of [classification tree");
    assertThat(ModelFile.loadClasses(fitted.save(folder.resolve("t.model")))).isEqualTo(fitted);
  }

  @Test
  @DisplayName("cross-validated, it chooses anew on the training rows of each fold")
  void nested() {
    Samples rows = rows();
    double[] scores =
        CrossValidation.of(tuned(), rows, Folds.shuffled(4, 2), Scores.accuracy()).folds();
    List<Split> splits = Folds.shuffled(4, 2).splits(rows);
    for (int f = 0; f < 4; f++) {
      Samples train = rows.rows(splits.get(f).train());
      int depth =
          Search.over(
                  Search.grid(Map.of("depth", List.of(1, 2, 4, 8))),
                  s -> tree(s.whole("depth")),
                  train,
                  Folds.stratified(3),
                  Scores.logLoss())
              .best()
              .whole("depth");
      Outcome outcome = tree(depth).fit(train).judge(rows.rows(splits.get(f).test()));
      assertThat(scores[f]).isEqualTo(Scores.accuracy().of(outcome));
    }
  }

  private record Failing() implements Learner<Classified, ClassTree> {
    @Override
    public ClassTree fit(Samples rows) {
      throw new IllegalArgumentException("needs 99 columns");
    }
  }

  @Test
  void candidatesThatFail() {
    Samples rows = rows();
    List<Learner<Classified, ClassTree>> some = List.of(tree(2), new Failing());
    Tuned.Fitted<Classified, ClassTree> fitted =
        new Tuned<>(some, Folds.stratified(3), Scores.accuracy()).fit(rows);
    assertThat(fitted.best()).isZero();
    assertThat(fitted.scores()[1]).isNaN();
    assertThatThrownBy(
            () -> new Tuned<>(some.subList(1, 2), Folds.stratified(3), Scores.accuracy()).fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs 99 columns");
    assertThatThrownBy(() -> new Tuned<>(some, Folds.stratified(3), Scores.rmse()).fit(rows))
        .hasMessageStartingWith("no candidate could be scored on 3 stratified folds; the first: ");
    assertThatThrownBy(
            () ->
                new Tuned<>(List.<Learner<Classified, ClassTree>>of(), Folds.of(2), Scores.rmse()))
        .hasMessage("candidates is empty: give at least one learner");
  }

  /** Remembers the rows that it was fitted to. */
  private record Remembering(List<Samples> fitted) implements Learner<Classified, ClassTree> {
    @Override
    public ClassTree fit(Samples rows) {
      fitted.add(rows);
      return tree(2).fit(rows);
    }

    @Override
    public String toString() {
      return "remembering";
    }
  }

  private static Set<List<Double>> cells(Samples rows) {
    return Arrays.stream(rows.matrix().values())
        .map(row -> Arrays.stream(row).boxed().toList())
        .collect(Collectors.toSet());
  }

  @Test
  @DisplayName(
      "balanced are the training rows only, from training rows only; all others as they are")
  void noLeak() {
    Samples rows = rows();
    List<Samples> fitted = Collections.synchronizedList(new ArrayList<>());
    for (Balance balance :
        List.of(
            Balance.smote(1), Balance.adasyn(1), Balance.oversample(1), Balance.undersample(1))) {
      var learner = Resampled.of(balance, new Remembering(fitted));
      for (Split split : Folds.stratified(3).splits(rows)) {
        fitted.clear();
        Samples train = rows.rows(split.train());
        Samples test = rows.rows(split.test());
        var model = learner.fit(train);
        Samples seen = fitted.getFirst();
        assertThat(seen.matrix()).isEqualTo(balance.apply(train).matrix());
        int[] sizes = Balance.report(seen).rows();
        assertThat(sizes[0]).isEqualTo(sizes[1]);
        assertThat(cells(seen)).doesNotContainAnyElementsOf(cells(test));
        Outcome.Classes judged = (Outcome.Classes) model.judge(test);
        assertThat(judged.truth()).isEqualTo(test.classes());
        assertThat(judged.predicted()).isEqualTo(model.model().predict(test.matrix()));
        assertThat(model.made().rows()).isEqualTo(60);
        assertThat(model).asString().endsWith(", on " + seen.rowCount() + " rows made of 60");
      }
      assertThat(CrossValidation.predictions(learner, rows, Folds.stratified(3)).rowCount())
          .as("as many judged as there are")
          .isEqualTo(90);
    }
  }

  @Test
  @DisplayName("in a pipeline the steps learn from the rows as they are")
  void inAPipeline() throws IOException {
    List<Samples> fitted = new ArrayList<>();
    Samples rows = rows();
    var pipeline =
        Pipeline.of(Scaler.standard(), Resampled.of(Balance.smote(1), new Remembering(fitted)));
    var model = pipeline.fit(rows);
    Matrix scaled = Scaler.standard().fit(rows).apply(rows).matrix();
    assertThat(fitted.getFirst().matrix().rows(IntStream.range(0, 90).toArray())).isEqualTo(scaled);
    assertThat(fitted.getFirst().rowCount()).isEqualTo(150);
    assertThat(pipeline)
        .hasToString("remembering, fitted after smote (seed 1) after [mean 0, deviation 1]");
    Model<Classified> back = ModelFile.loadClasses(model.save(folder.resolve("p.model")));
    assertThat(back.predict(rows)).isEqualTo(model.predict(rows));
  }

  @Test
  @DisplayName(
      "folds by group inside a balanced learner are refused: a new row may be of two groups")
  void groupsOfNewRows() {
    var inner =
        new Tuned<>(List.of(tree(1), tree(2)), Folds.grouped(3, "recording"), Scores.accuracy());
    assertThatThrownBy(() -> Resampled.of(Balance.smote(1), inner).fit(rows()))
        .hasMessageContaining("has no recording at row");
    var outer =
        new Tuned<>(
            List.of(
                Resampled.of(Balance.smote(1), tree(1)), Resampled.of(Balance.smote(1), tree(2))),
            Folds.grouped(3, "recording"),
            Scores.accuracy());
    assertThat(outer.fit(rows()).scores()).hasSize(2);
  }

  @Test
  @DisplayName("out of fold: each number by the model that did not see it; else refused")
  void outOfFold() {
    Samples numbers = PipelineTest.ROWS.withFeatures(List.of("b", "c"));
    double[] predicted =
        ((Outcome.Numbers)
                CrossValidation.predictions(Regressors.ridge(1), numbers, Folds.shuffled(4, 1)))
            .predicted();
    for (Split split : Folds.shuffled(4, 1).splits(numbers)) {
      double[] of =
          Regressors.ridge(1).fit(numbers.rows(split.train())).predict(numbers.rows(split.test()));
      for (int i = 0; i < of.length; i++) {
        assertThat(predicted[split.test()[i]]).isEqualTo(of[i]);
      }
    }
    Samples few =
        Samples.of(
            Matrix.of(new double[][] {{1}, {2}, {3}, {4}, {5}, {6}}),
            List.of("a", "b", "a", "b", "c", "c"));
    Outcome.Classes missing =
        (Outcome.Classes) CrossValidation.predictions(tree(3), few, Folds.of(3));
    assertThat(missing.predicted().classes()).containsExactly("a", "b", "c");
    assertThat(missing.predicted().of("c")).endsWith(0, 0);
    assertThatThrownBy(() -> CrossValidation.predictions(tree(1), few, Folds.inTime(2)))
        .hasMessageContaining("test row 0 0 times, but each row needs one prediction");
    assertThatThrownBy(() -> CrossValidation.predictions(KMeansOptions.of(2, 1), few, Folds.of(2)))
        .hasMessageContaining("whose numbers differ from fold to fold");
  }

  @Test
  @DisplayName("a curve prints its best, has a table, and names what cannot be learnt from")
  void curves() {
    Samples rows = rows();
    LearningCurve curve =
        LearningCurve.of(
            tree(2), rows, Folds.stratified(3), List.of(40, 20, 60, 20), Scores.accuracy());
    assertThat(curve.values()).isEqualTo(List.of(20, 40, 60));
    assertThat(curve.toTable().columnNames())
        .containsExactly("rows", "train mean", "train std", "test mean", "test std");
    assertThat(curve.toTable().column("rows").getString(0)).isEqualTo("20");
    assertThat(curve).asString().startsWith("curve of accuracy over 3 values of rows: best at ");
    LearningCurve words =
        LearningCurve.validation(
            "kind",
            List.of("one", "two"),
            kind -> tree(kind.length() - 2),
            rows,
            Folds.stratified(3),
            Scores.accuracy());
    assertThat(words.toTable().stringColumn("kind").asList()).containsExactly("one", "two");
    Integer[] order =
        IntStream.range(0, 90)
            .boxed()
            .sorted((i, j) -> rows.classes().get(i).compareTo(rows.classes().get(j)))
            .toArray(Integer[]::new);
    Samples sorted = rows.rows(Arrays.stream(order).mapToInt(i -> i).toArray());
    assertThatThrownBy(
            () ->
                LearningCurve.of(
                    tree(2), sorted, Folds.stratified(3), List.of(0.2, 1.0), Scores.accuracy()))
        .hasMessageStartingWith("rows=12, fold 0: 'ninety' has the class 'common' only");
    assertThatThrownBy(
            () ->
                LearningCurve.of(
                    tree(2), rows, Folds.stratified(3), List.of(61), Scores.accuracy()))
        .hasMessage(
            "sizes has 61: must be above 0 and at most 60, the training rows of the first fold");
    assertThatThrownBy(
            () ->
                LearningCurve.of(
                    tree(2), rows, Folds.stratified(3), List.of(0.5, 2), Scores.accuracy()))
        .hasMessage("sizes has 2: must be above 0 and at most 1, all training rows");
    assertThatThrownBy(
            () -> LearningCurve.of(tree(2), rows, Folds.of(3), List.of(), Scores.accuracy()))
        .hasMessage("sizes is empty: give at least one");
  }
}
