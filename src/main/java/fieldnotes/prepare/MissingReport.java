package fieldnotes.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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
public record MissingReport(
    Missing.Fill how,
    List<String> columns,
    int[] missing,
    double[] values,
    int rows,
    int[] incomplete) {
  /** Copies list and arrays. */
  public MissingReport {
    columns = List.copyOf(columns);
    missing = missing.clone();
    values = values.clone();
    incomplete = incomplete.clone();
  }

  @Override
  public int[] missing() {
    return missing.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public int[] incomplete() {
    return incomplete.clone();
  }

  /** The rows left. */
  public int rowsLeft() {
    return how == Missing.Fill.DROP ? rows - incomplete.length : rows;
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
        how == Missing.Fill.DROP
            ? "rows dropped, " + rowsLeft() + " left"
            : "filled by " + how.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }
}
