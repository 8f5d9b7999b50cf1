package fieldnotes.classify;

import fieldnotes.common.Check;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A class that a model gave to a row without one, to learn from.
 *
 * @param row the row, from 0
 * @param round in which round, from 1
 * @param by which model gave it
 * @param name the class
 * @param probability how sure that model was, 0 to 1
 */
public record PseudoLabel(int row, int round, String by, String name, double probability) {
  /** Checks the ranges. */
  public PseudoLabel {
    Check.atLeast("row", row, 0);
    Check.atLeast("round", round, 1);
    Check.within("probability", probability, 0, 1);
  }

  /** Checks that labels are of rows and classes of a model; returns a copy. */
  static List<PseudoLabel> check(List<PseudoLabel> labels, int rows, List<String> classes) {
    for (PseudoLabel label : labels) {
      Check.that(
          label.row < rows && classes.contains(label.name),
          "%s: there are %d rows and the classes %s",
          label,
          rows,
          classes);
    }
    return List.copyOf(labels);
  }

  static Table table(List<PseudoLabel> labels) {
    return Table.create(
        "pseudo-labels",
        IntColumn.create("row", labels.stream().mapToInt(PseudoLabel::row).toArray()),
        IntColumn.create("round", labels.stream().mapToInt(PseudoLabel::round).toArray()),
        StringColumn.create("by", labels.stream().map(PseudoLabel::by).toList()),
        StringColumn.create("class", labels.stream().map(PseudoLabel::name).toList()),
        DoubleColumn.create(
            "probability", labels.stream().mapToDouble(PseudoLabel::probability).toArray()));
  }

  @Override
  public String toString() {
    return "row "
        + row
        + " is '"
        + name
        + "' with "
        + probability
        + ", by "
        + by
        + " in round "
        + round;
  }
}
