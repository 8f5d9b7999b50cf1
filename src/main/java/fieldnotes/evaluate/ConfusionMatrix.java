package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.table.Describe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How many rows of each class are predicted as which class. {@link Outcome.Classes#errors()} names
 * the rows themselves.
 *
 * @param classes the classes, by code point unless chosen
 * @param counts the number of rows of each true class (a row) predicted as each class (a column),
 *     or the sum of their weights; finite and at least 0, shape [classes][classes]
 * @see "confusion_matrix of scikit-learn 1.9"
 */
public record ConfusionMatrix(List<String> classes, double[][] counts) {
  /** Copies and checks. */
  public ConfusionMatrix {
    classes = List.copyOf(classes);
    Check.that(!classes.isEmpty(), "classes is empty: name at least one class");
    Check.that(
        new HashSet<>(classes).size() == classes.size(),
        "classes %s names one twice: name each class once",
        classes);
    Check.sameLength("counts", counts.length, "classes", classes.size());
    counts = Copy.finite("counts", counts);
    Check.sameLength("counts[0]", counts[0].length, "classes", classes.size());
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        Check.that(
            counts[t][p] >= 0,
            "counts has %s at row %d, column %d: must be at least 0",
            counts[t][p],
            t,
            p);
      }
    }
  }

  /** The matrix of all classes that are true of a row or predicted for one. */
  public static ConfusionMatrix of(Outcome.Classes outcome) {
    Judged rows = Judged.of(outcome);
    double[][] counts = new double[rows.names().size()][rows.names().size()];
    for (int i = 0; i < rows.rowCount(); i++) {
      counts[rows.truth()[i]][rows.predicted()[i]] += rows.weights()[i];
    }
    return new ConfusionMatrix(rows.names(), counts);
  }

  /**
   * The same for these classes, in this order: one that no row has gets zeros, and rows that belong
   * to another class, or are predicted as another, are left out.
   */
  public ConfusionMatrix withClasses(List<String> chosen) {
    int[] place = chosen.stream().mapToInt(classes::indexOf).toArray();
    double[][] cells = new double[place.length][place.length];
    for (int t = 0; t < place.length; t++) {
      for (int p = 0; p < place.length; p++) {
        cells[t][p] = place[t] < 0 || place[p] < 0 ? 0 : counts[place[t]][place[p]];
      }
    }
    return new ConfusionMatrix(chosen, cells);
  }

  @Override
  public double[][] counts() {
    return Copy.of(counts);
  }

  /**
   * The number of rows of a class that are predicted as another, or as itself; 0 for a class that
   * is not among these.
   */
  public double count(String truth, String predicted) {
    int t = classes.indexOf(truth);
    int p = classes.indexOf(predicted);
    return t < 0 || p < 0 ? 0 : counts[t][p];
  }

  /** The number of rows, or the sum of their weights. */
  public double total() {
    return Arrays.stream(truths()).sum();
  }

  /** The number of rows of each true class. */
  double[] truths() {
    double[] sums = new double[counts.length];
    Arrays.setAll(sums, t -> Errors.sum(counts[t]));
    return sums;
  }

  /** The number of rows predicted as each class. */
  double[] predictions() {
    double[] sums = new double[counts.length];
    for (double[] row : counts) {
      for (int p = 0; p < sums.length; p++) {
        sums[p] += row[p];
      }
    }
    return sums;
  }

  /** The number of rows that are predicted right. */
  double right() {
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += counts[c][c];
    }
    return sum;
  }

  /** Shares of the rows of each true class: rows sum to 1, or to 0 for a class without rows. */
  public double[][] sharesOfTruth() {
    double[] sums = truths();
    return shares((t, p) -> sums[t]);
  }

  /** Shares of the rows predicted as each class: columns sum to 1, or to 0 if never predicted. */
  public double[][] sharesOfPrediction() {
    double[] sums = predictions();
    return shares((t, p) -> sums[p]);
  }

  /** Shares of all rows: they sum to 1. */
  public double[][] sharesOfAll() {
    double all = total();
    return shares((t, p) -> all);
  }

  private interface Whole {
    double of(int truth, int predicted);
  }

  private double[][] shares(Whole whole) {
    double[][] shares = new double[counts.length][counts.length];
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        double all = whole.of(t, p);
        shares[t][p] = all == 0 ? 0 : counts[t][p] / all;
      }
    }
    return shares;
  }

  /**
   * A class that is taken for another.
   *
   * @param truth the true class
   * @param predicted what is predicted instead
   * @param count number of such rows, or the sum of their weights
   * @param share their share of the rows of the true class
   */
  public record Pair(String truth, String predicted, double count, double share) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%s taken for %s: %s, %.1f %%", truth, predicted, shown(count), 100 * share);
    }
  }

  /**
   * The pairs of classes that are confused, most often first; of equals in the order of classes.
   */
  public List<Pair> confused() {
    double[][] shares = sharesOfTruth();
    List<Pair> pairs = new ArrayList<>();
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        if (t != p && counts[t][p] > 0) {
          pairs.add(new Pair(classes.get(t), classes.get(p), counts[t][p], shares[t][p]));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::count).reversed());
    return List.copyOf(pairs);
  }

  /**
   * One row per true class, one column per predicted class. A column whose name only differs in
   * case from one before it, which a table does not tell apart, ends in its number.
   */
  public Table toTable() {
    Table table = Table.create("true × predicted", StringColumn.create("true class", classes));
    boolean whole = isWhole();
    Set<String> taken = new HashSet<>(Set.of("true class"));
    for (int p = 0; p < classes.size(); p++) {
      int column = p;
      double[] cells = Arrays.stream(counts).mapToDouble(row -> row[column]).toArray();
      String name = classes.get(p);
      for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
        name = classes.get(p) + " (" + n + ")";
      }
      table.addColumns(
          whole
              ? LongColumn.create(name, Arrays.stream(cells).mapToLong(c -> (long) c).toArray())
              : Describe.shown(DoubleColumn.create(name, cells)));
    }
    return table;
  }

  private boolean isWhole() {
    return Arrays.stream(counts)
        .flatMapToDouble(Arrays::stream)
        .allMatch(c -> c == Math.rint(c) && c < 1e15);
  }

  private static String shown(double count) {
    return count == Math.rint(count) && count < 1e15
        ? Long.toString((long) count)
        : String.format(Locale.ROOT, "%.4g", count);
  }

  /** Equal classes and counts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && classes.equals(that.classes)
        && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    List<Pair> pairs = confused();
    double total = total();
    return String.format(
        Locale.ROOT,
        "%s rows in %d classes, %.1f %% right%s",
        shown(total),
        classes.size(),
        total == 0 ? 0 : 100 * right() / total,
        pairs.isEmpty() ? "" : "; most often " + pairs.getFirst());
  }
}
