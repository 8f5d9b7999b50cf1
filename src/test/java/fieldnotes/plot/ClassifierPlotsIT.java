package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Knownness;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Style;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.evaluate.CoverageCurve;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.ModelComparison;
import fieldnotes.evaluate.OpenSet;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Reliability;
import fieldnotes.evaluate.RocCurve;
import fieldnotes.evaluate.Scores;
import fieldnotes.label.LabellingCurves;
import fieldnotes.label.LabellingMeasure;
import fieldnotes.label.LabellingTrial;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.LearningCurve;
import fieldnotes.model.Search;
import fieldnotes.model.Setting;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.TreeOptions;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClassifierPlotsIT {
  private static List<String> names(int classes, boolean words) {
    return IntStream.range(0, classes)
        .mapToObj(c -> words ? "a class with a rather long name, the " + (char) ('a' + c) : "c" + c)
        .toList();
  }

  /** Predictions that are right more often than not, and surer where they are. */
  static Outcome.Classes outcome(int rows, int classes, boolean words) {
    NumpyRandom random = NumpyRandom.of(5);
    List<String> names = names(classes, words);
    List<String> truth = new ArrayList<>();
    double[][] p = new double[rows][classes];
    for (int i = 0; i < rows; i++) {
      int own = i % classes;
      truth.add(names.get(own));
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        p[i][c] = random.exponential() + (c == own ? 1.5 * random.uniform() : 0);
        sum += p[i][c];
      }
      for (int c = 0; c < classes; c++) {
        p[i][c] /= sum;
      }
    }
    return new Outcome.Classes(truth, new Classified(names, p));
  }

  /** Rows around the corners of a polygon. */
  static Samples plane(int rows, int classes, boolean words) {
    NumpyRandom random = NumpyRandom.of(3);
    List<String> names = names(classes, words);
    List<String> of = new ArrayList<>();
    double[][] x = new double[rows][];
    for (int i = 0; i < rows; i++) {
      double angle = 2 * Math.PI * (i % classes) / classes;
      x[i] =
          new double[] {
            3 * Math.cos(angle) + random.normal() / 2, 3 * Math.sin(angle) + random.normal() / 2
          };
      of.add(names.get(i % classes));
    }
    return Samples.of(Matrix.of(List.of("centroid_hz_mean", "zcr_mean"), x), of);
  }

  private static Search search(boolean drawn) {
    NumpyRandom random = NumpyRandom.of(1);
    List<Search.Candidate> candidates = new ArrayList<>();
    for (int c = 0; c < 40; c++) {
      double rate =
          drawn ? Math.pow(10, random.uniform(-3, 0)) : new double[] {0.01, 0.1, 1}[c % 3];
      Map<String, Object> values = new TreeMap<>();
      values.put("rate", rate);
      values.put("trees", drawn ? 10 + random.upTo(400) : 50 * (1 + c / 3 % 5));
      values.put("kernel", c % 2 == 0 ? "rbf" : "linear");
      double score = 0.9 - Math.pow(Math.log10(rate) + 1, 2) / 20;
      double[] folds = new double[3];
      for (int f = 0; f < 3; f++) {
        folds[f] = score + random.normal() / 60;
      }
      candidates.add(new Search.Candidate(new Setting(values), folds, ""));
    }
    return new Search(Scores.accuracy(), candidates);
  }

  private static LearningCurve curve(List<?> values) {
    NumpyRandom random = NumpyRandom.of(1);
    double[][] train = new double[values.size()][5];
    double[][] test = new double[values.size()][5];
    for (int v = 0; v < train.length; v++) {
      for (int f = 0; f < 5; f++) {
        train[v][f] = 1 - 0.01 * v - random.uniform() / 50;
        test[v][f] = 0.7 + 0.2 * v / train.length + random.normal() / 30;
      }
    }
    return new LearningCurve("rows", values, Scores.accuracy(), train, test);
  }

  /** Rises by strategy; what follows from labels is unknown at first. */
  private static LabellingCurves labelling() {
    NumpyRandom random = NumpyRandom.of(1);
    List<String> names = List.of("growing cut, then margin after 40", "margin", "random");
    Map<LabellingMeasure, double[][][]> values = new EnumMap<>(LabellingMeasure.class);
    for (LabellingMeasure measure : LabellingMeasure.values()) {
      double[][][] some = new double[names.size()][8][5];
      for (int s = 0; s < names.size(); s++) {
        for (int clips = 0; clips < 8; clips++) {
          for (int seed = 0; seed < 5; seed++) {
            double share = 0.8 - 0.5 / (clips + 1) - 0.05 * s + random.normal() / 60;
            some[s][clips][seed] =
                measure == LabellingMeasure.SECONDS
                    ? 100 * clips + random.upTo(50)
                    : s == 2 && clips < 2 ? Double.NaN : share;
          }
        }
      }
      values.put(measure, some);
    }
    double[] ceiling = {0.84, 0.85, 0.86, 0.85, 0.85};
    return new LabellingCurves(
        "some", names, LabellingTrial.of(10, 80).withSeeds(5), values, ceiling);
  }

  static Map<String, Supplier<Figure>> every() {
    Map<String, Supplier<Figure>> all = new LinkedHashMap<>();
    for (int classes : new int[] {2, 10}) {
      boolean words = classes == 10;
      Outcome.Classes some = outcome(classes == 2 ? 60 : 4_000, classes, words);
      all.put("confusion" + classes, () -> ConfusionPlot.of("Confusion", ConfusionMatrix.of(some)));
      all.put("roc" + classes, () -> RocPlot.of("ROC", some));
      all.put("precision" + classes, () -> RocPlot.precision("Precision and recall", some));
      all.put(
          "reliability" + classes,
          () -> ReliabilityPlot.of("Reliability", Reliability.ofLikeliest(some, 10)));
      all.put("coverage" + classes, () -> CoveragePlot.of("Coverage", CoverageCurve.of(some)));
      Samples rows = plane(classes == 2 ? 40 : 3_000, classes, words);
      TreeOptions tree = TreeOptions.of(1).withMaxDepth(4);
      all.put(
          "boundary" + classes,
          () -> BoundaryPlot.of("Boundaries", Classifiers.tree(tree).fit(rows), rows));
      all.put(
          "unknown" + classes,
          () ->
              BoundaryPlot.of(
                  "Boundaries",
                  Classifiers.unknown(Classifiers.tree(tree))
                      .withKnownness(Knownness.mahalanobis(), -9)
                      .fit(rows),
                  rows));
      all.put("balance" + classes, () -> BalancePlot.of("Rows", rows.first(25), rows));
    }
    all.put("confusion20", () -> ConfusionPlot.of("t", ConfusionMatrix.of(outcome(400, 20, true))));
    all.put("roc20", () -> RocPlot.of("ROC", outcome(400, 20, true)));
    all.put("counts", () -> BalancePlot.of("Rows", plane(7, 3, false)));
    Map<String, Reliability> models = new LinkedHashMap<>();
    models.put("forest", Reliability.of(outcome(500, 3, false), "c0", 8));
    models.put("calibrated forest", Reliability.ofQuantiles(outcome(300, 3, false), "c1", 8));
    all.put("reliabilities", () -> ReliabilityPlot.of("Before and after", models));
    Map<String, CoverageCurve> curves = new LinkedHashMap<>();
    curves.put("forest", CoverageCurve.of(outcome(500, 3, false)));
    curves.put("a support vector machine", CoverageCurve.of(outcome(40, 4, false)));
    all.put("coverages", () -> CoveragePlot.of("Coverage", curves));
    NumpyRandom random = NumpyRandom.of(1);
    double[] known = IntStream.range(0, 300).mapToDouble(i -> random.normal() + 2).toArray();
    double[] unknown = IntStream.range(0, 90).mapToDouble(i -> random.normal()).toArray();
    all.put("knownness", () -> CoveragePlot.knownness("Known?", OpenSet.of(known, unknown), 0.4));
    all.put("learning", () -> LearningPlot.of("Learning", curve(List.of(20, 50, 100, 200, 400))));
    all.put(
        "validation", () -> LearningPlot.of("Validation", curve(List.of(0.001, 0.01, 0.1, 1.0))));
    all.put("words", () -> LearningPlot.of("Kernels", curve(List.of("linear", "rbf", "sigmoid"))));
    all.put("labelling", () -> LabellingCurvePlot.of("Labelling", labelling()));
    all.put(
        "coverage",
        () -> LabellingCurvePlot.of("Coverage", labelling(), LabellingMeasure.COVERAGE));
    all.put("by seconds", () -> LabellingCurvePlot.bySeconds("Seconds", labelling()));
    all.put("search", () -> SearchPlot.of("60 fits", search(true)));
    all.put("grid", () -> SearchPlot.map("Grid", search(false), "rate", "trees"));
    all.put("drawn", () -> SearchPlot.map("Drawn", search(true), "rate", "trees"));
    all.put("mixed", () -> SearchPlot.map("Mixed", search(false), "kernel", "rate"));
    Map<String, double[]> folds = new TreeMap<>();
    folds.put("forest", new double[] {0.9, 0.92, 0.91, 0.93});
    folds.put("boosting", new double[] {0.91, 0.91, 0.92, 0.93});
    folds.put("most frequent class", new double[] {0.5, 0.51, 0.5, 0.52});
    List<Split> splits = Folds.of(4).splits(plane(80, 2, false));
    all.put(
        "verdicts",
        () -> ComparisonPlot.of("Models", ModelComparison.of(Scores.accuracy(), folds, splits)));
    all.put(
        "comparison",
        () ->
            ComparisonPlot.of(
                "Models",
                "balanced accuracy, 95 % interval over recordings",
                List.of("forest", "boosting", "soft vote of forest and boosting, 1 : 2"),
                new double[] {0.90, 0.92, 0.925},
                new double[] {0.86, 0.89, 0.9},
                new double[] {0.93, 0.95, 0.95}));
    return all;
  }

  @Test
  @DisplayName("every chart looks the same in any country, stays within its edges and has its text")
  void everyChart() {
    Locale locale = Locale.getDefault();
    every()
        .forEach(
            (name, make) -> {
              BufferedImage image = make.get().image(1);
              int width = image.getWidth();
              int height = image.getHeight();
              int[] first = image.getRGB(0, 0, width, height, null, 0, width);
              try {
                Locale.setDefault(Locale.forLanguageTag("ar-EG"));
                Figure again = make.get();
                assertThat(
                        Arrays.equals(
                            again.image(1).getRGB(0, 0, width, height, null, 0, width), first))
                    .as(name)
                    .isTrue();
                assertThat(again.alt())
                    .as(name)
                    .startsWith(again.title() + ": ")
                    .matches("[^٠-٩]*");
              } finally {
                Locale.setDefault(locale);
              }
              int white = Color.WHITE.getRGB();
              for (int y = 0; y < height; y++) {
                assertThat(first[y * width]).as(name).isEqualTo(white);
                assertThat(first[(y + 1) * width - 1]).as(name).isEqualTo(white);
              }
              for (int x = 0; x < width; x++) {
                assertThat(first[(height - 1) * width + x]).as(name).isEqualTo(white);
              }
            });
  }

  /** How many pixels have a colour. */
  private static long count(Figure figure, Color colour) {
    BufferedImage image = figure.image(1);
    int width = image.getWidth();
    return IntStream.of(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
        .filter(rgb -> rgb == colour.getRGB())
        .count();
  }

  @Test
  @DisplayName("a class has its colour of the whole list; of a tree that is sure, half is each's")
  void boundariesByHand() {
    double[][] x = {{0, 0}, {1, 1}, {3, 0}, {4, 1}};
    Samples rows = Samples.of(Matrix.of(x), List.of("a", "a", "b", "b"));
    Figure figure = BoundaryPlot.of("t", Classifiers.tree(TreeOptions.of(1)).fit(rows), rows);
    long left = count(figure, Style.color(0, 0.6));
    long right = count(figure, Style.color(1, 0.6));
    assertThat(left).isGreaterThan(50_000);
    assertThat((double) left / right).isBetween(0.97, 1.03);
    assertThat(figure.alt())
        .isEqualTo(
            "t: regions of 2 classes (a, b) with 4 rows. x: x0, −0.2 to 4.2; y: x1, −0.05 to 1.05.");
  }

  @Test
  void textAlternatives() {
    assertThat(every().get("comparison").get().alt())
        .startsWith("Models: intervals of 3 models (forest, boosting, soft vote");
    assertThat(every().get("roc2").get().alt()).startsWith("ROC: 1 ROC curve (AUC 0.608 of c1).");
    assertThat(every().get("search").get().alt())
        .contains("marked: best linear: 0.911. ", "marked: best 0.119023: 0.911. ");
    assertThat(every().get("counts").get().alt())
        .startsWith("Rows: bar chart of the rows of 3 classes (c0, c1, c2).");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> RocPlot.of("t", new RocCurve[0]))
        .hasMessage("curves is empty: give at least one");
    Samples three = Samples.of(Matrix.of(new double[][] {{1, 2, 3}, {3, 2, 1}}), List.of("a", "b"));
    assertThatThrownBy(
            () -> BoundaryPlot.of("t", Classifiers.tree(TreeOptions.of(1)).fit(three), three))
        .hasMessageStartingWith("the model has the columns [x0, x1, x2]: boundaries are drawn for");
    assertThatThrownBy(() -> SearchPlot.of("t", search(true), "depth"))
        .hasMessageStartingWith("no option 'depth' in the setting");
    assertThatThrownBy(
            () ->
                ComparisonPlot.of(
                    "t",
                    "s",
                    List.of("a"),
                    new double[] {0.5},
                    new double[] {0.6},
                    new double[] {0.7}))
        .hasMessage("the score of 'a' is 0.5: must lie in its interval, 0.6 to 0.7");
  }
}
