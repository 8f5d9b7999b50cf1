package fieldnotes.prepare;

import fieldnotes.cluster.SeededKMeans;
import fieldnotes.cluster.SeededKMeansOptions;
import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.RegressionForest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The usual steps of preparation. What each has learnt is a record that can be looked at. */
public final class Steps {
  private Steps() {}

  /** Missing cells become the median of their column over the training rows. */
  public static Step median() {
    return new Fill(Missing.Fill.MEDIAN);
  }

  /** Missing cells become the mean of their column over the training rows. */
  public static Step mean() {
    return new Fill(Missing.Fill.MEAN);
  }

  /** Missing cells become the most frequent value of their column, the least of several. */
  public static Step mostFrequent() {
    return new Fill(Missing.Fill.MOST_FREQUENT);
  }

  /** Mean 0 and standard deviation 1 (divided by n) over the training rows. */
  public static Step standardize() {
    return new Standardize();
  }

  /** The least training value becomes {@code low}, the largest {@code high}. */
  public static Step minMax(double low, double high) {
    Check.that(low < high, "low=%s, high=%s: low must be below high", low, high);
    return new MinMax(low, high);
  }

  /** The natural logarithm of each cell; all must be above 0. */
  public static Step log() {
    return new Log();
  }

  /** Two columns become one called {@code ratio}: the first divided by the second. */
  public static Step ratio() {
    return new Divide();
  }

  /**
   * The number of the bucket a cell falls into, when the training rows are cut into buckets of
   * equal shares: 0 to buckets − 1.
   */
  public static Step buckets(int buckets) {
    return new Bucket(Check.atLeast("buckets", buckets, 2));
  }

  /**
   * How near a row is to each of some fixed points, exp(−gamma · squared distance), 0 to 1.
   *
   * @param points shape [points][columns]
   * @param gamma above 0, per squared unit of the columns
   */
  public static Step similarity(double[][] points, double gamma, String... names) {
    Check.positive("gamma", gamma);
    Check.sameLength("points", points.length, "names", names.length);
    return (x, target) -> new Similarity(List.of(names), points, gamma);
  }

  /** How near a row is to the centre of each cluster of the training rows, 0 to 1. */
  public static Step clusterSimilarity(SeededKMeansOptions options, double gamma) {
    return new Cluster(options, Check.positive("gamma", gamma));
  }

  /**
   * The mean target of the nearest training rows, as a column called {@code neighbours}. On the
   * training rows themselves a row counts among its own neighbours.
   *
   * @param neighbours how many
   * @param byDistance whether nearer rows count more, by 1 / distance
   */
  public static Step neighbourTarget(int neighbours, boolean byDistance) {
    return new AskNeighbours(Check.atLeast("neighbours", neighbours, 1), byDistance);
  }

  /**
   * Keeps the columns that a forest finds most important: those at or above a threshold, as {@code
   * SelectFromModel} does.
   *
   * @param threshold least share of the total importance
   */
  public static Step select(ForestOptions forest, double threshold) {
    return new Select(forest, Check.within("threshold", threshold, 0, 1));
  }

  // Records, so that two preparations that do the same are equal: a search then fits them once.

