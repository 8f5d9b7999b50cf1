package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;

/**
 * Rows have the class of those nearest to them, as by scikit-learn's {@code KNeighborsClassifier}.
 * Scale the columns first: it goes by distances.
 *
 * @param k number of nearest rows that vote, at least 1
 * @param distance between rows
 * @param power of the Minkowski distance, at least 1; 2 for the others
 * @param byDistance whether a vote counts 1 / distance rather than 1; if there are rows at distance
 *     0, only they vote
 */
public record NearestNeighbours(int k, Distance distance, double power, boolean byDistance)
    implements Learner<Classified, NearestModel> {

  /** A distance between rows a and b. */
  public enum Distance {
    /** √Σ(a − b)². */
    EUCLIDEAN,
    /** Σ|a − b|. */
    MANHATTAN,
    /** max |a − b|. */
    CHEBYSHEV,
    /** (Σ|a − b|^power)^(1/power). */
    MINKOWSKI,
    /** 1 − a·b / (|a|·|b|); 1 for a row of zeros. */
    COSINE
  }

  /** Checks the options. */
  public NearestNeighbours {
    Check.atLeast("k", k, 1);
    Check.that(
        power >= 1 && power < Double.POSITIVE_INFINITY,
        "power=%s: must be at least 1; Distance.CHEBYSHEV is that of an infinite power",
        power);
    Check.that(
        power == 2 || distance == Distance.MINKOWSKI,
        "power=%s: %s has none; choose withMinkowski(power)",
        power,
        distance);
  }

  /** Returns a copy with this distance; {@link Distance#EUCLIDEAN} by default. */
  public NearestNeighbours withDistance(Distance newDistance) {
    return new NearestNeighbours(k, newDistance, 2, byDistance);
  }

  /** Returns a copy with the Minkowski distance of this power, at least 1. */
  public NearestNeighbours withMinkowski(double newPower) {
    return new NearestNeighbours(k, Distance.MINKOWSKI, newPower, byDistance);
  }

  /** Returns a copy in which nearer rows count more. */
  public NearestNeighbours withVotesByDistance() {
    return new NearestNeighbours(k, distance, power, true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if there are fewer rows than k
   */
  @Override
  public NearestModel fit(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    Made.refuseWeights(rows, this);
    Made made = Made.of(this, rows);
    return new NearestModel(made, this, x.values(), made.codes(rows));
  }

  @Override
  public String toString() {
    return "%s nearest rows%s%s"
        .formatted(
            k,
            switch (distance) {
              case EUCLIDEAN -> "";
              case MANHATTAN -> ", Manhattan distance";
              case CHEBYSHEV -> ", Chebyshev distance";
              case MINKOWSKI -> ", Minkowski distance of power " + power;
              case COSINE -> ", cosine distance";
            },
            byDistance ? ", votes by distance" : "");
  }
}
