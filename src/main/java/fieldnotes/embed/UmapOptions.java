package fieldnotes.embed;

import fieldnotes.common.Check;

/**
 * How UMAP runs.
 *
 * @param neighbours how many rows are near, the row itself included, at least 2 and below the
 *     number of rows
 * @param minDistance how near points may come, above 0
 * @param rounds rounds of the layout; 0 lets the number of rows decide
 * @param seed of the layout
 */
public record UmapOptions(int neighbours, double minDistance, int rounds, long seed) {
  /** Checks the numbers. */
  public UmapOptions {
    Check.atLeast("neighbours", neighbours, 2);
    Check.positive("minDistance", minDistance);
    Check.atLeast("rounds", rounds, 0);
  }

  /** 15 neighbours, least distance 0.1. */
  public static UmapOptions of(long seed) {
    return new UmapOptions(15, 0.1, 0, seed);
  }

  /** The same with so many neighbours. */
  public UmapOptions withNeighbours(int n) {
    return new UmapOptions(n, minDistance, rounds, seed);
  }

  /** The same with another least distance. */
  public UmapOptions withMinDistance(double d) {
    return new UmapOptions(neighbours, d, rounds, seed);
  }

  /** The same with so many rounds. */
  public UmapOptions withRounds(int n) {
    return new UmapOptions(neighbours, minDistance, n, seed);
  }
}
