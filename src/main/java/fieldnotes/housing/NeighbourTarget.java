package fieldnotes.housing;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The chapter's exercise 4: the mean target of the nearest training rows, as a column called {@code
 * neighbours}. On the training rows themselves a row counts among its own neighbours, so the column
 * leaks the target; that is what the exercise shows, and why it is found here and not among the
 * steps.
 *
 * @param neighbours how many
 * @param byDistance whether nearer rows count more, by 1 / distance
 * @param elsewhere whether rows at the same place do not count, and so neither the row itself
 */
public record NeighbourTarget(int neighbours, boolean byDistance, boolean elsewhere)
    implements Step<NeighbourTarget.Fitted> {
  /** Checks the number. */
  public NeighbourTarget {
    Check.atLeast("neighbours", neighbours, 1);
  }

  /** The mean over this number of nearest rows. */
  public static NeighbourTarget of(int neighbours, boolean byDistance) {
    return new NeighbourTarget(neighbours, byDistance, false);
  }

  /** Without rows at the same place: a training row does not get its own target. */
  public NeighbourTarget withOnlyElsewhere() {
    return new NeighbourTarget(neighbours, byDistance, true);
  }

  @Override
  public Fitted fit(Samples rows) {
    Matrix x = rows.numeric().requireFinite("'" + rows.id() + "'");
    Check.that(
        neighbours <= x.rowCount(),
        "neighbours=%d: must be at most the number of rows, %d",
        neighbours,
        x.rowCount());
    return new Fitted(x.names(), x.values(), rows.numbers(), neighbours, byDistance, elsewhere);
  }

  @Override
  public String toString() {
    return neighbours
        + (elsewhere ? " neighbours' target elsewhere" : " neighbours' target")
        + (byDistance ? " (by distance)" : "");
  }

  /**
   * The mean target of the nearest of these rows.
   *
   * @param rows the training rows, shape [rows][columns]
   * @param target of each, shape [rows]
   */
  public record Fitted(
      List<String> columns,
      double[][] rows,
      double[] target,
      int neighbours,
      boolean byDistance,
      boolean elsewhere)
      implements Step.Fitted {
    /** Copies the list and checks the shapes. */
    public Fitted {
      columns = List.copyOf(columns);
      rows = Copy.of(rows);
      target = target.clone();
      Check.sameLength("rows", rows.length, "target", target.length);
      Check.that(
          neighbours >= 1 && neighbours <= rows.length,
          "neighbours=%d of %d rows",
          neighbours,
          rows.length);
      for (double[] row : rows) {
        Check.sameLength("a row", row.length, "columns", columns.size());
        for (double cell : row) {
          Check.that(Double.isFinite(cell), "a row has %s: must be finite", cell);
        }
      }
      double[] first = rows[0];
      Check.that(
          !elsewhere || Arrays.stream(rows).anyMatch(row -> !Arrays.equals(row, first)),
          "all %d rows are at one place: none has a neighbour elsewhere",
          rows.length);
      for (double number : target) {
        Check.that(Double.isFinite(number), "a target is %s: must be finite", number);
      }
    }

    @Override
    public List<String> outputs() {
      return List.of("neighbours");
    }

    @Override
    public double[][] rows() {
      return Copy.of(rows);
    }

    @Override
    public double[] target() {
      return target.clone();
    }

    @Override
    public Matrix apply(Matrix x) {
      Matrix chosen = x.select(columns).requireFinite("x");
      double[][] out = new double[x.rowCount()][1];
      Parallel.forEach(out.length, i -> out[i][0] = meanOfNearest(chosen.values()[i]));
      return Matrix.of(outputs(), out);
    }

    private double meanOfNearest(double[] row) {
      double[] distances = new double[neighbours];
      int[] nearest = new int[neighbours];
      Arrays.fill(distances, Double.POSITIVE_INFINITY);
      for (int i = 0; i < rows.length; i++) {
        double d = 0;
        for (int k = 0; k < row.length; k++) {
          d += (row[k] - rows[i][k]) * (row[k] - rows[i][k]);
        }
        int at = neighbours;
        while (at > 0 && d < distances[at - 1] && !(elsewhere && d == 0)) {
          at--;
        }
        if (at < neighbours) {
          System.arraycopy(distances, at, distances, at + 1, neighbours - 1 - at);
          System.arraycopy(nearest, at, nearest, at + 1, neighbours - 1 - at);
          distances[at] = d;
          nearest[at] = i;
        }
      }
      boolean same = byDistance && distances[0] == 0;
      double sum = 0;
      double weights = 0;
      for (int k = 0; k < neighbours && distances[k] < Double.POSITIVE_INFINITY; k++) {
        double weight = 1;
        if (same) {
          weight = distances[k] == 0 ? 1 : 0;
        } else if (byDistance) {
          weight = 1 / Math.sqrt(distances[k]);
        }
        sum += weight * target[nearest[k]];
        weights += weight;
      }
      return sum / weights;
    }

    /** Equal rows, targets and options. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Fitted f
          && columns.equals(f.columns)
          && neighbours == f.neighbours
          && byDistance == f.byDistance
          && elsewhere == f.elsewhere
          && Arrays.equals(target, f.target)
          && Arrays.deepEquals(rows, f.rows);
    }

    @Override
    public int hashCode() {
      return 31 * columns.hashCode() + Arrays.hashCode(target);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "mean target of %d of %d rows", neighbours, rows.length);
    }
  }
}
