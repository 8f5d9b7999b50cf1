package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * How groups of clips are heard and judged. A design of this workbench, not of a paper.
 *
 * @param heard clips to hear of a small group
 * @param growth how many more are heard of a group that is twice as large: a few clips that agree
 *     say little of a large group, and a mixed one that passes is not split
 * @param purity share of those heard that must agree, so that the others of the group take over
 *     their class; above 0.5 and at most 1
 * @param recheck share of the questions about clips of groups that already passed, from 0 to below
 *     1; a group whose heard clips no longer agree is split after all
 * @param smallest rows of the smallest group that is asked about, at least 2
 */
public record GroupOptions(int heard, double growth, double purity, double recheck, int smallest) {
  /** Checks the ranges. */
  public GroupOptions {
    Check.atLeast("heard", heard, 1);
    Check.that(
        growth >= 0 && Double.isFinite(growth),
        "growth=%s: must be a finite number of at least 0",
        growth);
    Check.that(purity > 0.5 && purity <= 1, "purity=%s: must be above 0.5 and at most 1", purity);
    Check.that(recheck >= 0 && recheck < 1, "recheck=%s: must be at least 0 and below 1", recheck);
    Check.atLeast("smallest", smallest, 2);
  }

  /** Three clips and one more for each doubling, all but a tenth agreeing, a tenth rechecked. */
  public static GroupOptions of() {
    return new GroupOptions(3, 1, 0.9, 0.1, 2);
  }

  /** Returns a copy with this number of clips to hear of a small group. */
  public GroupOptions withHeard(int clips) {
    return new GroupOptions(clips, growth, purity, recheck, smallest);
  }

  /** Returns a copy that hears this many more of a group twice as large. */
  public GroupOptions withGrowth(double more) {
    return new GroupOptions(heard, more, purity, recheck, smallest);
  }

  /** Returns a copy with this share that must agree. */
  public GroupOptions withPurity(double share) {
    return new GroupOptions(heard, growth, share, recheck, smallest);
  }

  /** Returns a copy with this share of questions about groups that passed. */
  public GroupOptions withRecheck(double share) {
    return new GroupOptions(heard, growth, purity, share, smallest);
  }

  /** Returns a copy with this smallest group. */
  public GroupOptions withSmallest(int rows) {
    return new GroupOptions(heard, growth, purity, recheck, rows);
  }

  /** The number of clips to hear of a group of this size. */
  int toHear(int size) {
    double more = size > heard ? growth * Math.log((double) size / heard) / Math.log(2) : 0;
    return (int) Math.min(size, heard + Math.ceil(more - 1e-9));
  }

  /** Whether a group passes. */
  boolean passes(Guide.Propagated majority) {
    return majority.agreeing() >= purity * majority.heard() - 1e-9;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d heard, %s more per doubling, %s agreeing, %s rechecked",
        heard,
        growth,
        purity,
        recheck);
  }
}
