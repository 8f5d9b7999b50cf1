package fieldnotes.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of many numbers at once, with the same bits on every machine. */
public final class Sums {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Partial sums of {@link #sum}. */
  private static final int SUMS = 8;

  private static final VectorSpecies<Double> WIDTH =
      LANES > SUMS ? DoubleVector.SPECIES_512 : SPECIES;

  private Sums() {}

  /**
   * The sum of {@code x[from…to−1]}, as eight sums of every eighth value that are added at the end,
   * whatever the width of the machine's registers.
   */
  public static double sum(double[] x, int from, int to) {
    int end = to - (to - from) % SUMS;
    double rest = 0;
    for (int at = from; at < from + SUMS && end > from; at += WIDTH.length()) {
      DoubleVector sum = DoubleVector.fromArray(WIDTH, x, at);
      for (int j = at + SUMS; j < end; j += SUMS) {
        sum = sum.add(DoubleVector.fromArray(WIDTH, x, j));
      }
      // Lane by lane: a compiled reduction may add in another order.
      for (int lane = 0; lane < WIDTH.length(); lane++) {
        rest += sum.lane(lane);
      }
    }
    for (int j = end; j < to; j++) {
      rest += x[j];
    }
    return rest;
  }

  /** {@code sum[at + j] += weight · row[j]} for all of a row. */
  public static void add(double[] sum, int at, double[] row, double weight) {
    int j = 0;
    for (; j + LANES <= row.length; j += LANES) {
      DoubleVector.fromArray(SPECIES, row, j)
          .fma(
              DoubleVector.broadcast(SPECIES, weight), DoubleVector.fromArray(SPECIES, sum, at + j))
          .intoArray(sum, at + j);
    }
    for (; j < row.length; j++) {
      sum[at + j] = Math.fma(row[j], weight, sum[at + j]);
    }
  }
}
