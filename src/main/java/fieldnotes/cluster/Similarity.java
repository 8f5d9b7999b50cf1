package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How near a row is to each of some points, exp(−gamma · squared distance), 0 to 1.
 *
 * @param columns the columns that the points are in
 * @param names what the new columns are called, shape [points]
 * @param points shape [points][columns]
 * @param gamma above 0, per squared unit of the columns
 */
public record Similarity(List<String> columns, List<String> names, double[][] points, double gamma)
    implements Step.Fitted {
  /** Copies the lists and checks the shapes. */
  public Similarity {
    columns = List.copyOf(columns);
    names = List.copyOf(names);
    Check.positive("gamma", gamma);
    points = Copy.finite("points", points);
    Check.sameLength("points", points.length, "names", names.size());
    Check.that(new HashSet<>(names).size() == names.size(), "a name occurs twice: %s", names);
    Check.that(
        points[0].length == columns.size(),
        "points have %d columns, but the columns are %s",
        points[0].length,
        columns);
  }

  @Override
  public double[][] points() {
    return Copy.of(points);
  }

  /**
   * Nearness to fixed points.
   *
   * @param points shape [points][columns]
   * @param gamma above 0, per squared unit of the columns
   */
  public static Step<Similarity> to(double[][] points, double gamma, String... names) {
    return new ToPoints(Points.of(points), Check.positive("gamma", gamma), List.of(names));
  }

  /**
   * Nearness to the centre of each cluster of the training rows. If the rows have weights, the
   * clusters take them into account.
   */
  public static Step<Similarity> ofClusters(KMeansOptions clusters, double gamma) {
    return new ToCentres(clusters, Check.positive("gamma", gamma));
  }

  /** Points that equal those with equal numbers. */
  record Points(List<List<Double>> rows) {
    static Points of(double[][] points) {
      return new Points(Arrays.stream(points).map(p -> Arrays.stream(p).boxed().toList()).toList());
    }

    double[][] values() {
      return rows.stream()
          .map(r -> r.stream().mapToDouble(v -> v).toArray())
          .toArray(double[][]::new);
    }
  }

  record ToPoints(Points points, double gamma, List<String> names) implements Step<Similarity> {
    @Override
    public Similarity fit(Samples rows) {
      return new Similarity(rows.numeric().names(), names, points.values(), gamma);
    }

    @Override
    public String toString() {
      return "nearness to " + names + " (at " + points.rows() + ", gamma " + gamma + ")";
    }
  }

  record ToCentres(KMeansOptions clusters, double gamma) implements Step<Similarity> {
    @Override
    public Similarity fit(Samples rows) {
      Matrix x = rows.numeric().requireSquares("'" + rows.id() + "'");
      double[][] centres = KMeans.fit(rows.withFeatures(x), clusters).centres();
      List<String> names =
          IntStream.range(0, centres.length).mapToObj(c -> "Cluster " + c + " similarity").toList();
      return new Similarity(x.names(), names, centres, gamma);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "nearness to %d centres (%s, gamma %s)",
          clusters.clusters(),
          clusters.words(),
          gamma);
    }
  }

  @Override
  public List<String> outputs() {
    return names;
  }

  @Override
  public Matrix apply(Matrix x) {
    double[][] rows =
        (x.names().equals(columns) ? x : x.select(columns)).requireFinite("x").values();
    double[][] near = new double[rows.length][points.length];
    for (int i = 0; i < near.length; i++) {
      for (int p = 0; p < points.length; p++) {
        double sum = 0;
        for (int k = 0; k < points[p].length; k++) {
          sum += (rows[i][k] - points[p][k]) * (rows[i][k] - points[p][k]);
        }
        near[i][p] = Math.exp(-gamma * sum);
      }
    }
    return Matrix.of(names, near);
  }

  /** Equal points in equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Similarity s
        && columns.equals(s.columns)
        && names.equals(s.names)
        && gamma == s.gamma
        && Arrays.deepEquals(points, s.points);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.deepHashCode(points);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "nearness to %d points in %s", points.length, columns);
  }
}
