package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Exponential;
import fieldnotes.math.RowProducts;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Scores that are linear in the columns: one for each class, or for two classes one, which is the
 * logarithm of the odds of the second.
 */
final class LinearScores {
  /** Rows of a share of a parallel loop. */
  static final int SHARE = 512;

  private LinearScores() {}

  /** Checks shapes: as many rows as scores, as many columns as the model's. */
  static void require(Made made, double[][] coefficients, double[] intercepts) {
    int classes = made.classes().size();
    Check.that(classes > 1, "%d classes: must be at least 2", classes);
    Check.sameLength(
        "coefficients", coefficients.length, "the classes' scores", classes == 2 ? 1 : classes);
    requireFinite("coefficients", coefficients, made.inputs().size());
    Check.sameLength("intercepts", intercepts.length, "coefficients", coefficients.length);
    requireFinite("intercepts", intercepts);
  }

  /** Checks that numbers are finite. */
  static void requireFinite(String name, double[] numbers) {
    for (double number : numbers) {
      Check.that(Double.isFinite(number), "%s has %s: must be finite", name, number);
    }
  }

  /** Checks that rows have this length and are finite. */
  static void requireFinite(String name, double[][] rows, int length) {
    for (double[] row : rows) {
      Check.sameLength("a row of " + name, row.length, "columns", length);
      requireFinite(name, row);
    }
  }

  /**
   * Predictions of rows from linear scores. A cell that is not finite makes the scores so, too;
   * only then is it looked for.
   */
  static Classified classify(Made made, Matrix x, double[][] coefficients, double[] intercepts) {
    Matrix ordered = made.ordered(x);
    if (ordered.rowCount() == 0) {
      made.matrix(x); // refuses it
    }
    try {
      return classify(made, ordered.values(), coefficients, intercepts);
    } catch (IllegalArgumentException e) {
      made.matrix(x); // says more, if it is a cell
      throw e;
    }
  }

  /** Predictions of rows of finite numbers from linear scores. */
  static Classified classify(
      Made made, double[][] x, double[][] coefficients, double[] intercepts) {
    double[][] scores = new double[x.length][];
    return classify(
        made,
        scores,
        intercepts,
        (from, end) -> {
          double[][] part = RowProducts.scores(Arrays.copyOfRange(x, from, end), coefficients);
          System.arraycopy(part, 0, scores, from, part.length);
        });
  }

  /**
   * Predictions from scores to which intercepts are added; they are overwritten. The class is that
   * of the highest score.
   *
   * @param part fills in the scores of some rows
   */
  static Classified classify(
      Made made, double[][] scores, double[] intercepts, Parallel.Part part) {
    int[] codes = new int[scores.length];
    Parallel.forEachPart(
        scores.length,
        SHARE,
        (from, to) -> {
          part.run(from, to);
          probabilities(scores, from, to, intercepts, codes);
        });
    return new Classified(made.classes(), codes, scores, true);
  }

  private static void probabilities(
      double[][] scores, int from, int end, double[] intercepts, int[] codes) {
    int count = intercepts.length;
    double[] powers = new double[(end - from) * count];
    for (int i = from; i < end; i++) {
      double[] row = scores[i];
      for (int c = 0; c < count; c++) {
        row[c] += intercepts[c];
      }
      codes[i] = count == 1 ? second(i, row[0]) : likeliest(i, row);
      double most = count == 1 ? 2 * Math.max(0, row[0]) : row[codes[i]];
      for (int c = 0; c < count; c++) {
        powers[(i - from) * count + c] = row[c] - most;
      }
    }
    Exponential.inPlace(powers, 0, powers.length);
    for (int i = from; i < end; i++) {
      if (count == 1) {
        // the power is that of minus the score's size, so that it does not overflow
        double less = powers[i - from] / (1 + powers[i - from]);
        double odds = codes[i] == 1 ? 1 / (1 + powers[i - from]) : less;
        scores[i] = new double[] {1 - odds, odds};
      } else {
        shares(powers, (i - from) * count, scores[i]);
      }
    }
  }

  private static int second(int row, double score) {
    requireFinite(row, score);
    return score > 0 ? 1 : 0;
  }

  private static void shares(double[] powers, int at, double[] row) {
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += powers[at + c];
    }
    for (int c = 0; c < row.length; c++) {
      row[c] = powers[at + c] / sum;
    }
  }

  /** The first of the highest scores of a row; others may be minus infinity. */
  private static int likeliest(int row, double[] scores) {
    int best = 0;
    for (int c = 0; c < scores.length; c++) {
      if (Double.isNaN(scores[c])) {
        requireFinite(row, scores[c]);
      }
      best = scores[c] > scores[best] ? c : best;
    }
    requireFinite(row, scores[best]);
    return best;
  }

  private static void requireFinite(int row, double score) {
    if (!Double.isFinite(score)) { // no Check here: it would box numbers for every row
      throw new IllegalArgumentException(
          "the score is %s at row %d: its numbers are too large for the model"
              .formatted(score, row));
    }
  }

  /**
   * A row for each column and one for the intercept, a column of coefficients for each score, which
   * has the name of its class; of two classes the second only.
   */
  static Table table(Made made, double[][] coefficients, double[] intercepts) {
    List<String> rows = new ArrayList<>(made.columns());
    rows.add("intercept");
    Table table = Table.create("coefficients", StringColumn.create("column", rows));
    for (int c = 0; c < coefficients.length; c++) {
      double[] numbers = new double[rows.size()];
      System.arraycopy(coefficients[c], 0, numbers, 0, coefficients[c].length);
      numbers[numbers.length - 1] = intercepts[c];
      String name = made.classes().get(coefficients.length == 1 ? 1 : c);
      table.addColumns(DoubleColumn.create(name, numbers));
    }
    return table;
  }
}
