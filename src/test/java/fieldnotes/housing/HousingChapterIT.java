package fieldnotes.housing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.SeededKMeansOptions.Start;
import fieldnotes.evaluate.Errors;
import fieldnotes.evaluate.Interval;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.ModelFile;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Setting;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Regressors;
import fieldnotes.table.HousingFile;
import fieldnotes.table.Split;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The chapter's model figures, all of them to the digits printed. A minute or two on two cores. */
class HousingChapterIT {
  private static JsonNode book;
  private static Table x;
  private static double[] y;
  private static Table testX;
  private static double[] testY;

  @TempDir static Path folder;

  @BeforeAll
  static void read() {
    JsonNode reference = new ObjectMapper().readTree(HousingFile.reference().toFile());
    book = reference.get("chapter_models_book_kmeans_rule");
    Table housing = Housing.read(HousingFile.csv());
    Split split = Housing.split(housing);
    x = Housing.features(split.train(housing));
    y = Housing.target(split.train(housing));
    testX = Housing.features(split.test(housing));
    testY = Housing.target(split.test(housing));
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static Pipeline forest(int clusters, int features) {
    return Pipeline.of(
        Housing.preparation(clusters, Start.BOOK),
        Regressors.forest(ForestOptions.of(42).withMaxFeatures(features)));
  }

  @Test
  void tree() {
    Pipeline pipeline =
        Pipeline.of(Housing.preparation(10, Start.BOOK), Regressors.tree(TreeOptions.of(42)));
    Pipeline.Fitted fitted = pipeline.fit(x, y);
    assertThat(Errors.rmse(y, fitted.predict(x))).isZero();
    assertThat(fitted.model()).hasToString("regression tree: depth 35, 15766 leaves, 24 columns");
    assertThat(Errors.rmse(testY, fitted.predict(testX))).isCloseTo(66755.3112042173, within(1e-6));
    CrossValidation scores = CrossValidation.of(pipeline, x, y, 10);
    assertThat(scores.rmse()).containsExactly(doubles(book.at("/tree_cv10/folds")), within(1e-8));
    assertThat(scores.mean()).isCloseTo(66868.02728758389, within(1e-8));
  }

  @Test
  @DisplayName("ten folds of a hundred trees: mean 47,019.5613")
  void forest() {
    CrossValidation scores = CrossValidation.of(forest(10, 0), x, y, 10);
    assertThat(scores.rmse()).containsExactly(doubles(book.at("/forest_cv10/folds")), within(1e-8));
    assertThat(scores.mean()).isCloseTo(47019.56128114021, within(1e-8));
    assertThat(Errors.rmse(y, forest(10, 0).fit(x, y).predict(x)))
        .isCloseTo(17474.619286484, within(1e-8));
  }

  @Test
  void gridSearch() {
    List<Setting> settings = new ArrayList<>();
    for (int[] grid :
        new int[][] {
          {5, 4}, {5, 6}, {5, 8}, {8, 4}, {8, 6}, {8, 8}, {10, 4}, {10, 6}, {10, 8}, {10, 6},
          {10, 8}, {10, 10}, {15, 6}, {15, 8}, {15, 10}
        }) {
      settings.add(new Setting(Map.of("clusters", grid[0], "features", grid[1])));
    }
    Search search =
        Search.over(settings, s -> forest(s.whole("clusters"), s.whole("features")), x, y, 3);
    same(search, book.at("/grid_search/table"));
    assertThat(search.best().values()).isEqualTo(Map.of("clusters", 15, "features", 6));
    assertThat(search.bestRmse()).isCloseTo(44042.004170883105, within(1e-6));
    assertThat(search.table().intColumn("setting").asList()).startsWith(12, 13, 14, 7, 9);
  }

  @Test
  void randomSearch() {
    List<Setting> settings =
        Search.random(
            Map.of("clusters", Search.Draw.integer(3, 50), "features", Search.Draw.integer(2, 20)),
            10,
            42);
    Search search =
        Search.over(settings, s -> forest(s.whole("clusters"), s.whole("features")), x, y, 3);
    same(search, book.at("/random_search/table"));
    assertThat(search.best().values()).isEqualTo(Map.of("clusters", 45, "features", 9));
    assertThat(search.bestRmse()).isCloseTo(42021.420052086054, within(1e-6));
  }

  private static void same(Search search, JsonNode table) {
    for (JsonNode row : table) {
      double[] scores = search.scores().get(row.get("row").asInt()).rmse();
      for (int f = 0; f < 3; f++) {
        assertThat(scores[f])
            .as("setting %s, split %d", row.get("row"), f)
            .isCloseTo(row.get("split" + f).asDouble(), within(1e-6));
      }
    }
  }

  @Test
  @DisplayName("the final model, its intervals, and its file read in another process")
  void finalModel() throws IOException, InterruptedException {
    Pipeline.Fitted fitted = forest(45, 9).fit(x, y);
    double[] predicted = fitted.predict(testX);
    assertThat(Errors.rmse(testY, predicted)).isEqualTo(41424.40026462184);
    assertThat(java.util.Arrays.copyOf(fitted.predict(x), 5))
        .containsExactly(
            new double[] {442737.15, 457566.06, 105965.0, 98462.0, 332992.01}, within(1e-6));
    double[] importances = ((Regressors.Trees) fitted.model()).forest().importances();
    Table table = Housing.importances(fitted.names(), importances);
    JsonNode expected = book.get("importances");
    for (int i = 0; i < expected.size(); i++) {
      assertThat(table.doubleColumn(1).get(i))
          .isCloseTo(expected.get(i).get(0).asDouble(), within(1e-12));
      assertThat(table.getString(i, 0)).isEqualTo(expected.get(i).get(1).asString());
    }

    double[] squares = Errors.squares(testY, predicted);
    Interval t = Interval.ofRootMean(squares, 0.95);
    assertThat(t.low()).isCloseTo(39275.40861216077, within(1e-5));
    assertThat(t.high()).isCloseTo(43467.2768058342, within(1e-5));
    Interval z = Interval.ofMeanByNormal(squares, 0.95).root();
    assertThat(z.low()).isCloseTo(39276.05610140007, within(1e-6));
    assertThat(z.high()).isCloseTo(43466.691749969636, within(1e-6));
    Interval bootstrap = Interval.bootstrap(squares, Errors::rootMean, 0.95, 9999, 42);
    assertThat(bootstrap.low()).isCloseTo(39484.96837357673, within(1e-5));
    assertThat(bootstrap.high()).isCloseTo(43678.48119840656, within(1e-5));

    Path file = folder.resolve("housing-model.zip");
    ModelFile.save(fitted, file);
    Path log = folder.resolve("log.txt");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Another.class.getName(),
                file.toString(),
                HousingFile.csv().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(other.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log).lines().reduce((a, b) -> b).orElseThrow())
        .isEqualTo("RMSE " + Errors.rmse(testY, predicted));
  }

