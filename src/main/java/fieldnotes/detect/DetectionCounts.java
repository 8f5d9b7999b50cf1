package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * Counts of detection, of events or of segments in which a class sounds.
 *
 * @param truth the number of true ones
 * @param found the number found
 * @param right the number of these that are right
 * @param substituted true ones for which another class was found; 0 for a single class
 * @param falseAlarms found events of a class where no event of that class is; 0 for segments
 */
public record DetectionCounts(int truth, int found, int right, int substituted, int falseAlarms) {
  /** Checks that the numbers fit. */
  public DetectionCounts {
    Check.atLeast("right", right, 0);
    Check.atLeast("substituted", substituted, 0);
    Check.atLeast("falseAlarms", falseAlarms, 0);
    Check.atLeast("truth", truth, right + substituted);
    Check.atLeast("found", found, right + substituted);
  }

  /** Both together. */
  DetectionCounts plus(DetectionCounts other) {
    return new DetectionCounts(
        truth + other.truth,
        found + other.found,
        right + other.right,
        substituted + other.substituted,
        falseAlarms + other.falseAlarms);
  }

  /** True ones that were missed, and not substituted. */
  public int missed() {
    return truth - right - substituted;
  }

  /** Found ones that are not there, and no substitution. */
  public int inserted() {
    return found - right - substituted;
  }

  /** The share of what was found that is right; NaN if nothing was found. */
  public double precision() {
    return found == 0 ? Double.NaN : (double) right / found;
  }

  /** The share of what is true that was found; NaN if there is nothing. */
  public double recall() {
    return truth == 0 ? Double.NaN : (double) right / truth;
  }

  /** The harmonic mean of precision and recall; NaN where one of them is. */
  public double f1() {
    double precision = precision();
    double recall = recall();
    return precision == 0 && recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** (substituted + missed + inserted) / truth: 0 is best, and it may exceed 1. */
  public double errorRate() {
    return substitutionRate() + deletionRate() + insertionRate();
  }

  /** Substitutions per true one. */
  public double substitutionRate() {
    return (double) substituted / truth;
  }

  /** Missed ones per true one. */
  public double deletionRate() {
    return (double) missed() / truth;
  }

  /** Insertions per true one. */
  public double insertionRate() {
    return (double) inserted() / truth;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "F1 %.3f, precision %.3f, recall %.3f, error rate %.3f (%d of %d, %d found)",
        f1(),
        precision(),
        recall(),
        errorRate(),
        right,
        truth,
        found);
  }
}
