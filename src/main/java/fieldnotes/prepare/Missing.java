package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Fills or drops missing cells (NaN). What to fill in is learnt from training rows and applied to
 * any.
 *
 * @param options what is done with a missing cell
 * @param columns the names of the columns, in order
 * @param values what each column is filled with, shape [columns]; for {@link Fill#KNN} where no
 *     neighbour is left; NaN for {@link Fill#DROP}
 * @param seen the rows it learnt from, for {@link Fill#KNN}, otherwise no rows
 * @see "SimpleImputer and KNNImputer of scikit-learn 1.9"
 */
public record Missing(Options options, List<String> columns, double[] values, double[][] seen)
    implements Step.Fitted {

  /** What is done with a missing cell. */
  public enum Fill {
    /** Its row is left out. */
    DROP,
    /** It becomes the mean of the column. */
    MEAN,
    /** It becomes the median of the column. */
    MEDIAN,
    /** It becomes the value that the column has most often, the least of them if several. */
    MOST_FREQUENT,
    /** It becomes the mean of the column over the nearest rows that have it. */
    KNN
  }

  /**
   * What to do with missing cells.
   *
   * @param how what is done
   * @param neighbours how many neighbours {@link Fill#KNN} takes the mean of, otherwise 0
   */
  public record Options(Fill how, int neighbours) implements Step<Missing> {
    /** Checks the number. */
    public Options {
      Check.that(
          how == Fill.KNN ? neighbours >= 1 : neighbours == 0,
          "neighbours=%d: must be at least 1 for KNN, 0 for %s",
          neighbours,
          how);
    }

    /**
     * Learns what to fill in from the numeric features.
     *
     * @throws IllegalArgumentException if a column has no value at all, or an infinite one
     */
    @Override
    public Missing fit(Samples rows) {
      return Missing.fit(this, rows.numeric());
    }

    @Override
    public boolean keepsRows() {
      return how != Fill.DROP;
    }

    @Override
    public String toString() {
      return how == Fill.KNN
          ? String.format(Locale.ROOT, "fill: mean of the %d nearest rows", neighbours)
          : (how == Fill.DROP ? "drop incomplete rows" : "fill: " + words(how));
    }
  }

  private static String words(Fill how) {
    return how.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Missing cells become the median of their column over the training rows. */
  public static Options median() {
    return new Options(Fill.MEDIAN, 0);
  }

  /** Missing cells become the mean of their column over the training rows. */
  public static Options mean() {
    return new Options(Fill.MEAN, 0);
  }

  /** Missing cells become the most frequent value of their column, the least of several. */
  public static Options mostFrequent() {
    return new Options(Fill.MOST_FREQUENT, 0);
  }

  /** Missing cells become the mean of their column over the five nearest training rows. */
  public static Options knn() {
    return knn(5);
  }

  /** Missing cells become the mean of their column over the nearest training rows. */
  public static Options knn(int neighbours) {
    return new Options(Fill.KNN, neighbours);
  }

  /** Rows with a missing cell are left out. Not for a pipeline, which predicts every row. */
  public static Options drop() {
    return new Options(Fill.DROP, 0);
  }

  /** Copies the list and checks the shapes. */
  public Missing {
    columns = List.copyOf(columns);
    values = values.clone();
    seen = Copy.of(seen);
    Check.sameLength("values", values.length, "columns", columns.size());
    for (double[] row : seen) {
      Check.sameLength("a row seen", row.length, "columns", columns.size());
    }
    Check.that(
        (options.how() == Fill.KNN) == seen.length > 0, "rows are kept for %s, only", Fill.KNN);
    for (double value : values) {
      Check.that(
          options.how() == Fill.DROP ? Double.isNaN(value) : Double.isFinite(value),
          "a column is filled with %s: must be finite, or NaN for %s",
          value,
          Fill.DROP);
    }
    for (double[] row : seen) {
      for (double cell : row) {
        Check.that(!Double.isInfinite(cell), "a row seen has %s: must be finite or NaN", cell);
      }
    }
  }

  @Override
  public boolean keepsRows() {
    return options.keepsRows();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public double[][] seen() {
    return Copy.of(seen);
  }

  private static Missing fit(Options options, Matrix x) {
    Check.that(x.rowCount() > 0, "the matrix has no rows");
    Fill how = options.how();
    double[] values = new double[x.columnCount()];
    Arrays.fill(values, Double.NaN);
    for (int j = 0; j < values.length && how != Fill.DROP; j++) {
      String name = x.names().get(j);
      double[] cells = Arrays.stream(x.column(j)).filter(v -> !Double.isNaN(v)).toArray();
      Check.that(
          cells.length > 0, "column '%s' has no value at all: leave the column out first", name);
      for (int i = 0; i < x.rowCount(); i++) {
        Check.that(
            !Double.isInfinite(x.values()[i][j]),
            "column '%s' has %s at row %d: make it a missing cell first",
            name,
            x.values()[i][j],
            i);
      }
      Arrays.sort(cells);
      values[j] =
          switch (how) {
            case MEDIAN -> Scaler.quantile(cells, 0.5);
            case MOST_FREQUENT -> mostFrequent(cells);
            default -> Scaler.mean(cells);
          };
    }
    double[][] seen = new double[how == Fill.KNN ? x.rowCount() : 0][];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = x.values()[i].clone();
    }
    return new Missing(options, x.names(), values, seen);
  }

  private static double mostFrequent(double[] sorted) {
    double best = sorted[0];
    int most = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      if (to - from > most) {
        most = to - from;
        best = sorted[from];
      }
      from = to;
    }
    return best;
  }

  /** What is missing in these columns of a table, and what {@link #apply(Table)} does with it. */
  public MissingReport report(Table table) {
    return report(Matrix.from(table, columns));
  }

  /** What is missing in these columns, and what {@link #apply(Matrix)} does with it. */
  public MissingReport report(Rows x) {
    Fill how = options.how();
    double[][] rows = x.matrix().select(columns).values();
    int[] missing = new int[columns.size()];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        missing[j] += Double.isNaN(row[j]) ? 1 : 0;
      }
    }
    double[] filled = values.clone();
    if (how == Fill.KNN) {
      Arrays.fill(filled, Double.NaN);
    }
    return new MissingReport(how, columns, missing, filled, rows.length, incomplete(rows));
  }

  private static int[] incomplete(double[][] rows) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      for (double v : rows[i]) {
        if (Double.isNaN(v)) {
          found.add(i);
          break;
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The columns of a matrix, found by name, filled or without the rows dropped. */
  @Override
  public Matrix apply(Matrix x) {
    Fill how = options.how();
    Matrix chosen = x.select(columns);
    double[][] rows = chosen.values();
    int[] bad = incomplete(rows);
    if (how == Fill.DROP) {
      return chosen.rows(complete(rows.length, bad));
    }
    if (how == Fill.KNN) {
      double[][] filled = new double[bad.length][];
      Parallel.forEach(bad.length, b -> filled[b] = nearest(rows[bad[b]]));
      for (int b = 0; b < bad.length; b++) {
        rows[bad[b]] = filled[b];
      }
    } else {
      for (int i : bad) {
        for (int j = 0; j < values.length; j++) {
          if (Double.isNaN(rows[i][j])) {
            rows[i][j] = values[j];
          }
        }
      }
    }
    return chosen;
  }

  /** The rows that are not incomplete. */
  private static int[] complete(int rows, int[] incomplete) {
    Check.that(
        incomplete.length < rows,
        "every row has a missing cell, so no row would be left: fill them instead");
    boolean[] drop = new boolean[rows];
    for (int i : incomplete) {
      drop[i] = true;
    }
    return IntStream.range(0, rows).filter(i -> !drop[i]).toArray();
  }

  /** The same samples filled, or without the rows that have a missing cell. */
  @Override
  public Samples apply(Samples rows) {
    if (options.how() == Fill.DROP) {
      int[] bad = incomplete(rows.numeric().select(columns).values());
      return rows.rows(complete(rows.rowCount(), bad));
    }
    return Step.Fitted.super.apply(rows);
  }

  /** A copy of the table with these columns filled, or without the rows with a missing cell. */
  @Override
  public Table apply(Table table) {
    Matrix x = Matrix.from(table, columns);
    if (options.how() == Fill.DROP) {
      int[] bad = incomplete(x.values());
      complete(x.rowCount(), bad);
      return table.dropRows(bad).setName(table.name());
    }
    Matrix filled = apply(x);
    Table copy = table.copy();
    for (int j = 0; j < columns.size(); j++) {
      if (copy.column(columns.get(j)).countMissing() > 0) {
        copy.replaceColumn(columns.get(j), DoubleColumn.create(columns.get(j), filled.column(j)));
      }
    }
    return copy;
  }

  /**
   * The row with its gaps filled by its nearest rows. Distances are over the columns that both
   * have, scaled up to all columns.
   */
  private double[] nearest(double[] row) {
    double[] distance = new double[seen.length];
    Integer[] order = new Integer[seen.length];
    for (int i = 0; i < seen.length; i++) {
      double sum = 0;
      int present = 0;
      for (int j = 0; j < row.length; j++) {
        double difference = row[j] - seen[i][j];
        if (!Double.isNaN(difference)) {
          sum += difference * difference;
          present++;
        }
      }
      distance[i] = present == 0 ? Double.NaN : sum * row.length / present;
      order[i] = i;
    }
    // Double.compare puts NaN last: rows without a common column are no neighbours.
    Arrays.sort(order, (a, b) -> Double.compare(distance[a], distance[b]));
    double[] filled = row.clone();
    for (int j = 0; j < row.length; j++) {
      if (Double.isNaN(row[j])) {
        double sum = 0;
        int found = 0;
        for (int i : order) {
          if (found == options.neighbours() || Double.isNaN(distance[i])) {
            break;
          }
          if (!Double.isNaN(seen[i][j])) {
            sum += seen[i][j];
            found++;
          }
        }
        filled[j] = found == 0 ? values[j] : sum / found;
      }
    }
    return filled;
  }

  /** Equal options, columns and values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Missing m
        && options.equals(m.options)
        && columns.equals(m.columns)
        && Arrays.equals(values, m.values)
        && Arrays.deepEquals(seen, m.seen);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "missing cells of %d columns: %s",
        columns.size(),
        options.how() == Fill.KNN
            ? String.format(Locale.ROOT, "mean of the %d nearest rows", options.neighbours())
            : words(options.how()));
  }
}
