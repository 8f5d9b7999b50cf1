package fieldnotes.journal;

import fieldnotes.table.Numbers;
import java.util.ArrayList;
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
      implements Block {
    /** The rows, the numbers of each column with the same number of decimals. */
    public List<List<String>> aligned() {
      List<List<String>> aligned = new ArrayList<>();
      rows.forEach(row -> aligned.add(new ArrayList<>(row)));
      for (int c = 0; c < columns.size(); c++) {
        if (numeric.get(c)) {
          int column = c;
          List<String> cells = new ArrayList<>();
          rows.forEach(row -> cells.add(row.get(column)));
          List<String> texts = Numbers.aligned(cells);
          for (int r = 0; r < texts.size(); r++) {
            aligned.get(r).set(c, texts.get(r));
          }
        }
      }
      return aligned;
    }
  }

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
