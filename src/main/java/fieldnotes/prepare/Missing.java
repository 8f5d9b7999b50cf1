package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Fills or drops missing cells (NaN). What to fill in is learnt from one table and applied to
 * another.
 *
 * @param how what is done with a missing cell
 * @param columns the names of the columns, in order
 * @param values what each column is filled with, shape [columns]; for {@link Fill#KNN} where no
 *     neighbour is left; NaN for {@link Fill#DROP}
 * @param neighbours how many neighbours {@link Fill#KNN} takes the mean of, otherwise 0
 * @param seen the rows it learnt from, for {@link Fill#KNN}, otherwise no rows
 * @see "SimpleImputer and KNNImputer of scikit-learn 1.9"
 */
public record Missing(
    Fill how, List<String> columns, double[] values, int neighbours, double[][] seen) {

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
   * What was missing and what was done with it.
   *
   * @param how what was done
   * @param columns the names of the columns
   * @param missing missing cells of each column, shape [columns]
   * @param values what they were filled with; NaN where it differs by row or the row was dropped
   * @param rows rows before
   * @param incomplete rows that missed something, counted from 0
   */
  public record Report(
      Fill how, List<String> columns, int[] missing, double[] values, int rows, int[] incomplete) {

    /** The rows left. */
    public int rowsLeft() {
      return how == Fill.DROP ? rows - incomplete.length : rows;
    }

    /** One row for each column that missed something. */
    public Table toTable() {
      StringColumn name = StringColumn.create("column");
      IntColumn count = IntColumn.create("missing");
      DoubleColumn share = DoubleColumn.create("share");
      StringColumn done = StringColumn.create("done");
      for (int j = 0; j < missing.length; j++) {
        if (missing[j] > 0) {
          name.append(columns.get(j));
          count.append(missing[j]);
          share.append((double) missing[j] / rows);
          done.append(
              switch (how) {
                case DROP -> "rows dropped";
                case KNN -> "mean of the nearest rows";
                case MEAN, MEDIAN, MOST_FREQUENT ->
                    String.format(
                        Locale.ROOT,
                        "%s %.6g",
                        how.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        values[j]);
              });
        }
      }
      return Table.create("missing cells", name, count, share, done);
    }

    /** The same object only. */
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
      return String.format(
          Locale.ROOT,
          "%d missing cells in %d of %d rows: %s",
          Arrays.stream(missing).sum(),
          incomplete.length,
          rows,
          how == Fill.DROP
              ? "rows dropped, %d left".formatted(rowsLeft())
              : "filled by " + how.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }

  /** Copies the lists. */
  public Missing {
    columns = List.copyOf(columns);
  }

  /** Learns from the numeric columns of a table; {@link Fill#KNN} takes 5 neighbours. */
  public static Missing fit(Table table, Fill how) {
    return fit(Matrix.ofNumeric(table), how);
  }

  /** Learns from rows, shape [rows][columns]; {@link Fill#KNN} takes 5 neighbours. */
  public static Missing fit(double[][] x, Fill how) {
    return fit(Matrix.of(x), how);
  }

  /** Learns from a matrix; {@link Fill#KNN} takes 5 neighbours. */
  public static Missing fit(Matrix x, Fill how) {
    return fit(x, how, how == Fill.KNN ? 5 : 0);
  }

  /** Learns to fill a missing cell with the mean over the {@code neighbours} nearest rows. */
  public static Missing fitKnn(Matrix x, int neighbours) {
    return fit(x, Fill.KNN, Check.atLeast("neighbours", neighbours, 1));
  }

  private static Missing fit(Matrix x, Fill how, int neighbours) {
    Check.that(x.rowCount() > 0, "the matrix has no rows");
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
    return new Missing(how, x.names(), values, neighbours, seen);
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
  public Report report(Table table) {
    return report(Matrix.from(table, columns));
  }

  /** What is missing in these columns, and what {@link #apply(Matrix)} does with it. */
  public Report report(Matrix x) {
    double[][] rows = x.select(columns).values();
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
    return new Report(how, columns, missing, filled, rows.length, incomplete(rows));
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

  /** Filled copies of rows, or without those that miss something; shape [rows][columns]. */
  public double[][] apply(double[][] x) {
    return apply(Matrix.of(columns, x)).values();
  }

  /** The fitted columns of a matrix, found by name, filled or without the rows dropped. */
  public Matrix apply(Matrix x) {
    Matrix chosen = x.select(columns);
    double[][] rows = chosen.values();
    int[] bad = incomplete(rows);
    if (how == Fill.DROP) {
      boolean[] drop = new boolean[rows.length];
      for (int i : bad) {
        drop[i] = true;
      }
      List<double[]> left = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        if (!drop[i]) {
          left.add(rows[i]);
        }
      }
      Check.that(
          !left.isEmpty(), "every row misses something: no row would be left; fill them instead");
      return Matrix.of(columns, left.toArray(double[][]::new));
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

  /** A copy of the table with these columns filled, or without the rows that miss something. */
  public Table apply(Table table) {
    Matrix x = Matrix.from(table, columns);
    if (how == Fill.DROP) {
      int[] bad = incomplete(x.values());
      Check.that(
          bad.length < x.rowCount(),
          "every row misses something: no row would be left; fill them instead");
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
          if (found == neighbours || Double.isNaN(distance[i])) {
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

  /** The same object only. */
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
    return "missing cells of %d columns: %s"
        .formatted(
            columns.size(),
            how == Fill.KNN
                ? "mean of the %d nearest rows".formatted(neighbours)
                : how.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }
}
