package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Mixtures of several numbers of Gaussians, full and diagonal, with their information criteria.
 *
 * @param full mixtures with full covariances, in order of the number of Gaussians
 * @param diagonal mixtures with diagonal covariances, in the same order
 */
public record MixtureSweep(List<Mixture> full, List<Mixture> diagonal) {
  /** Copies the lists. */
  public MixtureSweep {
    full = List.copyOf(full);
    diagonal = List.copyOf(diagonal);
  }

  /** Fits mixtures of 1…{@code most} Gaussians; at most rows − 1. */
  public static MixtureSweep upTo(Rows x, int most, long seed) {
    return of(x, 1, Math.max(1, Math.min(most, x.matrix().rowCount() - 1)), seed);
  }

  /** Fits mixtures of 1…{@code most} Gaussians to rows, shape [rows][columns]. */
  public static MixtureSweep upTo(double[][] x, int most, long seed) {
    return upTo(Matrix.of(Check.rectangular("x", x)), most, seed);
  }

  /** Fits mixtures of 1…{@code most} Gaussians to the numeric columns of a table. */
  public static MixtureSweep upTo(Table table, int most, long seed) {
    return upTo(KMeans.samples(table), most, seed);
  }

  /** Fits mixtures of {@code from}…{@code to} Gaussians to the numeric columns of a table. */
  public static MixtureSweep of(Table table, int from, int to, long seed) {
    return of(KMeans.samples(table), from, to, seed);
  }

  /** Fits mixtures of {@code from}…{@code to} Gaussians to rows, shape [rows][columns]. */
  public static MixtureSweep of(double[][] x, int from, int to, long seed) {
    return of(Matrix.of(Check.rectangular("x", x)), from, to, seed);
  }

  /** Fits mixtures of {@code from}…{@code to} Gaussians. */
  public static MixtureSweep of(Rows x, int from, int to, long seed) {
    Check.that(
        from >= 1 && from <= to, "components %d…%d: must be ascending, from at least 1", from, to);
    List<Mixture> full = new ArrayList<>();
    List<Mixture> diagonal = new ArrayList<>();
    for (int k = from; k <= to; k++) {
      full.add(Mixture.fit(x, MixtureOptions.of(k, seed)));
      diagonal.add(Mixture.fit(x, MixtureOptions.of(k, seed).withDiagonal(true)));
    }
    return new MixtureSweep(full, diagonal);
  }

  /** The numbers of Gaussians tried. */
  public int[] ks() {
    return full.stream().mapToInt(Mixture::count).toArray();
  }

  /** The mixture with the lowest Bayesian information criterion. */
  public Mixture bestByBic() {
    List<Mixture> all = new ArrayList<>(full);
    all.addAll(diagonal);
    return all.stream().min(Comparator.comparingDouble(Mixture::bic)).orElseThrow();
  }

  /** One row per mixture. */
  public Table toTable() {
    IntColumn k = IntColumn.create("components");
    StringColumn kind = StringColumn.create("covariance");
    DoubleColumn bic = DoubleColumn.create("BIC");
    DoubleColumn aic = DoubleColumn.create("AIC");
    for (List<Mixture> mixtures : List.of(full, diagonal)) {
      for (Mixture mixture : mixtures) {
        k.append(mixture.count());
        kind.append(mixture.options().diagonal() ? "diagonal" : "full");
        bic.append(mixture.bic());
        aic.append(mixture.aic());
      }
    }
    return Table.create("mixtures", k, kind, bic, aic);
  }

  @Override
  public String toString() {
    return "mixtures of %s Gaussians, best by BIC: %s"
        .formatted(Arrays.toString(ks()), bestByBic());
  }
}
