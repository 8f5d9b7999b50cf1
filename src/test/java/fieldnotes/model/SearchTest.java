package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Better;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Score;
import fieldnotes.evaluate.Scores;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Step;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class SearchTest {
  private static final Samples ROWS = PipelineTest.ROWS;

  @Test
  void searchesOrderAndTable() {
    Map<String, List<?>> options = new LinkedHashMap<>();
    options.put("depth", List.of(1, 3));
    options.put("kind", List.of("tree", "line"));
    List<Setting> grid = Search.grid(options);
    assertThat(grid).hasSize(4);
    assertThat(Search.grid("depth", List.of(1, 3), "kind", List.of("tree", "line")))
        .isEqualTo(grid);
    assertThat(grid.get(1)).hasToString("{depth=1, kind=line}");
    Columns columns = Columns.of().with("n", List.of("b", "c"), Scaler.standard());
    Search search =
        Search.over(
            grid,
            s ->
                s.word("kind").equals("line")
                    ? Pipeline.of(columns, Regressors.leastSquares())
                    : Pipeline.of(
                        columns, Regressors.tree(TreeOptions.of(1).withMaxDepth(s.whole("depth")))),
            ROWS,
            Folds.of(2),
            Scores.rmse());
    assertThat(search.best().word("kind")).isEqualTo("line");
    assertThat(search.table().intColumn("setting").get(0)).isEqualTo(1); // the first of equals
    assertThat(search.table().columnNames())
        .containsExactly("setting", "depth", "kind", "split0", "split1", "mean");
    Search byShare =
        Search.over(
            grid,
            s -> Regressors.tree(TreeOptions.of(1).withMaxDepth(s.whole("depth"))),
            ROWS.withFeatures(List.of("b", "c")),
            Folds.of(2),
            Scores.r2());
    assertThat(byShare.bestScore())
        .as("more is better for R²")
        .isEqualTo(byShare.candidates().stream().mapToDouble(c -> c.mean()).max().orElseThrow());
  }

  @Test
  @DisplayName("a setting that fails is a row with its reason, and the others stand")
  void failures() {
    List<Setting> settings =
        List.of(2, 0, 1).stream().map(d -> new Setting(Map.of("least", d))).toList();
    Function<Setting, Learner<?, ?>> learner =
        s ->
            Pipeline.of(
                Columns.of().with("n", List.of("b")),
                Regressors.tree(TreeOptions.of(1).withMinRowsInLeaf(s.whole("least"))));
    Search search = Search.over(settings, learner, ROWS, Folds.of(2), Scores.rmse());
    assertThat(search.table().stringColumn("failed").asList())
        .startsWith("", "")
        .last()
        .asString()
        .contains("minRowsInLeaf=0: must be at least 1");
    assertThat(search).hasToString(search.toString()).asString().endsWith("; 1 failed");
    Search none = Search.over(settings.subList(1, 2), learner, ROWS, Folds.of(2), Scores.rmse());
    assertThatThrownBy(none::best)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("every setting failed; the first: {least=0} failed: minRowsInLeaf");
    Search later =
        Search.over(
            List.of(new Setting(Map.of())),
            s -> Pipeline.of(Columns.of().with("a", List.of("a")), Regressors.leastSquares()),
            ROWS,
            Folds.of(2),
            Scores.rmse());
    assertThat(later.candidates().getFirst().failure()).contains("NaN at row 2, column 'a__a'");
  }

  private record Counting(AtomicInteger fits) implements Step<Counting.Fitted> {
    record Fitted(List<String> columns) implements Step.Fitted {
      @Override
      public Matrix apply(Matrix x) {
        return x;
      }
    }

    @Override
    public Fitted fit(Samples rows) {
      fits.incrementAndGet();
      return new Fitted(rows.features());
    }
  }

  @Test
  @DisplayName("settings that prepare alike share the fits of a fold, and score as they do alone")
  void sharedPreparation() {
    AtomicInteger fits = new AtomicInteger();
    Function<Setting, Pipeline<double[], ?>> pipeline =
        s ->
            Pipeline.of(
                Columns.of()
                    .with(
                        "n",
                        List.of("b", "c"),
                        new Counting(fits),
                        Scaler.minMax(0, s.whole("high"))),
                Regressors.tree(TreeOptions.of(1).withMaxDepth(s.whole("depth"))));
    List<Setting> grid = Search.grid("depth", List.of(1, 2, 3), "high", List.of(1, 2));
    Search search = Search.over(grid, pipeline, ROWS, Folds.of(4), Scores.rmse());
    assertThat(fits).hasValue(2 * 4);
    for (int s = 0; s < grid.size(); s++) {
      assertThat(search.candidates().get(s).folds())
          .containsExactly(
              CrossValidation.of(pipeline.apply(grid.get(s)), ROWS, Folds.of(4), Scores.rmse())
                  .folds());
    }
  }

  @Test
  @DisplayName("the ten draws of the chapter's random search")
  void randomSettings() {
    List<Setting> drawn =
        Search.random(
            Map.of(
                "n_clusters",
                Search.Draw.integer(3, 50),
                "max_features",
                Search.Draw.integer(2, 20)),
            2,
            42);
    assertThat(drawn).hasSize(2); // alphabetical: max_features would come first under these names
    List<Setting> asInTheBook =
        Search.random(
            Map.of(
                "a_clusters", Search.Draw.integer(3, 50), "features", Search.Draw.integer(2, 20)),
            10,
            42);
    assertThat(asInTheBook.stream().map(s -> s.whole("a_clusters") + "," + s.whole("features")))
        .containsExactly(
            "41,16", "45,9", "23,8", "21,12", "13,5", "42,4", "24,3", "26,13", "32,7", "4,2");
  }

  private static final Samples NUMBERS = ROWS.withFeatures(List.of("b", "c"));

  @Test
  void aSearchOfFailuresPrintsTheFirst() {
    Search none =
        Search.over(
            Search.grid(Map.of("least", List.of(0, -1))),
            s -> Regressors.tree(TreeOptions.of(1).withMinRowsInLeaf(s.whole("least"))),
            NUMBERS,
            Folds.of(2),
            Scores.rmse());
    assertThat(none.toString())
        .startsWith("search: all 2 settings failed; the first: {least=0} failed: minRowsInLeaf=0");
    assertThat(none.table().rowCount()).isEqualTo(2);
  }

  @Test
  @DisplayName("settings with different options: an option that one lacks is a missing cell")
  void differentOptions() {
    List<Setting> settings =
        List.of(
            new Setting(Map.of("alpha", 0.5)),
            new Setting(Map.of("depth", 1)),
            new Setting(Map.of("kind", "line")));
    Search search =
        Search.over(
            settings,
            s ->
                s.values().containsKey("depth")
                    ? Regressors.tree(TreeOptions.of(1).withMaxDepth(s.whole("depth")))
                    : Regressors.ridge(s.values().containsKey("alpha") ? s.number("alpha") : 1e-9),
            NUMBERS,
            Folds.of(2),
            Scores.rmse());
    Table table = search.table().sortOn("setting");
    assertThat(table.columnNames())
        .containsExactly("setting", "alpha", "depth", "kind", "split0", "split1", "mean");
    assertThat(table.doubleColumn("alpha").asDoubleArray())
        .containsExactly(0.5, Double.NaN, Double.NaN);
    assertThat(table.intColumn("depth").get(1)).isEqualTo(1);
    assertThat(table.intColumn("depth").isMissing(0)).isTrue();
    assertThat(table.stringColumn("kind").asList()).containsExactly("", "", "line");
  }

  @Test
  void optionsCalledAsAColumnOfTheTable() {
    Map<String, List<?>> options = new LinkedHashMap<>();
    options.put("Mean", List.of(1));
    options.put("setting", List.of(2));
    options.put("split0", List.of(3));
    options.put("failed", List.of(4));
    Search search =
        Search.over(
            Search.grid(options), s -> Regressors.ridge(1), NUMBERS, Folds.of(2), Scores.rmse());
    assertThat(search.table().columnNames())
        .containsExactly(
            "setting",
            "option Mean",
            "option setting",
            "option split0",
            "option failed",
            "split0",
            "split1",
            "mean");
  }

  @Test
  @DisplayName("a score that is not defined is a failure; one without a direction is refused")
  void scoresThatDecideNothing() {
    List<Setting> settings = Search.grid(Map.of("alpha", List.of(1.0, 2.0)));
    Function<Setting, Learner<?, ?>> ridge = s -> Regressors.ridge(s.number("alpha"));
    Search nan = Search.over(settings, ridge, NUMBERS, Folds.leaveOneOut(), Scores.r2());
    assertThat(nan.candidates().getFirst().failure())
        .isEqualTo(
            Scores.r2().name()
                + " is not defined on fold 0 (1 rows): choose another score or fewer folds");
    assertThatThrownBy(nan::best).hasMessageStartingWith("every setting failed");
    record Size() implements Score {
      @Override
      public String name() {
        return "size";
      }

      @Override
      public Better better() {
        return Better.NEITHER;
      }

      @Override
      public double of(Outcome outcome) {
        return 1;
      }
    }
    assertThatThrownBy(() -> Search.over(settings, ridge, NUMBERS, Folds.of(2), new Size()))
        .hasMessage(
            "score 'size' is better neither higher nor lower, so no setting can be best: choose"
                + " another");
  }

  @Test
  void candidatesAreNotChangedFromOutside() {
    double[] folds = {1, 2};
    Search.Candidate one = new Search.Candidate(new Setting(Map.of()), folds, "");
    folds[0] = 9;
    one.folds()[1] = 9;
    assertThat(one.mean()).isEqualTo(1.5);
    assertThatThrownBy(
            () -> new Search.Candidate(new Setting(Map.of()), new double[] {Double.NaN}, ""))
        .hasMessage("{} has a fold without a score, but no failure");
  }

  @Test
  @DisplayName("the same scores on other folds: the last bit of their mean decides, as in NumPy")
  void sameScoresOnOtherFolds() {
    Setting setting = new Setting(Map.of());
    Search search =
        new Search(
            Scores.accuracy(),
            List.of(
                new Search.Candidate(setting, new double[] {0.3, 0.2, 0.1}, ""),
                new Search.Candidate(setting, new double[] {0.1, 0.2, 0.3}, "")));
    assertThat(search.candidates().getFirst().mean()).isEqualTo(0.19999999999999998);
    assertThat(search.bestScore()).isEqualTo(0.20000000000000004);
    assertThat(search.results().intColumn("rank").asList()).containsExactly(2, 1);
    assertThat(new CrossValidation(List.of(Scores.accuracy()), new double[][] {{0.1, 0.2, 0.3}}))
        .extracting(CrossValidation::mean)
        .isEqualTo(search.bestScore());
  }

  private record Throwing(Throwable what) implements Learner<double[], NumberModel> {
    @Override
    public NumberModel fit(Samples rows) {
      switch (what) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(what);
      }
    }
  }

  @Test
  @DisplayName("whatever a candidate throws is its reason, never empty; the others stand")
  void anythingThrown() {
    Map<String, Throwable> thrown = new LinkedHashMap<>();
    thrown.put("out of memory (Java heap space): choose", new OutOfMemoryError("Java heap space"));
    thrown.put("its calls nest too deeply", new StackOverflowError());
    thrown.put("java.lang.AssertionError: 3", new AssertionError(3));
    thrown.put("java.lang.NoClassDefFoundError: some/Name", new NoClassDefFoundError("some/Name"));
    thrown.put("java.lang.IllegalStateException", new IllegalStateException("  "));
    thrown.put("java.lang.ArithmeticException", new ArithmeticException(""));
    List<String> reasons = List.copyOf(thrown.keySet());
    List<Setting> settings =
        Search.grid(Map.of("which", List.of("good", 0, 1, 2, 3, 4, 5, "none", "making")));
    Function<Setting, Learner<?, ?>> learner =
        s ->
            switch (s.values().get("which")) {
              case String w when w.equals("good") ->
                  Pipeline.of(
                      Columns.of().with("n", List.of("b")), Regressors.tree(TreeOptions.of(1)));
              case Integer i -> new Throwing(thrown.get(reasons.get(i)));
              case String w when w.equals("none") -> null;
              default -> throw new StackOverflowError();
            };
    Search search = Search.over(settings, learner, ROWS, Folds.of(2), Scores.rmse());
    assertThat(search.best().values()).containsEntry("which", "good");
    assertThat(search.table().rowCount()).isEqualTo(9);
    for (int i = 0; i < reasons.size(); i++) {
      assertThat(search.candidates().get(i + 1).failure()).startsWith(reasons.get(i));
    }
    assertThat(search.candidates().get(7).failure()).startsWith("no learner was made of this");
    assertThat(search.candidates().get(8).failure()).startsWith("its calls nest too deeply");
    assertThat(search).asString().endsWith("; 8 failed");
  }
}
