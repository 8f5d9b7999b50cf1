package fieldnotes.embed;

import fieldnotes.common.Copy;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * Rows placed in two dimensions so that neighbours stay neighbours. The axes, the distances between
 * groups and their sizes have no meaning.
 *
 * @param points shape [rows][2]
 * @param method name and settings of the method
 * @param rounds the rounds at which {@code divergence} was measured
 * @param divergence the Kullback–Leibler divergence between the neighbourhoods in the data and in
 *     the embedding, in nats, at these rounds; empty if the method has none
 * @param warnings warnings about valid but questionable input
 */
public record Embedding(
    double[][] points, String method, int[] rounds, double[] divergence, List<String> warnings)
    implements Rows {
  /** Copies the list. */
  public Embedding {
    warnings = List.copyOf(warnings);
    points = Copy.of(points);
    rounds = rounds.clone();
    divergence = divergence.clone();
  }

  @Override
  public double[][] points() {
    return Copy.of(points);
  }

  @Override
  public int[] rounds() {
    return rounds.clone();
  }

  @Override
  public double[] divergence() {
    return divergence.clone();
  }

  /** The last divergence; NaN if the method has none. */
  public double finalDivergence() {
    return divergence.length == 0 ? Double.NaN : divergence[divergence.length - 1];
  }

  /** The points as rows of two columns, x and y. */
  @Override
  public Matrix matrix() {
    return Matrix.of(List.of("x", "y"), points());
  }

  /** The points as two columns, x and y. */
  public Table toTable() {
    return matrix().toTable(method);
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
    return String.format(
        Locale.ROOT,
        "%s: %d rows%s%s",
        method,
        points.length,
        divergence.length == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", divergence %.4f after %d rounds",
                finalDivergence(),
                rounds[rounds.length - 1]),
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
