package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Folds;
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
}
