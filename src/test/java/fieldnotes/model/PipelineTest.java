package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.Classifiers;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.Similarity;
import fieldnotes.common.Encoder;
import fieldnotes.embed.Pca;
import fieldnotes.embed.PcaOptions;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import fieldnotes.housing.NeighbourTarget;
import fieldnotes.prepare.Categories;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Outliers;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Step;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Linear;
import fieldnotes.regress.Regressors;
import fieldnotes.regress.Selection;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
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
  @DisplayName("another seed reaches the learner that takes one, through all that wraps it")
  void seedsReachTheLearner() {
    ForestOptions options = ForestOptions.of(1).withTrees(3);
    var pipeline = Pipeline.of(Scaler.standard(), Regressors.forest(options));
    var reseeded = options.withTree(options.tree().withSeed(5));
    assertThat(Seeded.of(pipeline, 5)).isEqualTo(pipeline.withLearner(Regressors.forest(reseeded)));
    assertThat(Seeded.of(Regressors.onScaledTarget(Regressors.tree(TreeOptions.of(1))), 5))
        .isEqualTo(Regressors.onScaledTarget(Regressors.tree(TreeOptions.of(5))));
    assertThat(Seeded.of(Classifiers.tree(TreeOptions.of(1).withMaxDepth(2)), 5))
        .isEqualTo(Classifiers.tree(TreeOptions.of(5).withMaxDepth(2)));
    assertThat(Seeded.of(Classifiers.forest(options), 5)).isEqualTo(Classifiers.forest(reseeded));
    var plain = Pipeline.of(Scaler.standard(), Regressors.ridge(1));
    assertThat(Seeded.of(plain, 5)).isEqualTo(plain);
    assertThat(Seeded.of(Regressors.ridge(1), 5)).isEqualTo(Regressors.ridge(1));
  }

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
    NeighbourTarget elsewhere = NeighbourTarget.of(2, false).withOnlyElsewhere();
    assertThat(elsewhere.fit(rows).apply(x).column(0)).containsExactly(25, 20, 30, 25);
    Matrix onePlace = Matrix.of(List.of("v"), new double[][] {{1}, {1}, {1}, {1}});
    assertThatThrownBy(() -> elsewhere.fit(Samples.of(onePlace, target)))
        .hasMessage("all 4 rows are at one place: none has a neighbour elsewhere");
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

  @Test
  @DisplayName("a column that a step leaves alone reaches the next one, whatever is predicted")
  void untouchedColumnsGoThrough() {
    Samples rows = ROWS.withFeatures(List.of("a", "b", "k"));
    Columns columns =
        Columns.of().with("n", List.of("a", "b"), Scaler.standard()).withCategories("cat", "k");
    var two = Pipeline.of(Missing.median(), Regressors.leastSquares()).withStep(columns);
    var one = Pipeline.of(Steps.of(Missing.median(), columns), Regressors.leastSquares());
    // by hand: k has the categories x (also for the empty cell), y, z; a has the median 5
    double[] a = {1, 2, 5, 4, 5, 6, 7, 8};
    for (var pipeline : List.of(two, one)) {
      var fitted = pipeline.fit(rows);
      Matrix x = fitted.prepare(TABLE);
      assertThat(x.names()).containsExactly("n__a", "n__b", "cat__k_x", "cat__k_y", "cat__k_z");
      assertThat(x.column("cat__k_x")).containsExactly(1, 0, 1, 1, 0, 1, 0, 1);
      double deviation = Math.sqrt(39.5 / 8);
      for (int i = 0; i < 8; i++) {
        assertThat(x.column("n__a")[i]).isCloseTo((a[i] - 4.75) / deviation, within(1e-12));
      }
      double[] said = ((Outcome.Numbers) fitted.judge(rows)).predicted();
      assertThat(said).hasSize(8).doesNotContain(Double.NaN);
      assertThat(fitted.predict(rows)).containsExactly(said);
      assertThat(fitted.predict(TABLE)).containsExactly(said);
      assertThat(fitted.made().columns()).containsExactly("a", "b", "k");
    }
    Step.Fitted steps = Steps.of(Missing.median(), columns).fit(rows);
    assertThat(steps.columns()).containsExactly("a", "b", "k");
    assertThat(steps.matrix(TABLE).names()).isEqualTo(steps.outputs());
    // within a part of Columns as well: the first step takes only a, the second k too
    Columns part = Columns.of().with("p", List.of("a", "k"), Missing.median(), Categories.oneHot());
    assertThat(part.fit(rows).matrix(TABLE)).isEqualTo(part.learn(rows).x());
    assertThat(part.fit(rows).outputs())
        .containsExactly(
            "p__a_1", "p__a_2", "p__a_4", "p__a_5", "p__a_6", "p__a_7", "p__a_8", "p__k_x",
            "p__k_y", "p__k_z");
  }

  @Test
  void onlyTheColumnsThatAreUsedAreNeeded() {
    Pipeline<double[], Linear> pipeline =
        Pipeline.of(Columns.of().with("n", List.of("b")), Regressors.leastSquares());
    var fitted = pipeline.fit(ROWS);
    assertThat(fitted.made().columns()).containsExactly("b");
    assertThat(fitted.predict(Matrix.of(List.of("b"), new double[][] {{2}, {1}})))
        .containsExactly(Arrays.copyOf(fitted.predict(TABLE), 2));
    assertThat(fitted.predict(TABLE.selectColumns("b"))).containsExactly(fitted.predict(ROWS));
  }

  @Test
  void columnsMadeTwiceAreRefused() {
    assertThatThrownBy(() -> COLUMNS.with("remainder", List.of("a")))
        .hasMessage("part 'remainder' already exists; choose another name");
    assertThatThrownBy(() -> Columns.of().with("remainder", List.of("a")).withRemainder())
        .hasMessage("part 'remainder' already exists; choose another name");
    assertThat(Columns.of().with("remainder", List.of("b")).fit(ROWS).outputs())
        .containsExactly("remainder__b");
    assertThatThrownBy(() -> Columns.of().with("p", List.of("b", "b")))
        .hasMessage("part 'p' has a column twice: [b, b]");
    Samples wide = Samples.of(Matrix.of(List.of("b", "a__b"), new double[][] {{1, 2}, {3, 4}}));
    assertThatThrownBy(
            () -> Columns.of().with("p__a", List.of("b")).with("p", List.of("a__b")).fit(wide))
        .hasMessage("the parts make a column twice: [p__a__b, p__a__b]");
  }

  private static Made changed(Made m, List<String> classes, String target, int rows) {
    return new Made(
        m.inputs(), target, m.unit(), classes, m.learner(), rows, m.id(), m.data(), m.version());
  }

  @Test
  @DisplayName("parts that contradict each other are refused")
  void contradictions() {
    Samples rows = ROWS.withFeatures(List.of("b", "c"));
    Linear model = Regressors.leastSquares().fit(rows);
    Made made = model.made();
    assertThatThrownBy(() -> new Pipeline.Fitted<>(made, List.of(Missing.drop().fit(rows)), model))
        .hasMessageEndingWith("may drop rows, but a pipeline predicts every row");
    assertThatThrownBy(
            () -> new Columns.FittedPart("n", List.of("b", "c"), List.of(Missing.drop().fit(rows))))
        .hasMessageEndingWith("may drop rows");
    Step.Fitted dropping = Steps.of(Missing.drop(), Scaler.standard()).fit(rows);
    assertThat(dropping.keepsRows()).isFalse();
    assertThatThrownBy(() -> new Pipeline.Fitted<>(made, List.of(dropping), model))
        .hasMessageContaining("may drop rows");
    Step.Fitted pca = PcaOptions.of(1).fit(rows);
    assertThatThrownBy(() -> new Pipeline.Fitted<>(made, List.of(pca), model))
        .hasMessageStartingWith("column 'b' is needed after 'PCA: ")
        .hasMessageEndingWith("which makes only [PC1]");
    assertThatThrownBy(
            () ->
                new Pipeline.Fitted<>(
                    made, List.of(Steps.log().fit(ROWS.withFeatures(List.of("a")))), model))
        .hasMessage("the pipeline has the columns [b, c], but its parts need [a, b, c]");
    assertThatThrownBy(
            () -> new Pipeline.Fitted<>(changed(made, List.of(), "other", 8), List.of(), model))
        .hasMessage("target: the pipeline has other, but its model has price");
    assertThatThrownBy(
            () -> new Pipeline.Fitted<>(changed(made, List.of(), "price", 77), List.of(), model))
        .hasMessage("rows: the pipeline has 77, but its model has 8");
    assertThatThrownBy(() -> changed(made, List.of("v", "u"), "price", 8))
        .hasMessage("classes must be sorted by code point, each once: [v, u]");
    assertThatThrownBy(() -> changed(made, List.of("u", "u"), "price", 8))
        .hasMessageStartingWith("classes must be sorted");
    assertThatThrownBy(() -> changed(made, List.of("", "u"), "price", 8))
        .hasMessage("a class is empty: [, u]");
    assertThatThrownBy(() -> new Linear(made, 1, new double[] {1, 2}, model.options(), -9))
        .hasMessage("rank=-9: must be 0 to 2");
    assertThatThrownBy(() -> new Linear(made, 1, new double[] {1, 2}, new Linear.Options(5), 2))
        .hasMessage("the options are 'ridge with alpha 5.0', but it was made by 'least squares'");
  }

  @Test
  void aStepThatDropsRowsIsFoundOut() {
    record Half(List<String> columns) implements Step.Fitted {
      @Override
      public Matrix apply(Matrix x) {
        return x;
      }

      @Override
      public Samples apply(Samples rows) {
        return rows.first(rows.rowCount() / 2);
      }
    }
    Samples rows = ROWS.withFeatures(List.of("b", "c"));
    Linear model = Regressors.leastSquares().fit(rows);
    var fitted = new Pipeline.Fitted<>(model.made(), List.of(new Half(List.of("b"))), model);
    assertThatThrownBy(() -> fitted.predict(TABLE))
        .hasMessageContaining("made 4 rows of 8, but a pipeline predicts every row");
  }

  @Test
  @DisplayName("numbers that no fit gives are refused when a step is read")
  void impossibleSteps() {
    List<String> ab = List.of("a", "b");
    double[][] rows = {{1, 2}, {3, 4}};
    double nan = Double.NaN;
    assertThatThrownBy(
            () ->
                new NeighbourTarget.Fitted(
                    ab, new double[][] {{nan, 1}, {3, 4}}, new double[] {1, 2}, 1, true, false))
        .hasMessage("a row has NaN: must be finite");
    assertThatThrownBy(
            () -> new NeighbourTarget.Fitted(ab, rows, new double[] {1, nan}, 1, true, false))
        .hasMessage("a target is NaN: must be finite");
    for (double fill : new double[] {nan, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> new Missing(Missing.median(), ab, new double[] {1, fill}, new double[0][]))
          .hasMessage("a column is filled with %s: must be finite, or NaN for DROP", fill);
    }
    assertThatThrownBy(
            () ->
                new Missing(Missing.knn(1), ab, new double[] {1, 2}, new double[][] {{1, 1 / 0.0}}))
        .hasMessage("a row seen has Infinity: must be finite or NaN");
    assertThatThrownBy(
            () -> new Categories("k", List.of("1", "1", "2"), "1", Categories.Unknown.REFUSE))
        .hasMessage("a category occurs twice: [1, 1, 2]");
    assertThatThrownBy(
            () ->
                new Scaler(
                    Scaler.standard(),
                    List.of("a", "a"),
                    new double[2],
                    new double[] {1, 1},
                    List.of()))
        .hasMessage("a column is scaled twice: [a, a]");
    Matrix none = Matrix.of(List.of("PC1", "PC2"), new double[0][]);
    assertThatThrownBy(
            () ->
                new Pca(
                    ab,
                    5,
                    new double[2],
                    new double[][] {{1, 0}, {0, 1}},
                    new double[] {5, 5},
                    new double[] {.9, .9},
                    none,
                    PcaOptions.all(),
                    List.of()))
        .hasMessageContaining("the sum of the ratios=1.8");
    assertThatThrownBy(
            () ->
                new Pca(
                    ab,
                    5,
                    new double[2],
                    new double[][] {{1, 0}, {0, 100}},
                    new double[] {5, 5},
                    new double[] {.5, .5},
                    none,
                    PcaOptions.all(),
                    List.of()))
        .hasMessage("component 1 is no unit vector");
    assertThatThrownBy(
            () -> new Outliers(Outliers.byIqr(), ab, new double[] {1, 2}, new double[] {3, 1}))
        .hasMessage("low=2.0, high=1.0: must be in order");
  }

  @Test
  void weightsThatAreAllZeroAreRefusedByEveryLearner() {
    Samples rows =
        ROWS.withFeatures(List.of("b", "c"))
            .withWeights(new double[] {0, 0, 0, 1, 1, 1, 1, 1})
            .first(3);
    for (Learner<?, ?> learner :
        List.of(
            Regressors.leastSquares(),
            Regressors.tree(TreeOptions.of(1)),
            KMeansOptions.of(2, 1))) {
      assertThatThrownBy(() -> learner.fit(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the weights of all 3 rows of 't' are 0: leave at least one row in");
    }
  }

  @Test
  void classesForALearnerOfNumbersAreABadArgument() {
    Samples classes = ROWS.withFeatures(List.of("b")).withClasses("k");
    assertThatThrownBy(() -> Regressors.leastSquares().fit(classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'t' has no number to predict: choose one with withTarget(column)");
  }
}
