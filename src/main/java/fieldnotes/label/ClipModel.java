package fieldnotes.label;

import fieldnotes.classify.Classifiers;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.ForestOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a forest of 50 trees makes of the clips that were heard: a guess for every other clip, and
 * what more labels would be worth.
 */
public final class ClipModel {
  private static final String RECORDING = "recording";
  private static final int TREES = 50;
  private static final int FOLDS = 5;
  private static final int LEAST = 25;
  private static final int RESAMPLES = 200;
  private static final double[] SHARES = {0.4, 0.55, 0.75, 1};

  private final Matrix x;

  /** The recording of each row. */
  private final List<String> recordings;

  private final long seed;

  /**
   * A class that a model gives a clip.
   *
   * @param name the class
   * @param probability of it, 0 to 1
   */
  public record Guess(String name, double probability) {}

  /**
   * How good a model of the labels is, and what more labels would change, as far as its learning
   * curve says: its errors fall by a power of the number of labels. The bands hold nine in ten
   * curves of resampled folds. Where the labelled clips were chosen because the model doubts them,
   * they are harder than the others, and the accuracy is underestimated.
   *
   * @param heard the number of labelled clips
   * @param accuracy of a model of all of them on other clips, 0 to 1
   * @param low lower end of its band
   * @param high upper end of its band
   * @param more the number of further labels
   * @param gain what they add to the accuracy
   * @param gainLow lower end of its band
   * @param gainHigh upper end of its band
   */
  public record Outlook(
      int heard,
      double accuracy,
      double low,
      double high,
      int more,
      double gain,
      double gainLow,
      double gainHigh) {}

  private ClipModel(Matrix x, List<String> recordings, long seed) {
    this.x = x;
    this.recordings = List.copyOf(recordings);
    this.seed = seed;
  }

  /**
   * A model of these clips.
   *
   * @param rows numeric features; rows of one of the groups {@code recording}, if there are any,
   *     are never both learnt from and judged by
   * @param seed 0 to 4294967295
   */
  public static ClipModel of(Samples rows, long seed) {
    List<String> recordings =
        rows.groupNames().contains(RECORDING)
            ? rows.groups(RECORDING)
            : IntStream.range(0, rows.rowCount()).mapToObj(Integer::toString).toList();
    return new ClipModel(ScaledClips.of(rows), recordings, seed);
  }

  /**
   * Guesses the class of every clip.
   *
   * @param heard the classes of the clips that were heard, by row
   * @return by row; empty if fewer than two classes were heard
   */
  public Map<Integer, Guess> guesses(Map<Integer, String> heard) {
    if (heard.values().stream().distinct().count() < 2) {
      return Map.of();
    }
    Classified said = learner().fit(samples(heard)).predict(x);
    double[][] probabilities = said.scores(); // a copy
    Map<Integer, Guess> guesses = new HashMap<>();
    for (int row = 0; row < x.rowCount(); row++) {
      double[] scores = probabilities[row];
      int best = 0;
      for (int c = 1; c < scores.length; c++) {
        best = scores[c] > scores[best] ? c : best;
      }
      guesses.put(row, new Guess(said.classes().get(best), scores[best]));
    }
    return guesses;
  }

  /**
   * Estimates what more labels are worth.
   *
   * @param heard the classes of the clips that were heard, by row
   * @param more the number of further labels, at least 1
   * @return empty below 25 clips, with a class of fewer than five, or of fewer than five recordings
   */
  public Optional<Outlook> outlook(Map<Integer, String> heard, int more) {
    Check.atLeast("more", more, 1);
    Map<String, Integer> counts = new HashMap<>();
    heard.values().forEach(name -> counts.merge(name, 1, Integer::sum));
    long several = heard.keySet().stream().map(recordings::get).distinct().count();
    boolean enough =
        several >= FOLDS && counts.size() > 1 && counts.values().stream().allMatch(n -> n >= FOLDS);
    if (heard.size() < LEAST || !enough) {
      return Optional.empty();
    }
    return Optional.of(outlook(accuracies(samples(heard)), heard.size(), more, seed));
  }

