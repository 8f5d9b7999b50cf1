package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a model that may say Unknown answered, with its threshold, on rows of known classes and of
 * classes never seen.
 *
 * @param right known rows with their class
 * @param wrong known rows with another class
 * @param falseAlarms known rows that were called Unknown
 * @param found unknown rows that were called Unknown
 * @param missed unknown rows with a class
 */
public record OpenAccuracy(int right, int wrong, int falseAlarms, int found, int missed) {
  /** Checks the counts. */
  public OpenAccuracy {
    Check.atLeast("right", right, 0);
    Check.atLeast("wrong", wrong, 0);
    Check.atLeast("falseAlarms", falseAlarms, 0);
    Check.atLeast("found", found, 0);
    Check.atLeast("missed", missed, 0);
    Check.that(
        (long) right + wrong + falseAlarms + found + missed > 0, "there are no rows to count");
  }

  /**
   * Counts the answers. A row is unknown if its class is none of those that the model has learnt,
   * or has the name of rejected rows.
   *
   * @param truth the true class of each row, none empty
   */
  public static OpenAccuracy of(List<String> truth, Rejected predicted) {
    Predicate<String> isKnown = OpenSet.known(truth, predicted);
    int[] counts = new int[5];
    for (int row = 0; row < truth.size(); row++) {
      String name = truth.get(row);
      boolean rejected = predicted.isUnknown(row);
      int kind;
      if (!isKnown.test(name)) {
        kind = rejected ? 3 : 4;
      } else if (rejected) {
        kind = 2;
      } else {
        kind = predicted.label(row).equals(name) ? 0 : 1;
      }
      counts[kind]++;
    }
    return new OpenAccuracy(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  private int known() {
    return right + wrong + falseAlarms;
  }

  private int unknown() {
    return found + missed;
  }

  /** Open-set accuracy: the share of rows with the right answer, Unknown for unknown ones. */
  public double accuracy() {
    return (double) (right + found) / (known() + unknown());
  }

  /** The share of known rows with their class; NaN without known rows. */
  public double knownAccuracy() {
    return (double) right / known();
  }

  /** The share of known rows that were called Unknown; NaN without known rows. */
  public double falseAlarmRate() {
    return (double) falseAlarms / known();
  }

  /** The share of unknown rows that were called Unknown; NaN without unknown rows. */
  public double foundRate() {
    return (double) found / unknown();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "open-set accuracy %.4f: of %d known rows %d right, %d wrong, %d called Unknown; of %d"
            + " unknown rows %d found, %d missed",
        accuracy(),
        known(),
        right,
        wrong,
        falseAlarms,
        unknown(),
        found,
        missed);
  }
}
