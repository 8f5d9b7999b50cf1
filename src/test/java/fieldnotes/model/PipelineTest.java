package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.Similarity;
import fieldnotes.common.Encoder;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.housing.NeighbourTarget;
import fieldnotes.prepare.Categories;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Regressors;
import fieldnotes.regress.Selection;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class PipelineTest {
  static final Table TABLE =
      Table.create(
          "t",
          DoubleColumn.create("a", 1, 2, Double.NaN, 4, 5, 6, 7, 8),
          DoubleColumn.create("b", 2, 1, 4, 3, 6, 5, 8, 7),
          DoubleColumn.create("c", 1, 1, 2, 2, 3, 3, 4, 4),
          StringColumn.create("k", "x", "y", "x", "", "y", "x", "z", "x"));
  static final double[] TARGET = {10, 12, 20, 18, 33, 29, 41, 44};
  static final Samples ROWS = Samples.of(TABLE).withTarget("price", TARGET).withUnit("$");

  static final Columns COLUMNS =
      Columns.of()
          .with("num", List.of("a"), Missing.median(), Scaler.standard())
          .with("part", List.of("a", "b"), Missing.median(), Steps.ratio())
          .with("near", List.of("b", "c"), Similarity.ofClusters(KMeansOptions.of(2, 1), 0.5))
          .withCategories("cat", "k")
          .withRemainder(Steps.log(), Scaler.minMax(-1, 1));

  @Test
  void namesOfPreparedColumnsAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(COLUMNS.fit(ROWS).matrix(TABLE).names())
          .contains("near__Cluster 0 similarity", "near__Cluster 1 similarity");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void namesAndCellsOfPreparedColumns() {
    Matrix x = COLUMNS.fit(ROWS).matrix(TABLE);
    assertThat(x.names())
        .containsExactly(
            "num__a",
            "part__ratio",
            "near__Cluster 0 similarity",
            "near__Cluster 1 similarity",
            "cat__k_x",
            "cat__k_y",
            "cat__k_z");
    assertThat(x.column("part__ratio")[2]).isEqualTo(5.0 / 4); // the median stands in
    assertThat(x.column("cat__k_x")).containsExactly(1, 0, 1, 1, 0, 1, 0, 1);
    assertThat(x.column("num__a")[4]).isCloseTo(0.25 / Math.sqrt(4.9375), within(1e-12));
    assertThat(COLUMNS.learn(ROWS).x()).isEqualTo(x);
    assertThat(COLUMNS.fit(ROWS).apply(ROWS).matrix()).isEqualTo(x);
  }

  /** Everything that was learnt, as the bytes of a saved file. */
  private static byte[] learnt(Object fitted) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Encoder(new DataOutputStream(bytes)).value(fitted);
    return bytes.toByteArray();
  }

  @Test
  @DisplayName("what a pipeline learns on rows does not change with rows it does not see")
  void noLeak() throws IOException {
    Samples wild =
        Samples.of(
                Table.create(
                    "t",
                    DoubleColumn.create("a", 1e6, -7, Double.NaN),
                    DoubleColumn.create("b", 3, 1e6, -4),
                    DoubleColumn.create("c", 9, 77, 3),
                    StringColumn.create("k", "new", "x", "")))
            .withTarget("price", new double[] {1e6, -1e6, 3})
            .withUnit("$");
    Table more = TABLE.copy();
    more.append(wild.table().setName("t"));
    double[] targets =
        IntStream.range(0, 11)
            .mapToDouble(i -> i < 8 ? TARGET[i] : wild.numbers()[i - 8])
            .toArray();
    Samples all = Samples.of(more).withTarget("price", targets).withUnit("$");
    int[] seen = IntStream.range(0, 8).toArray();
    var pipeline =
        Pipeline.of(COLUMNS, Regressors.leastSquares())
            .withStep(Selection.of(ForestOptions.of(3).withTrees(5), 0.001));
    // fitted to eight rows of a set of eleven, or to a set of these eight
    byte[] among = learnt(pipeline.fit(all.rows(seen)));
    assertThat(among).isEqualTo(learnt(pipeline.fit(ROWS)));
    assertThat(among).isNotEqualTo(learnt(pipeline.fit(all)));
    // applied to other rows, it is still the same, and so is what it says of each row
    var fitted = pipeline.fit(ROWS);
    double alone = fitted.predict(ROWS.first(1))[0];
    assertThat(fitted.predict(all.rows(new int[] {8, 0, 9}))[1]).isEqualTo(alone);
    assertThat(learnt(fitted)).isEqualTo(among);
    // a fold of a cross-validation or a search is judged by a model that has not seen it
    double[] folds = CrossValidation.of(pipeline, all, Folds.of(2), Scores.rmse()).folds();
    Samples train = all.rows(new int[] {0, 1, 2, 3, 4, 5});
    Samples test = all.rows(new int[] {6, 7, 8, 9, 10});
    assertThat(folds[1]).isEqualTo(Scores.rmse().of(pipeline.fit(train).judge(test)));
    assertThat(
            Search.over(
                    List.of(new Setting(java.util.Map.of())),
                    s -> pipeline,
                    all,
                    Folds.of(2),
                    Scores.rmse())
                .candidates()
                .getFirst()
                .folds())
        .containsExactly(folds);
  }

  @Test
  void aFittedModelKnowsHowItCameAbout() {
    var fitted = Pipeline.of(COLUMNS, Regressors.tree(TreeOptions.of(3))).fit(ROWS);
    assertThat(fitted.made().inputs())
        .containsExactly(
            new Made.Input("a", Made.Kind.NUMBER),
            new Made.Input("b", Made.Kind.NUMBER),
            new Made.Input("c", Made.Kind.NUMBER),
            new Made.Input("k", Made.Kind.TEXT));
    assertThat(fitted.made().target()).isEqualTo("price");
    assertThat(fitted.made().unit()).isEqualTo("$");
    assertThat(fitted.made().rows()).isEqualTo(8);
    assertThat(fitted.made().learner()).startsWith("tree, seed 3 after [Columns");
    assertThat(fitted.model().tree().depth()).isPositive(); // no cast to get there
  }

  @Test
  void steps() {
    Matrix x = Matrix.of(List.of("v"), new double[][] {{1}, {2}, {3}, {4}});
    assertThat(Steps.buckets(2).fit(x).apply(x).column(0)).containsExactly(0, 0, 1, 1);
    assertThat(Similarity.to(new double[][] {{3}}, 1, "to 3").fit(x).apply(x).column(0))
        .containsExactly(new double[] {Math.exp(-4), Math.exp(-1), 1, Math.exp(-1)}, within(1e-15));
    double[] target = {10, 20, 30, 40};
    Samples rows = Samples.of(x, target);
    assertThat(NeighbourTarget.of(2, false).fit(rows).apply(x).column(0))
        .containsExactly(15, 15, 25, 35);
    assertThat(NeighbourTarget.of(2, true).fit(rows).apply(x).column(0)).containsExactly(target);
    Matrix wider = x.beside(Matrix.of(new double[4][1]));
    assertThat(
            Selection.of(ForestOptions.of(1).withTrees(5), 0.1)
                .fit(Samples.of(wider, target))
                .apply(wider)
                .names())
        .containsExactly("v");
    assertThatThrownBy(
            () -> Steps.log().fit(x).apply(Matrix.of(List.of("v"), new double[][] {{0}})))
        .hasMessage("row 0, column 'v': 0.0; the logarithm needs values above 0");
  }

  @Test
  void badInputIsNamed() {
    var fitted =
        Pipeline.of(Columns.of().with("n", List.of("b")), Regressors.leastSquares()).fit(ROWS);
    assertThatThrownBy(() -> fitted.predict(TABLE.rejectColumns("b")))
        .hasMessage("no column 'b' in table 't'; it has [a, c, k]");
    assertThatThrownBy(() -> Columns.of().fit(ROWS))
        .hasMessage("no part has a column: add a part by with(…)");
    assertThatThrownBy(() -> COLUMNS.with("num", List.of("b")))
        .hasMessage("part 'num' already exists; choose another name");
    assertThatThrownBy(() -> Pipeline.of(Missing.drop(), Regressors.leastSquares()))
        .hasMessageStartingWith("'drop incomplete rows' may drop rows, but a pipeline predicts");
    assertThatThrownBy(() -> Regressors.leastSquares().fit(ROWS))
        .hasMessageContaining("column 'k' of table 't' holds string, not numbers");
    assertThatThrownBy(
            () ->
                Pipeline.of(
                        Columns.of().with("k", List.of("k"), Categories.oneHot()),
                        Regressors.leastSquares())
                    .fit(Samples.of(TABLE)))
        .hasMessage("'t' has no number to predict: choose one with withTarget(column)");
  }
}
