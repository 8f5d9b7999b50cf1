package fieldnotes.bench;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.data.DataSets;
import fieldnotes.evaluate.Errors;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.housing.Housing;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Setting;
import fieldnotes.prepare.Columns;
import fieldnotes.regress.ForestModel;
import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.RegressionTree;
import fieldnotes.tree.TreeOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The Java side of {@code bench/housing.py}: a task by name on each line, seconds and answer back.
 */
public final class HousingBench {
  private HousingBench() {}

  /** Answers until its input ends. */
  public static void main(String[] args) throws IOException {
    Path file = DataSets.get("housing").file("housing.csv");
    Samples housing = Housing.samples(file);
    Samples train = housing.rows(Housing.split(housing.table()).train());
    double[] y = train.numbers();
    Columns columns = Housing.preparation(10, Start.MODERN);
    Matrix prepared = columns.learn(train).x();
    Samples rows = Samples.of(prepared, y);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("where")) {
        System.out.println(file);
        continue;
      }
      long started = System.nanoTime();
      double answer =
          switch (line) {
            case "preparation" -> columns.learn(train).x().values()[0][0];
            case "ols" -> Errors.rmse(y, Regressors.leastSquares().fit(rows).predict(prepared));
            case "tree" -> RegressionTree.fit(prepared.values(), y, TreeOptions.of(42)).nodeCount();
            case "folds" ->
                CrossValidation.of(forest(10, 0), train, Folds.of(10), Scores.rmse()).mean();
            case "grid" ->
                Search.over(
                        grid(),
                        s -> forest(s.whole("clusters"), s.whole("features")),
                        train,
                        Folds.of(3),
                        Scores.rmse())
                    .bestScore();
            default -> throw new IllegalArgumentException("no task '" + line + "'");
          };
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf(Locale.ROOT, "{\"seconds\": %.6f, \"answer\": %s}%n", seconds, answer);
    }
  }

  private static Pipeline<double[], ForestModel> forest(int clusters, int features) {
    return Pipeline.of(
        Housing.preparation(clusters, Start.MODERN),
        Regressors.forest(ForestOptions.of(42).withMaxFeatures(features)));
  }

  private static List<Setting> grid() {
    List<Setting> settings =
        new ArrayList<>(Search.grid("clusters", List.of(5, 8, 10), "features", List.of(4, 6, 8)));
    settings.addAll(Search.grid("clusters", List.of(10, 15), "features", List.of(6, 8, 10)));
    return settings.stream().distinct().toList(); // two of the chapter's fifteen are listed twice
  }
}
