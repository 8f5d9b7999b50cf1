package fieldnotes.journal;

import java.util.List;

/** A part of an entry, in the order written. */
public sealed interface Block {
  /** Markdown text with formulas between dollar signs. */
  record Text(String markdown) implements Block {}

  /** The position of the metrics among the other parts. */
  record Metrics() implements Block {}

  /**
   * A table as shown.
   *
   * @param numeric which columns are numeric
   * @param rows cells as text; null for a missing value
   * @param leftOut number of rows not kept
   */
  record Grid(
      String name,
      List<String> columns,
      List<Boolean> numeric,
      List<List<String>> rows,
      int leftOut)
      implements Block {}

  /**
   * A figure, or a clip with its waveform.
   *
   * @param file picture, relative to the journal's folder
   * @param width in CSS pixels
   * @param height in CSS pixels
   * @param shows hash of the pixels or samples
   * @param sound sound file; empty for a figure
   * @param seconds length of the clip; 0 for a figure
   * @param alt says in words what it shows; empty: the name
   */
  record Picture(
      String name,
      String file,
      int width,
      int height,
      String shows,
      String sound,
      double seconds,
      String alt)
      implements Block {
    public Picture {
      alt = alt.isEmpty() ? name : alt;
    }
  }
}
