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
  public Metric {
    Check.that(!name.isBlank(), "a metric needs a name");
  }

  /** The value with its unit. */
  public String text() {
    return Numbers.text(value) + (unit.isEmpty() ? "" : " " + unit);
  }

  @Override
  public String toString() {
    return name + " " + text();
  }
}
