package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.table.Samples;

/**
 * Labels pass from rows with a class to near rows without one, as scikit-learn's {@code
 * LabelPropagation}: each row takes the mean of the rows it reaches, and rows with a class keep
 * theirs, until all stand still. Rows without a class have the empty text. Scale the columns first.
 *
 * @param affinity how near rows are to each other
 * @param rounds rounds at most
 * @param tolerance they stand still when the sum of all changes is below this
 * @see "X. Zhu and Z. Ghahramani, Learning from labeled and unlabeled data with label propagation,
 *     CMU-CALD-02-107, 2002"
 */
public record LabelPropagation(Affinity affinity, int rounds, double tolerance)
    implements Learner<Classified, Propagated> {
  /** Checks the ranges. */
  public LabelPropagation {
    Check.atLeast("rounds", rounds, 1);
    Check.within("tolerance", tolerance, 0, Double.MAX_VALUE);
  }

  /** Returns a copy in which every row reaches every other by e^(−gamma · squared distance). */
  public LabelPropagation withGamma(double gamma) {
    return new LabelPropagation(new Affinity.Rbf(gamma), rounds, tolerance);
  }

  /** Returns a copy in which a row reaches this number of nearest rows, itself being one. */
  public LabelPropagation withNeighbours(int neighbours) {
    return new LabelPropagation(new Affinity.Nearest(neighbours), rounds, tolerance);
  }

  /** Returns a copy with at most this number of rounds. */
  public LabelPropagation withRounds(int most) {
    return new LabelPropagation(affinity, most, tolerance);
  }

  /** Returns a copy that stops when the sum of all changes is below this. */
  public LabelPropagation withTolerance(double below) {
    return new LabelPropagation(affinity, rounds, below);
  }

  @Override
  public Propagated fit(Samples rows) {
    return LabelGraph.propagated(this, affinity, rows, 0, rounds, tolerance);
  }

  @Override
  public String toString() {
    return "label propagation with "
        + affinity
        + ", rounds at most "
        + rounds
        + ", tolerance "
        + tolerance;
  }
}
