package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.awt.Graphics2D;
import java.util.Optional;

/** A figure with a text alternative of its own. */
record Described(Figure figure, String alt) implements Figure {
  public Described {
    Check.that(!alt.isBlank(), "alt is blank: say in a sentence what the figure shows");
  }

  /** Joins title, contents and scales to one text: {@code speech: waveform. x: seconds, 0 to 5.} */
  static String text(String title, String what, Scales scales) {
    String axes = scales == null ? "" : " " + scales.text() + ".";
    String name = title.strip();
    return name.isEmpty() ? what + "." + axes : name + ": " + what + "." + axes;
  }

  @Override
  public String title() {
    return figure.title();
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
  public Optional<Interactive> interactive() {
    return figure.interactive().map(form -> form.withDescription(alt));
  }

  @Override
  public Figure withRows(Samples rows) {
    return new Described(figure.withRows(rows), alt);
  }

  @Override
  public Optional<Scales> scales() {
    return figure.scales();
  }

  @Override
  public Figure withScales(Scales scales) {
    return new Described(figure.withScales(scales), alt);
  }

  @Override
  public Figure sized(int width, int height) {
    return new Described(figure.sized(width, height), alt);
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
