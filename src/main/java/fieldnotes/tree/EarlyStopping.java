package fieldnotes.tree;

import fieldnotes.common.Check;

/**
 * When boosting stops because more trees do not help, by rows that it does not learn from.
 *
 * @param patience stages in turn that have not lowered the loss on those rows until it stops, at
 *     least 0
 * @param validationShare share of the rows that are not learnt from, between 0 and 1
 * @param tolerance how much lower the loss must be to count as lower, at least 0
 */
public record EarlyStopping(int patience, double validationShare, double tolerance) {
  /** Validates the ranges. */
  public EarlyStopping {
    Check.atLeast("patience", patience, 0);
    Check.that(
        validationShare > 0 && validationShare < 1,
        "validationShare=%s: must lie between 0 and 1, both excluded",
        validationShare);
    Check.that(
        tolerance >= 0 && Double.isFinite(tolerance),
        "tolerance=%s: must be a finite number of at least 0",
        tolerance);
  }
}
