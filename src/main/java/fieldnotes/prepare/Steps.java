package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;

/** Steps one after the other, and small steps of arithmetic: logarithms, ratios, buckets. */
public final class Steps {
  private Steps() {}

  /**
   * Steps one after the other as one step; each learns from what the one before made of the rows.
   */
  public static Step<?> of(Step<?>... steps) {
    return steps.length == 1 ? steps[0] : new Sequence(List.of(steps));
  }

  /** The natural logarithm of each cell; all must be above 0. */
  public static Step<?> log() {
    return new Log();
  }

  /** Two columns become one called {@code ratio}: the first divided by the second. */
  public static Step<?> ratio() {
    return new Divide();
  }

  /**
   * The number of the bucket a cell falls into, when the training rows are cut into buckets of
   * equal shares: 0 to buckets − 1.
   */
  public static Step<?> buckets(int buckets) {
    return new Bucket(Check.atLeast("buckets", buckets, 2));
  }

  record Log() implements Step<Logarithm> {
    @Override
    public Logarithm fit(Samples rows) {
      return new Logarithm(rows.numeric().names());
    }

    @Override
    public String toString() {
      return "logarithm";
    }
  }

  record Divide() implements Step<Ratio> {
    @Override
    public Ratio fit(Samples rows) {
      List<String> names = rows.numeric().names();
      Check.that(names.size() == 2, "a ratio needs two columns; given: %s", names);
      return new Ratio(names);
    }

    @Override
    public String toString() {
      return "first / second";
    }
  }

  record Bucket(int buckets) implements Step<Buckets> {
    @Override
    public Buckets fit(Samples rows) {
      Matrix x = rows.numeric().requireFinite("x");
      double[][] edges = new double[x.columnCount()][buckets - 1];
      for (int j = 0; j < edges.length; j++) {
        double[] column = x.column(j);
        for (int b = 1; b < buckets; b++) {
          edges[j][b - 1] = Describe.quantile(column, (double) b / buckets);
        }
      }
      return new Buckets(x.names(), edges);
    }

    @Override
    public String toString() {
      return buckets + " buckets";
    }
  }

  /** The natural logarithm. */
  record Logarithm(List<String> columns) implements Step.Fitted {
    Logarithm {
      columns = List.copyOf(columns);
    }

    @Override
    public Matrix apply(Matrix x) {
      Matrix chosen = x.select(columns);
      for (int i = 0; i < chosen.rowCount(); i++) {
        double[] row = chosen.values()[i];
        for (int j = 0; j < row.length; j++) {
          if (row[j] <= 0) {
            throw new IllegalArgumentException(
                "row %d, column '%s': %s; the logarithm needs values above 0"
                    .formatted(i, columns.get(j), row[j]));
          }
          row[j] = Math.log(row[j]);
        }
      }
      return chosen;
    }
  }

  /** The first column divided by the second. */
  record Ratio(List<String> columns) implements Step.Fitted {
    Ratio {
      columns = List.copyOf(columns);
      Check.that(columns.size() == 2, "a ratio needs two columns; given: %s", columns);
    }

    @Override
    public List<String> outputs() {
      return List.of("ratio");
    }

    @Override
    public Matrix apply(Matrix x) {
      double[][] rows = x.select(columns).values();
      double[][] made = new double[rows.length][1];
      for (int i = 0; i < rows.length; i++) {
        Check.that(
            rows[i][1] != 0,
            "row %d, column '%s' is 0: division by zero; drop or fill such rows first",
            i,
            columns.get(1));
        made[i][0] = rows[i][0] / rows[i][1];
      }
      return Matrix.of(outputs(), made);
    }
  }

  /** Bucket numbers by the inner edges of each column, shape [columns][buckets − 1]. */
  record Buckets(List<String> columns, double[][] edges) implements Step.Fitted {
    Buckets {
      columns = List.copyOf(columns);
      edges = Copy.of(edges);
      Check.sameLength("edges", edges.length, "columns", columns.size());
      for (double[] of : edges) {
        Check.that(of.length > 0, "a column has no edge between buckets");
        for (int b = 0; b < of.length; b++) {
          Check.that(Double.isFinite(of[b]), "an edge is %s: must be finite", of[b]);
          Check.that(
              b == 0 || of[b - 1] <= of[b], "edges must be in order: %s", Arrays.toString(of));
        }
      }
    }

    @Override
    public double[][] edges() {
      return Copy.of(edges);
    }

    @Override
    public Matrix apply(Matrix x) {
      Matrix chosen = x.select(columns).requireFinite("x");
      for (double[] row : chosen.values()) {
        for (int j = 0; j < row.length; j++) {
          int bucket = 0;
          while (bucket < edges[j].length && row[j] >= edges[j][bucket]) {
            bucket++;
          }
          row[j] = bucket;
        }
      }
      return chosen;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Buckets b
          && columns.equals(b.columns)
          && Arrays.deepEquals(edges, b.edges);
    }

    @Override
    public int hashCode() {
      return 31 * columns.hashCode() + Arrays.deepHashCode(edges);
    }

    @Override
    public String toString() {
      return "bucket numbers of " + columns;
    }
  }
}
