package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.table.Samples;

/**
 * Labels pass from rows with a class to near rows, as scikit-learn's {@code LabelSpreading}: like
 * {@link LabelPropagation}, but rows that many others reach pass on less, and a row with a class
 * gives up a part of its own, so that a wrong one among many can be outvoted.
 *
 * @param affinity how near rows are to each other
 * @param alpha the part that a row takes from others in each round, between 0 and 1, both excluded
 * @param rounds rounds at most
 * @param tolerance they stand still when the sum of all changes is below this
 * @see "D. Zhou et al., Learning with local and global consistency, NIPS 2004"
 */
public record LabelSpreading(Affinity affinity, double alpha, int rounds, double tolerance)
    implements Learner<Classified, Propagated> {
  /** Checks the ranges. */
  public LabelSpreading {
    Check.that(alpha > 0 && alpha < 1, "alpha=%s: must lie between 0 and 1, both excluded", alpha);
    Check.atLeast("rounds", rounds, 1);
    Check.within("tolerance", tolerance, 0, Double.MAX_VALUE);
  }

  /** Returns a copy in which every row reaches every other by e^(−gamma · squared distance). */
  public LabelSpreading withGamma(double gamma) {
    return new LabelSpreading(new Affinity.Rbf(gamma), alpha, rounds, tolerance);
  }

  /** Returns a copy in which a row reaches this number of nearest rows, itself being one. */
  public LabelSpreading withNeighbours(int neighbours) {
    return new LabelSpreading(new Affinity.Nearest(neighbours), alpha, rounds, tolerance);
  }

  /** Returns a copy in which a row takes this part from others in each round. */
  public LabelSpreading withAlpha(double part) {
    return new LabelSpreading(affinity, part, rounds, tolerance);
  }

  /** Returns a copy with at most this number of rounds. */
  public LabelSpreading withRounds(int most) {
    return new LabelSpreading(affinity, alpha, most, tolerance);
  }

  /** Returns a copy that stops when the sum of all changes is below this. */
  public LabelSpreading withTolerance(double below) {
    return new LabelSpreading(affinity, alpha, rounds, below);
  }

  @Override
  public Propagated fit(Samples rows) {
    return LabelGraph.propagated(this, affinity, rows, alpha, rounds, tolerance);
  }

  @Override
  public String toString() {
    return "label spreading with "
        + affinity
        + ", alpha "
        + alpha
        + ", rounds at most "
        + rounds
        + ", tolerance "
        + tolerance;
  }
}
