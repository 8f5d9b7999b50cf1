package fieldnotes.label;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.List;

/** Rows and strategies for tests of guides. */
final class GuideRows {
  private GuideRows() {}

  /** Every strategy, with options that make each part of it work on few rows. */
  static List<Strategy> strategies() {
    GroupOptions often = GroupOptions.of().withRecheck(0.3);
    DoubtOptions few = DoubtOptions.of(Doubt.MARGIN).withFirst(4).withBatch(3).withTrees(5);
    List<Strategy> all = new ArrayList<>();
    all.add(Strategies.random());
    all.add(Strategies.given());
    all.add(Strategies.flatCut(4, 2));
    all.add(Strategies.growingCut());
    for (ChangeScore score : ChangeScore.values()) {
      all.add(Strategies.changeGroups(score, often));
    }
    all.add(Strategies.dasguptaHsu());
    for (Doubt doubt : Doubt.values()) {
      all.add(
          Strategies.doubts(
              DoubtOptions.of(doubt).withFirst(4).withBatch(3).withTrees(5).withRandom(0.3)));
    }
    all.add(Strategies.doubts(few.withDensity(1)));
    all.add(Strategies.halfAndHalf(ChangeScore.RELATIVE_GAP_BY_SIZE, often, few));
    all.add(Strategies.growingCutThenDoubts(6, few));
    return all;
  }

  /** Clusters of normal rows with a class each, {@code spread} apart; each row is a recording. */
  static Samples blobs(int classes, int each, double spread, long seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    double[][] x = new double[classes * each][3];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      int c = i % classes;
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = random.normal() + spread * (((c + 1) * (j + 2) * 37) % 11);
      }
      names.add("class " + c);
    }
    return Samples.of(Matrix.of(x), names).withId("blobs");
  }

  /** Rows on a line. */
  static Samples line(double... places) {
    double[][] x = new double[places.length][1];
    for (int i = 0; i < places.length; i++) {
      x[i][0] = places[i];
    }
    return Samples.of(Matrix.of(x));
  }

  /** Asks and answers until this number of clips was heard. */
  static void ask(Guided guided, SimulatedEar ear, int clips) {
    while (guided.clipsHeard() < clips) {
      int row = guided.next().orElseThrow();
      guided.heard(row, ear.hear(row));
    }
  }
}
