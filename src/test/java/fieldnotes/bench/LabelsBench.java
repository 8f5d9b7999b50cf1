package fieldnotes.bench;

import fieldnotes.data.DataSets;
import fieldnotes.label.ChangeScore;
import fieldnotes.label.Doubt;
import fieldnotes.label.Guide;
import fieldnotes.label.LabellingCurves;
import fieldnotes.label.LabellingMeasure;
import fieldnotes.label.LabellingTrial;
import fieldnotes.label.SimulatedEar;
import fieldnotes.label.Strategies;
import fieldnotes.label.Strategy;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Java side of {@code bench/labels.py}: {@code curves DATA STEP MOST SEEDS WRONG} prints what
 * labels are worth by each strategy, {@code speed ROWS ANSWERS} how long each takes; a JSON object
 * per line.
 */
public final class LabelsBench {
  private static final int COLUMNS = 38;
  private static final int CLASSES = 12;

  private LabelsBench() {}

  /** All strategies that are measured. */
  static List<Strategy> strategies() {
    List<Strategy> all = new ArrayList<>();
    all.add(Strategies.standard());
    all.add(Strategies.random());
    all.add(Strategies.growingCut());
    all.add(Strategies.flatCut(20));
    all.add(Strategies.flatCut(60, 1));
    for (ChangeScore score : ChangeScore.values()) {
      all.add(Strategies.changeGroups(score));
    }
    all.add(Strategies.dasguptaHsu());
    for (Doubt doubt : Doubt.values()) {
      all.add(Strategies.doubts(doubt));
    }
    all.add(Strategies.densityWeighted(Doubt.MARGIN));
    all.add(Strategies.halfAndHalf());
    return all;
  }

  /** Prints one object per strategy. */
  public static void main(String[] args) {
    if (args[0].equals("speed")) {
      Samples rows = clips(Integer.parseInt(args[1]));
      for (Strategy strategy : strategies()) {
        print(speed(rows, strategy, Integer.parseInt(args[2])));
      }
      return;
    }
    LabellingTrial trial =
        LabellingTrial.of(Integer.parseInt(args[2]), Integer.parseInt(args[3]))
            .withSeeds(Integer.parseInt(args[4]))
            .withWrong(Double.parseDouble(args[5]));
    curves(LabellingCurves.of(DataSets.samples(args[1]), strategies(), trial))
        .forEach(LabelsBench::print);
  }

  private static void print(Map<String, ?> row) {
    System.out.println(JsonMapper.shared().writeValueAsString(row));
  }

  private static List<Map<String, Object>> curves(LabellingCurves curves) {
    List<Map<String, Object>> rows = new ArrayList<>();
    double all = Describe.mean(curves.ceiling());
    for (String strategy : curves.strategies()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("strategy", strategy);
      row.put("area", Describe.mean(curves.area(strategy)));
      row.put("areas", curves.area(strategy));
      row.put("all labels", all);
      for (double share : new double[] {0.8, 0.9, 0.95}) {
        double clips = curves.clipsToReach(share * all, strategy);
        row.put("clips to " + share + " of all", Double.isNaN(clips) ? null : clips);
      }
      row.put("clips", curves.trial().clips());
      for (LabellingMeasure measure : LabellingMeasure.values()) {
        row.put(measure.toString(), finite(curves.mean(measure, strategy)));
        row.put(measure + " std", finite(curves.deviation(measure, strategy)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Double> finite(double[] values) {
    return Arrays.stream(values).mapToObj(v -> Double.isNaN(v) ? null : v).toList();
  }

  /** Clusters of 40 kinds, in 12 classes, overlapping. */
  static Samples clips(int rows) {
    NumpyRandom random = NumpyRandom.of(1);
    double[][] centres = new double[40][COLUMNS];
    for (double[] centre : centres) {
      Arrays.setAll(centre, j -> 2 * random.normal());
    }
    double[][] x = new double[rows][COLUMNS];
    List<String> classes = new ArrayList<>();
    for (double[] row : x) {
      int kind = (int) random.integer(0, centres.length);
      Arrays.setAll(row, j -> centres[kind][j] + 1.5 * random.normal());
      classes.add("class " + kind % CLASSES);
    }
    return Samples.of(Matrix.of(x), classes).withId("clips");
  }

  /**
   * How long a strategy takes: once, and at most for a question, an answer and fitting a model; and
   * to build anew what all answers say.
   */
  static Map<String, Object> speed(Samples rows, Strategy strategy, int answers) {
    SimulatedEar ear = SimulatedEar.perfect(rows.classes());
    long start = System.nanoTime();
    Strategy.Start over = strategy.over(rows, 1);
    double once = since(start);
    Guide guide = over.begin();
    double[] most = new double[4];
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      if (guide.stale()) {
        start = System.nanoTime();
        guide.refit();
        most[2] = Math.max(most[2], since(start));
      }
      start = System.nanoTime();
      int row = guide.next().orElseThrow();
      most[0] = Math.max(most[0], since(start));
      start = System.nanoTime();
      guide.heard(row, ear.hear(row));
      most[1] = Math.max(most[1], since(start));
      asked.add(row);
      if (i % 50 == 0) {
        start = System.nanoTime();
        guide.propagated();
        most[3] = Math.max(most[3], since(start));
      }
    }
    start = System.nanoTime();
    Guide again = over.begin();
    asked.forEach(row -> again.heard(row, ear.hear(row)));
    double replay = since(start);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("strategy", strategy.toString());
    row.put("once", once);
    row.put("next", most[0]);
    row.put("heard", most[1]);
    row.put("refit", most[2]);
    row.put("propagated", most[3]);
    row.put("replay", replay);
    return row;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
