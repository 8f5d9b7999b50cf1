package fieldnotes.embed;

import fieldnotes.common.Check;

/**
 * Options of {@link Umap}.
 *
 * @param neighbours number of neighbours, including the row itself, from 2 to below the number of
 *     rows
 * @param minDistance minimum distance of points in the embedding, above 0
 * @param rounds number of rounds; 0 chooses it from the number of rows
 * @param seed seed of the layout
 */
public record UmapOptions(int neighbours, double minDistance, int rounds, long seed) {
  /** Validates the values. */
  public UmapOptions {
    Check.atLeast("neighbours", neighbours, 2);
    Check.positive("minDistance", minDistance);
    Check.atLeast("rounds", rounds, 0);
  }

  /** 15 neighbours, minimum distance 0.1. */
  public static UmapOptions of(long seed) {
    return new UmapOptions(15, 0.1, 0, seed);
  }

  /** Returns a copy with this number of neighbours. */
  public UmapOptions withNeighbours(int n) {
    return new UmapOptions(n, minDistance, rounds, seed);
  }

  /** Returns a copy with this minimum distance. */
  public UmapOptions withMinDistance(double d) {
    return new UmapOptions(neighbours, d, rounds, seed);
  }

  /** Returns a copy with this number of rounds. */
  public UmapOptions withRounds(int n) {
    return new UmapOptions(neighbours, minDistance, n, seed);
  }
}
