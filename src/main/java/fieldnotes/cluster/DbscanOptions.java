package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * Options of {@link Dbscan}.
 *
 * @param eps largest distance between neighbours, in the unit of the (scaled) columns
 * @param minSamples number of neighbours, including the row itself, that makes a row a core
 */
public record DbscanOptions(double eps, int minSamples) {
  /** Validates the values. */
  public DbscanOptions {
    Check.positive("eps", eps);
    Check.atLeast("minSamples", minSamples, 1);
  }

  /** This radius and this number of neighbours. */
  public static DbscanOptions of(double eps, int minSamples) {
    return new DbscanOptions(eps, minSamples);
  }

  /** Takes the suggested radius and minSamples of k-distances. */
  public static DbscanOptions of(KDistances near) {
    return of(near.suggestedEps(), near.minSamples());
  }
}
