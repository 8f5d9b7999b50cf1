package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Models of one learner on rows drawn at random. Their probabilities are averaged; models without
 * probabilities vote, and the result has shares of votes for scores.
 *
 * @param made how it came about
 * @param models a model of each draw; one may lack classes of which no row was drawn
 * @param outOfBagRows the rows that were left out of at least one draw and predicted by the models
 *     of such draws; 0 if that was not asked for
 * @param outOfBagRight how many of them were predicted right
 */
public record Bagged(Made made, List<Model<Classified>> models, int outOfBagRows, int outOfBagRight)
    implements Joined {
  /** Copies the models and checks that they fit. */
  public Bagged {
    models = List.copyOf(models);
    Joined.checkSome(made, models);
    Check.that(
        outOfBagRight >= 0 && outOfBagRight <= outOfBagRows,
        "outOfBagRight=%d: must be 0 to outOfBagRows=%d",
        outOfBagRight,
        outOfBagRows);
  }

  /**
   * The share of rows out of bag that are predicted right, 0 to 1; NaN if it was not asked for with
   * {@link Bagging#withOutOfBag}. Rows that every draw has are left out; scikit-learn's {@code
   * oob_score_} counts them as predicted to be of the first class.
   */
  public double outOfBagAccuracy() {
    return outOfBagRows == 0 ? Double.NaN : (double) outOfBagRight / outOfBagRows;
  }

  @Override
  public List<Model<Classified>> parts() {
    return models;
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    int rows = said.getFirst().rowCount();
    int[] all = IntStream.range(0, rows).toArray();
    double[][] scores = new double[rows][made.classes().size()];
    for (Classified one : said) {
      add(one, made.classes(), all, scores);
    }
    for (double[] row : scores) {
      for (int c = 0; c < row.length; c++) {
        row[c] = Math.min(1, row[c] / said.size());
      }
    }
    Classified mean = new Classified(made.classes(), scores);
    return said.stream().allMatch(Classified::hasProbabilities)
        ? mean
        : new Classified(made.classes(), mean.codes(), scores, false);
  }

  /**
   * Adds probabilities, or where there are none votes, to sums.
   *
   * @param rows which row of the sums each predicted row is
   */
  static void add(Classified said, List<String> classes, int[] rows, double[][] sums) {
    int[] at = said.classes().stream().mapToInt(classes::indexOf).toArray();
    int[] codes = said.codes();
    double[][] scores = said.scores();
    for (int i = 0; i < codes.length; i++) {
      double[] sum = sums[rows[i]];
      if (said.hasProbabilities()) {
        for (int c = 0; c < at.length; c++) {
          sum[at[c]] += scores[i][c];
        }
      } else {
        sum[at[codes[i]]] += 1;
      }
    }
  }

  @Override
  public String toString() {
    String text = "bag of " + models.size() + ", the first " + models.getFirst();
    return outOfBagRows == 0
        ? text
        : String.format(
            Locale.ROOT,
            "%s; accuracy %.4g on %d rows out of bag",
            text,
            outOfBagAccuracy(),
            outOfBagRows);
  }
}
