package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.Classifiers;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.Search.Draw;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searches and curves as those of scikit-learn 1.9.1, see src/test/python/search_fixtures.py. */
class SearchReferenceTest {
  private static final JsonNode CASES = read();
  private static final TreeOptions TREE = TreeOptions.of(3).withMaxDepth(4);

  private static JsonNode read() {
    try (InputStream in = SearchReferenceTest.class.getResourceAsStream("/model/search.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> cases(String kind) {
    return StreamSupport.stream(CASES.spliterator(), false)
        .filter(c -> c.get("kind").asString().equals(kind));
  }

  static Stream<JsonNode> draws() {
    return cases("draws");
  }

  static Stream<JsonNode> halvings() {
    return Stream.concat(cases("halving"), cases("random halving"));
  }

  static Stream<JsonNode> curves() {
    return Stream.concat(cases("learning"), cases("validation"));
  }

  private static Samples table(boolean numbers) {
    JsonNode table = cases("table").findFirst().orElseThrow();
    Matrix x = Matrix.of(rows(table.get("x")));
    return numbers
        ? Samples.of(x, numbers(table.get("y")))
        : Samples.of(x, texts(table.get("classes")));
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static double[][] rows(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(SearchReferenceTest::numbers)
        .toArray(double[][]::new);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static Object plain(JsonNode value) {
    return value.isInt() ? value.asInt() : value.isNumber() ? value.asDouble() : value.asString();
  }

  private static Draw draw(JsonNode spec) {
    List<Object> args = new ArrayList<>();
    spec.forEach(value -> args.add(plain(value)));
    double[] bounds =
        args.stream().mapToDouble(a -> a instanceof Number n ? n.doubleValue() : 0).toArray();
    return switch ((String) args.getFirst()) {
      case "integer" -> Draw.integer((int) bounds[1], (int) bounds[2]);
      case "uniform" -> Draw.uniform(bounds[1], bounds[2]);
      case "logUniform" -> Draw.logUniform(bounds[1], bounds[2]);
      case "exponential" -> Draw.exponential(bounds[1]);
      default -> Draw.oneOf(args.subList(1, args.size()).toArray());
    };
  }

  @ParameterizedTest
  @MethodSource("draws")
  void randomSettingsAreThoseOfParameterSampler(JsonNode one) {
    Map<String, Draw> options = new LinkedHashMap<>();
    one.get("options").forEachEntry((name, spec) -> options.put(name, draw(spec)));
    List<Setting> drawn =
        Search.random(options, one.get("settings").asInt(), one.get("seed").asLong());
    assertThat(drawn).hasSize(one.get("drawn").size());
    for (int s = 0; s < drawn.size(); s++) {
      Map<String, Object> values = drawn.get(s).values();
      JsonNode expected = one.get("drawn").get(s);
      assertThat(values).hasSize(expected.size());
      expected.forEachEntry(
          (name, value) -> {
            if (plain(value) instanceof Double number) {
              assertThat((Double) values.get(name))
                  .isCloseTo(number, within(1e-14 * Math.abs(number)));
            } else {
              assertThat(values).containsEntry(name, plain(value));
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("halvings")
  void halvingKeepsTheSameSettingsOnTheSameRows(JsonNode one) {
    JsonNode given = one.get("options");
    Halving options = Halving.of(one.get("seed").asLong());
    if (given.has("factor")) {
      options = options.withFactor(given.get("factor").asInt());
    }
    if (given.has("min_resources") && given.get("min_resources").isInt()) {
      options = options.withMinRows(given.get("min_resources").asInt());
    } else if (given.has("min_resources")
        && given.get("min_resources").asString().equals("smallest")) {
      options = options.withFewestRows();
    }
    if (given.has("aggressive_elimination")) {
      options = options.withAggressiveElimination();
    }
    List<Setting> settings =
        one.has("alphas")
            ? Stream.of(numbers(one.get("alphas")))
                .flatMap(all -> Arrays.stream(all).boxed())
                .map(alpha -> new Setting(Map.of("alpha", alpha)))
                .toList()
            : Search.random(
                Map.of("alpha", Draw.logUniform(1e-2, 1e4)),
                given.get("n_candidates").asInt(),
                one.get("seed").asLong());
    Halving.Rounds rounds =
        Tuning.of(s -> Regressors.ridge(s.number("alpha")), table(true), Folds.of(3), Scores.rmse())
            .halving(settings, options);
    assertThat(rounds.rows())
        .containsExactly(Arrays.stream(numbers(one.get("rows"))).mapToInt(r -> (int) r).toArray());
    for (int r = 0; r < rounds.searches().size(); r++) {
      List<Search.Candidate> tried = rounds.searches().get(r).candidates();
      double[][] expected = rows(one.get("rounds").get(r));
      assertThat(tried).hasSize(expected.length);
      for (int c = 0; c < expected.length; c++) {
        assertThat(tried.get(c).setting().number("alpha"))
            .isCloseTo(expected[c][0], within(1e-12 * expected[c][0]));
        assertThat(tried.get(c).mean()).isCloseTo(expected[c][1], within(1e-10));
      }
    }
    if (one.has("best")) {
      assertThat(rounds.best().number("alpha")).isEqualTo(one.get("best").asDouble());
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void curvesHaveTheSameScores(JsonNode one) {
    JsonNode given = one.get("options");
    Samples rows = table(false);
    LearningCurve curve;
    if (one.get("kind").asString().equals("validation")) {
      curve =
          LearningCurve.validation(
              "leaf",
              Arrays.stream(numbers(given.get("param_range"))).mapToObj(v -> (int) v).toList(),
              leaf -> Classifiers.tree(TREE.withMinRowsInLeaf(leaf)),
              rows,
              Folds.stratified(4),
              Scores.accuracy());
    } else {
      List<Double> sizes = Arrays.stream(numbers(given.get("train_sizes"))).boxed().toList();
      curve =
          given.has("shuffle")
              ? LearningCurve.of(
                  Classifiers.tree(TREE),
                  rows,
                  Folds.stratified(4),
                  sizes,
                  Scores.accuracy(),
                  given.get("random_state").asLong())
              : LearningCurve.of(
                  Classifiers.tree(TREE), rows, Folds.stratified(4), sizes, Scores.accuracy());
    }
    assertThat(curve.values().stream().map(v -> ((Number) v).doubleValue()).toList())
        .isEqualTo(Arrays.stream(numbers(one.get("at"))).boxed().toList());
    same(curve.train(), rows(one.get("train")));
    same(curve.test(), rows(one.get("test")));
  }

  private static void same(double[][] actual, double[][] expected) {
    assertThat(actual).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  @Test
  void outOfFoldProbabilitiesAreThoseOfCrossValPredict() {
    Outcome.Classes outcome =
        (Outcome.Classes)
            CrossValidation.predictions(Classifiers.tree(TREE), table(false), Folds.shuffled(5, 6));
    same(
        outcome.predicted().probabilities(),
        rows(cases("out of fold").findFirst().orElseThrow().get("probabilities")));
    assertThat(outcome.truth()).isEqualTo(table(false).classes());
  }

  @Test
  @DisplayName("means, deviations and ranks of cv_results_")
  void results() {
    JsonNode expected = cases("results").findFirst().orElseThrow();
    Search search =
        Search.over(
            Search.grid("depth", List.of(1, 2, 3, 4, 5, 6), "leaf", List.of(1, 20, 40)),
            s ->
                Classifiers.tree(
                    TreeOptions.of(3)
                        .withMaxDepth(s.whole("depth"))
                        .withMinRowsInLeaf(s.whole("leaf"))),
            table(false),
            Folds.stratified(3),
            Scores.accuracy());
    assertThat(search.results().columnNames())
        .containsExactly(
            "setting", "depth", "leaf", "split0", "split1", "split2", "mean", "std", "rank");
    assertThat(search.results().doubleColumn("mean").asDoubleArray())
        .containsExactly(numbers(expected.get("mean")), within(1e-14));
    assertThat(search.results().doubleColumn("std").asDoubleArray())
        .containsExactly(numbers(expected.get("std")), within(1e-14));
    assertThat(search.results().intColumn("rank").asDoubleArray())
        .containsExactly(numbers(expected.get("rank")));
  }
}
