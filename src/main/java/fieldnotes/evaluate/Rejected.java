package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicted classes of a model that may say of a row that it is none of its classes: a row that is
 * less known than the threshold is rejected, and so is one whose predicted class has the name of
 * rejected rows, where that is among the classes.
 *
 * @param classified the classes that would be predicted if no row were rejected
 * @param knownness how well known each row is, higher for better known ones, in the quantity that
 *     the model rejects by; finite, shape [rows]
 * @param threshold rows below it are rejected; finite
 * @param name what rejected rows are called, such as {@code Unknown}
 */
public record Rejected(Classified classified, double[] knownness, double threshold, String name) {
  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException naming the row whose knownness is not finite
   */
  public Rejected {
    knownness = knownness.clone();
    Check.sameLength("knownness", knownness.length, "classified", classified.rowCount());
    for (int row = 0; row < knownness.length; row++) {
      Check.that(
          Double.isFinite(knownness[row]),
          "knownness has %s at row %d: must be finite",
          knownness[row],
          row);
    }
    Check.that(Double.isFinite(threshold), "threshold=%s: must be finite", threshold);
    Check.that(!name.isEmpty(), "name is empty: give rejected rows a name such as Unknown");
  }

  @Override
  public double[] knownness() {
    return knownness.clone();
  }

  /** The number of rows. */
  public int rowCount() {
    return knownness.length;
  }

  /** Whether a row, counted from 0, is rejected. */
  public boolean isUnknown(int row) {
    return knownness[row] < threshold || isAlwaysUnknown(row);
  }

  /** Whether a row, counted from 0, is rejected at every threshold, by its predicted class. */
  public boolean isAlwaysUnknown(int row) {
    return classified.label(row).equals(name);
  }

  /** The number of rejected rows. */
  public int unknownCount() {
    return (int) IntStream.range(0, rowCount()).filter(this::isUnknown).count();
  }

  /** The predicted class of a row, counted from 0, or {@link #name} where it is rejected. */
  public String label(int row) {
    return isUnknown(row) ? name : classified.label(row);
  }

  /** The predicted class of each row, or {@link #name} where it is rejected. */
  public List<String> labels() {
    return IntStream.range(0, rowCount()).mapToObj(this::label).toList();
  }

  /**
   * The same with rejected rows as a class of their own, the last one unless the model has learnt a
   * class of that name. Its score is how little a row is known, −{@link #knownness}; the others
   * have those of {@link #classified}, which are no probabilities any more. So the area under the
   * ROC curve of this class tells how well unknown rows are told from known ones.
   */
  public Classified toClassified() {
    List<String> classes = new ArrayList<>(classified.classes());
    if (!classes.contains(name)) {
      classes.add(name);
    }
    int unknown = classes.indexOf(name);
    double[][] scores = classified.scores();
    int[] codes = classified.codes();
    for (int row = 0; row < scores.length; row++) {
      scores[row] = Arrays.copyOf(scores[row], classes.size());
      scores[row][unknown] = -knownness[row];
      codes[row] = isUnknown(row) ? unknown : codes[row];
    }
    return new Classified(classes, codes, scores, false);
  }

  /** Equal predictions, knownness, threshold and name. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Rejected that
        && classified.equals(that.classified)
        && Arrays.equals(knownness, that.knownness)
        && threshold == that.threshold
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * classified.hashCode() + Arrays.hashCode(knownness);
  }

  @Override
  public String toString() {
    int unknown = unknownCount();
    return "%s rows: %s in %s classes, %s %s (knownness below %s)"
        .formatted(
            rowCount(),
            rowCount() - unknown,
            classified.classes().size(),
            unknown,
            name,
            Numbers.text(threshold));
  }
}
