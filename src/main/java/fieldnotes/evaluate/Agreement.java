package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Agreement of two groupings of the same rows, known classes and clusters, independent of the names
 * of the groups. Noise (−1) counts as a separate group.
 *
 * @param classes names of the known classes, in order
 * @param clusters names of the clusters, in order
 * @param counts number of rows in each class and cluster, shape [classes][clusters]
 * @param rows the number of rows
 * @param homogeneity 1 if each cluster contains a single class, 0 to 1
 * @param completeness 1 if each class is in a single cluster, 0 to 1
 * @param vMeasure their harmonic mean, 0 to 1
 * @param adjustedRand share of row pairs grouped alike, adjusted for chance: 1 is best, 0 is chance
 *     (ARI)
 * @param mutualInformation shared information in nats
 * @param normalizedMutualInformation the same divided by the mean of both entropies, 0 to 1 (NMI)
 * @param adjustedMutualInformation the same adjusted for chance: 1 is best, 0 is chance (AMI)
 * @param fowlkesMallows geometric mean of pair precision and recall, 0 to 1
 * @param purity share of rows in the most frequent class of their cluster, 0 to 1
 * @see "sklearn.metrics of scikit-learn 1.9"
 */
public record Agreement(
    List<String> classes,
    List<String> clusters,
    int[][] counts,
    int rows,
    double homogeneity,
    double completeness,
    double vMeasure,
    double adjustedRand,
    double mutualInformation,
    double normalizedMutualInformation,
    double adjustedMutualInformation,
    double fowlkesMallows,
    double purity) {
  /** Copies the lists and the counts. */
  public Agreement {
    classes = List.copyOf(classes);
    clusters = List.copyOf(clusters);
    counts = copy(counts);
  }

  @Override
  public int[][] counts() {
    return copy(counts);
  }

  private static int[][] copy(int[][] counts) {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  private static final String NONE = "(none)";

  /** Labels numbered 0…k−1 in order, and the number of rows with each. */
  record Codes(int[] codes, int[] sizes, List<String> names) {
    static Codes of(int[] labels) {
      int[] distinct = Arrays.stream(labels).distinct().sorted().toArray();
      int[] sizes = new int[distinct.length];
      int[] codes = new int[labels.length];
      for (int i = 0; i < labels.length; i++) {
        codes[i] = Arrays.binarySearch(distinct, labels[i]);
        sizes[codes[i]]++;
      }
      return new Codes(codes, sizes, IntStream.of(distinct).mapToObj(Integer::toString).toList());
    }

    static Codes of(List<String> labels) {
      Map<String, Integer> order = new TreeMap<>();
      labels.forEach(label -> order.put(label, 0));
      List<String> names = List.copyOf(order.keySet());
      for (int c = 0; c < names.size(); c++) {
        order.put(names.get(c), c);
      }
      int[] codes = labels.stream().mapToInt(order::get).toArray();
      int[] sizes = new int[names.size()];
      for (int c : codes) {
        sizes[c]++;
      }
      return new Codes(codes, sizes, names);
    }
  }

  /** Compares known classes with clusters, both as numbers. */
  public static Agreement of(int[] truth, int[] labels) {
    Check.sameLength("truth", truth.length, "labels", labels.length);
    return of(Codes.of(truth), Codes.of(labels));
  }

  /**
   * Compares known classes, by name, with clusters. Rows without a class (empty text) are a
   * separate group; if no row has a class, every score is NaN.
   */
  public static Agreement of(List<String> truth, int[] labels) {
    Check.sameLength("truth", truth.size(), "labels", labels.length);
    List<String> named = truth.stream().map(t -> t.isBlank() ? NONE : t).toList();
    Agreement found = of(Codes.of(named), Codes.of(labels));
    return found.known() ? found : found.withoutScores();
  }

  /** Compares the known classes in a column of a table with clusters. */
  public static Agreement of(Column<?> truth, int[] labels) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      names.add(truth.isMissing(i) ? NONE : name(truth.get(i)));
    }
    return of(names, labels);
  }

  /**
   * The name of a class; numbers are written independently of the locale, integers without point.
   */
  private static String name(Object value) {
    return value instanceof Number n
            && n.doubleValue() == Math.rint(n.doubleValue())
            && Math.abs(n.doubleValue()) < 1e15
        ? Long.toString(n.longValue())
        : String.valueOf(value);
  }

  private static Agreement of(Codes truth, Codes labels) {
    int n = truth.codes().length;
    Check.that(n > 0, "labels is empty: needs at least 1 row");
    int[][] counts = new int[truth.sizes().length][labels.sizes().length];
    for (int i = 0; i < n; i++) {
      counts[truth.codes()[i]][labels.codes()[i]]++;
    }
    int[] a = truth.sizes();
    int[] b = labels.sizes();
    double information = 0;
    long pairs = 0;
    int common = 0;
    if (a.length > 1 && b.length > 1) {
      for (int i = 0; i < a.length; i++) {
        for (int j = 0; j < b.length; j++) {
          double c = counts[i][j];
          if (c > 0) {
            information += c / n * (Math.log(c / n) - Math.log((double) a[i] / n * b[j] / n));
          }
        }
      }
    }
    information = Math.max(0, information);
    for (int j = 0; j < b.length; j++) {
      int most = 0;
      for (int[] row : counts) {
        pairs += (long) row[j] * row[j];
        most = Math.max(most, row[j]);
      }
      common += most;
    }
    double entropyA = entropy(a, n);
    double entropyB = entropy(b, n);
    double h = entropyA == 0 ? 1 : Math.min(1, information / entropyA);
    double c = entropyB == 0 ? 1 : Math.min(1, information / entropyB);
    double v = h + c == 0 ? 0 : 2 * h * c / (h + c);
    double normalizer = (entropyA + entropyB) / 2;
    double nmi =
        a.length == 1 && b.length == 1 ? 1 : information == 0 ? 0 : information / normalizer;

    double tp = pairs - n; // ordered pairs together in both
    double inA = squares(a) - n;
    double inB = squares(b) - n;
    double tn = (double) n * n - n - inA - inB + tp;
    double fn = inA - tp;
    double fp = inB - tp;
    double ari =
        fn == 0 && fp == 0
            ? 1
            : 2 * (tp * tn - fn * fp) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn));
    double fm = tp == 0 ? 0 : Math.sqrt(tp / inB) * Math.sqrt(tp / inA);
    return new Agreement(
        truth.names(),
        labels.names(),
        counts,
        n,
        h,
        c,
        v,
        ari,
        information,
        nmi,
        adjusted(information, a, b, n, normalizer),
        fm,
        (double) common / n);
  }

  private static double squares(int[] sizes) {
    double sum = 0;
    for (int s : sizes) {
      sum += (double) s * s;
    }
    return sum;
  }

  private static double entropy(int[] sizes, int n) {
    if (sizes.length == 1) {
      return 0;
    }
    double sum = 0;
    for (int s : sizes) {
      sum -= (double) s / n * (Math.log(s) - Math.log(n));
    }
    return sum;
  }

  private static double adjusted(double mi, int[] a, int[] b, int n, double normalizer) {
    if (a.length == 1 && b.length == 1) {
      return 1;
    }
    if (a.length == 1 || b.length == 1) {
      return 0;
    }
    double expected = expectedInformation(a, b, n);
    double over = mi - expected;
    double most = normalizer - expected;
    double eps = Math.ulp(1.0);
    over = over < 0 ? Math.min(over, -eps) : Math.max(over, eps);
    most = most < 0 ? Math.min(most, -eps) : Math.max(most, eps);
    return over / most;
  }

  /** Expected mutual information over all groupings with these sizes (Vinh et al. 2010). */
  private static double expectedInformation(int[] a, int[] b, int n) {
    double[] logFactorial = new double[n + 1];
    double lost = 0;
    for (int i = 2; i <= n; i++) {
      double term = Math.log(i) - lost;
      double sum = logFactorial[i - 1] + term;
      lost = (sum - logFactorial[i - 1]) - term;
      logFactorial[i] = sum;
    }
    double expected = 0;
    for (int ai : a) {
      for (int bj : b) {
        double outer =
            logFactorial[ai]
                + logFactorial[bj]
                + logFactorial[n - ai]
                + logFactorial[n - bj]
                - logFactorial[n];
        for (int both = Math.max(1, ai + bj - n); both <= Math.min(ai, bj); both++) {
          double chance =
              outer
                  - logFactorial[both]
                  - logFactorial[ai - both]
                  - logFactorial[bj - both]
                  - logFactorial[n - ai - bj + both];
          expected +=
              (double) both
                  / n
                  * (Math.log(n) + Math.log(both) - Math.log(ai) - Math.log(bj))
                  * Math.exp(chance);
        }
      }
    }
    return expected;
  }

  /** Whether the class of any row is known. */
  public boolean known() {
    return !classes.equals(List.of(NONE));
  }

  private Agreement withoutScores() {
    double no = Double.NaN;
    return new Agreement(classes, clusters, counts, rows, no, no, no, no, no, no, no, no, no);
  }

  /** The contingency table: one row per class, one column per cluster, and the totals. */
  public Table contingency() {
    Table table = Table.create("classes × clusters", StringColumn.create("class", classes));
    for (int j = 0; j < clusters.size(); j++) {
      IntColumn column = IntColumn.create("cluster " + clusters.get(j));
      for (int[] row : counts) {
        column.append(row[j]);
      }
      table.addColumns(column);
    }
    IntColumn total = IntColumn.create("rows");
    for (int[] row : counts) {
      total.append(Arrays.stream(row).sum());
    }
    return table.addColumns(total);
  }

  /** The scores by name, in a fixed order. */
  public Map<String, Double> scores() {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("homogeneity", homogeneity);
    scores.put("completeness", completeness);
    scores.put("V-measure", vMeasure);
    scores.put("adjusted Rand", adjustedRand);
    scores.put("adjusted mutual information", adjustedMutualInformation);
    scores.put("normalized mutual information", normalizedMutualInformation);
    scores.put("Fowlkes–Mallows", fowlkesMallows);
    scores.put("purity", purity);
    return scores;
  }

  /** A table with one row per score. */
  public Table toTable() {
    return Table.create(
        "agreement",
        StringColumn.create("score", scores().keySet()),
        DoubleColumn.create(
            "value", scores().values().stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** Compares by identity. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    if (!known()) {
      return String.format(
          Locale.ROOT,
          "no classes are known: nothing to compare %d clusters with",
          clusters.size());
    }
    return String.format(
        Locale.ROOT,
        "%d classes in %d clusters: V %.3f (homogeneity %.3f, completeness %.3f), ARI %.3f, AMI"
            + " %.3f, purity %.3f",
        classes.size(),
        clusters.size(),
        vMeasure,
        homogeneity,
        completeness,
        adjustedRand,
        adjustedMutualInformation,
        purity);
  }
}
