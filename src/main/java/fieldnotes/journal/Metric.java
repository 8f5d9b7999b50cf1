package fieldnotes.journal;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Better;
import fieldnotes.table.Numbers;

/**
 * A numeric result of a run.
 *
 * @param name such as {@code silhouette}
 * @param value may be NaN or infinite
 * @param unit such as {@code s}; empty for none
 * @param better which direction is better
 */
public record Metric(String name, double value, String unit, Better better) {
  private static final double SAME = 1e-9;

  public Metric {
    Check.that(!name.isBlank(), "a metric needs a name");
  }

  /** The value with its unit. */
  public String text() {
    return Numbers.text(value) + (unit.isEmpty() ? "" : " " + unit);
  }

  /** Whether two values are equal within a relative 1e-9, both NaN, or the same infinity. */
  static boolean same(double first, double second) {
    double larger = Math.max(Math.abs(first), Math.abs(second));
    return first == second
        || Double.compare(first, second) == 0
        || (larger < Double.POSITIVE_INFINITY && Math.abs(first - second) <= SAME * larger);
  }

  /** Whether the other is the same result: equal within a relative 1e-9, in the same unit. */
  public boolean sameAs(Metric other) {
    return name.equals(other.name)
        && unit.equals(other.unit)
        && better == other.better
        && same(value, other.value);
  }

  /** 1 if it is larger than before, −1 if smaller; 0 if the same, in another unit, or NaN. */
  public int directionSince(Metric before) {
    boolean comparable = unit.equals(before.unit) && !same(value, before.value);
    return comparable ? Better.direction(before.value, value) : 0;
  }

  /** 1 if it is better than before, −1 if worse; 0 if the same, in another unit, or unknown. */
  public int betterSince(Metric before) {
    return better == Better.NEITHER
        ? 0
        : directionSince(before) * (better == Better.HIGHER ? 1 : -1);
  }

  @Override
  public String toString() {
    return name + " " + text();
  }
}
