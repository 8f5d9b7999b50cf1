package fieldnotes.journal;

import java.util.List;

/** A part of an entry, in the order in which the notebook wrote it. */
public sealed interface Block {
  /** Words in Markdown, with formulas between dollar signs. */
  record Text(String markdown) implements Block {}

  /** The place of the metrics among the other parts. */
  record Metrics() implements Block {}

  /**
   * A table as it is shown.
   *
   * @param numeric which columns hold numbers
   * @param rows the cells as texts; null where a value is missing
   * @param leftOut rows of the original that are not kept
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
   * @param file of the picture, from the journal's folder
   * @param width in CSS pixels
   * @param height in CSS pixels
   * @param shows a hash of what is seen or heard
   * @param sound the sound's file, or empty for a mere figure
   * @param seconds how long the clip is; 0 for a figure
   */
  record Picture(
      String name, String file, int width, int height, String shows, String sound, double seconds)
      implements Block {}
}
