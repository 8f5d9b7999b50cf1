package fieldnotes.housing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.evaluate.Errors;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Interval;
import fieldnotes.evaluate.Scores;
import fieldnotes.journal.Block;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Run;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Setting;
import fieldnotes.prepare.Columns;
import fieldnotes.regress.ForestModel;
import fieldnotes.regress.Regressors;
import fieldnotes.regress.Selection;
import fieldnotes.table.HousingFile;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The chapter's model figures to the digits printed. Of the forests of the cross-validation and the
 * two searches it fits about a tenth. The notebooks fit those of the cross-validation, of the best
 * setting of each search and of the final model: {@link #journalHasTheBook} compares what they kept
 * in the journal with the reference, and {@code ./workbench test} fails if they do not come to the
 * same again. {@code -Dfieldnotes.housing=all} fits them all here; so do the notebooks with {@code
 * FIELDNOTES_FULL=1}.
 */
class HousingChapterIT {
  private static final boolean ALL = "all".equals(System.getProperty("fieldnotes.housing"));

  private static JsonNode book;
  private static Samples train;
  private static Samples test;

  @TempDir static Path folder;

  @BeforeAll
  static void read() {
    JsonNode reference = new ObjectMapper().readTree(HousingFile.reference().toFile());
    book = reference.get("chapter_models_book_kmeans_rule");
    Samples housing = Housing.samples(HousingFile.csv());
    Split split = Housing.split(housing.table());
    train = housing.rows(split.train());
    test = housing.rows(split.test());
  }

  private static double rmse(Model<double[]> model, Samples rows) {
    return Scores.rmse().of(model.judge(rows));
  }

  private static CrossValidation folds(Pipeline<double[], ?> pipeline, Samples rows, int folds) {
    return CrossValidation.of(pipeline, rows, Folds.of(folds), Scores.rmse());
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static Pipeline<double[], ForestModel> forest(int clusters, int features) {
    return Pipeline.of(
        Housing.preparation(clusters, Start.BOOK),
        Regressors.forest(ForestOptions.of(42).withMaxFeatures(features)));
  }

  @Test
  void tree() {
    var pipeline =
        Pipeline.of(Housing.preparation(10, Start.BOOK), Regressors.tree(TreeOptions.of(42)));
    var fitted = pipeline.fit(train);
    assertThat(rmse(fitted, train)).isZero();
    assertThat(fitted.model()).hasToString("regression tree: depth 35, 15766 leaves, 24 columns");
    assertThat(rmse(fitted, test)).isCloseTo(66755.3112042173, within(1e-6));
    CrossValidation scores = folds(pipeline, train, 10);
    assertThat(scores.folds()).containsExactly(doubles(book.at("/tree_cv10/folds")), within(1e-8));
    assertThat(scores.mean()).isCloseTo(66868.02728758389, within(1e-8));
  }

  @Test
  @DisplayName("ten folds of a hundred trees: mean 47,019.5613")
  void forest() {
    double[] expected = doubles(book.at("/forest_cv10/folds"));
    if (ALL) {
      CrossValidation scores = folds(forest(10, 0), train, 10);
      assertThat(scores.folds()).containsExactly(expected, within(1e-8));
      assertThat(scores.mean()).isCloseTo(47019.56128114021, within(1e-8));
      assertThat(rmse(forest(10, 0).fit(train), train)).isCloseTo(17474.619286484, within(1e-8));
    } else {
      Split split = Folds.of(10).splits(train).get(9);
      Model<double[]> model = forest(10, 0).fit(train.rows(split.train()));
      assertThat(rmse(model, train.rows(split.test()))).isCloseTo(expected[9], within(1e-8));
    }
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
    JsonNode table = book.at("/grid_search/table");
    if (!ALL) {
      some(settings, table, 12);
      return;
    }
    Search search = search(settings);
    same(search, table);
    assertThat(search.best().values()).isEqualTo(Map.of("clusters", 15, "features", 6));
    assertThat(search.bestScore()).isCloseTo(44042.004170883105, within(1e-6));
    assertThat(search.table().intColumn("setting").asList()).startsWith(12, 13, 14, 7, 9);
  }

  @Test
  void randomSearch() {
    List<Setting> settings =
        Search.random(
            Map.of("clusters", Search.Draw.integer(3, 50), "features", Search.Draw.integer(2, 20)),
            10,
            42);
    JsonNode table = book.at("/random_search/table");
    if (!ALL) {
      some(settings, table, 9);
      return;
    }
    Search search = search(settings);
    same(search, table);
    assertThat(search.best().values()).isEqualTo(Map.of("clusters", 45, "features", 9));
    assertThat(search.bestScore()).isCloseTo(42021.420052086054, within(1e-6));
  }

  private static Search search(List<Setting> settings) {
    return Search.over(
        settings,
        s -> forest(s.whole("clusters"), s.whole("features")),
        train,
        Folds.of(3),
        Scores.rmse());
  }

  /** The settings are those of the table, and some of them come to its scores. */
  private static void some(List<Setting> settings, JsonNode table, int... chosen) {
    assertThat(table.size()).isEqualTo(settings.size());
    for (JsonNode row : table) {
      Setting setting = settings.get(row.get("row").asInt());
      assertThat(setting.whole("clusters")).isEqualTo(row.get("n_clusters").asInt());
      assertThat(setting.whole("features")).isEqualTo(row.get("max_features").asInt());
    }
    List<Search.Candidate> tried =
        search(Arrays.stream(chosen).mapToObj(settings::get).toList()).candidates();
    for (int i = 0; i < chosen.length; i++) {
      int number = chosen[i];
      JsonNode row =
          table.valueStream().filter(r -> r.get("row").asInt() == number).findFirst().orElseThrow();
      same(tried.get(i), row);
    }
  }

  private static void same(Search.Candidate candidate, JsonNode row) {
    for (int f = 0; f < 3; f++) {
      assertThat(candidate.folds()[f])
          .as("setting %s, split %d", row.get("row"), f)
          .isCloseTo(row.get("split" + f).asDouble(), within(1e-6));
    }
  }

  private static void same(Search search, JsonNode table) {
    for (JsonNode row : table) {
      same(search.candidates().get(row.get("row").asInt()), row);
    }
  }

  @Test
  @DisplayName("what the notebooks kept in the journal are the book's numbers")
  void journalHasTheBook() {
    Journal journal = Journal.at("");
    Run models = journal.runs("Models").getLast();
    metric(models, "linear, own rows", book.at("/linear/train_rmse").asDouble());
    metric(models, "tree, ten folds", book.at("/tree_cv10/mean").asDouble());
    metric(models, "forest, ten folds", book.at("/forest_cv10/mean").asDouble());
    metric(models, "forest, own rows", 17474.619286484);
    Block.Grid folds = grid(models, "RMSE over ten folds");
    for (List<String> row : folds.rows()) {
      double expected = book.at("/forest_cv10").get(row.getFirst()).asDouble();
      assertThat(Double.parseDouble(row.get(folds.columns().indexOf("forest"))))
          .as(row.getFirst())
          .isCloseTo(expected, within(6e-7));
    }
    Run tune = journal.runs("Tune and judge").getLast();
    metric(tune, "grid, best of three folds", book.at("/grid_search/best_rmse").asDouble());
    metric(tune, "random, best of three folds", book.at("/random_search/best_rmse").asDouble());
    metric(tune, "test RMSE", 41424.40026462184);
    // their forests are smaller, unless the notebook ran with FIELDNOTES_FULL=1
    searched(tune, "Grid search", book.at("/grid_search/table"));
    searched(tune, "Random search", book.at("/random_search/table"));
  }

  private static void metric(Run run, String name, double expected) {
    assertThat(run.metric(name).orElseThrow().value()).as(name).isCloseTo(expected, within(1e-6));
  }

  private static Block.Grid grid(Run run, String name) {
    return run.blocks().stream()
        .filter(b -> b instanceof Block.Grid g && g.name().equals(name))
        .map(Block.Grid.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * The same settings as in the book, the same one first, and each with a score on every fold that
   * a smaller forest may have: a little above the book's.
   */
  private static void searched(Run run, String name, JsonNode table) {
    Block.Grid grid = grid(run, name);
    assertThat(grid.columns())
        .containsExactly("setting", "clusters", "features", "split0", "split1", "split2", "mean");
    Map<String, List<String>> kept = new HashMap<>();
    grid.rows().forEach(row -> kept.put(row.getFirst(), row.subList(1, row.size())));
    assertThat(kept).hasSize(table.size());
    JsonNode best = table.get(0);
    for (JsonNode row : table) {
      best = row.get("mean").asDouble() < best.get("mean").asDouble() ? row : best;
      List<String> found = kept.get(row.get("row").asString());
      assertThat(found)
          .startsWith(row.get("n_clusters").asString(), row.get("max_features").asString());
      List<String> scores = List.of("split0", "split1", "split2", "mean");
      for (int s = 0; s < scores.size(); s++) {
        double ratio = Double.parseDouble(found.get(2 + s)) / row.get(scores.get(s)).asDouble();
        assertThat(ratio)
            .as("%s of setting %s", scores.get(s), row.get("row"))
            .isBetween(0.99, 1.04);
      }
    }
    assertThat(grid.rows().getFirst().getFirst()).isEqualTo(best.get("row").asString());
  }

  @Test
  @DisplayName("the final model, its intervals, and its file read in another process")
  void finalModel() throws IOException, InterruptedException {
    var fitted = forest(45, 9).fit(train);
    double[] predicted = fitted.predict(test);
    double[] actual = test.numbers();
    assertThat(rmse(fitted, test)).isEqualTo(41424.40026462184);
    assertThat(fitted.predict(train.first(5)))
        .containsExactly(
            new double[] {442737.15, 457566.06, 105965.0, 98462.0, 332992.01}, within(1e-6));
    double[] importances = fitted.model().forest().importances();
    Table table = Housing.importances(fitted.model().made().columns(), importances);
    JsonNode expected = book.get("importances");
    for (int i = 0; i < expected.size(); i++) {
      assertThat(table.doubleColumn(1).get(i))
          .isCloseTo(expected.get(i).get(0).asDouble(), within(1e-12));
      assertThat(table.getString(i, 0)).isEqualTo(expected.get(i).get(1).asString());
    }

    double[] squares = Errors.squares(actual, predicted);
    Interval t = Interval.ofRootMean(squares, 0.95);
    assertThat(t.low()).isCloseTo(39275.40861216077, within(1e-5));
    assertThat(t.high()).isCloseTo(43467.2768058342, within(1e-5));
    Interval z = Interval.ofMeanByNormal(squares, 0.95).root();
    assertThat(z.low()).isCloseTo(39276.05610140007, within(1e-6));
    assertThat(z.high()).isCloseTo(43466.691749969636, within(1e-6));
    Interval bootstrap = Interval.bootstrap(squares, Errors::rootMean, 0.95, 9999, 42);
    assertThat(bootstrap.low()).isCloseTo(39484.96837357673, within(1e-5));
    assertThat(bootstrap.high()).isCloseTo(43678.48119840656, within(1e-5));

    Path file = folder.resolve("housing.model");
    fitted.save(file);
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
        .isEqualTo("RMSE " + rmse(fitted, test));
  }

  /** Loads a saved model and judges it; run in a process of its own. */
  static final class Another {
    private Another() {}

    public static void main(String[] args) throws IOException {
      Samples housing = Housing.samples(Path.of(args[1]));
      Samples rows = housing.rows(Housing.split(housing.table()).test());
      System.out.println("RMSE " + rmse(ModelFile.loadNumbers(Path.of(args[0])), rows));
    }
  }

  @Test
  @DisplayName("Smile's forest and boosting stand near, inside the reference's tolerances")
  void smileStandsBeside() {
    Columns columns = Housing.preparation(10, Start.BOOK);
    double forest =
        rmse(Pipeline.of(columns, Regressors.smileForest(ALL ? 100 : 30, 8, 42)).fit(train), test);
    assertThat(forest).isBetween(44_000.0, 60_000.0);
    double boosting =
        rmse(Pipeline.of(columns, Regressors.smileBoosting(300, 8, 40, 0.1)).fit(train), test);
    assertThat(boosting).isBetween(40_000.0, 56_000.0);
  }

  @Test
  @DisplayName(
      "exercises: Smile's machine comes to the book's errors, with and without a selection")
  void supportVectors() {
    Samples few = train.first(5_000);
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
    var machine =
        Pipeline.of(
            Housing.preparation(10, Start.BOOK),
            Regressors.smileRbfSvr(drawn.number("gamma"), 0.1, drawn.number("C"), 1e-3));
    assertThat(folds(machine, few, 3).mean()).isCloseTo(55853.88099761698, within(1.0));
    if (!ALL) {
      return; // it takes long; the notebook of the exercises does it on fewer districts
    }
    var selecting = machine.withStep(Selection.of(ForestOptions.of(42), 0.005));
    assertThat(folds(selecting, few, 3).mean()).isCloseTo(56211.36209021427, within(1.0));
  }
}