  private record Fill(Missing.Fill how) implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      Missing learnt = Missing.fit(x, how);
      return new Filled(learnt.columns(), learnt.values());
    }

    @Override
    public String toString() {
      return "fill: " + how.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private record Standardize() implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      Scaler learnt = Scaler.fit(Scaler.Kind.STANDARD, x);
      return new Scaled(learnt.columns(), learnt.centre(), learnt.scale(), 0, 1);
    }

    @Override
    public String toString() {
      return "mean 0, deviation 1";
    }
  }

  private record MinMax(double low, double high) implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      Scaler learnt = Scaler.fit(Scaler.Kind.MIN_MAX, x);
      return new Scaled(learnt.columns(), learnt.centre(), learnt.scale(), low, high - low);
    }

    @Override
    public String toString() {
      return "%s to %s".formatted(low, high);
    }
  }

  private record Log() implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      return new Logarithm();
    }

    @Override
    public String toString() {
      return "logarithm";
    }
  }

  private record Divide() implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      Check.that(x.columnCount() == 2, "a ratio is of two columns; there are %s", x.names());
      return new Ratio();
    }

    @Override
    public String toString() {
      return "first / second";
    }
  }

  private record Bucket(int buckets) implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      double[][] edges = new double[x.columnCount()][buckets - 1];
      for (int j = 0; j < edges.length; j++) {
        double[] column = x.column(j);
        for (int b = 1; b < buckets; b++) {
          edges[j][b - 1] = Describe.quantile(column, (double) b / buckets);
        }
      }
      return new Bucketed(edges);
    }

    @Override
    public String toString() {
      return buckets + " buckets";
    }
  }

  private record Cluster(SeededKMeansOptions options, double gamma) implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      double[][] centres = SeededKMeans.fit(x.values(), options).centres();
      List<String> names =
          IntStream.range(0, centres.length).mapToObj(c -> "Cluster " + c + " similarity").toList();
      return new Similarity(names, centres, gamma);
    }

    @Override
    public String toString() {
      return "nearness to %d centres".formatted(options.clusters());
    }
  }

  private record AskNeighbours(int neighbours, boolean byDistance) implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      x.requireFinite("x");
      Check.that(
          neighbours <= x.rowCount(),
          "neighbours=%d: must be at most the number of rows, %d",
          neighbours,
          x.rowCount());
      return new Neighbours(x.values(), target.clone(), neighbours, byDistance);
    }

    @Override
    public String toString() {
      return "%d neighbours' target".formatted(neighbours);
    }
  }

  private record Select(ForestOptions forest, double threshold) implements Step {
    @Override
    public Step.Fitted fit(Matrix x, double[] target) {
      double[] importances = RegressionForest.fit(x.values(), target, forest).importances();
      List<String> kept = new ArrayList<>();
      for (int j = 0; j < importances.length; j++) {
        if (importances[j] >= threshold) {
          kept.add(x.names().get(j));
        }
      }
      Check.that(!kept.isEmpty(), "threshold=%s keeps no column: choose a smaller one", threshold);
      return new Selected(kept);
    }

    @Override
    public String toString() {
      return "importance ≥ %s".formatted(threshold);
    }
  }

  /** What fills each column, shape [columns]. */
  public record Filled(List<String> columns, double[] values) implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      return map(x.select(columns), columns, (row, j) -> Double.isNaN(row[j]) ? values[j] : row[j]);
    }
  }

  /** Each column becomes (x − centre) / scale · spread + low. */
  public record Scaled(
      List<String> columns, double[] centre, double[] scale, double low, double spread)
      implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      return map(
          x.select(columns), columns, (row, j) -> (row[j] - centre[j]) / scale[j] * spread + low);
    }
  }

  /** The natural logarithm. */
  public record Logarithm() implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      for (int i = 0; i < x.rowCount(); i++) {
        for (int j = 0; j < x.columnCount(); j++) {
          if (x.values()[i][j] <= 0) {
            throw new IllegalArgumentException(
                "row %d, column '%s': %s has no logarithm"
                    .formatted(i, x.names().get(j), x.values()[i][j]));
          }
        }
      }
      return map(x, x.names(), (row, j) -> Math.log(row[j]));
    }
  }

  /** The first column divided by the second. */
  public record Ratio() implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      for (int i = 0; i < x.rowCount(); i++) {
        Check.that(
            x.values()[i][1] != 0, "row %d, column '%s': 0 divides nothing", i, x.names().get(1));
      }
      return map(x, List.of("ratio"), (row, j) -> row[0] / row[1]);
    }
  }

  /** Bucket numbers by the inner edges of each column, shape [columns][buckets − 1]. */
  public record Bucketed(double[][] edges) implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      return map(
          x,
          x.names(),
          (row, j) -> {
            int bucket = 0;
            while (bucket < edges[j].length && row[j] >= edges[j][bucket]) {
              bucket++;
            }
            return bucket;
          });
    }
  }

  /** exp(−gamma · squared distance) to each point, shape of the points [points][columns]. */
  public record Similarity(List<String> names, double[][] points, double gamma)
      implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      Check.that(
          x.columnCount() == points[0].length,
          "similarity is to points of %d columns, but there are %s",
          points[0].length,
          x.names());
      return map(
          x,
          names,
          (row, j) -> {
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
              sum += (row[k] - points[j][k]) * (row[k] - points[j][k]);
            }
            return Math.exp(-gamma * sum);
          });
    }
  }

  /** The mean target of the nearest of these rows. */
  public record Neighbours(double[][] rows, double[] target, int neighbours, boolean byDistance)
      implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      double[][] out = new double[x.rowCount()][1];
      Parallel.forEach(out.length, i -> out[i][0] = meanOfNearest(x.values()[i]));
      return Matrix.of(List.of("neighbours"), out);
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
        while (at > 0 && d < distances[at - 1]) {
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
      for (int k = 0; k < neighbours; k++) {
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
  }

  /** The columns kept. */
  public record Selected(List<String> columns) implements Step.Fitted {
    @Override
    public Matrix apply(Matrix x) {
      return x.select(columns);
    }
  }

  private interface Cell {
    double of(double[] row, int column);
  }

  private static Matrix map(Matrix x, List<String> names, Cell cell) {
    double[][] out = new double[x.rowCount()][names.size()];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < out[i].length; j++) {
        out[i][j] = cell.of(x.values()[i], j);
      }
    }
    return Matrix.of(names, out);
  }
}
