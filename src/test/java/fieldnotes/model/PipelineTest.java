package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.SeededKMeans;
import fieldnotes.cluster.SeededKMeansOptions;
import fieldnotes.cluster.SeededKMeansOptions.Start;
import fieldnotes.evaluate.Errors;
import fieldnotes.math.NumpyRandom;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Step;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Linear;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class PipelineTest {
  private static final Table ROWS =
      Table.create(
          "t",
          DoubleColumn.create("a", 1, 2, Double.NaN, 4, 5, 6, 7, 8),
          DoubleColumn.create("b", 2, 1, 4, 3, 6, 5, 8, 7),
          DoubleColumn.create("c", 1, 1, 2, 2, 3, 3, 4, 4),
          StringColumn.create("k", "x", "y", "x", "", "y", "x", "z", "x"));
  private static final double[] TARGET = {10, 12, 20, 18, 33, 29, 41, 44};

  private static final Columns COLUMNS =
      Columns.of()
          .with("num", List.of("a"), Steps.median(), Steps.standardize())
          .with("part", List.of("a", "b"), Steps.median(), Steps.ratio())
          .with(
              "near", List.of("b", "c"), Steps.clusterSimilarity(SeededKMeansOptions.of(2, 1), 0.5))
          .withCategories("cat", "k")
          .withRemainder(Steps.log(), Steps.minMax(-1, 1));

  @Test
  void namesOfPreparedColumnsAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(COLUMNS.fit(ROWS, TARGET).apply(ROWS).names())
          .contains("near__Cluster 0 similarity", "near__Cluster 1 similarity");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void namesAndCellsOfPreparedColumns() {
    Matrix x = COLUMNS.fit(ROWS, TARGET).apply(ROWS);
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
  }

  @Test
  @DisplayName("no row that a pipeline is applied to changes what it learnt")
  void noLeak() {
    Pipeline.Fitted fitted = Pipeline.of(COLUMNS, Regressors.leastSquares()).fit(ROWS, TARGET);
    double[] alone = fitted.predict(ROWS.first(1));
    Table wild =
        Table.create(
            "wild",
            DoubleColumn.create("a", 1, 1e6, Double.NaN),
            DoubleColumn.create("b", 2, -1e6, 3),
            DoubleColumn.create("c", 1, 77, 3),
            StringColumn.create("k", "x", "never seen", ""));
    double[] among = fitted.predict(wild);
    assertThat(among[0]).isEqualTo(alone[0]);
    assertThat(fitted.predict(ROWS.first(1))).containsExactly(alone);
    assertThat(fitted.prepare(wild).column("cat__k_x")).containsExactly(1, 0, 1);
    // cross-validation refits: scores on a fold do not depend on that fold's own targets
    double[] other = TARGET.clone();
    other[7] = 1e6;
    Pipeline simple =
        Pipeline.of(
            Columns.of().with("n", List.of("b", "c"), Steps.standardize()),
            Regressors.leastSquares());
    double[] first = CrossValidation.of(simple, ROWS, TARGET, 2).rmse();
    double[] second = CrossValidation.of(simple, ROWS, other, 2).rmse();
    assertThat(first[1]).isNotEqualTo(second[1]);
    assertThat(simple.fit(ROWS.first(4), Arrays.copyOf(TARGET, 4)).predict(ROWS.last(4)))
        .containsExactly(simple.fit(ROWS.first(4), Arrays.copyOf(other, 4)).predict(ROWS.last(4)));
  }

  @Test
  @DisplayName("y = 3 + 2a − b, with a column twice: the smallest coefficients share it")
  void minimumNorm() {
    double[][] rows = {{1, 5, 1}, {2, 1, 2}, {3, 4, 3}, {4, 0, 4}, {7, 2, 7}};
    double[] y = new double[5];
    for (int i = 0; i < 5; i++) {
      y[i] = 3 + 2 * rows[i][0] - rows[i][1];
    }
    Linear linear = Linear.leastSquares(Matrix.of(rows), y);
    assertThat(linear.rank()).isEqualTo(2);
    assertThat(linear.intercept()).isCloseTo(3, within(1e-12));
    assertThat(linear.coefficients()).containsExactly(new double[] {1, -1, 1}, within(1e-12));
    Linear wide =
        Linear.leastSquares(Matrix.of(new double[][] {{1, 0, 2}, {3, 1, 1}}), new double[] {1, 5});
    assertThat(wide.predict(Matrix.of(new double[][] {{1, 0, 2}, {3, 1, 1}})))
        .containsExactly(new double[] {1, 5}, within(1e-12));
  }

  @Test
  @DisplayName("ridge of one centred column by hand: Σxy / (Σx² + alpha)")
  void ridgeByHand() {
    Linear ridge =
        Linear.ridge(Matrix.of(new double[][] {{-1}, {0}, {1}}), new double[] {1, 2, 6}, 3);
    assertThat(ridge.coefficients()[0]).isCloseTo(5.0 / 5, within(1e-12));
    assertThat(ridge.intercept()).isCloseTo(3, within(1e-12));
  }

  @Test
  void kMeansByHand() {
    double[][] x = {{0, 0}, {0, 1}, {10, 0}, {10, 1}};
    SeededKMeans found = SeededKMeans.fit(x, SeededKMeansOptions.of(2, 42));
    assertThat(found.inertia()).isEqualTo(1);
    assertThat(found.sizes()).containsExactly(2, 2);
    assertThat(SeededKMeans.fit(x, SeededKMeansOptions.of(4, 42)).inertia()).isZero();
    assertThatThrownBy(() -> SeededKMeans.fit(x, SeededKMeansOptions.of(5, 42)))
        .hasMessage("clusters=5: must be at most the number of rows, 4");
  }

  @Test
  void steps() {
    Matrix x = Matrix.of(List.of("v"), new double[][] {{1}, {2}, {3}, {4}});
    double[] none = new double[4];
    assertThat(Steps.buckets(2).fit(x, none).apply(x).column(0)).containsExactly(0, 0, 1, 1);
    assertThat(Steps.similarity(new double[][] {{3}}, 1, "to 3").fit(x, none).apply(x).column(0))
        .containsExactly(new double[] {Math.exp(-4), Math.exp(-1), 1, Math.exp(-1)}, within(1e-15));
    double[] target = {10, 20, 30, 40};
    assertThat(Steps.neighbourTarget(2, false).fit(x, target).apply(x).column(0))
        .containsExactly(15, 15, 25, 35);
    assertThat(Steps.neighbourTarget(2, true).fit(x, target).apply(x).column(0))
        .containsExactly(target);
    assertThat(
            Steps.select(ForestOptions.of(1).withTrees(5), 0.1)
                .fit(x.beside(Matrix.of(new double[4][1])), target)
                .apply(x.beside(Matrix.of(new double[4][1])))
                .names())
        .containsExactly("v");
    assertThatThrownBy(
            () -> Steps.log().fit(x, none).apply(Matrix.of(List.of("v"), new double[][] {{0}})))
        .hasMessage("row 0, column 'v': 0.0 has no logarithm");
  }

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
    Columns columns = Columns.of().with("n", List.of("b", "c"), Steps.standardize());
    Search search =
        Search.over(
            grid,
            s ->
                Pipeline.of(
                    columns,
                    s.word("kind").equals("line")
                        ? Regressors.leastSquares()
                        : Regressors.tree(TreeOptions.of(1).withMaxDepth(s.whole("depth")))),
            ROWS,
            TARGET,
            2);
    assertThat(search.best().word("kind")).isEqualTo("line");
    assertThat(search.table().intColumn("setting").get(0)).isEqualTo(1); // the first of equals
    assertThat(search.table().columnNames())
        .containsExactly("setting", "depth", "kind", "split0", "split1", "mean");
  }

  @Test
  @DisplayName("settings that prepare alike share the fits of a fold, and score as they do alone")
  void sharedPreparation() {
    AtomicInteger fits = new AtomicInteger();
    Step counting =
        (x, target) -> {
          fits.incrementAndGet();
          return rows -> rows;
        };
    Function<Setting, Pipeline> pipeline =
        s ->
            Pipeline.of(
                Columns.of()
                    .with("n", List.of("b", "c"), counting, Steps.minMax(0, s.whole("high"))),
                Regressors.tree(TreeOptions.of(1).withMaxDepth(s.whole("depth"))));
    List<Setting> grid = Search.grid("depth", List.of(1, 2, 3), "high", List.of(1, 2));
    Search search = Search.over(grid, pipeline, ROWS, TARGET, 4);
    assertThat(fits).hasValue(2 * 4);
    for (int s = 0; s < grid.size(); s++) {
      assertThat(search.scores().get(s))
          .isEqualTo(CrossValidation.of(pipeline.apply(grid.get(s)), ROWS, TARGET, 4));
    }
  }

  @Test
  @DisplayName("on a grid full of ties every row is with its nearest centre, and rounds lower sums")
  void kMeansOnAGrid() {
    double[][] x = new double[900][];
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {i % 30 * 0.01, Math.floor(i / 30.0) / 100 + 1000};
    }
    for (int clusters : new int[] {1, 2, 7, 40}) {
      var options = SeededKMeansOptions.of(clusters, clusters).withStart(Start.BOOK);
      SeededKMeans found = SeededKMeans.fit(x, options);
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double[] distances = new double[clusters];
        for (int c = 0; c < clusters; c++) {
          distances[c] =
              Math.hypot(x[i][0] - found.centres()[c][0], x[i][1] - found.centres()[c][1]);
        }
        double own = distances[found.labels()[i]];
        assertThat(own).isLessThanOrEqualTo(Arrays.stream(distances).min().orElse(0) + 1e-9);
        sum += own * own;
      }
      assertThat(found.inertia()).isCloseTo(sum, within(1e-9));
      assertThat(found.sizes()).doesNotContain(0);
    }
  }

  @Test
  @DisplayName("least squares by blocks of rows is least squares of all rows")
  void blocksOfRows() {
    NumpyRandom random = NumpyRandom.of(5);
    double[][] x = new double[9000][4];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {random.normal(), 100 + random.uniform(), i, 0};
      x[i][3] = x[i][0] - 2 * x[i][2];
      y[i] = 7 + 2 * x[i][0] - 3 * x[i][1] + random.normal();
    }
    Linear all = Linear.leastSquares(Matrix.of(x), y);
    assertThat(all.rank()).isEqualTo(3);
    // what is left over is at right angles to every column
    double[] predicted = all.predict(Matrix.of(x));
    for (int j = 0; j < 4; j++) {
      double product = 0;
      double size = 0;
      for (int i = 0; i < x.length; i++) {
        product += (y[i] - predicted[i]) * x[i][j];
        size += Math.abs((y[i] - predicted[i]) * x[i][j]);
      }
      assertThat(product / size).isCloseTo(0, within(1e-10));
    }
    // and of the dependent columns the smallest coefficients are taken: none along (1, 0, −2, −1)
    double[] c = all.coefficients();
    assertThat(c[0] - 2 * c[2] - c[3]).isCloseTo(0, within(1e-9));
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

  @TempDir Path folder;

  static Stream<Regressor> models() {
    return Stream.of(
        Regressors.leastSquares(),
        Regressors.tree(TreeOptions.of(3)),
        Regressors.forest(ForestOptions.of(3).withTrees(7)),
        Regressors.onScaledTarget(Regressors.ridge(1)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void savedAndLoadedPredictsTheSame(Regressor model) throws IOException {
    Pipeline pipeline =
        Pipeline.of(COLUMNS.with("place", List.of("b", "c"), Steps.neighbourTarget(2, true)), model)
            .withStep(Steps.select(ForestOptions.of(3).withTrees(5), 0.001));
    Pipeline.Fitted fitted = pipeline.fit(ROWS, TARGET);
    Path file = folder.resolve("model.zip");
    ModelFile.save(fitted, file);
    byte[] once = Files.readAllBytes(file);
    ModelFile.save(fitted, file);
    assertThat(Files.readAllBytes(file)).isEqualTo(once);
    Pipeline.Fitted back = ModelFile.load(file);
    assertThat(back.predict(ROWS)).containsExactly(fitted.predict(ROWS));
    assertThat(back.names()).isEqualTo(fitted.names());
  }

  @Test
  void smileModelsLearnTheLine() {
    double[] along = IntStream.range(0, 60).mapToDouble(i -> i).toArray();
    Table line = Table.create("line", DoubleColumn.create("b", along));
    Columns columns = Columns.of().with("n", List.of("b"), Steps.standardize());
    for (Regressor model :
        List.of(
            Regressors.smileLinearSvr(0.1, 100, 1e-3),
            Regressors.smileRbfSvr(0.1, 0.1, 100, 1e-3),
            Regressors.smileForest(20, 1, 1),
            Regressors.smileBoosting(50, 3, 6, 0.1))) {
      double[] predicted = Pipeline.of(columns, model).fit(line, along).predict(line);
      assertThat(Errors.rmse(along, predicted)).isLessThan(5);
    }
  }

  @Test
  void badInputIsNamed() throws IOException {
    Path file = folder.resolve("bad.zip");
    Files.writeString(file, "no archive");
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.zip: is no saved pipeline");
    assertThatThrownBy(() -> ModelFile.load(folder.resolve("none.zip")))
        .hasMessageContaining("none.zip: is not there");
    Step own = (x, target) -> rows -> rows;
    Pipeline.Fitted fitted =
        Pipeline.of(Columns.of().with("n", List.of("b"), own), Regressors.leastSquares())
            .fit(ROWS, TARGET);
    assertThatThrownBy(() -> ModelFile.save(fitted, file)).hasMessageContaining("cannot be saved");
    assertThatThrownBy(() -> fitted.predict(ROWS.rejectColumns("b")))
        .hasMessage("no column 'b' in table 't'; it has [a, c, k]");
    assertThatThrownBy(() -> Columns.of().fit(ROWS, TARGET)).hasMessageContaining("no part takes");
    assertThatThrownBy(() -> COLUMNS.with("num", List.of("b")))
        .hasMessage("there is a part 'num' already");
  }
}
