package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/**
 * The range of a score over repetitions, such as other seeds or other samples of the rows. It says
 * how much of a difference may be chance: of two versions whose ranges overlap, neither is better.
 *
 * @param mean mean of the scores
 * @param low the lowest score
 * @param high the highest score
 * @param count number of scores, at least 1
 */
public record Spread(double mean, double low, double high, int count) {

  /**
   * The spread of scores, shape [repetitions]; NaN if one of them is NaN.
   *
   * @param scores at least 1
   */
  public static Spread of(double... scores) {
    Check.atLeast("the number of scores", scores.length, 1);
    var summary = Arrays.stream(scores).summaryStatistics();
    return new Spread(summary.getAverage(), summary.getMin(), summary.getMax(), scores.length);
  }

  /**
   * The spread of a score over the seeds 0…{@code seeds} − 1.
   *
   * @param seeds at least 1
   * @param score computes the score with a seed
   */
  public static Spread overSeeds(int seeds, LongToDoubleFunction score) {
    Check.atLeast("seeds", seeds, 1);
    return of(LongStream.range(0, seeds).mapToDouble(score).toArray());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f (%.3f … %.3f, %d times)", mean, low, high, count);
  }
}