  /**
   * A learning curve in the background: one fit after another, and without showing progress.
   *
   * @return accuracy by the number of rows learnt from, an entry for each fold
   */
  private SortedMap<Integer, double[]> accuracies(Samples known) {
    NumpyRandom random = NumpyRandom.of(seed);
    SortedMap<Integer, double[]> curve = new TreeMap<>();
    List<Split> splits = Folds.stratifiedGrouped(FOLDS, RECORDING, seed).splits(known);
    for (int fold = 0; fold < splits.size(); fold++) {
      int[] train = splits.get(fold).train();
      random.shuffle(train);
      for (double share : SHARES) {
        int size = (int) Math.round(share * (known.rowCount() - known.rowCount() / FOLDS));
        int[] first = Arrays.copyOf(train, Math.min(size, train.length));
        curve.computeIfAbsent(size, s -> new double[splits.size()])[fold] =
            accuracy(known.rows(first), known.rows(splits.get(fold).test()));
      }
    }
    return curve;
  }

  private double accuracy(Samples train, Samples test) {
    return train.classNames().size() > 1
        ? Scores.accuracy().of(learner().fit(train).judge(test))
        : test.classes().stream()
            .mapToInt(c -> train.classNames().contains(c) ? 1 : 0)
            .average()
            .orElse(0);
  }

  /** The outlook that a curve of accuracies by numbers of rows gives. */
  static Outlook outlook(SortedMap<Integer, double[]> curve, int heard, int more, long seed) {
    double[] sizes = curve.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    double[][] test = curve.values().toArray(double[][]::new);
    int folds = test[0].length;
    int[] all = IntStream.range(0, folds).toArray();
    double[] best = ahead(sizes, test, all, heard, more);
    Random random = new Random(seed);
    double[][] drawn = new double[2][RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      int[] some = random.ints(folds, 0, folds).toArray();
      double[] one = ahead(sizes, test, some, heard, more);
      drawn[0][r] = one[0];
      drawn[1][r] = one[1];
    }
    Arrays.sort(drawn[0]);
    Arrays.sort(drawn[1]);
    int low = RESAMPLES / 20;
    int high = RESAMPLES - 1 - low;
    return new Outlook(
        heard,
        best[0],
        drawn[0][low],
        drawn[0][high],
        more,
        best[1],
        drawn[1][low],
        drawn[1][high]);
  }

  /** Accuracy with all heard clips, and the gain of more, by a power law through these folds. */
  private static double[] ahead(double[] sizes, double[][] test, int[] folds, int heard, int more) {
    int n = sizes.length;
    double meanX = 0;
    double meanY = 0;
    double[] logs = new double[n];
    for (int i = 0; i < n; i++) {
      double[] scores = test[i];
      double error = 1 - Arrays.stream(folds).mapToDouble(f -> scores[f]).average().orElse(0);
      logs[i] = Math.log(Math.max(error, 1e-3));
      meanX += Math.log(sizes[i]) / n;
      meanY += logs[i] / n;
    }
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < n; i++) {
      double dx = Math.log(sizes[i]) - meanX;
      xy += dx * (logs[i] - meanY);
      xx += dx * dx;
    }
    double power = xx == 0 ? 0 : Math.clamp(xy / xx, -1, 0);
    double now = Math.exp(meanY + power * (Math.log(heard) - meanX));
    double then = Math.exp(meanY + power * (Math.log(heard + more) - meanX));
    return new double[] {1 - Math.min(1, now), Math.min(1, now) - Math.min(1, then)};
  }

  private Learner<Classified, ? extends Model<Classified>> learner() {
    return Classifiers.forest(ForestOptions.of(seed).withTrees(TREES));
  }

  private Samples samples(Map<Integer, String> heard) {
    Map<Integer, String> inOrder = new TreeMap<>(heard);
    double[][] rows =
        inOrder.keySet().stream().map(row -> x.values()[row]).toArray(double[][]::new);
    return Samples.of(Matrix.of(x.names(), rows), new ArrayList<>(inOrder.values()))
        .withGroups(RECORDING, inOrder.keySet().stream().map(recordings::get).toList());
  }
}
