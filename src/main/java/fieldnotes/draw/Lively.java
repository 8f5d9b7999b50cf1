package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.awt.Graphics2D;
import java.util.Optional;

/**
 * A figure with an interactive form, which is made when it is asked for, from what is shown: its
 * title, size and scales may be others than at first.
 *
 * @param points the number of points that rows can explain; −1 for none
 */
record Lively(Figure figure, int points, PointRows rows, Form form) implements Figure {
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
  public String title() {
    return figure.title();
  }

  @Override
  public String alt() {
    return figure.alt();
  }

  @Override
  public int width() {
    return figure.width();
  }

  @Override
  public int height() {
    return figure.height();
  }

  @Override
  public Optional<Scales> scales() {
    return figure.scales();
  }

  @Override
  public Figure withScales(Scales scales) {
    return new Lively(figure.withScales(scales), points, rows, form);
  }

  @Override
  public Figure sized(int width, int height) {
    return new Lively(figure.sized(width, height), points, rows, form);
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    figure.paint(g, width, height);
  }

  @Override
  public String toString() {
    return figure.toString();
  }
}
