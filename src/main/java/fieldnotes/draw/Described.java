package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.util.Optional;

/** A figure with a text alternative of its own. */
record Described(Figure figure, String alt) implements Wrapped {
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
  public Optional<Interactive> interactive() {
    return figure.interactive().map(form -> form.withDescription(alt));
  }

  @Override
  public Figure withRows(Samples rows) {
    return around(figure.withRows(rows));
  }

  @Override
  public Described around(Figure other) {
    return new Described(other, alt);
  }

  @Override
  public String toString() {
    return figure.toString();
  }
}
