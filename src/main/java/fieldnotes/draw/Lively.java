package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.util.Optional;

/**
 * A figure with an interactive form, which is made when it is asked for, from what is shown: its
 * title, size and scales may be others than at first.
 *
 * @param points the number of points that rows can explain; −1 for none
 */
record Lively(Figure figure, int points, PointRows rows, Form form) implements Wrapped {
  /** Makes the interactive form. */
  @FunctionalInterface
  interface Form {
    /** The form of a figure as it is shown. */
    Interactive of(Figure shown, PointRows rows);
  }

  @Override
  public Optional<Interactive> interactive() {
    return Optional.of(form.of(figure, rows));
  }

  @Override
  public Figure withRows(Samples of) {
    Check.that(points >= 0, "figure '%s' has no points that rows could explain", title());
    Check.sameLength("rows", of.rowCount(), "points of '" + title() + "'", points);
    return new Lively(figure, points, PointRows.of(of), form);
  }

  @Override
  public Lively around(Figure other) {
    return new Lively(other, points, rows, form);
  }

  @Override
  public String toString() {
    return figure.toString();
  }
}
