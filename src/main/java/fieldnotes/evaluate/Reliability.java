package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Describe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Whether probabilities can be relied on: of the rows that are given about 0.8, are about eight of
 * ten what was said? Rows are put into bins by their probability, as scikit-learn's {@code
 * calibration_curve} does; bins without rows are left out. Rows count as their weights say.
 *
 * @param of the class, or {@code likeliest} for the predicted class of each row
 * @param bins by rising probability, at least one
 * @see "A. Niculescu-Mizil and R. Caruana, Predicting good probabilities with supervised learning,
 *     ICML 2005"
 */
public record Reliability(String of, List<Bin> bins) {
  /**
   * The rows with probabilities in a range.
   *
   * @param from not included, except at the lowest bin
   * @param to included
   * @param rows the number of rows, at least 1
   * @param weight what the rows count together: their number where they have no weights
   * @param predicted their mean probability
   * @param observed the share of them that are of the class
   */
  public record Bin(
      double from, double to, int rows, double weight, double predicted, double observed) {}

  /** Copies the bins. */
  public Reliability {
    bins = List.copyOf(bins);
    Check.that(!bins.isEmpty(), "bins is empty");
  }

  /**
   * The probabilities of one class, in bins of equal width.
   *
   * @param bins the number of bins, at least 1
   * @throws IllegalArgumentException if there is no such class
   * @throws IllegalStateException if the predictions have no probabilities
   */
  public static Reliability of(Outcome.Classes outcome, String name, int bins) {
    return inBins(outcome, name, probabilities(outcome, name), equal(bins));
  }

  /** The same in bins of about as many rows each. */
  public static Reliability ofQuantiles(Outcome.Classes outcome, String name, int bins) {
    double[] p = probabilities(outcome, name);
    return inBins(outcome, name, p, quantiles(p, equal(bins)));
  }

  /**
   * The largest probability of each row against whether its class is the true one, in bins of equal
   * width; its {@link #expectedError} is the expected calibration error as usually reported.
   *
   * @param bins the number of bins, at least 1; often 10 or 15
   * @throws IllegalStateException if the predictions have no probabilities
   */
  public static Reliability ofLikeliest(Outcome.Classes outcome, int bins) {
    double[][] all = outcome.predicted().probabilities();
    int[] codes = outcome.predicted().codes();
    double[] p = IntStream.range(0, all.length).mapToDouble(i -> all[i][codes[i]]).toArray();
    List<String> truth = outcome.truth();
    boolean[] inside = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      inside[i] = truth.get(i).equals(outcome.predicted().label(i));
    }
    return inBins("likeliest", p, inside, outcome.weights(), equal(bins));
  }

  private static double[] probabilities(Outcome.Classes outcome, String name) {
    Classified predicted = outcome.predicted();
    int column = predicted.classes().indexOf(name);
    Check.that(column >= 0, "no class '%s' was predicted; there are %s", name, predicted.classes());
    return Arrays.stream(predicted.probabilities()).mapToDouble(p -> p[column]).toArray();
  }

  /** Edges of bins of equal width, with NumPy's rounding. */
  private static double[] equal(int bins) {
    Check.atLeast("bins", bins, 1);
    double step = 1.0 / bins;
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> i * step);
    edges[bins] = 1;
    return edges;
  }

  /** The quantiles of numbers, interpolated as NumPy does. */
  private static double[] quantiles(double[] p, double[] shares) {
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    double[] edges = new double[shares.length];
    for (int e = 0; e < edges.length; e++) {
      double at = (sorted.length - 1) * (shares[e] * 100 / 100);
      int low = (int) Math.floor(at);
      int high = Math.min(low + 1, sorted.length - 1);
      double t = at - low;
      double apart = sorted[high] - sorted[low];
      edges[e] = t >= 0.5 ? sorted[high] - apart * (1 - t) : sorted[low] + apart * t;
    }
    return edges;
  }

  private static Reliability inBins(
      Outcome.Classes outcome, String name, double[] p, double[] edges) {
    List<String> truth = outcome.truth();
    boolean[] inside = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      inside[i] = truth.get(i).equals(name);
    }
    return inBins(name, p, inside, outcome.weights(), edges);
  }

  private static Reliability inBins(
      String name, double[] p, boolean[] inside, double[] weights, double[] edges) {
    int count = edges.length - 1;
    int[] rows = new int[count];
    double[] weight = new double[count];
    double[] predicted = new double[count];
    double[] observed = new double[count];
    for (int i = 0; i < p.length; i++) {
      int bin = 0;
      while (bin < count - 1 && edges[bin + 1] < p[i]) {
        bin++;
      }
      double w = weights == null ? 1 : weights[i];
      rows[bin]++;
      weight[bin] += w;
      predicted[bin] += w * p[i];
      observed[bin] += inside[i] ? w : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      if (weight[b] > 0) {
        bins.add(
            new Bin(
                edges[b],
                edges[b + 1],
                rows[b],
                weight[b],
                predicted[b] / weight[b],
                observed[b] / weight[b]));
      }
    }
    return new Reliability(name, bins);
  }

  /**
   * The expected calibration error: the distance between the mean probability and the observed
   * share of each bin, averaged over rows; 0 to 1, 0 being perfect.
   *
   * @see "C. Guo et al., On calibration of modern neural networks, ICML 2017"
   */
  public double expectedError() {
    double sum = 0;
    double all = 0;
    for (Bin bin : bins) {
      sum += bin.weight * Math.abs(bin.predicted - bin.observed);
      all += bin.weight;
    }
    return sum / all;
  }

  /** The largest such distance of any bin. */
  public double largestError() {
    return bins.stream().mapToDouble(b -> Math.abs(b.predicted - b.observed)).max().orElseThrow();
  }

  /** One row per bin: its range, its rows, what was predicted, what was observed. */
  public Table toTable() {
    return Table.create(
        "reliability of " + of,
        Describe.shown(DoubleColumn.create("from", bins.stream().mapToDouble(Bin::from).toArray())),
        Describe.shown(DoubleColumn.create("to", bins.stream().mapToDouble(Bin::to).toArray())),
        IntColumn.create("rows", bins.stream().mapToInt(Bin::rows).toArray()),
        Describe.shown(
            DoubleColumn.create("predicted", bins.stream().mapToDouble(Bin::predicted).toArray())),
        Describe.shown(
            DoubleColumn.create("observed", bins.stream().mapToDouble(Bin::observed).toArray())));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "reliability of %s: expected error %.4f, largest %.4f, in %d bins",
        of,
        expectedError(),
        largestError(),
        bins.size());
  }
}
