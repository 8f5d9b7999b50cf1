package fieldnotes.evaluate;

import java.util.Locale;

/** How the scores of several classes become one. */
public enum Average {
  /** The mean over classes: a rare class counts as much as a common one. */
  MACRO,
  /** One score of all rows together, whatever their class: common classes count most. */
  MICRO,
  /** The mean over classes, where each counts by its true rows. */
  WEIGHTED;

  /** As it stands in the name of a score. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
