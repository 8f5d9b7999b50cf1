package fieldnotes.bench;

import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Kernel;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Search.Draw;
import fieldnotes.model.Setting;
import fieldnotes.prepare.Scaler;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
import fieldnotes.tree.TreeOptions;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Java side of {@code bench/classify.py}: {@code serve FILE} answers {@code VERB ROWS TASK} on
 * each line by seconds and answer; {@code alone FILE TASK} does one task.
 */
public final class ClassifyBench {
  private static final long SEED = 42;

  private final Samples train;
  private final Matrix test;
  private final List<String> truth;
  private Model<Classified> model;

  private ClassifyBench(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      int rows = in.readInt();
      int columns = in.readInt();
      Matrix x = matrix(in, rows, columns);
      train = Samples.of(x, classes(in, rows));
      test = matrix(in, rows, columns);
      truth = classes(in, rows);
    }
  }

  private static Matrix matrix(DataInputStream in, int rows, int columns) throws IOException {
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] = in.readDouble();
      }
    }
    return Matrix.of(x);
  }

  private static List<String> classes(DataInputStream in, int rows) throws IOException {
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      classes.add("class " + in.readInt());
    }
    return classes;
  }

  /** Answers until its input ends, or does one task. */
  public static void main(String[] args) throws IOException {
    ClassifyBench bench = new ClassifyBench(Path.of(args[1]));
    if (args[0].equals("alone")) {
      bench.model = learner(args[2]).fit(bench.train);
      bench.predict();
      return;
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 3);
      int repeats = Integer.parseInt(words[1]);
      double answer = 0;
      long started = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        answer = bench.answer(words[0], words[2]);
      }
      double seconds = (System.nanoTime() - started) / 1e9 / repeats;
      System.out.printf(Locale.ROOT, "{\"seconds\": %.9f, \"answer\": %s}%n", seconds, answer);
    }
  }

  private double answer(String verb, String task) {
    return switch (verb) {
      case "fit" -> {
        model = learner(task).fit(train);
        yield 0;
      }
      case "predict" -> predict();
      default ->
          task.equals("random search")
              ? search()
              : CrossValidation.of(
                      Pipeline.of(Scaler.standard(), Classifiers.forest(ForestOptions.of(SEED))),
                      train,
                      Folds.stratified(10, SEED),
                      Scores.accuracy())
                  .mean();
    };
  }

  private double predict() {
    Classified found = model.predict(test);
    int right = 0;
    for (int i = 0; i < truth.size(); i++) {
      right += found.label(i).equals(truth.get(i)) ? 1 : 0;
    }
    return (double) right / truth.size();
  }

  private double search() {
    List<Setting> settings =
        Search.random(
            Map.of(
                "max_features", Draw.integer(2, 20),
                "min_samples_leaf", Draw.integer(1, 10),
                "n_estimators", Draw.integer(20, 100)),
            20,
            SEED);
    return Search.over(
            settings,
            s ->
                Classifiers.forest(
                    ForestOptions.of(SEED)
                        .withTrees(s.whole("n_estimators"))
                        .withTree(
                            TreeOptions.of(SEED)
                                .withMaxFeatures(s.whole("max_features"))
                                .withMinRowsInLeaf(s.whole("min_samples_leaf")))),
            train,
            Folds.stratified(3, SEED),
            Scores.accuracy())
        .bestScore();
  }

  private static Learner<Classified, ? extends Model<Classified>> learner(String task) {
    return switch (task) {
      case "forest" -> Classifiers.forest(ForestOptions.of(SEED));
      case "extra trees" -> Classifiers.forest(ForestOptions.extraTrees(SEED));
      case "boosting" -> Classifiers.boosting(BoostingOptions.of(SEED));
      case "histogram boosting" ->
          Classifiers.histogramBoosting(
              HistogramOptions.of(SEED).withStopping(HistogramOptions.Stopping.NEVER));
      case "AdaBoost" ->
          Classifiers.adaBoost(50, SEED)
              .withBase(Classifiers.tree(TreeOptions.of(SEED).withMaxDepth(2)));
      case "logistic" -> Classifiers.logistic();
      case "SVC linear" -> Classifiers.supportVectors().withKernel(Kernel.linear());
      case "SVC RBF" -> Classifiers.supportVectors();
      case "k-NN" -> Classifiers.nearest(5);
      case "naive Bayes" -> Classifiers.gaussianBayes();
      default -> throw new IllegalArgumentException("no task '" + task + "'");
    };
  }
}
