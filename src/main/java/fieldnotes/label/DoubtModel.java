package fieldnotes.label;

import fieldnotes.classify.Classifiers;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Neighbours;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Fits forests to answers and sorts the rows by doubt. It remembers its latest results, so that
 * answers given anew after undo need no new forest. For use by several threads.
 */
final class DoubtModel {
  /** Neighbours whose mean distance says how dense the rows around one lie. */
  private static final int NEIGHBOURS = 10;

  private static final int REMEMBERED = 16;

  final DoubtOptions options;
  final long seed;

  /** The rows in random order, which also decides between equal doubts. */
  final int[] random;

  private final Matrix x;
  private final double[] weights;
  private final int[] rank;

  private final Map<List<Answered.Answer>, int[]> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Answered.Answer>, int[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  DoubtModel(Samples rows, DoubtOptions options, long seed) {
    this.options = options;
    this.seed = seed;
    x = ScaledClips.of(rows);
    random = NumpyRandom.of(seed).permutation(x.rowCount());
    rank = new int[random.length];
    for (int i = 0; i < random.length; i++) {
      rank[random[i]] = i;
    }
    weights = new double[random.length];
    Arrays.fill(weights, 1);
    if (options.density() > 0 && random.length > 1) {
      weigh();
    }
  }

  /** The median of the rows' mean distances to their neighbours, divided by a row's own. */
  private void weigh() {
    Neighbours near = Neighbours.of(x.values(), Math.min(NEIGHBOURS, random.length - 1));
    double[] mean = new double[random.length];
    Arrays.setAll(mean, i -> Arrays.stream(near.distances()[i]).average().orElse(0));
    double[] sorted = mean.clone();
    Arrays.sort(sorted);
    double middle = sorted[sorted.length / 2];
    // added to both, so that copies of one clip do not count endlessly
    Arrays.setAll(
        weights,
        i -> middle == 0 ? 1 : Math.pow(2 * middle / (mean[i] + middle), options.density()));
  }

  /** Whether these answers have two classes. */
  static boolean canLearn(List<Answered.Answer> answers) {
    return answers.stream().map(Answered.Answer::name).distinct().limit(2).count() == 2;
  }

  /** All rows, the most doubtful first. */
  int[] queue(List<Answered.Answer> answers) {
    synchronized (remembered) {
      int[] known = remembered.get(answers);
      if (known != null) {
        return known;
      }
    }
    int[] queue = fit(answers);
    synchronized (remembered) {
      remembered.put(List.copyOf(answers), queue);
    }
    return queue;
  }

  private int[] fit(List<Answered.Answer> answers) {
    double[][] heard = new double[answers.size()][];
    Arrays.setAll(heard, i -> x.values()[answers.get(i).row()]);
    List<String> names = answers.stream().map(Answered.Answer::name).toList();
    Samples known = Samples.of(Matrix.of(x.names(), heard), names);
    List<double[][]> said =
        learners().stream().map(learner -> learner.fit(known).predict(x).scores()).toList();
    double[] doubts = new double[random.length];
    Arrays.setAll(doubts, i -> weights[i] * doubt(said, i));
    return IntStream.range(0, doubts.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -doubts[i]).thenComparingInt(i -> rank[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double doubt(List<double[][]> said, int row) {
    return options.doubt().of(said.stream().map(p -> p[row]).toArray(double[][]::new));
  }

  private List<Learner<Classified, ? extends Model<Classified>>> learners() {
    var forest = Classifiers.forest(ForestOptions.of(seed).withTrees(options.trees()));
    return options.doubt() == Doubt.COMMITTEE
        ? List.of(forest, Classifiers.logistic(), Classifiers.nearest(1))
        : List.of(forest);
  }
}
