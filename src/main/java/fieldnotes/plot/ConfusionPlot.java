package fieldnotes.plot;

import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Figure;
import fieldnotes.draw.HeatMap;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import java.util.List;
import java.util.Locale;

/**
 * Confusion matrix as a picture: a row is a true class, a column what it was taken for, and a cell
 * has the number of such rows over their share of the true class, by which it is shaded. What is
 * right lies on the diagonal.
 */
public final class ConfusionPlot {
  private static final int CELL = 46;
  private static final int NAMED = 14;

  private ConfusionPlot() {}

  /** Numbers of rows with their shares; of more than fourteen classes the numbers alone. */
  public static Figure of(String title, ConfusionMatrix matrix) {
    return of(title, matrix, "true class", "predicted class");
  }

  /**
   * The same for the classes of two listeners.
   *
   * @param rows what the rows are, such as the name of one
   * @param columns what the columns are
   */
  public static Figure of(String title, ConfusionMatrix matrix, String rows, String columns) {
    List<String> classes = matrix.classes();
    double[][] counts = matrix.counts();
    double[][] shares = matrix.sharesOfTruth();
    int k = classes.size();
    long size = Math.clamp(CELL * (long) k, 200, 760);
    return HeatMap.of(title, rows, classes, columns, Matrix.of(classes, shares))
        .withColours(ColorMap.BLUES)
        .withRange(0, 1)
        .withUnit("share of " + rows)
        .withTexts(
            (across, up) -> {
              double count = counts[k - 1 - up][across];
              double share = shares[k - 1 - up][across];
              String number = Numbers.text(Math.rint(100 * count) / 100);
              return k > NAMED || !Double.isFinite(share)
                  ? number
                  : number + String.format(Locale.ROOT, "\n%.0f %%", 100 * share);
            })
        .sized((int) size + 320, (int) size + 160);
  }
}
