package fieldnotes.classify;

import fieldnotes.common.Check;

/** How near rows are to each other, for labels that pass between them. */
public sealed interface Affinity {
  /**
   * Every row reaches every other by e^(−gamma · squared distance).
   *
   * @param gamma above 0
   */
  record Rbf(double gamma) implements Affinity {
    /** Checks the range. */
    public Rbf {
      Check.positive("gamma", gamma);
    }

    @Override
    public String toString() {
      return "gamma " + gamma;
    }
  }

  /**
   * A row reaches its nearest rows, all alike, itself being one of them.
   *
   * @param neighbours at least 1
   */
  record Nearest(int neighbours) implements Affinity {
    /** Checks the range. */
    public Nearest {
      Check.atLeast("neighbours", neighbours, 1);
    }

    @Override
    public String toString() {
      return neighbours + " neighbours";
    }
  }
}
