package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * How DBSCAN runs.
 *
 * @param eps rows at most this far apart are neighbours, in the unit of the (scaled) columns
 * @param minSamples a row with so many neighbours, itself included, is a core of a cluster
 */
public record DbscanOptions(double eps, int minSamples) {
  /** Checks the numbers. */
  public DbscanOptions {
    Check.positive("eps", eps);
    Check.atLeast("minSamples", minSamples, 1);
  }

  /** A radius and a number of neighbours. */
  public static DbscanOptions of(double eps, int minSamples) {
    return new DbscanOptions(eps, minSamples);
  }

  /** The radius at the knee of the distances, and the neighbours that they were measured to. */
  public static DbscanOptions of(KDistances near) {
    return of(near.suggestedEps(), near.minSamples());
  }
}
