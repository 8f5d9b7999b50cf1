package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.Progress;
import fieldnotes.evaluate.Average;
import fieldnotes.evaluate.ClassReport;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Setting;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.table.Csv;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/**
 * The journal's week on one table: what journal_pipeline_fixture.py prints with scikit-learn, line
 * for line.
 */
class JournalPipelineIT {
  private static final int SEED = 42;
  private static final Folds FOLDS = Folds.stratified(3, SEED);

  private final List<String> printed = new ArrayList<>();

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(JournalPipelineIT.class.getResource(name).toURI());
  }

  @Test
  @DisplayName("the journal's week prints, line for line, what scikit-learn prints")
  void printsTheSameLines() throws Exception {
    Samples clips =
        Samples.of(Csv.read(resource("/classify/journal_clips.csv"))).withClasses("kind");
    long missing =
        Arrays.stream(clips.matrix().values())
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isNaN)
            .count();
    print(
        "%d clips, %d features, %d missing cells"
            .formatted(clips.rowCount(), clips.features().size(), missing));
    Map<String, Object> counts = new LinkedHashMap<>();
    for (String kind : clips.classNames()) {
      counts.put(kind, Collections.frequency(clips.classes(), kind));
    }
    print(dictionary(counts));
    Split split = Split.stratified(clips.classes(), 0.25, SEED);
    print("Training: " + Arrays.toString(split.train()));
    print("Held back: " + Arrays.toString(split.test()));
    Samples train = clips.rows(split.train());
    Samples held = clips.rows(split.test());

    Search forests = search("forest", FORESTS, JournalPipelineIT::forest, true, train);
    Search boostings = search("boosting", BOOSTINGS, JournalPipelineIT::boosting, false, train);
    var forest = forest(forests.best());
    var boosting = boosting(boostings.best());
    var vote =
        Classifiers.voting(Member.of("forest", forest), Member.of("boosting", boosting))
            .withWeights(1, 2);

    var grown = report("forest", forest, train, held, JournalPipelineIT::number);
    importances("forest", clips, grown.model().forest().importances(), JournalPipelineIT::number);
    var boosted = report("boosting", boosting, train, held, JournalPipelineIT::fixed);
    importances(
        "boosting", clips, boosted.model().boosting().importances(), JournalPipelineIT::fixed);
    report("soft vote", vote, train, held, JournalPipelineIT::fixed);

    List<String> expected = Files.readAllLines(resource("/classify/journal_pipeline.txt"));
    assertThat(String.join("\n", printed).lines()).containsExactlyElementsOf(expected);
  }

  private static final Map<String, Search.Draw> FORESTS =
      Map.of(
          "forest__n_estimators", Search.Draw.oneOf(20, 30, 50, 80),
          "forest__max_depth", Search.Draw.oneOf("None", 4, 8, 16),
          "forest__min_samples_split", Search.Draw.oneOf(2, 5, 10),
          "forest__min_samples_leaf", Search.Draw.oneOf(1, 2, 4),
          "forest__max_features", Search.Draw.oneOf("sqrt", "log2", 12),
          "forest__criterion", Search.Draw.oneOf("gini", "entropy"),
          "forest__bootstrap", Search.Draw.oneOf(true, false));

  private static final Map<String, Search.Draw> BOOSTINGS =
      Map.of(
          "boosting__n_estimators", Search.Draw.integer(10, 31),
          "boosting__learning_rate", Search.Draw.logUniform(0.03, 0.4),
          "boosting__max_depth", Search.Draw.integer(1, 5),
          "boosting__subsample", Search.Draw.uniform(0.5, 1),
          "boosting__min_samples_leaf", Search.Draw.oneOf(1, 3, 8),
          "boosting__max_features", Search.Draw.oneOf("None", 6, 12));

  private static Pipeline<Classified, ClassForest> forest(Setting s) {
    TreeOptions tree =
        TreeOptions.of(SEED)
            .withMaxDepth(limit(s, "forest__max_depth"))
            .withMinRowsToSplit(s.whole("forest__min_samples_split"))
            .withMinRowsInLeaf(s.whole("forest__min_samples_leaf"))
            .withMaxFeatures(
                switch (s.word("forest__max_features")) {
                  case "sqrt" -> 0;
                  case "log2" -> 5; // of 38
                  default -> s.whole("forest__max_features");
                });
    ForestOptions options =
        ForestOptions.of(SEED)
            .withTrees(s.whole("forest__n_estimators"))
            .withBootstrap(s.word("forest__bootstrap").equals("true"))
            .withTree(s.word("forest__criterion").equals("entropy") ? tree.withEntropy() : tree);
    return prepared(Classifiers.forest(options));
  }

  private static Pipeline<Classified, ClassBoosting> boosting(Setting s) {
    TreeOptions tree =
        TreeOptions.of(SEED)
            .withMaxDepth(s.whole("boosting__max_depth"))
            .withMinRowsInLeaf(s.whole("boosting__min_samples_leaf"))
            .withMaxFeatures(limit(s, "boosting__max_features"));
    return prepared(
        Classifiers.boosting(
            BoostingOptions.of(SEED)
                .withTrees(s.whole("boosting__n_estimators"))
                .withLearningRate(s.number("boosting__learning_rate"))
                .withSubsample(s.number("boosting__subsample"))
                .withTree(tree)));
  }

  private static int limit(Setting s, String option) {
    return s.word(option).equals("None") ? 0 : s.whole(option);
  }

  private static <M extends Model<Classified>> Pipeline<Classified, M> prepared(
      Learner<Classified, M> learner) {
    return Pipeline.of(Missing.median(), learner).withStep(Scaler.standard());
  }

  /**
   * @param lists whether all options are lists, of which scikit-learn names the last first
   */
  private Search search(
      String name,
      Map<String, Search.Draw> options,
      Function<Setting, Learner<Classified, ?>> learner,
      boolean lists,
      Samples rows) {
    print("\n== " + name + ": random search");
    List<String> tasks = Collections.synchronizedList(new ArrayList<>());
    Progress.showOn(
        (task, done, total, left, note, seconds, finished) -> {
          if (finished && task.startsWith("search")) {
            tasks.add(task + " " + done);
          }
        });
    Search found;
    try {
      found =
          Search.over(Search.random(options, 20, SEED), learner, rows, FOLDS, Scores.accuracy());
    } finally {
      Progress.showOn((task, done, total, left, note, seconds, finished) -> {});
    }
    List<Search.Candidate> tried = found.candidates();
    int folds = tried.getFirst().folds().length;
    int fits = tried.size() * folds;
    assertThat(tasks).containsExactly("search: %d fits %d".formatted(fits, fits));
    print(
        "Fitting %d folds for each of %d candidates, totalling %d fits"
            .formatted(folds, tried.size(), fits));
    Table results = found.results();
    for (int c = 0; c < tried.size(); c++) {
      print(
          "%2d %s %s mean %s std %s rank %d"
              .formatted(
                  c,
                  options(tried.get(c).setting(), lists),
                  list(tried.get(c).folds()),
                  number(results.doubleColumn("mean").getDouble(c)),
                  number(results.doubleColumn("std").getDouble(c)),
                  results.intColumn("rank").getInt(c)));
    }
    print("Best parameters: " + options(found.best(), lists));
    print("Best score: " + number(found.bestScore()));
    return found;
  }

  private <L extends Learner<Classified, M>, M extends Model<Classified>> M report(
      String name, L learner, Samples train, Samples held, Function<Double, String> probability) {
    print("\n== %s: %d clips held back".formatted(name, held.rowCount()));
    M model = learner.fit(train);
    Classified said = model.predict(held);
    Outcome.Classes outcome = new Outcome.Classes(held.classes(), said);
    print("Accuracy: " + number(Scores.accuracy().of(outcome)));
    ClassReport report = ClassReport.of(outcome);
    print(report + "\n" + report.withDigits(4));
    print("Confusion matrix\n" + array(ConfusionMatrix.of(outcome).counts()));
    print("Balanced accuracy: " + fixed(Scores.balancedAccuracy().of(outcome)));
    print("Kappa: " + fixed(Scores.kappa().of(outcome)));
    print("Matthews: " + fixed(Scores.matthews().of(outcome)));
    print("Log loss: " + fixed(Scores.logLoss().of(outcome)));
    print("ROC AUC: " + fixed(Scores.rocAuc(Average.MACRO).of(outcome)));
    for (int i = 0; i < held.rowCount(); i++) {
      String shares =
          Arrays.stream(said.probabilities()[i])
              .mapToObj(probability::apply)
              .collect(Collectors.joining(" "));
      print("%2d %s %s %s".formatted(i, held.classes().get(i), said.label(i), shares));
    }
    var scores = CrossValidation.of(learner, train, FOLDS, Scores.accuracy());
    print("Cross-validation: " + list(scores.folds()));
    int folds = scores.folds().length;
    double spread = Describe.standardDeviation(scores.folds()) * Math.sqrt((folds - 1.0) / folds);
    print("%s (+/- %s)".formatted(number(scores.mean()), fixed(spread)));
    return model;
  }

  private void importances(
      String name, Samples clips, double[] shares, Function<Double, String> share) {
    print("\n== " + name + ": the ten most important features");
    IntStream.range(0, shares.length)
        .boxed()
        .sorted((a, b) -> Double.compare(shares[b], shares[a]))
        .limit(10)
        .forEach(j -> print(clips.features().get(j) + " " + share.apply(shares[j])));
  }

  private void print(String text) {
    printed.add(text);
  }

  private static String options(Setting setting, boolean lastFirst) {
    List<String> names = new ArrayList<>(setting.values().keySet());
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : lastFirst ? names.reversed() : names) {
      Object value = setting.values().get(name);
      values.put(name, name.endsWith("rate") ? new BigDecimal(fixed((Double) value)) : value);
    }
    return dictionary(values);
  }

  /** As Python prints one. */
  private static String dictionary(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(e -> "'" + e.getKey() + "': " + value(e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(Object value) {
    return switch (value) {
      case Boolean yes -> yes ? "True" : "False";
      case Double d -> number(d);
      case BigDecimal b -> b.stripTrailingZeros().toPlainString();
      case String s when !s.equals("None") -> "'" + s + "'";
      default -> value.toString();
    };
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(JournalPipelineIT::number)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** As NumPy prints whole numbers. */
  private static String array(double[][] counts) {
    int width =
        (int)
            Arrays.stream(counts)
                .flatMapToDouble(Arrays::stream)
                .map(v -> Long.toString((long) v).length())
                .max()
                .orElseThrow();
    return Arrays.stream(counts)
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(v -> " ".repeat(width - Long.toString((long) v).length()) + (long) v)
                    .collect(Collectors.joining(" ", "[", "]")))
        .collect(Collectors.joining("\n ", "[", "]"));
  }

  /** All digits, as Python prints a number within 0.0001 and 10^16, or 0. */
  private static String number(double value) {
    String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  private static String fixed(double value) {
    return new BigDecimal(value).setScale(12, RoundingMode.HALF_EVEN).toPlainString();
  }
}