  /** Loads a saved model and judges it; run in a process of its own. */
  static final class Another {
    private Another() {}

    public static void main(String[] args) throws IOException {
      Table housing = Housing.read(Path.of(args[1]));
      Table rows = Housing.split(housing).test(housing);
      double[] predicted = ModelFile.load(Path.of(args[0])).predict(Housing.features(rows));
      System.out.println("RMSE " + Errors.rmse(Housing.target(rows), predicted));
    }
  }

  @Test
  @DisplayName("Smile's forest and boosting stand near, inside the reference's tolerances")
  void smileStandsBeside() {
    Columns columns = Housing.preparation(10, Start.BOOK);
    double forest =
        Errors.rmse(
            testY,
            Pipeline.of(columns, Regressors.smileForest(100, 8, 42)).fit(x, y).predict(testX));
    assertThat(forest).isBetween(44_000.0, 60_000.0);
    double boosting =
        Errors.rmse(
            testY,
            Pipeline.of(columns, Regressors.smileBoosting(300, 8, 40, 0.1))
                .fit(x, y)
                .predict(testX));
    assertThat(boosting).isBetween(40_000.0, 56_000.0);
  }

  @Test
  @DisplayName(
      "exercises: Smile's machine comes to the book's errors, with and without a selection")
  void supportVectors() {
    Table few = x.first(5_000);
    double[] target = java.util.Arrays.copyOf(y, 5_000);
    Setting drawn =
        Search.random(
                Map.of(
                    "C", Search.Draw.logUniform(20, 200_000),
                    "gamma", Search.Draw.exponential(1),
                    "kernel", Search.Draw.oneOf("linear", "rbf")),
                50,
                42)
            .get(9);
    assertThat(drawn.word("kernel")).isEqualTo("rbf");
    assertThat(drawn.number("C")).isCloseTo(157055.10989448498, within(1e-6));
    assertThat(drawn.number("gamma")).isCloseTo(0.26497040005002437, within(1e-12));
    Pipeline machine =
        Pipeline.of(
            Housing.preparation(10, Start.BOOK),
            Regressors.smileRbfSvr(drawn.number("gamma"), 0.1, drawn.number("C"), 1e-3));
    assertThat(CrossValidation.of(machine, few, target, 3).mean())
        .isCloseTo(55853.88099761698, within(1.0));
    Pipeline selecting = machine.withStep(Steps.select(ForestOptions.of(42), 0.005));
    assertThat(CrossValidation.of(selecting, few, target, 3).mean())
        .isCloseTo(56211.36209021427, within(1.0));
  }
}
