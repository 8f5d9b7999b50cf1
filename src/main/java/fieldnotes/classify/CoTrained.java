package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;

/**
 * Two models that labelled rows for each other; their probabilities are multiplied and divided by
 * their sum. Where every product is all but 0, they are averaged.
 *
 * @param made how it came about; its rows are all rows, with and without a class
 * @param first sees some columns
 * @param second sees the others
 * @param labels the rows that were labelled, round by round
 * @param rounds how many rounds there were
 */
public record CoTrained(
    Made made,
    Model<Classified> first,
    Model<Classified> second,
    List<PseudoLabel> labels,
    int rounds)
    implements Joined {
  /** Products with a smaller sum have lost their digits. */
  private static final double SMALLEST = 1e-290;

  /** Copies the labels and checks that the parts fit. */
  public CoTrained {
    labels = PseudoLabel.check(labels, made.rows(), made.classes());
    Check.atLeast("rounds", rounds, 0);
    Joined.check(made, List.of(first, second));
  }

  /** One row for each label given: the row, the round, by which model, the class, how sure. */
  public Table toTable() {
    return PseudoLabel.table(labels);
  }

  @Override
  public List<Model<Classified>> parts() {
    return List.of(first, second);
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    double[][] one = said.getFirst().probabilities();
    double[][] two = said.getLast().probabilities();
    for (int i = 0; i < one.length; i++) {
      double sum = 0;
      for (int c = 0; c < one[i].length; c++) {
        sum += one[i][c] * two[i][c];
      }
      for (int c = 0; c < one[i].length; c++) {
        one[i][c] = sum > SMALLEST ? one[i][c] * two[i][c] / sum : (one[i][c] + two[i][c]) / 2;
      }
    }
    return new Classified(made.classes(), one);
  }

  @Override
  public String toString() {
    return "co-trained in "
        + rounds
        + " rounds, with "
        + labels.size()
        + " rows labelled: "
        + first
        + "; "
        + second;
  }
}
